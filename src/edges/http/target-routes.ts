/**
 * The bot as an exporter: /metrics/targets, what it knows of all targets; /probe?target=NAME, one of
 * them, with `module` as the blackbox exporter would say it. Both tell the last poll: whoever scrapes
 * causes no request to a server.
 */

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Credentials } from "../../config/config.ts";
import {
  EXPORTED_FAMILIES,
  PROBE_FAMILIES,
  PROBE_MODULES,
  type ProbeModule,
} from "../../diagnosis/exported-series.ts";
import { EXPOSITION_TYPE, formatExposition } from "../../exposition/format-exposition.ts";
import type { Sample } from "../../exposition/sample.ts";
import { isAuthorized } from "./authorize.ts";
import { createKept } from "./kept.ts";

export interface TargetRoutes {
  /** Everything of every target. */
  readonly all: () => readonly Sample[];
  /** The series of one, by its name or address; undefined for one that is not configured. */
  readonly one: (target: string, module: ProbeModule | undefined) => readonly Sample[] | undefined;
  /** Names that may be asked for. */
  readonly names: () => readonly string[];
  readonly auth: () => readonly Credentials[];
  readonly now: () => number;
}

/** Nobody scrapes oftener; whoever asks a thousand times a second gets the same text. */
const KEPT_MS = 1_000;

export async function targetRoutes(server: FastifyInstance, routes: TargetRoutes): Promise<void> {
  const all = createKept(async () => formatExposition(routes.all(), EXPORTED_FAMILIES), {
    keptMs: KEPT_MS,
    now: routes.now,
  });
  server.get("/metrics/targets", async (request, reply) => {
    if (isRefused(request, reply, routes)) return reply;
    return reply.header("content-type", EXPOSITION_TYPE).send(await all());
  });
  server.get("/probe", async (request, reply) => {
    if (isRefused(request, reply, routes)) return reply;
    return probe(request, reply, routes);
  });
}

function isRefused(request: FastifyRequest, reply: FastifyReply, { auth }: TargetRoutes): boolean {
  const accepted = auth();
  if (accepted.length === 0 || isAuthorized(request.headers.authorization, accepted)) return false;
  const error = "wrong or missing bearer token (METRICS_TOKEN)";
  void reply.status(401).header("www-authenticate", "Bearer").send({ error });
  return true;
}

function probe(request: FastifyRequest, reply: FastifyReply, routes: TargetRoutes): FastifyReply {
  const { target, module } = request.query as Readonly<Record<string, unknown>>;
  if (typeof target !== "string" || target === "") {
    return reply.status(400).send({ error: "target is missing: /probe?target=NAME" });
  }
  const known = PROBE_MODULES.find((each) => each === module);
  if (module !== undefined && known === undefined) {
    return reply.status(400).send({ error: `module is one of ${PROBE_MODULES.join(", ")}` });
  }
  const samples = routes.one(target, known);
  if (samples === undefined) {
    const error = `the bot's configuration has no such target; it has ${routes.names().join(", ")}`;
    return reply.status(404).send({ error });
  }
  if (samples.length === 0) {
    // Prometheus then sees `up` at 0, which is true: nobody can tell how the target is.
    return reply.status(503).send({ error: "the bot has not polled this target within a minute" });
  }
  const families = known === undefined ? EXPORTED_FAMILIES : PROBE_FAMILIES;
  return reply.header("content-type", EXPOSITION_TYPE).send(formatExposition(samples, families));
}
