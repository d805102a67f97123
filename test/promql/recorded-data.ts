/**
 * An hour of a server's metrics, made up with a fixed seed: counters with resets, gauges with a
 * fraction, negative, infinite or no number at all, buckets, a summary, series that come and go, gaps
 * between polls, and a while in which the server was gone.
 */
import type { Sample } from "../../src/exposition/sample.ts";

export interface Poll {
  readonly timeMs: number;
  readonly samples: readonly Sample[];
}

/** A multiple of a minute, so that polls without jitter fall on the ends of ranges. */
export const START_MS = 1_699_999_980_000;
const INTERVAL_MS = 15_000;
const POLLS = 200;

/** Polls that did not happen: a short gap, and one longer than the lookback. */
const GAPS = [
  { from: 60, to: 66 },
  { from: 120, to: 145 },
];
/** Polls in which only the probe answered. */
const GONE = { from: 90, to: 93 };

/** Moments that are compared, each in a different situation. */
export const MOMENTS = {
  "on a poll, with all of the past hour": START_MS + 199 * INTERVAL_MS,
  "between two polls": START_MS + 57 * INTERVAL_MS + 7_123,
  "while the server is gone": START_MS + 92 * INTERVAL_MS + 1_000,
  "in a gap, within the lookback": START_MS + 129 * INTERVAL_MS,
  "in a gap, beyond the lookback": START_MS + 143 * INTERVAL_MS,
  "soon after a gap": START_MS + 147 * INTERVAL_MS + 500,
};

export function recordPolls(): Poll[] {
  const random = createRandom(20_231_114);
  const server = createServer(random);
  const polls: Poll[] = [];
  for (let poll = 0; poll < POLLS; poll++) {
    server.advance(poll);
    if (GAPS.some(({ from, to }) => poll >= from && poll < to)) {
      continue;
    }
    // Every fourth poll is a little late, as polls are.
    const jitterMs = poll % 4 === 3 ? Math.floor(random() * 400) : 0;
    const isGone = poll >= GONE.from && poll < GONE.to;
    const probe = { name: "probe_success", labels: { probe: "http" }, value: isGone ? 0 : 1 };
    polls.push({
      timeMs: START_MS + poll * INTERVAL_MS + jitterMs,
      samples: isGone ? [probe] : [probe, ...server.samples(poll)],
    });
  }
  return polls;
}

/** A linear congruential generator (Numerical Recipes), so that every run has the same data. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const TOPICS = ["orders", "payments", "audit"];
const CITIES = ["Łódź", "München", "", 'L\'Aquila \\ "n"'];
const BOUNDS = ["0.01", "0.1", "1", "10", "+Inf"];

function createServer(random: () => number) {
  const counters = new Map<string, number>();
  const gauges = new Map<string, number>();
  const grow = (name: string, by: number): number => {
    const value = (counters.get(name) ?? 0) + by;
    counters.set(name, value);
    return value;
  };

  return {
    advance(poll: number): void {
      if (poll === 40 || poll === 93 || poll === 170) {
        counters.clear();
      }
      for (const [at, topic] of TOPICS.entries()) {
        for (let partition = 0; partition <= at; partition++) {
          const id = `${topic}/${partition}`;
          const rate = (at + 1) * 37 + partition * 11;
          grow(`records/${id}`, partition === 2 ? 0 : Math.floor(rate * (0.5 + random())));
          gauges.set(`lag/${id}`, Math.floor(random() * 1000 * (at + 1)) - 20);
        }
      }
      for (const [at, bound] of BOUNDS.entries()) {
        const slow = BOUNDS.slice(0, at + 1).reduce((sum) => sum + Math.floor(random() * 5), 0);
        grow(`bucket/${bound}`, slow + at * 3);
      }
      gauges.set("temperature", Math.sin(poll / 9) * 40 + random());
      gauges.set("free", 5e11 - poll * 1.7e8 + random() * 1e6);
    },

    samples(poll: number): Sample[] {
      return [
        ...partitionSamples(poll, counters, gauges),
        ...latencySamples(poll, counters, random),
        ...oddSamples(poll, gauges),
      ];
    },
  };
}

function partitionSamples(
  poll: number,
  counters: Map<string, number>,
  gauges: Map<string, number>,
): Sample[] {
  const samples: Sample[] = [];
  for (const [at, topic] of TOPICS.entries()) {
    for (let partition = 0; partition <= at; partition++) {
      const id = `${topic}/${partition}`;
      // One partition comes late and one goes for a while.
      if ((id === "audit/1" && poll < 70) || (id === "payments/1" && poll >= 50 && poll < 58)) {
        continue;
      }
      const labels = { topic, partition: String(partition) };
      samples.push(
        { name: "records_total", labels, value: counters.get(`records/${id}`) ?? 0 },
        { name: "end_offset", labels, value: 1000 + (counters.get(`records/${id}`) ?? 0) },
        {
          name: "group_lag",
          labels: { ...labels, group: `g${at % 2}` },
          value: gauges.get(`lag/${id}`) ?? 0,
        },
      );
    }
    const info = { topic, owner: `team-${at}`, tier: at === 0 ? "gold" : "" };
    samples.push({ name: "topic_info", labels: info, value: 1 });
  }
  return samples;
}

function latencySamples(
  poll: number,
  counters: Map<string, number>,
  random: () => number,
): Sample[] {
  const buckets = BOUNDS.flatMap((le, at) =>
    ["produce", "fetch"].map((api) => ({
      name: "latency_bucket",
      labels: { api, le },
      value: (counters.get(`bucket/${le}`) ?? 0) * (api === "fetch" ? 2 : 1) + at,
    })),
  );
  // Two writings of a bound, as different clients have them, and counts that are not in order.
  const twice = ["0.5", "0.50", "1", "1.0", "2.5e0", "+Inf"].map((le, at) => ({
    name: "twice_bucket",
    labels: { api: "produce", le },
    value: (counters.get(`bucket/${BOUNDS[at % 4] ?? ""}`) ?? 0) + at,
  }));
  const quantiles = ["0.5", "0.9", "0.99"].map((quantile, at) => ({
    name: "request_seconds",
    labels: { api: "produce", quantile },
    value: poll % 50 < 3 ? Number.NaN : 0.001 * (at + 1) * (1 + random()),
  }));
  return [...buckets, ...twice, ...quantiles];
}

function oddSamples(poll: number, gauges: Map<string, number>): Sample[] {
  const temperature = gauges.get("temperature") ?? 0;
  return [
    { name: "temperature", labels: { room: "a" }, value: temperature },
    { name: "temperature", labels: { room: "b" }, value: -temperature / 3 },
    { name: "temperature", labels: { room: "c", floor: "2" }, value: Math.round(temperature) },
    { name: "free_bytes", labels: {}, value: gauges.get("free") ?? 0 },
    { name: "constant", labels: { kind: "int" }, value: 42 },
    { name: "constant", labels: { kind: "zero" }, value: 0 },
    { name: "odd", labels: { kind: "nan" }, value: Number.NaN },
    { name: "odd", labels: { kind: "inf" }, value: Number.POSITIVE_INFINITY },
    { name: "odd", labels: { kind: "minus-inf" }, value: Number.NEGATIVE_INFINITY },
    { name: "odd", labels: { kind: "sometimes" }, value: poll % 3 === 0 ? Number.NaN : poll },
    { name: "odd", labels: { kind: "tiny" }, value: 1e-300 * poll },
    { name: "odd", labels: { kind: "huge" }, value: 1e300 },
    // Equal values and values that are no number, side by side: which of them are picked?
    ...Array.from({ length: 9 }, (_, at) => ({
      name: "tied",
      labels: { topic: TOPICS[at % 3] ?? "", partition: String(at), city: CITIES[at % 4] ?? "" },
      value: (at + poll) % 4 === 0 ? Number.NaN : (at * 7 + poll) % 3,
    })),
    ...(poll % 10 < 4 ? [{ name: "flaky", labels: {}, value: poll }] : []),
  ];
}
