/**
 * What Prometheus answers on /api/v1/query_range
 * (https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries).
 */

import { z } from "zod";
import { parseJson } from "../exposition/parse-json.ts";
import type { LineOverTime } from "./checks/picture.ts";
import { failureText, type Reply } from "./reply.ts";

export type RangeAnswer =
  | { readonly kind: "lines"; readonly lines: readonly LineOverTime[] }
  /** Prometheus refuses the expression itself. */
  | { readonly kind: "refused"; readonly problem: string }
  /** `says` ends the sentence "http://… …". */
  | { readonly kind: "unavailable"; readonly says: string };

const success = z.object({
  status: z.literal("success"),
  data: z.object({
    resultType: z.literal("matrix"),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        values: z.array(z.tuple([z.number(), z.string()])),
      }),
    ),
  }),
});

const failure = z.object({ status: z.literal("error"), errorType: z.string(), error: z.string() });

/** Characters of what Prometheus says of a request that it refuses. */
const LONGEST_ERROR = 300;

export function readRange(reply: Reply): RangeAnswer {
  if (reply.kind !== "answered") return { kind: "unavailable", says: failureText(reply) };
  const json = parseJson(reply.body);
  const refused = failure.safeParse(json);
  if (refused.success) {
    const { errorType } = refused.data;
    // It repeats what was asked, of any length.
    const error = refused.data.error.slice(0, LONGEST_ERROR);
    return errorType === "bad_data" || errorType === "execution"
      ? { kind: "refused", problem: error }
      : { kind: "unavailable", says: `answers ${reply.status}: ${error}` };
  }
  if (reply.status === 401 || reply.status === 403) {
    const says = `answers ${reply.status}: it wants a token (PROMETHEUS_TOKEN)`;
    return { kind: "unavailable", says };
  }
  if (reply.status !== 200) return { kind: "unavailable", says: `answers ${reply.status}` };
  const parsed = success.safeParse(json);
  if (!parsed.success) {
    return { kind: "unavailable", says: "answers 200 with something that is not Prometheus's" };
  }
  return { kind: "lines", lines: parsed.data.data.result.map(lineOf) };
}

function lineOf({
  metric,
  values,
}: z.infer<typeof success>["data"]["result"][number]): LineOverTime {
  return {
    labels: metric,
    points: values.map(([seconds, value]) => ({
      timeMs: Math.round(seconds * 1_000),
      value: numberOf(value),
    })),
  };
}

/** "+Inf", "-Inf" and "NaN" stand for what JSON has no number for. */
function numberOf(text: string): number {
  if (text === "+Inf") return Number.POSITIVE_INFINITY;
  return text === "-Inf" ? Number.NEGATIVE_INFINITY : Number(text);
}
