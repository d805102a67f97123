/**
 * /healthz: the process answers. /readyz: it can do its work. /metrics: what it has done.
 *
 * A supervisor restarts on /healthz, so it looks at nothing outside the process; a load balancer
 * asks /readyz, which names what is missing.
 */

import type { FastifyInstance } from "fastify";

export interface HealthRoutes {
  /** What must be in order for the bot to work: name -> undefined when well, else the reason. */
  readonly readiness: () => Promise<Readonly<Record<string, string | undefined>>>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly body: string }>;
}

export async function healthRoutes(server: FastifyInstance, options: HealthRoutes): Promise<void> {
  server.get("/healthz", (_request, reply) => reply.send({ status: "ok" }));
  server.get("/readyz", async (_request, reply) => {
    const checks = await options.readiness();
    const isReady = Object.values(checks).every((reason) => reason === undefined);
    const shown = Object.fromEntries(
      Object.entries(checks).map(([name, reason]) => [name, reason ?? "ok"]),
    );
    return reply
      .status(isReady ? 200 : 503)
      .send({ status: isReady ? "ready" : "not ready", checks: shown });
  });
  server.get("/metrics", async (_request, reply) => {
    const { contentType, body } = await options.metrics();
    return reply.header("content-type", contentType).send(body);
  });
}
