/**
 * What the bot knows of a target that the target's own /metrics do not say, as series for Prometheus.
 *
 * The names are a contract with dashboards and rules of others. They are those of the checks with a
 * prefix, so that they meet no exporter's; `target` is the name in the bot's configuration.
 */

import type { FamilyText } from "../exposition/format-exposition.ts";
import type { Sample } from "../exposition/sample.ts";
import type { Evidence } from "./checks/evidence.ts";
import { scrapeLabels } from "./checks/own-series.ts";
import type { Target } from "./target.ts";

export const EXPORTED_PREFIX = "streamline_target_";

/**
 * Of the bot's own series those that somebody outside can use, each with what it says. All that a check
 * reads are among them, so that it can be evaluated over what Prometheus keeps.
 */
const EXPORTED: Readonly<Record<string, string>> = {
  probe_success:
    "Whether a probe of the target succeeded: http, kafka, kafka_api, health, ready, info, metrics.",
  probe_duration_seconds: "How long the probe took.",
  probe_http_status_code: "The status that the probe was answered with.",
  probe_failure: "A probe that failed, by its reason.",
  health_check_ok: "The server's own health checks.",
  server_uptime_seconds: "Since when the server runs, as it says itself.",
  server_start_time_seconds: "When the process began that answers now.",
  server_info: "The version and the data directory that the server names.",
  server_memory_bytes: "Memory that the server says it uses.",
  data_directory_bytes: "Size of the data directory.",
  filesystem_size_bytes: "Size of the file system under it.",
  group_lag:
    "Messages that a consumer group is behind; asked of the server, so that it does not freeze.",
  group_committed_offset: "The offset that a group committed.",
  group_end_offset: "The end of the partition at that moment.",
  consumer_groups: "How many consumer groups there are; 0 is a server without any.",
  group_members: "Members of a consumer group.",
  topic_retention_seconds: "Retention of a topic in time; -1 keeps data forever.",
  topic_retention_bytes: "Retention of a topic in size; -1 keeps data forever.",
  cluster_healthy: "Whether the server calls its cluster healthy.",
  cluster_leader_known: "Whether a leader is known.",
  cluster_term: "The term of the cluster's elections.",
  cluster_voters: "Members of the cluster that vote.",
  cluster_members: "Members of the cluster by state.",
  log_signature_total: "Lines of the server's log by what they mean; busy logs are sampled.",
};

/** Groups and topics are asked in turns; what was not seen for so long is gone. */
const SEEN_WITHIN = "10m";
/** A probe is of every poll: an older one says nothing of now. */
const PROBED_WITHIN = "60s";

export const EXPORTED_FAMILIES: Readonly<Record<string, FamilyText>> = {
  ...Object.fromEntries(
    Object.entries(EXPORTED).map(([name, help]) => [
      `${EXPORTED_PREFIX}${name}`,
      { type: name.endsWith("_total") ? "counter" : "gauge", help } as const,
    ]),
  ),
  [`${EXPORTED_PREFIX}last_poll_timestamp_seconds`]: {
    type: "gauge",
    help: "When the bot polled the target last.",
  },
};

export const EXPORTED_NAMES: readonly string[] = Object.keys(EXPORTED);

/** Whether a Prometheus can have this series of the bot's, under its exported name. */
export function isExported(name: string): boolean {
  return Object.hasOwn(EXPORTED, name);
}

/**
 * All of them as of now, name by name, so that whoever writes down those of a large server can pause;
 * without a poll there is none.
 */
export function* exportedSeries(
  target: Target,
  evidence: Evidence,
  nowMs: number,
): Generator<readonly Sample[], void> {
  const { lastMs } = evidence;
  if (lastMs === undefined) return;
  const { instance = "" } = scrapeLabels(target);
  const own = { target: target.name, server: instance };
  const polled = `${EXPORTED_PREFIX}last_poll_timestamp_seconds`;
  yield [{ name: polled, labels: own, value: lastMs / 1_000 }];
  for (const name of Object.keys(EXPORTED)) {
    const within = name.startsWith("probe_") ? PROBED_WITHIN : SEEN_WITHIN;
    const rows = evidence.at(`last_over_time(${name}[${within}])`, nowMs);
    yield rows.map(({ labels, value }): Sample => {
      const { __name__: _, ...rest } = labels;
      return { name: `${EXPORTED_PREFIX}${name}`, labels: { ...own, ...rest }, value };
    });
  }
}

export const PROBE_MODULES = ["kafka", "health"] as const;
export type ProbeModule = (typeof PROBE_MODULES)[number];

const PROBE_OF: Readonly<Record<ProbeModule, string>> = { kafka: "kafka_api", health: "health" };

/**
 * The last poll as the blackbox exporter would say it, so that the rules over `probe_success` hold; the
 * server gets no connection more for it. Empty when the last poll is too old to say anything of now.
 */
export function probeAnswer(module: ProbeModule, evidence: Evidence, nowMs: number): Sample[] {
  const names = ["probe_success", "probe_duration_seconds", "probe_http_status_code"];
  return names.flatMap((name) => {
    const selector = `${name}{probe="${PROBE_OF[module]}"}`;
    const [row] = evidence.at(`last_over_time(${selector}[${PROBED_WITHIN}])`, nowMs);
    return row === undefined ? [] : [{ name, labels: {}, value: row.value }];
  });
}

export const PROBE_FAMILIES: Readonly<Record<string, FamilyText>> = {
  probe_success: { type: "gauge", help: "Whether the probe was a success." },
  probe_duration_seconds: { type: "gauge", help: "How long the probe took." },
  probe_http_status_code: { type: "gauge", help: "The status of the answer." },
};
