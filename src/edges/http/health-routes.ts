/**
 * /healthz: the process answers. /readyz: notifications can be taken. /metrics: what it has done.
 *
 * A supervisor restarts on /healthz, so it checks nothing outside the process. A load balancer asks
 * /readyz, and keeps away what it refuses: so it refuses only while nothing can be stored. While
 * Slack is away webhooks must come in all the same; that is said, with the status "degraded".
 */

import type { FastifyInstance } from "fastify";
import type { Credentials } from "../../config/config.ts";
import { redaction } from "../redaction.ts";
import { isAuthorized } from "./authorize.ts";
import { createKept } from "./kept.ts";

/** name -> undefined when well, else the reason. */
type Checks = Readonly<Record<string, string | undefined>>;

interface BotState {
  /** Without these no notification can be taken. */
  readonly needed: Checks;
  /** What else should be in order: without it what was taken waits. */
  readonly others?: Checks;
  /** What somebody should check. */
  readonly warnings?: readonly string[];
  /** By name, such as the age of what waits. */
  readonly figures?: Readonly<Record<string, number>>;
}

/** By which the doctor tells this bot from another one on its port. */
interface BotIdentity {
  readonly pid: number;
  /** See storeIdentity. */
  readonly store: string;
}

export interface HealthRoutes {
  readonly bot?: BotIdentity;
  readonly readiness: () => Promise<BotState>;
  /** How many pages of the runbooks are read, in words. */
  readonly pagesRead?: () => string;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly body: string }>;
  /** What whoever reads /metrics must prove; empty for nothing. */
  readonly metricsAuth: () => readonly Credentials[];
  readonly now: () => number;
}

/** Nobody scrapes oftener; whoever asks a thousand times a second gets the same text. */
const KEPT_MS = 1_000;

/** Registers the three routes as a plugin of fastify. */
export async function healthRoutes(server: FastifyInstance, options: HealthRoutes): Promise<void> {
  const metrics = createKept(() => written(options.metrics), { keptMs: KEPT_MS, now: options.now });
  const readiness = createKept(options.readiness, { keptMs: KEPT_MS, now: options.now });
  server.get("/healthz", (_request, reply) =>
    reply.send({ status: "ok", ...(options.bot === undefined ? {} : { bot: options.bot }) }),
  );
  server.get("/readyz", async (_request, reply) => {
    const { needed, others = {}, warnings = [], figures = {} } = await readiness();
    const status = !isWell(needed) ? "not ready" : isWell(others) ? "ready" : "degraded";
    return reply.status(status === "not ready" ? 503 : 200).send({
      status,
      checks: shownChecks({ ...needed, ...others }),
      ...(options.pagesRead === undefined ? {} : { pages: options.pagesRead() }),
      ...(warnings.length === 0 ? {} : { warnings }),
      ...figures,
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

/** Once without its secrets for all who ask within a second; bytes are sent as they are. */
async function written(
  metrics: HealthRoutes["metrics"],
): Promise<{ readonly contentType: string; readonly body: Buffer }> {
  const { contentType, body } = await metrics();
  return { contentType, body: Buffer.from(await redaction.longText(body)) };
}

function isWell(checks: Checks): boolean {
  return Object.values(checks).every((reason) => reason === undefined);
}

function shownChecks(checks: Checks): Record<string, string> {
  return Object.fromEntries(Object.entries(checks).map(([name, reason]) => [name, reason ?? "ok"]));
}
