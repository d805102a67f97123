/**
 * What a simulated server does not have, as node_exporter and blackbox_exporter would serve it: the
 * host's disk and memory follow the simulated ones, the probes see what a client would. And what a
 * build would serve that records the metrics of a cluster, and fails requests as a whole.
 */
import { parseExposition } from "../../src/exposition/parse-exposition.ts";
import type { Labels, Sample } from "../../src/exposition/sample.ts";
import type { HttpOutcome } from "../../src/sandbox/streamline/answer.ts";
import type { Model } from "../../src/sandbox/streamline/model.ts";
import { snapshotAt } from "../../src/sandbox/streamline/snapshot.ts";
import { freeDiskBytes } from "../../src/sandbox/streamline/storage.ts";

export interface Host {
  readonly model: Model;
  /** The server's own clock, in milliseconds since 1970. */
  now(): number;
  /** When its certificate ends, if the Kafka probe speaks TLS; Unix seconds. */
  certificateEnd?: number | undefined;
  /** Whether the probe of /health is there at all. */
  isHealthProbed: boolean;
  /** Whether the cluster is in trouble that only a build with cluster metrics can tell of. */
  isClusterBroken: boolean;
}

/** Four WAL shards, each flushed every 100 ms (streamline-facts 4.2). */
const FLUSHES_PER_SECOND = 40;
const MIB = 1_048_576;
/** A small host, so that a growing server fills it within a minute. */
const MEMORY = { total: 1024 * MIB, others: 576 * MIB };

/** Over it a scrape fails: so MetricsUnreadable need not wait for 40 MB. */
const MOST_BYTES = 4 * MIB;

/** Blackbox exporter's own limit here. */
const PROBE_TIMEOUT_MS = 500;

/** What Prometheus gets from the server's /metrics within its timeout; undefined for a failed scrape. */
export function scrapeServer(host: Host, timeoutMs: number): readonly Sample[] | undefined {
  const outcome = ask(host, "/metrics");
  if (outcome?.kind !== "answer") return undefined;
  const { answer, delayMs } = outcome;
  if (answer.status !== 200 || delayMs >= timeoutMs) return undefined;
  if (answer.body.length + answer.extraBytes > MOST_BYTES) return undefined;
  const { samples, brokenTotal } = parseExposition(answer.body);
  if (brokenTotal > 0) return undefined;
  return [...samples, sample("scrape_duration_seconds", delayMs / 1_000)];
}

/** The TCP or TLS probe of the Kafka port. */
export function probeKafka({ model, certificateEnd }: Host): readonly Sample[] {
  const isOpen = model.conditions().process === "up";
  const certificate =
    certificateEnd === undefined ? [] : [sample("probe_ssl_earliest_cert_expiry", certificateEnd)];
  return [sample("probe_success", isOpen ? 1 : 0), ...certificate];
}

/** The HTTP probe of /health; nothing where nobody set it up. */
export function probeHealth(host: Host): readonly Sample[] {
  if (!host.isHealthProbed) return [];
  const outcome = ask(host, "/health");
  const isInTime = outcome?.kind === "answer" && outcome.delayMs < PROBE_TIMEOUT_MS;
  const status = isInTime ? outcome.answer.status : 0;
  return [
    sample("probe_success", status === 200 ? 1 : 0),
    sample("probe_http_status_code", status),
  ];
}

/** Asks for the lag of every group, as the guide says that somebody must. */
export function askForLag(host: Host, groups: readonly string[]): void {
  snapshotAt(
    host.model,
    host.now(),
    groups.map((group) => `/api/v1/consumer-groups/${group}/lag`),
  );
}

function ask(host: Host, path: string): HttpOutcome | undefined {
  return snapshotAt(host.model, host.now(), [path]).http.get(path);
}

/** node_exporter of one host; counters go on from what they were, at the cost of this moment. */
export function createNodeExporter({ model }: Host): (stepSeconds: number) => readonly Sample[] {
  let flushes = 0;
  let flushSeconds = 0;
  return (stepSeconds) => {
    const count = stepSeconds * FLUSHES_PER_SECOND;
    flushes += count;
    flushSeconds += (count * model.conditions().wal.fsyncMs) / 1_000;
    const device = { device: "nvme1n1" };
    return [
      ...diskAndMemory(model),
      sample("node_disk_flush_requests_total", flushes, device),
      sample("node_disk_flush_requests_time_seconds_total", flushSeconds, device),
    ];
  };
}

function diskAndMemory(model: Model): Sample[] {
  const { state, shape } = model;
  const disk = { device: "/dev/nvme1n1", fstype: "xfs", mountpoint: "/var/lib/streamline" };
  const free = model.conditions().disk.full ? 0 : freeDiskBytes(state);
  const available = Math.max(0, MEMORY.total - MEMORY.others - state.memoryBytes);
  return [
    sample("node_filesystem_size_bytes", shape.disk.totalBytes, disk),
    sample("node_filesystem_avail_bytes", free, disk),
    sample("node_memory_MemTotal_bytes", MEMORY.total),
    sample("node_memory_MemAvailable_bytes", available),
  ];
}

/** Requests a scrape of a build that records more than the shipped one. */
const REQUESTS = { good: 200, bad: 50 };

/** Counters grow from scrape to scrape, elections and failed requests only while it is broken. */
export function createRecordingBuild(host: Host): () => readonly Sample[] {
  let scrapes = 0;
  let brokenScrapes = 0;
  return () => {
    const broken = host.isClusterBroken;
    scrapes += 1;
    if (broken) brokenScrapes += 1;
    const produce = (error: boolean): Labels => ({ api_key: "produce", error: String(error) });
    return [
      sample("streamline_cluster_leader", broken ? 0 : 1),
      sample("streamline_cluster_nodes_total", broken ? 2 : 3),
      sample("streamline_cluster_elections_total", 5 + brokenScrapes),
      sample("streamline_cluster_raft_commit_index", 100_000),
      sample("streamline_cluster_raft_apply_index", broken ? 90_000 : 100_000),
      sample("streamline_under_replicated_partitions", broken ? 4 : 0),
      sample("streamline_offline_partitions", broken ? 2 : 0),
      sample("streamline_replication_lag_messages", broken ? 5_000 : 0, {
        topic: "orders",
        partition: "0",
        replica: "2",
      }),
      sample("streamline_requests_total", scrapes * REQUESTS.good, produce(false)),
      sample("streamline_requests_total", brokenScrapes * REQUESTS.bad, produce(true)),
    ];
  };
}

function sample(name: string, value: number, labels: Labels = {}): Sample {
  return { name, labels, value };
}
