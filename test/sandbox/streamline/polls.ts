/** A poll of the simulated server in virtual time, read the way an operator would read it. */
import { createModel, type Model } from "../../../src/sandbox/streamline/model.ts";
import { SHAPES, type ShapeName } from "../../../src/sandbox/streamline/shape.ts";
import { type SimulatedPoll, snapshotAt } from "../../../src/sandbox/streamline/snapshot.ts";
import { readSeries, START_MS } from "./simulated.ts";

const MINUTE_MS = 60_000;

export interface Poll {
  readonly taken: SimulatedPoll;
  /** Status of a path, or `refused`, `hanging`, `raw`. */
  readonly status: (path: string) => number | string;
  readonly body: (path: string) => string;
  /** A member of a JSON body, by keys and indexes. */
  readonly at: (path: string, ...keys: (string | number)[]) => unknown;
  readonly number: (path: string, ...keys: (string | number)[]) => number;
  readonly sum: (name: string, ...words: string[]) => number;
  /** Increase per second over the minute before the poll. */
  readonly rate: (name: string, ...words: string[]) => number;
  /** Log entries of that message in the minute before the poll. */
  readonly logged: (message: string) => LoggedEntry[];
}

interface LoggedEntry {
  readonly id: number;
  readonly timestamp: number;
  readonly level: string;
  readonly message: string;
  readonly fields?: Readonly<Record<string, string>>;
}

export function modelFor(shape: ShapeName = "shop", seed = 7): Model {
  return createModel({ seed, startMs: START_MS, shape: SHAPES[shape] });
}

/** Advances the model by that much (at least the minute that rates need) and polls. */
export function pollAfter(model: Model, ms: number): Poll {
  const atMs = model.nowMs + Math.max(ms, MINUTE_MS);
  const before = snapshotAt(model, atMs - MINUTE_MS, ["/metrics"]);
  const taken = snapshotAt(model, atMs, ["/metrics", "/api/v1/logs?limit=10000", ...paths(model)]);
  const earlier = bodyOf(before, "/metrics");
  const text = bodyOf(taken, "/metrics");
  const sum = (name: string, ...words: string[]) => total(readSeries(text, name, words));
  const at = (path: string, ...keys: (string | number)[]) => dig(bodyOf(taken, path), keys);
  return {
    taken,
    status: (path) => statusOf(taken, path),
    body: (path) => bodyOf(taken, path),
    at,
    number: (path, ...keys) => Number(at(path, ...keys)),
    sum,
    rate: (name, ...words) => (sum(name, ...words) - total(readSeries(earlier, name, words))) / 60,
    logged: (message) =>
      entriesOf(bodyOf(taken, "/api/v1/logs?limit=10000")).filter(
        (entry) => entry.message === message && entry.timestamp > atMs - MINUTE_MS,
      ),
  };
}

function paths({ shape }: Model): string[] {
  const lags = shape.groups.map(({ id }) => `/api/v1/consumer-groups/${id}/lag`);
  const topics = shape.topics.map(({ name }) => `/api/v1/topics/${name}`);
  return [
    "/health",
    "/health/ready",
    "/info",
    "/api/v1/consumer-groups",
    "/api/v1/cluster/status",
    "/api/v1/cluster/members",
    "/api/v1/dashboard/system",
    ...topics,
    ...lags,
  ];
}

function bodyOf(poll: SimulatedPoll, path: string): string {
  const outcome = poll.http.get(path);
  if (outcome === undefined) throw new Error(`not asked: ${path}`);
  return outcome.kind === "answer" ? outcome.answer.body : "";
}

function statusOf(poll: SimulatedPoll, path: string): number | string {
  const outcome = poll.http.get(path);
  if (outcome === undefined) throw new Error(`not asked: ${path}`);
  return outcome.kind === "answer" ? outcome.answer.status : outcome.kind;
}

function total(series: ReadonlyMap<string, number>): number {
  return [...series.values()].reduce((sum, value) => sum + value, 0);
}

function entriesOf(body: string): LoggedEntry[] {
  if (!body.startsWith('{"entries"')) return [];
  const parsed: { entries: LoggedEntry[] } = JSON.parse(body);
  return parsed.entries;
}

function dig(body: string, keys: readonly (string | number)[]): unknown {
  let value: unknown = JSON.parse(body);
  for (const key of keys) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.entries(value).find(([name]) => name === String(key))?.[1];
  }
  return value;
}
