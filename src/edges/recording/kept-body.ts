/**
 * What a recording keeps of a server's answers: the fields that the bot reads, and nothing else.
 *
 * No record, key or header is ever asked for. The log may quote anything, so of its entries only
 * the known texts are kept. An answer of another shape is another program's, and is left out whole.
 */

import { z } from "zod";
import { knownTextsIn } from "../../diagnosis/checks/log-signatures.ts";
import { API } from "../../diagnosis/health/api-answers.ts";

const health = z.object({
  status: z.string(),
  checks: z.array(
    z.object({ name: z.string(), status: z.string(), message: z.string().optional() }),
  ),
});
const ready = z.object({
  status: z.string(),
  components: z.record(z.string(), z.string()),
});
const info = z.object({
  version: z.string(),
  data_dir: z.string().transform(() => "(left out)"),
  topics: z.number(),
  uptime_seconds: z.number(),
});
const logs = z.object({
  entries: z.array(
    z
      .object({
        id: z.number(),
        timestamp: z.number().optional(),
        level: z.string(),
        message: z.string(),
        fields: z.record(z.string(), z.unknown()).optional(),
      })
      .transform(({ id, timestamp, level, ...entry }) => ({
        id,
        ...(timestamp === undefined ? {} : { timestamp }),
        level,
        message: knownTextsIn({ id, ...entry }).join(" … "),
      })),
  ),
  latest_id: z.number().optional(),
});

const SHAPES: readonly (readonly [path: RegExp, shape: z.ZodType])[] = [
  [/^\/health$/, health],
  [/^\/health\/ready$/, ready],
  [/^\/info$/, info],
  [/^\/api\/v1\/logs(\?|$)/, logs],
  [/^\/api\/v1\/consumer-groups$/, API.groups],
  [/^\/api\/v1\/consumer-groups\/[^/]+\/lag$/, API.groupLag],
  [/^\/api\/v1\/topics\/[^/]+$/, API.topic],
  [/^\/api\/v1\/dashboard\/system$/, API.system],
  [/^\/api\/v1\/cluster\/status$/, API.clusterStatus],
  [/^\/api\/v1\/cluster\/members$/, API.clusterMembers],
];

const METRICS = "/metrics";
/** A larger /metrics is neither read nor kept, so that a replay says what was said of the server. */
export const LARGEST_METRICS = 32 * 1024 * 1024;

/** The text that is written; empty when nothing of the answer may be kept. */
export function keptBody(path: string, body: string): string {
  if (path === METRICS) return body.length > LARGEST_METRICS ? "" : body;
  const shape = SHAPES.find(([pattern]) => pattern.test(path))?.[1];
  const parsed = shape?.safeParse(jsonOf(body));
  return parsed?.success === true ? JSON.stringify(parsed.data) : "";
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
