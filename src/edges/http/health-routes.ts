/**
 * /healthz: the process answers. /readyz: it can do its work. /metrics: what it has done.
 *
 * A supervisor restarts on /healthz, so it looks at nothing outside the process; a load balancer
 * asks /readyz, which names what is missing.
 */

import type { FastifyInstance } from "fastify";
import type { Credentials } from "../../config/config.ts";
import { isAuthorized } from "./authorize.ts";
import { createKept } from "./kept.ts";

export interface HealthRoutes {
  /** What must be in order for the bot to work: name -> undefined when well, else the reason. */
  readonly readiness: () => Promise<Readonly<Record<string, string | undefined>>>;
  /** What does not keep the bot from its work, but somebody should look at. */
  readonly warnings?: () => readonly string[];
  /** How many pages of the runbooks are read, in words. */
  readonly pagesRead?: () => string;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly body: string }>;
  /** What whoever reads /metrics must prove; empty for nothing. */
  readonly metricsAuth: () => readonly Credentials[];
  readonly now: () => number;
}

/** Nobody scrapes oftener; whoever asks a thousand times a second gets the same text. */
const KEPT_MS = 1_000;

export async function healthRoutes(server: FastifyInstance, options: HealthRoutes): Promise<void> {
  const metrics = createKept(options.metrics, { keptMs: KEPT_MS, now: options.now });
  const readiness = createKept(options.readiness, { keptMs: KEPT_MS, now: options.now });
  server.get("/healthz", (_request, reply) => reply.send({ status: "ok" }));
  server.get("/readyz", async (_request, reply) => {
    const checks = await readiness();
    const isReady = Object.values(checks).every((reason) => reason === undefined);
    const warnings = options.warnings?.() ?? [];
    const shown = Object.fromEntries(
      Object.entries(checks).map(([name, reason]) => [name, reason ?? "ok"]),
    );
    return reply.status(isReady ? 200 : 503).send({
      status: isReady ? "ready" : "not ready",
      checks: shown,
      ...(options.pagesRead === undefined ? {} : { pages: options.pagesRead() }),
      ...(warnings.length === 0 ? {} : { warnings }),
    });
  });
  server.get("/metrics", async (request, reply) => {
    const accepted = options.metricsAuth();
    if (accepted.length > 0 && !isAuthorized(request.headers.authorization, accepted)) {
      const error = "wrong or missing bearer token (METRICS_TOKEN)";
      return reply.status(401).header("www-authenticate", "Bearer").send({ error });
    }
    const { contentType, body } = await metrics();
    return reply.header("content-type", contentType).send(body);
  });
}
