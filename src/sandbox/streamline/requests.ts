/** Kafka requests as the server's metrics see them. */
import type { Random } from "./random.ts";
import type { LabelText } from "./recorder.ts";
import type { WeightedSamples } from "./rolling-summary.ts";
import type { ServerState } from "./state.ts";

/** Label values of `api_key`; all group, transaction and admin calls are `unknown` (facts 2.2). */
const API_KEYS = [
  "produce",
  "fetch",
  "metadata",
  "api_versions",
  "list_offsets",
  "unknown",
] as const;
export type ApiKey = (typeof API_KEYS)[number];

/** The value below which the share `u` of all requests lies, for u in [0, 1). */
export type QuantileFunction = (u: number) => number;

/** A number is what all requests have. */
type Quantiles = number | QuantileFunction;

export interface Requests {
  readonly count: number;
  /** Whether handling ended in an internal error; Kafka error codes do not count (facts 2.2). */
  readonly failed?: boolean;
  readonly seconds: Quantiles;
  readonly requestBytes: Quantiles;
  readonly responseBytes: Quantiles;
}

/** The labels of each key, written once: a new string would be hashed at every request. */
const LABELS = Object.fromEntries(
  API_KEYS.map((apiKey) => {
    const key = `api_key="${apiKey}"`;
    return [apiKey, { key, failed: `${key},error="true"`, handled: `${key},error="false"` }];
  }),
) as Readonly<Record<ApiKey, { key: LabelText; failed: LabelText; handled: LabelText }>>;

/** So many requests are drawn one by one; more are drawn by strata that keep the tail. */
const DRAWN_ONE_BY_ONE = 8;
const STRATA = [0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1] as const;

/**
 * Records requests in the labelled and the unlabelled series: every request increments both
 * (streamline-facts 2.2; src/protocol/kafka.rs:826, src/protocol/kafka/connection.rs:543).
 */
export function recordRequests(state: ServerState, apiKey: ApiKey, requests: Requests): void {
  if (requests.count === 0) return;
  const { recorder, nowMs } = state;
  const { key, failed, handled } = LABELS[apiKey];
  const positions = drawPositions(state.random, requests.count);
  const seconds = samplesAt(positions, requests.seconds);

  recorder.add("streamline_requests_total", requests.failed ? failed : handled, requests.count);
  recorder.observe("streamline_request_duration_seconds", key, seconds, nowMs);
  const requestBytes = bytesAt(positions, requests.requestBytes);
  recorder.observe("streamline_request_size_bytes", key, requestBytes, nowMs);
  const responseBytes = bytesAt(positions, requests.responseBytes);
  recorder.observe("streamline_response_size_bytes", key, responseBytes, nowMs);
  recorder.observe("streamline_request_duration_seconds", "", seconds, nowMs);
  recorder.add("streamline_requests_total", "", requests.count);
  // Each frame carries a length of 4 bytes before it (src/protocol/kafka/connection.rs:236,441).
  recorder.add("streamline_bytes_received_total", "", totalOf(requestBytes) + 4 * requests.count);
  recorder.add("streamline_bytes_sent_total", "", totalOf(responseBytes) + 4 * requests.count);
}

/** Log-normal: `median` in the middle, `spread` the standard deviation of its logarithm. */
export function logNormal(median: number, spread: number): QuantileFunction {
  return (u) => median * Math.exp(spread * normalQuantile(u));
}

interface Positions {
  readonly at: readonly number[];
  readonly weights: readonly number[];
  readonly count: number;
}

const EACH_ONCE = Array.from({ length: DRAWN_ONE_BY_ONE + 1 }, (_, count) =>
  Array.from({ length: count }, () => 1),
);

function drawPositions(random: Random, count: number): Positions {
  if (count <= DRAWN_ONE_BY_ONE) {
    const at: number[] = [];
    while (at.length < count) at.push(random.uniform());
    return { at, weights: EACH_ONCE[count] ?? [], count };
  }
  // One random offset for all bounds keeps the weights whole, their sum exact and the tail fair.
  const offset = random.uniform();
  const at: number[] = [];
  const weights: number[] = [];
  let low = 0;
  let before = 0;
  for (const high of STRATA) {
    const upTo = Math.floor(high * count + offset);
    const position = low + (high - low) * random.uniform();
    if (upTo > before) {
      at.push(position);
      weights.push(upTo - before);
    }
    low = high;
    before = upTo;
  }
  return { at, weights, count };
}

function samplesAt(positions: Positions, quantiles: Quantiles): WeightedSamples {
  const { at, weights, count } = positions;
  if (typeof quantiles === "number") return { values: [quantiles], weights: [count], count };
  return { values: at.map((u) => quantiles(u)), weights, count };
}

/** There is no part of a byte. */
function bytesAt(positions: Positions, quantiles: Quantiles): WeightedSamples {
  return samplesAt(
    positions,
    typeof quantiles === "number" ? Math.round(quantiles) : (u) => Math.round(quantiles(u)),
  );
}

function totalOf({ values, weights }: WeightedSamples): number {
  let total = 0;
  for (let index = 0; index < values.length; index += 1) {
    total += (values[index] ?? 0) * (weights[index] ?? 1);
  }
  return total;
}

/** The inverse of the normal distribution by Shore's approximation, good to two digits. */
function normalQuantile(u: number): number {
  const tail = Math.min(Math.max(u < 0.5 ? u : 1 - u, 1e-6), 0.5);
  const deviation = 5.5556 * (1 - (tail / (1 - tail)) ** 0.1186);
  return u < 0.5 ? -deviation : deviation;
}
