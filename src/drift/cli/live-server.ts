/** Reads a live server for the drift check: GET only, each answer bounded in time and size. */

import { z } from "zod";
import type { Target } from "../../diagnosis/target.ts";
import type { RequestResult } from "../../edges/http-client/answer.ts";
import { createHttpGet, type HttpGet } from "../../edges/http-client/http-get.ts";
import { createMetricsBody } from "../../edges/streamline/metrics-body.ts";
import type { Sample } from "../../exposition/sample.ts";
import type { LiveServer } from "../check-live.ts";

const TIMEOUT_MS = 10_000;
const LIMIT_BYTES = 64 * 1024 * 1024;

const info = z.object({ version: z.string() });

/** Never throws for what the server does; throws for an address that is none. */
export async function pollServer(http: string, paths: readonly string[]): Promise<LiveServer> {
  const get = createHttpGet(targetOf(http));
  try {
    return {
      version: await versionOf(get),
      metrics: labelsByName(await samplesOf(get)),
      statuses: await statusesOf(get, paths),
    };
  } finally {
    await get.close();
  }
}

function targetOf(http: string): Target {
  const { origin, pathname } = new URL(http);
  return {
    name: "target",
    http: origin + pathname.replace(/\/+$/, ""),
    kafka: "",
    labels: {},
    timeoutMs: TIMEOUT_MS,
    maxBodyBytes: LIMIT_BYTES,
  };
}

async function versionOf(get: HttpGet): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  await get.get("/info", { limitBytes: LIMIT_BYTES, onHead: () => (chunk) => chunks.push(chunk) });
  try {
    return info.parse(JSON.parse(Buffer.concat(chunks).toString("utf8"))).version;
  } catch {
    return undefined;
  }
}

async function samplesOf(get: HttpGet): Promise<readonly Sample[]> {
  const body = createMetricsBody();
  const result = await get.get("/metrics", { limitBytes: LIMIT_BYTES, onHead: body.onHead });
  const reply = body.reply(result);
  return reply.kind === "answered" ? reply.samples : [];
}

function labelsByName(samples: readonly Sample[]): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const { name, labels } of samples) {
    const known = names.get(name) ?? new Set();
    for (const label of Object.keys(labels)) known.add(label);
    names.set(name, known);
  }
  return names;
}

/** One after another: some of these answers are costly for the server. */
async function statusesOf(
  get: HttpGet,
  paths: readonly string[],
): Promise<ReadonlyMap<string, number | undefined>> {
  const statuses = new Map<string, number | undefined>();
  for (const path of paths) {
    const result: RequestResult = await get.get(path, {
      limitBytes: LIMIT_BYTES,
      onHead: () => () => undefined,
    });
    statuses.set(path, result.kind === "answered" ? result.status : undefined);
  }
  return statuses;
}
