/** Answers of both sides in one form, and what differs between two of them. */
import { z } from "zod";
import type { Metric } from "../../src/history/metric.ts";
import type { Value } from "../../src/promql/value.ts";

export type Answer =
  | { readonly kind: "error"; readonly message: string }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "scalar"; readonly value: number }
  /** Series by their labels, each with its points as [seconds, value]. */
  | { readonly kind: "series"; readonly series: ReadonlyMap<string, readonly Point[]> };

type Point = readonly [seconds: number, value: number];

/** What Prometheus' API answers to an instant query. */
const TIMED = z.tuple([z.number(), z.string()]);
const METRIC = z.record(z.string(), z.string());
const RESPONSE = z.union([
  z.object({ status: z.literal("error"), error: z.string() }),
  z.object({
    status: z.literal("success"),
    data: z.union([
      z.object({
        resultType: z.literal("vector"),
        result: z.array(z.object({ metric: METRIC, value: TIMED })),
      }),
      z.object({
        resultType: z.literal("matrix"),
        result: z.array(z.object({ metric: METRIC, values: z.array(TIMED) })),
      }),
      z.object({ resultType: z.enum(["scalar", "string"]), result: TIMED }),
    ]),
  }),
]);

/** As the issue asks: equal to within floating error. */
const TOLERANCE = 1e-9;

export function readAnswer(body: unknown): Answer {
  const response = RESPONSE.parse(body);
  if (response.status === "error") {
    return { kind: "error", message: response.error };
  }
  const { data } = response;
  switch (data.resultType) {
    case "string":
      return { kind: "string", value: data.result[1] };
    case "scalar":
      return { kind: "scalar", value: numberOf(data.result[1]) };
    case "vector":
      return seriesAnswer(
        data.result.map(({ metric, value }) => [metric, [[0, numberOf(value[1])]]]),
      );
    case "matrix":
      return seriesAnswer(
        data.result.map(({ metric, values }) => [
          metric,
          values.map(([seconds, value]) => [seconds, numberOf(value)]),
        ]),
      );
  }
}

export function answerOf(value: Value): Answer {
  switch (value.kind) {
    case "string":
    case "scalar":
      return value;
    case "vector":
      return seriesAnswer(
        value.samples.map((sample) => [labelsOf(sample.metric), [[0, sample.value]]]),
      );
    case "matrix":
      return seriesAnswer(
        value.series.map(({ metric, points }) => [
          labelsOf(metric),
          points.map((point) => [point.timeMs / 1000, point.value]),
        ]),
      );
  }
}

/** What differs, in words; undefined when the answers are the same. */
export function describeDifference(ours: Answer, theirs: Answer): string | undefined {
  if (ours.kind === "series" && theirs.kind === "series") {
    return differenceOfSeries(ours.series, theirs.series);
  }
  const isSame =
    ours.kind === "scalar" && theirs.kind === "scalar"
      ? isClose(ours.value, theirs.value)
      : ours.kind === theirs.kind &&
        (ours.kind !== "string" || theirs.kind !== "string" || ours.value === theirs.value);
  return isSame ? undefined : `ours ${show(ours)}, theirs ${show(theirs)}`;
}

function differenceOfSeries(
  ours: ReadonlyMap<string, readonly Point[]>,
  theirs: ReadonlyMap<string, readonly Point[]>,
): string | undefined {
  for (const labels of new Set([...ours.keys(), ...theirs.keys()])) {
    const left = ours.get(labels);
    const right = theirs.get(labels);
    if (left === undefined || right === undefined) {
      return `only ${left === undefined ? "theirs" : "ours"} has ${labels}`;
    }
    const isSame =
      left.length === right.length &&
      left.every(([seconds, value], at) => {
        const other = right[at];
        return other !== undefined && isClose(seconds, other[0]) && isClose(value, other[1]);
      });
    if (!isSame) {
      return `${labels}: ours ${JSON.stringify(left.map(String))}, theirs ${JSON.stringify(right.map(String))}`;
    }
  }
  return undefined;
}

function isClose(left: number, right: number): boolean {
  if (Number.isNaN(left) || Number.isNaN(right)) {
    return Number.isNaN(left) && Number.isNaN(right);
  }
  return (
    left === right ||
    Math.abs(left - right) <= TOLERANCE * Math.max(Math.abs(left), Math.abs(right))
  );
}

function seriesAnswer(
  series: readonly (readonly [Readonly<Record<string, string>>, readonly Point[]])[],
): Answer {
  return {
    kind: "series",
    series: new Map(series.map(([labels, points]) => [labelText(labels), points])),
  };
}

function labelText(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(labels, Object.keys(labels).toSorted());
}

function labelsOf({ name, labels }: Metric): Record<string, string> {
  return name === "" ? { ...labels } : { __name__: name, ...labels };
}

function numberOf(text: string): number {
  return text === "+Inf"
    ? Number.POSITIVE_INFINITY
    : text === "-Inf"
      ? Number.NEGATIVE_INFINITY
      : Number(text);
}

function show(answer: Answer): string {
  return answer.kind === "series" ? `${answer.series.size} series` : JSON.stringify(answer);
}
