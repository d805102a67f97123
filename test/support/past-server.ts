/** Hours of one server as a Prometheus keeps them: some of its own series, and those that bots export of it. */

import type { PastSeries } from "./past-prometheus.ts";

export interface PastServer {
  readonly instance: string;
  readonly target: string;
  readonly cluster: string;
  /** When its produce requests are slow, and when its data directory is gone. */
  readonly isSlow?: (timeMs: number) => boolean;
  readonly isGone?: (timeMs: number) => boolean;
  readonly bots?: readonly string[];
}

/** Series of it as a Prometheus has them that scrapes the server, and its bots. */
export function pastSeries(server: PastServer, fromMs: number): PastSeries[] {
  const { instance, target, cluster, isSlow = () => false, isGone = () => false } = server;
  const scraped = { job: "streamline", instance, cluster };
  const seconds = (timeMs: number): number => 86_400 + (timeMs - fromMs) / 1_000;
  const of = (name: string, labels: Record<string, string>, at: PastSeries["at"]): PastSeries => ({
    name,
    labels: { ...scraped, ...labels },
    at,
  });
  const bots = server.bots ?? ["bot-1:8080"];
  const seen = (name: string, labels: Record<string, string>, at: PastSeries["at"]) =>
    bots.map(
      (bot): PastSeries => ({
        name: `streamline_target_${name}`,
        labels: { job: "bot", instance: bot, pod: bot, target, server: instance, ...labels },
        at,
      }),
    );
  const probes = ["http", "kafka", "kafka_api", "health", "ready", "info", "metrics"];
  return [
    of("streamline_uptime_seconds", {}, seconds),
    of("streamline_request_duration_seconds_count", { api_key: "produce" }, (t) => seconds(t) * 50),
    of("streamline_request_duration_seconds_sum", { api_key: "produce" }, spentBy(isSlow)),
    of("streamline_request_duration_seconds", { api_key: "produce", quantile: "0.99" }, (t) =>
      isSlow(t) ? 0.8 : 0.002,
    ),
    ...probes.flatMap((probe) => seen("probe_success", { probe }, () => 1)),
    ...probes.flatMap((probe) => seen("probe_duration_seconds", { probe }, () => 0.004)),
    ...seen("last_poll_timestamp_seconds", {}, (t) => t / 1_000),
    ...seen("server_uptime_seconds", {}, seconds),
    ...seen("server_start_time_seconds", {}, (t) => t / 1_000 - seconds(t)),
    ...seen("health_check_ok", { check: "data_directory" }, (t) => (isGone(t) ? 0 : 1)),
    ...seen("log_signature_total", { signature: "state-files-missing" }, () => 0),
    ...seen("consumer_groups", {}, () => 0),
  ];
}

/** What 50 requests a second took together up to a time; times are asked for in their order. */
function spentBy(isSlow: (timeMs: number) => boolean): PastSeries["at"] {
  let [lastMs, spent] = [0, 0];
  return (timeMs) => {
    const seconds = lastMs === 0 ? 0 : (timeMs - lastMs) / 1_000;
    spent += 50 * seconds * (isSlow(timeMs) ? 0.01 : 0.0005);
    lastMs = timeMs;
    return spent;
  };
}
