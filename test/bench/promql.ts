/**
 * What a target with 100,000 series costs: memory of an hour of its history, CPU of a poll that is
 * appended, and of all checks of the runbooks and all alert rules evaluated over it once.
 *
 * `npm run bench` measures memory without garbage; run alone, it needs `node --expose-gc`.
 */
import { globSync, readFileSync } from "node:fs";
import matter from "gray-matter";
import { parse as parseYaml } from "yaml";
import type { Sample } from "../../src/exposition/sample.ts";
import { createHistory, type History } from "../../src/history/history.ts";
import { createEvaluator } from "../../src/promql/evaluate.ts";
import { parsePromql } from "../../src/promql/parse.ts";
import { createRandom } from "../promql/recorded-data.ts";

const MEGABYTE = 1024 * 1024;
const PARTITIONS = 10_000;
const TOPICS = 500;
const GROUPS = ["billing", "search"];
const POLLS = 240;
const INTERVAL_MS = 15_000;
const START_MS = 1_700_000_000_000;
const NOW_MS = START_MS + (POLLS - 1) * INTERVAL_MS;
const ROUNDS = 5;

const checks = readChecks();
const rules = readRules();
const before = memory();
const history = createHistory({ maxSeries: 200_000 });
measureAppends(history);
const { series, valueBytes } = history.stats();
print(
  `${series} series over ${POLLS} polls: ${mega(memory() - before)} MB, of which values ${mega(valueBytes)} MB`,
);
measureEvaluation(history, "checks of the runbooks", checks);
measureEvaluation(history, "alert rules", rules);

function measureAppends(into: History): void {
  const random = createRandom(1);
  const server = createServer(random);
  let total = 0;
  let first = 0;
  for (let poll = 0; poll < POLLS; poll++) {
    const samples = server.poll();
    const started = process.cpuUsage();
    into.append(START_MS + poll * INTERVAL_MS, samples);
    const used = cpuSince(started);
    total += used;
    first ||= used;
  }
  print(
    `appending a poll: ${(total / POLLS).toFixed(0)} ms of CPU, the first one ${first.toFixed(0)} ms`,
  );
}

/** The first round also finds the series and warms up the code; a bot in use is past it. */
function measureEvaluation(over: History, what: string, expressions: readonly string[]): void {
  const parsed = expressions.map((expression) => parsePromql(expression));
  const totals: number[] = [];
  const slowest = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    const evaluator = createEvaluator(over);
    let total = 0;
    for (const [at, expr] of parsed.entries()) {
      const started = process.cpuUsage();
      evaluator.evaluate(expr, { timeMs: NOW_MS });
      const used = cpuSince(started);
      total += used;
      const text = expressions[at] ?? "";
      slowest.set(text, Math.min(used, slowest.get(text) ?? used));
    }
    totals.push(total);
  }
  print(
    `${expressions.length} ${what} over ${over.stats().series} series: ` +
      `${totals.map((total) => total.toFixed(0)).join(", ")} ms of CPU in ${ROUNDS} rounds`,
  );
  const worst = [...slowest].toSorted(([, left], [, right]) => right - left).slice(0, 3);
  for (const [text, used] of worst) {
    print(`  ${used.toFixed(1)} ms  ${text.replace(/\s+/g, " ").slice(0, 110)}`);
  }
}

function readChecks(): string[] {
  return globSync("knowledge/runbooks/*.md").flatMap((file) =>
    expressionsOf(matter(readFileSync(file, "utf8")).data["checks"]),
  );
}

function readRules(): string[] {
  return globSync("alerts/*.rules.yml").flatMap((file) => {
    const { groups } = parseYaml(readFileSync(file, "utf8")) as { groups: { rules: unknown }[] };
    return groups.flatMap((group) => expressionsOf(group.rules));
  });
}

function expressionsOf(entries: unknown): string[] {
  return Array.isArray(entries) ? entries.map(({ expr }: { expr: string }) => expr) : [];
}

/** A server whose partitions move at different speeds, a third of them not at all. */
function createServer(random: () => number): { poll(): Sample[] } {
  const ends = new Float64Array(PARTITIONS);
  const steps = Float64Array.from(ends, (_, at) => (at % 3 === 0 ? 0 : random() * 2000));
  let polls = 0;
  return {
    poll() {
      polls++;
      const samples = serverSamples(polls, random);
      for (let at = 0; at < PARTITIONS; at++) {
        ends[at] = (ends[at] ?? 0) + Math.floor((steps[at] ?? 0) * (0.5 + random()));
        addPartition(samples, at, ends[at] ?? 0);
      }
      return inFamilies(samples, random);
    },
  };
}

/** A server writes all series of a family together, and in another order every time. */
function inFamilies(samples: readonly Sample[], random: () => number): Sample[] {
  const families = Map.groupBy(samples, ({ name }) => name);
  return [...families.values()].flatMap((family) => {
    for (let at = family.length - 1; at > 0; at--) {
      const other = Math.floor(random() * (at + 1));
      const [one, two] = [family[at], family[other]];
      if (one !== undefined && two !== undefined) {
        family[at] = two;
        family[other] = one;
      }
    }
    return family;
  });
}

function addPartition(samples: Sample[], at: number, end: number): void {
  const labels = { topic: `topic-${at % TOPICS}`, partition: String(Math.floor(at / TOPICS)) };
  samples.push(
    { name: "streamline_records_total", labels, value: end },
    { name: "streamline_log_end_offset", labels, value: end },
    { name: "streamline_log_size_bytes", labels, value: end * 217 },
    { name: "streamline_segments_total", labels, value: 1 + Math.floor(end / 1e6) },
  );
  for (const group of GROUPS) {
    const committed = Math.max(0, end - (at % 7) * 100);
    const grouped = { ...labels, group };
    samples.push(
      { name: "group_lag", labels: grouped, value: end - committed },
      { name: "group_committed_offset", labels: grouped, value: committed },
      { name: "group_end_offset", labels: grouped, value: end },
    );
  }
}

/** The few series that are not about partitions. */
function serverSamples(poll: number, random: () => number): Sample[] {
  const samples: Sample[] = [];
  const add = (name: string, labels: Sample["labels"], value: number) =>
    samples.push({ name, labels, value });
  for (const key of ["produce", "fetch", "metadata", "unknown"]) {
    add("streamline_requests_total", { api_key: key, error: "false" }, poll * 9000);
    for (const quantile of ["0.5", "0.9", "0.99"]) {
      add("streamline_request_duration_seconds", { api_key: key, quantile }, random() / 100);
    }
  }
  for (let topic = 0; topic < TOPICS; topic++) {
    add("streamline_bytes_in_total", { topic: `topic-${topic}` }, poll * 5000 * topic);
    add("streamline_bytes_out_total", { topic: `topic-${topic}` }, poll * 4000 * topic);
    add("topic_retention_seconds", { topic: `topic-${topic}` }, 604_800);
  }
  for (const group of GROUPS) {
    add("group_members", { group }, 3);
    add("streamline_consumer_group_rebalances_total", { group, reason: "sync_complete" }, 1);
  }
  for (const probe of ["http", "kafka", "health", "ready", "info", "metrics"]) {
    add("probe_success", { probe }, 1);
    add("probe_duration_seconds", { probe }, random() / 50);
  }
  add("server_uptime_seconds", {}, poll * 15);
  add("streamline_uptime_seconds", {}, poll * 15);
  add("server_memory_bytes", {}, 4e8 + poll * 1000);
  add("streamline_connections_active", {}, 120);
  add("streamline_connections_total", {}, poll * 2);
  add("log_signature_total", { signature: "wal-backpressure" }, 0);
  return samples;
}

function cpuSince(started: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

function memory(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function mega(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(0);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
