/** Polls of a target as values, for tests of what is concluded from them. */

import type { Answered, Failure, HealthPoll, MetricsAnswered } from "../../src/diagnosis/reply.ts";
import type { Target } from "../../src/diagnosis/target.ts";

export const TARGET: Target = {
  name: "orders",
  http: "http://10.0.0.5:9094",
  kafka: "10.0.0.5:9092",
  labels: {},
  timeoutMs: 2_000,
  maxBodyBytes: 1024 * 1024,
};

export function answered(body: string, rest: Partial<Answered> = {}): Answered {
  const headers = { "x-streamline-version": "0.2.0" };
  return { kind: "answered", status: 200, headers, body, ms: 3, bytes: body.length, ...rest };
}

export function metricsAnswered(rest: Partial<MetricsAnswered> = {}): MetricsAnswered {
  const { body: _, ...answer } = answered("");
  const samples = [{ name: "streamline_topics_total", labels: {}, value: 12 }];
  return { ...answer, samples, brokenLines: 0, duplicates: 0, ...rest };
}

export const REFUSED: Failure = { kind: "refused", ms: 1 };
export const HUNG: Failure = { kind: "timeout", ms: 2_000, afterMs: 2_000, connected: true };
export const SILENT: Failure = { kind: "timeout", ms: 2_000, afterMs: 2_000, connected: false };

/** streamline-facts 1.2. */
export const UNHEALTHY_BODY =
  '{"status":"unhealthy","checks":[{"name":"storage","status":"ok"},{"name":"data_directory","status":"failed","message":"Data directory not accessible"}]}';

/** A poll of a server in order. */
export function healthyPoll(rest: Partial<HealthPoll> = {}): HealthPoll {
  return {
    atMs: 1_700_000_000_000,
    http: { kind: "open", ms: 1 },
    kafka: { port: { kind: "open", ms: 1 }, api: { kind: "answered", ms: 2, errorCode: 0 } },
    health: answered(
      '{"status":"healthy","checks":[{"name":"storage","status":"ok"},{"name":"data_directory","status":"ok"}]}',
    ),
    ready: answered(
      '{"status":"ready","components":{"storage":"ready","protocol":"ready","http":"ready"}}',
    ),
    info: answered(
      '{"version":"0.2.0","listen_addr":"0.0.0.0:9092","http_addr":"0.0.0.0:9094","data_dir":"/var/lib/streamline","topics":12,"uptime_seconds":8123.44}',
    ),
    metrics: metricsAnswered(),
    ...rest,
  };
}

/** A poll of a server whose HTTP side fails as a whole. */
export function withoutHttp(failure: Failure): Partial<HealthPoll> {
  return { health: failure, ready: failure, info: failure, metrics: failure };
}
