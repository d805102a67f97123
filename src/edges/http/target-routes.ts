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
import {
  EXPOSITION_TYPE,
  expositionParts,
  type FamilyText,
} from "../../exposition/format-exposition.ts";
import type { Sample } from "../../exposition/sample.ts";
import { letOthersRun } from "../let-others-run.ts";
import { redaction } from "../redaction.ts";
import { isAuthorized } from "./authorize.ts";
import { createKept } from "./kept.ts";

export interface TargetRoutes {
  /** Everything of every target, in parts. */
  readonly all: () => Iterable<readonly Sample[]>;
  /** The name of the target that a name or an address means; undefined for one that is not configured. */
  readonly nameOf: (asked: string) => string | undefined;
  /** The series of one, by its name, in parts. */
  readonly one: (name: string, module: ProbeModule | undefined) => Iterable<readonly Sample[]>;
  /** Names that may be asked for. */
  readonly names: () => readonly string[];
  readonly auth: () => readonly Credentials[];
  readonly now: () => number;
}

/** Nobody scrapes oftener; whoever asks a thousand times a second gets the same text. */
const KEPT_MS = 1_000;

/** Registers both routes as a plugin of fastify; a text is made once for all who ask within a moment. */
export async function targetRoutes(server: FastifyInstance, routes: TargetRoutes): Promise<void> {
  const { now } = routes;
  const all = createKept(() => written(routes.all(), EXPORTED_FAMILIES), { keptMs: KEPT_MS, now });
  const kept = new Map<string, () => Promise<Buffer>>();
  /** Of targets that are configured, so there are few. */
  const one = (name: string, module: ProbeModule | undefined): Promise<Buffer> => {
    const key = `${module ?? ""} ${name}`;
    const families = module === undefined ? EXPORTED_FAMILIES : PROBE_FAMILIES;
    const text =
      kept.get(key) ??
      createKept(() => written(routes.one(name, module), families), { keptMs: KEPT_MS, now });
    kept.set(key, text);
    return text();
  };
  server.get("/metrics/targets", async (request, reply) => {
    if (isRefused(request, reply, routes)) return reply;
    return reply.header("content-type", EXPOSITION_TYPE).send(await all());
  });
  server.get("/probe", async (request, reply) => {
    if (isRefused(request, reply, routes)) return reply;
    return probe({ request, reply, routes, one });
  });
}

/**
 * The text that all get who ask within a second, once without its secrets: a large server has megabytes
 * of it, and whoever asks a hundred times must cost neither the time nor the memory of a hundred.
 */
async function written(
  parts: Iterable<readonly Sample[]>,
  families: Readonly<Record<string, FamilyText>>,
): Promise<Buffer> {
  const samples: Sample[] = [];
  for (const part of parts) {
    for (const sample of part) samples.push(sample);
    await letOthersRun();
  }
  const texts: string[] = [];
  for (const text of expositionParts(samples, families)) {
    texts.push(text);
    await letOthersRun();
  }
  return Buffer.from(await redaction.longText(texts.join("")));
}

function isRefused(request: FastifyRequest, reply: FastifyReply, { auth }: TargetRoutes): boolean {
  const accepted = auth();
  if (accepted.length === 0 || isAuthorized(request.headers.authorization, accepted)) return false;
  const error = "wrong or missing bearer token (METRICS_TOKEN)";
  void reply.status(401).header("www-authenticate", "Bearer").send({ error });
  return true;
}

interface ProbeCall {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly routes: TargetRoutes;
  readonly one: (name: string, module: ProbeModule | undefined) => Promise<Buffer>;
}

async function probe({ request, reply, routes, one }: ProbeCall): Promise<FastifyReply> {
  const { target, module } = request.query as Readonly<Record<string, unknown>>;
  if (typeof target !== "string" || target === "") {
    return reply.status(400).send({ error: "target is missing: /probe?target=NAME" });
  }
  const known = PROBE_MODULES.find((each) => each === module);
  if (module !== undefined && known === undefined) {
    return reply.status(400).send({ error: `module is one of ${PROBE_MODULES.join(", ")}` });
  }
  const name = routes.nameOf(target);
  if (name === undefined) {
    const error = `the bot's configuration has no such target; it has ${routes.names().join(", ")}`;
    return reply.status(404).send({ error });
  }
  const text = await one(name, known);
  if (text.length === 0) {
    // Prometheus then sees `up` at 0, which is true: nobody can tell how the target is.
    return reply.status(503).send({ error: "the bot has not polled this target within a minute" });
  }
  return reply.header("content-type", EXPOSITION_TYPE).send(text);
}
