/** Dashboard and metrics history (streamline-facts 1.3, 1.4; src/server/dashboard_api.rs). */

import { HOUR_MS } from "../../../promql/duration.ts";
import { type HttpAnswer, jsonAnswer, SERVER_VERSION } from "../answer.ts";
import { totalMessages } from "../background.ts";
import { dataDirectoryBytes } from "../storage.ts";
import {
  type EndpointView,
  isDataDirectoryPresent,
  NO_DATA_DIRECTORY,
  uptimeSeconds,
  wallClockMs,
} from "./view.ts";

const UNIT_MS = { h: HOUR_MS, m: 60_000, s: 1000 } as const;

/** `consumer_groups` and both byte rates are constants 0, and no alert is ever raised. */
export function overview(view: EndpointView): HttpAnswer {
  const { state } = view;
  const latest = state.history.at(-1);
  return jsonAnswer({
    cluster_id: "streamline",
    version: SERVER_VERSION,
    uptime_seconds: uptimeSeconds(view),
    health_status: { status: overallStatus(view), components: components(view) },
    stats: {
      topics: state.topics.length,
      partitions: state.topics.reduce((sum, topic) => sum + topic.partitions.length, 0),
      total_messages: totalMessages(state),
      messages_per_second: latest?.messagesPerSecond ?? 0,
      bytes_in_per_second: 0,
      bytes_out_per_second: 0,
      active_connections: latest?.connections ?? 0,
      consumer_groups: 0,
    },
    alerts: { critical: 0, warning: 0, info: 0 },
    timestamp: wallClockMs(view),
  });
}

/** Always 200, healthy or not (streamline-facts 1.4). */
export function dashboardHealth(view: EndpointView): HttpAnswer {
  const present = isDataDirectoryPresent(view);
  const timestamp = wallClockMs(view);
  const { state, addresses } = view;
  const component = (name: string, metrics: Record<string, unknown>) => ({
    name,
    component_type: name,
    status: "ok",
    metrics,
    last_updated: timestamp,
  });
  return jsonAnswer({
    status: overallStatus(view),
    components: [
      component("storage", { topics: state.topics.length, data_dir: state.shape.dataDir }),
      component("network", { listen_addr: addresses.kafka, http_addr: addresses.http }),
    ],
    checks: [
      { name: "storage", passed: true, duration_ms: 0.01 },
      {
        name: "data_directory",
        passed: present,
        duration_ms: 0.1,
        ...(!present && { error: NO_DATA_DIRECTORY }),
      },
    ],
    timestamp,
  });
}

/**
 * The only figures of disk and memory that the server has: resident memory, the size of the data
 * directory (not of the file system's use), and the file system's size
 * (src/server/dashboard_api.rs:897-957,1008-1077).
 */
export function system(view: EndpointView): HttpAnswer {
  const { state } = view;
  const present = isDataDirectoryPresent(view);
  const used = present ? dataDirectoryBytes(state) : 0;
  const total = present ? state.shape.disk.totalBytes : 0;
  return jsonAnswer({
    memory: { used_bytes: state.memoryBytes, total_bytes: 0, usage_percent: 0 },
    storage: {
      used_bytes: used,
      total_bytes: total,
      usage_percent: total === 0 ? 0 : (used / total) * 100,
      data_dir: state.shape.dataDir,
    },
    cpu: null,
    network: {
      bytes_received: 0,
      bytes_sent: 0,
      connections: state.history.at(-1)?.connections ?? 0,
    },
    timestamp: wallClockMs(view),
  });
}

/** Points of the last hour at most; bytes, groups and lag are constants 0 (streamline-facts 1.3). */
export function metricsHistory(view: EndpointView): HttpAnswer {
  const { state } = view;
  const durationMs = parseDuration(view.query.get("duration") ?? "1h") ?? UNIT_MS.h;
  const now = wallClockMs(view);
  const partitions = state.topics.reduce((sum, topic) => sum + topic.partitions.length, 0);
  const points = state.history
    .slice(-720)
    .filter(({ timestamp }) => timestamp >= now - durationMs)
    .map(({ timestamp, messagesPerSecond, connections }) => ({
      timestamp,
      messages_per_sec: messagesPerSecond,
      bytes_in_per_sec: 0,
      bytes_out_per_sec: 0,
      connections,
      topics: state.topics.length,
      partitions,
      consumer_groups: 0,
      total_consumer_lag: 0,
    }));
  return jsonAnswer({
    points,
    start_time: points[0]?.timestamp ?? now,
    end_time: points.at(-1)?.timestamp ?? now,
    interval_ms: 5000,
  });
}

function overallStatus(view: EndpointView): "healthy" | "unhealthy" {
  return isDataDirectoryPresent(view) ? "healthy" : "unhealthy";
}

function components(view: EndpointView) {
  const last_check = wallClockMs(view);
  const directory = isDataDirectoryPresent(view)
    ? { name: "data_directory", status: "ok", last_check }
    : { name: "data_directory", status: "error", message: NO_DATA_DIRECTORY, last_check };
  return [
    { name: "storage", status: "ok", last_check },
    directory,
    { name: "network", status: "ok", last_check },
  ];
}

/** `30m`, `6h`, `90s`; a bare number is hours (src/server/cluster_api.rs `parse_duration`). */
function parseDuration(text: string): number | undefined {
  const match = /^(\d+)([hms])?$/.exec(text.trim().toLowerCase());
  if (match === null) return undefined;
  const unit = match[2] === "m" || match[2] === "s" ? match[2] : "h";
  return Number(match[1]) * UNIT_MS[unit];
}
