/**
 * How fast the exposition parser is, beside npm's parse-prometheus-text-format over the same text,
 * and how much memory a body of 100 MB takes that arrives in chunks.
 *
 * The other parser is not one of our dependencies; install it beside the project to compare:
 * `npm install --no-save parse-prometheus-text-format`, or give its folder in COMPARE_WITH.
 */
import { createExpositionParser, parseExposition } from "../../src/exposition/parse-exposition.ts";
import type { Sample } from "../../src/exposition/sample.ts";
import { createRandom } from "../promql/recorded-data.ts";

const MEGABYTE = 1024 * 1024;
const COMPARED_BYTES = MEGABYTE;
const STREAMED_BYTES = 100 * MEGABYTE;
const CHUNK_BYTES = 64 * 1024;
const ROUNDS = 150;

const QUANTILES = ["0", "0.5", "0.9", "0.95", "0.99", "0.999", "1"];

const FAMILIES: readonly ((family: number) => string[])[] = [
  (family) =>
    seriesOf(400, (at) => {
      const labels = `topic="orders-eu-west-${Math.floor(at / 32)}",partition="${at % 32}"`;
      return `streamline_log_end_offset_${family}{${labels}} ${at * 7919 + 8_123_456}\n`;
    }),
  (family) =>
    seriesOf(400, (at) => {
      const labels = `group="billing-service",topic="orders-${Math.floor(at / 32)}",partition="${at % 32}"`;
      return `streamline_consumer_group_lag_${family}{${labels}} ${at % 7 === 0 ? 0 : at * 3}\n`;
    }),
  (family) =>
    seriesOf(70, (at) => {
      const labels = `api_key="key-${Math.floor(at / 7)}",quantile="${QUANTILES[at % 7]}"`;
      return `streamline_request_duration_seconds_${family}{${labels}} 0.00${at}73125\n`;
    }),
];

const text = exposition(COMPARED_BYTES);
const bytes = new TextEncoder().encode(text);
const other = await otherParser();
// The parsers take turns, so that whatever else the machine does slows down all of them.
const speeds = measureSpeeds({
  parseExposition: () => parseExposition(text).samples.length,
  createExpositionParser: () => countStreamed(bytes),
  ...(other === undefined ? {} : { "parse-prometheus-text-format": () => other(text).length }),
});
for (const [name, speed] of speeds) {
  print(`${name}: ${speed.toFixed(0)} MB/s`);
}
const theirs = speeds.get("parse-prometheus-text-format");
if (theirs === undefined) {
  print("parse-prometheus-text-format is not installed, so there is nothing to compare with");
} else {
  const ratio = (name: string): string => ((speeds.get(name) ?? 0) / theirs).toFixed(1);
  print(
    `${ratio("parseExposition")} times as fast, in chunks ${ratio("createExpositionParser")} times`,
  );
}

measureMemory();

function measureMemory(): void {
  const chunk = new TextEncoder().encode(exposition(CHUNK_BYTES * 4));
  let highest = 0;
  const before = process.memoryUsage.rss();
  const started = performance.now();
  const parser = createExpositionParser(() => {}, { maxSeries: Number.MAX_SAFE_INTEGER });
  let written = 0;
  for (let part = 0; written < STREAMED_BYTES; part++) {
    // A label of its own for each part, so that no part consists of duplicates.
    const body = new TextDecoder().decode(chunk).replaceAll('"} ', `-${part}"} `);
    const bytes = new TextEncoder().encode(body);
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      parser.write(bytes.subarray(at, at + CHUNK_BYTES));
    }
    written += bytes.length;
    highest = Math.max(highest, process.memoryUsage.rss());
  }
  const { duplicates, brokenTotal } = parser.end();
  const seconds = (performance.now() - started) / 1000;
  print(
    `streaming ${mega(written)} MB took ${seconds.toFixed(1)} s; memory grew by ${mega(highest - before)} MB` +
      ` at most (${duplicates} duplicates, ${brokenTotal} broken)`,
  );
}

/**
 * The speed of each parser in MB/s, by its fastest round: what made the others slower was the
 * machine. The results are counted so that no work is left out.
 */
function measureSpeeds(parsers: Readonly<Record<string, () => number>>): Map<string, number> {
  const fastest = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, parse] of Object.entries(parsers)) {
      const started = performance.now();
      if (parse() === 0) {
        throw new Error(`${name} read nothing`);
      }
      const used = performance.now() - started;
      fastest.set(name, Math.min(used, fastest.get(name) ?? used));
    }
  }
  return new Map(
    Array.from(fastest, ([name, used]) => [name, bytes.length / MEGABYTE / (used / 1000)]),
  );
}

/** Keeps the samples, as the other parsers do. */
function countStreamed(body: Uint8Array): number {
  const samples: Sample[] = [];
  const parser = createExpositionParser((sample) => samples.push(sample));
  parser.write(body);
  parser.end();
  return samples.length;
}

async function otherParser(): Promise<((body: string) => unknown[]) | undefined> {
  const from = process.env["COMPARE_WITH"] ?? "parse-prometheus-text-format";
  try {
    const module: { default: (body: string) => unknown[] } = await import(from);
    return module.default;
  } catch {
    return undefined;
  }
}

/**
 * Families as a Streamline server renders them: counters and gauges by partition, group lag and
 * summaries, the series of a family in random order (its exporter keeps them in hash maps).
 */
function exposition(size: number): string {
  const random = createRandom(7);
  const parts: string[] = [];
  let length = 0;
  for (let family = 0; length < size; family++) {
    const lines = FAMILIES[family % FAMILIES.length]?.(family) ?? [];
    const shuffled = lines
      .map((line) => ({ line, order: random() }))
      .toSorted((left, right) => left.order - right.order)
      .map(({ line }) => line);
    const name = /^\w+/.exec(lines[0] ?? "")?.[0] ?? "";
    const head = `# HELP ${name} What the server counts here\n# TYPE ${name} gauge\n`;
    const body = `${head}${shuffled.join("")}\n`;
    parts.push(body);
    length += body.length;
  }
  return parts.join("");
}

function seriesOf(count: number, line: (at: number) => string): string[] {
  return Array.from({ length: count }, (_, at) => line(at));
}

function mega(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(0);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
