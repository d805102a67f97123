/**
 * What Prometheus answers on /api/v1/query_range
 * (https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries).
 */

import { z } from "zod";
import { boundedList } from "../exposition/bounded-list.ts";
import type { LineOverTime } from "./checks/picture.ts";
import { type Failure, failureText } from "./reply.ts";

export type RangeAnswer =
  | { readonly kind: "lines"; readonly lines: readonly LineOverTime[] }
  /** Prometheus refuses the expression itself. */
  | { readonly kind: "refused"; readonly status: number; readonly problem: string }
  /** `says` ends the sentence "http://… …". */
  | { readonly kind: "unavailable"; readonly says: string };

/** More do not fit into what is read of an answer, however short they are. */
const MOST_SERIES = 200_000;

const success = z.object({
  status: z.literal("success"),
  data: z.object({
    resultType: z.literal("matrix"),
    result: boundedList(
      z.object({
        metric: z.record(z.string(), z.string()),
        values: z.unknown().refine(arePairs, "are not values"),
      }),
      MOST_SERIES,
    ),
  }),
});

type Pair = readonly [seconds: number, value: string];

/** By hand: there are hundreds of thousands of them, and a schema for each takes its time. */
function arePairs(values: unknown): values is readonly Pair[] {
  return (
    Array.isArray(values) &&
    values.every(
      (pair: unknown) =>
        Array.isArray(pair) && typeof pair[0] === "number" && typeof pair[1] === "string",
    )
  );
}

const failure = z.object({ status: z.literal("error"), errorType: z.string(), error: z.string() });

/** Characters of what Prometheus says of a request that it refuses. */
const LONGEST_ERROR = 300;

interface PrometheusReply {
  readonly kind: "answered";
  readonly status: number;
  readonly json: unknown;
}

/** The lines of a range query, or in words why there are none. */
export function readRange(reply: PrometheusReply | Failure): RangeAnswer {
  if (reply.kind !== "answered") return { kind: "unavailable", says: failureText(reply) };
  const { json } = reply;
  const refused = failure.safeParse(json);
  if (refused.success) {
    const { errorType } = refused.data;
    // It repeats what was asked, of any length.
    const error = refused.data.error.slice(0, LONGEST_ERROR);
    return errorType === "bad_data" || errorType === "execution"
      ? { kind: "refused", status: reply.status, problem: error }
      : { kind: "unavailable", says: `answers ${reply.status}: ${error}` };
  }
  if (reply.status === 401 || reply.status === 403) {
    const says = `answers ${reply.status}: it needs a token (PROMETHEUS_TOKEN)`;
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
