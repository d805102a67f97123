/**
 * Asks a target's Prometheus for longer than our own history: GET /api/v1/query_range and nothing
 * else, bounded in time and size.
 */

import type { Moments } from "../../diagnosis/checks/picture.ts";
import { type RangeAnswer, readRange } from "../../diagnosis/prometheus-answers.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { PrometheusSource } from "../../features/targets/chart-source.ts";
import { createHttpGet, type HttpGet } from "../http-client/http-get.ts";
import { readLongJson } from "../http-client/long-json.ts";

/** A day of a large Prometheus is read within seconds; a person waits for no more. */
const TIMEOUT_MS = 10_000;

/** A chart has 20 moments: 10,000 series of them are about this much. */
const LIMIT_BYTES = 8 * 1024 * 1024;

/**
 * Queries to one Prometheus that may be under way at once, of all who ask: it evaluates 20 at once
 * (`--query.max-concurrency`), and those are for dashboards and rules, too.
 */
const AT_ONCE = 4;

export interface PrometheusOptions {
  /** Sent as bearer token, where Prometheus stands behind a proxy that wants one. */
  readonly token?: () => string | undefined;
  readonly timeoutMs?: number;
}

/** One client for all addresses. `token` is asked at each request, so that a changed one counts. */
export function createPrometheus(
  options: PrometheusOptions = {},
): PrometheusSource & { close(): Promise<void> } {
  const { token, timeoutMs = TIMEOUT_MS } = options;
  const authorization = (): Record<string, string> => {
    const bearer = token?.();
    return bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
  };
  const clients = new Map<string, HttpGet>();
  const turns = new Map<string, Turns>();

  function client(http: string, target: Target): HttpGet {
    // Targets of several tenants may share one Prometheus.
    const headers = () => ({ ...target.prometheusHeaders, ...authorization() });
    const key = JSON.stringify([http, target.prometheusHeaders]);
    const known = clients.get(key) ?? createHttpGet({ ...target, http, timeoutMs }, headers);
    clients.set(key, known);
    return known;
  }

  return {
    async range(target, expr, moments): Promise<RangeAnswer> {
      const http = target.prometheus?.replace(/\/+$/, "");
      if (http === undefined) throw new Error(`${target.name} has no Prometheus configured`);
      const chunks: Uint8Array[] = [];
      const path = `/api/v1/query_range?${queryOf(expr, moments, timeoutMs)}`;
      const onHead = () => (chunk: Uint8Array) => void chunks.push(chunk);
      const own = turns.get(http) ?? takeTurns(AT_ONCE);
      turns.set(http, own);
      const get = () => client(http, target).get(path, { limitBytes: LIMIT_BYTES, onHead });
      const result = await own(get);
      if (result.kind !== "answered") return readRange(result);
      return readRange({
        kind: "answered",
        status: result.status,
        json: await readLongJson(chunks),
      });
    },
    async close() {
      await Promise.all([...clients.values()].map((each) => each.close()));
    },
  };
}

type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/** So many at once; the others wait in the order in which they came. */
function takeTurns(most: number): Turns {
  const waiting: (() => void)[] = [];
  let free = most;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

function queryOf(expr: string, { startMs, endMs, stepMs }: Moments, timeoutMs: number): string {
  return new URLSearchParams({
    query: expr,
    start: String(startMs / 1_000),
    end: String(endMs / 1_000),
    step: String(stepMs / 1_000),
    timeout: `${timeoutMs}ms`,
  }).toString();
}
