/**
 * What a simulated server does not have, as node_exporter and blackbox_exporter would serve it: the
 * host's disk and memory follow the simulated ones, the probes really try the ports. And what a build
 * would serve that records the metrics of a cluster, and fails requests as a whole.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import type { TestContext } from "node:test";
import type { SimulatedStreamline } from "../../src/sandbox/streamline/server.ts";
import { freeDiskBytes } from "../../src/sandbox/streamline/storage.ts";

export interface Host {
  readonly streamline: SimulatedStreamline;
  /** When its certificate ends, if the Kafka probe speaks TLS; Unix seconds. */
  certificateEnd?: number;
  /** Whether the probe of /health is there at all. */
  isHealthProbed: boolean;
  /** Whether the cluster is in trouble that only a build with cluster metrics can tell of. */
  isClusterBroken: boolean;
}

export type Exporter = "node" | "kafka" | "health" | "recording";

export interface HostExporter {
  /** `host:port` for Prometheus. */
  readonly address: string;
  path(exporter: Exporter, host: string): string;
}

/** Four WAL shards, each flushed every 100 ms (streamline-facts 4.2). */
const FLUSHES_PER_SECOND = 40;
const MIB = 1_048_576;
/** A small host, so that a growing server fills it within a minute. */
const MEMORY = { total: 1024 * MIB, others: 576 * MIB };

/** Serves all three exporters of all hosts on one port; it ends with the test. */
export async function startHostExporter(
  t: TestContext,
  hosts: ReadonlyMap<string, Host>,
): Promise<HostExporter> {
  const flushes = new Map<string, { at: number; count: number; seconds: number }>();
  const server = createServer((request, response) => {
    const [, exporter, name = ""] = request.url?.split("/") ?? [];
    const host = hosts.get(name);
    if (host === undefined) throw new Error(`no host ${name}`);
    response.setHeader("content-type", "text/plain; version=0.0.4");
    if (exporter === "kafka") void probeKafka(host).then((text) => response.end(text));
    else if (exporter === "recording") response.end(recorded(name, host));
    else if (exporter === "health") void probeHealth(host).then((text) => response.end(text));
    else response.end(`${diskAndMemory(host.streamline)}${flush(name, host.streamline)}`);
  });

  /** Counters go on from what they were, at the pace and the cost of this moment. */
  const flush = (name: string, { model }: SimulatedStreamline): string => {
    const now = Date.now() / 1000;
    const last = flushes.get(name) ?? { at: now, count: 0, seconds: 0 };
    const count = (now - last.at) * FLUSHES_PER_SECOND;
    const seconds = (count * model.conditions().wal.fsyncMs) / 1000;
    const next = { at: now, count: last.count + count, seconds: last.seconds + seconds };
    flushes.set(name, next);
    return (
      `node_disk_flush_requests_total{device="nvme1n1"} ${next.count}\n` +
      `node_disk_flush_requests_time_seconds_total{device="nvme1n1"} ${next.seconds}\n`
    );
  };

  const recorded = recordingBuild();

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    address: `127.0.0.1:${address.port}`,
    path: (exporter, host) => `/${exporter}/${host}`,
  };
}

/** Requests a scrape of a build that records more than the shipped one. */
const REQUESTS = { good: 200, bad: 50 };

/** Counters grow from scrape to scrape, elections and failed requests only while it is broken. */
function recordingBuild(): (name: string, host: Host) => string {
  let scrapes = 0;
  let brokenScrapes = 0;
  return (_name, { isClusterBroken: broken }) => {
    scrapes += 1;
    if (broken) brokenScrapes += 1;
    return [
      `streamline_cluster_leader ${broken ? 0 : 1}`,
      `streamline_cluster_nodes_total ${broken ? 2 : 3}`,
      `streamline_cluster_elections_total ${5 + brokenScrapes}`,
      "streamline_cluster_raft_commit_index 100000",
      `streamline_cluster_raft_apply_index ${broken ? 90_000 : 100_000}`,
      `streamline_under_replicated_partitions ${broken ? 4 : 0}`,
      `streamline_offline_partitions ${broken ? 2 : 0}`,
      `streamline_replication_lag_messages{topic="orders",partition="0",replica="2"} ${broken ? 5_000 : 0}`,
      `streamline_requests_total{api_key="produce",error="false"} ${scrapes * REQUESTS.good}`,
      `streamline_requests_total{api_key="produce",error="true"} ${brokenScrapes * REQUESTS.bad}`,
      "",
    ].join("\n");
  };
}

async function probeKafka({ streamline, certificateEnd }: Host): Promise<string> {
  const [host = "", port = ""] = streamline.kafka.split(":");
  const socket = connect({ host, port: Number(port), timeout: 500 });
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.once("connect", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("timeout", () => resolve(false));
  });
  socket.destroy();
  const certificate =
    certificateEnd === undefined ? "" : `probe_ssl_earliest_cert_expiry ${certificateEnd}\n`;
  return `probe_success ${isOpen ? 1 : 0}\n${certificate}`;
}

async function probeHealth({ streamline, isHealthProbed }: Host): Promise<string> {
  if (!isHealthProbed) return "";
  const status = await fetch(`${streamline.http}/health`, {
    signal: AbortSignal.timeout(500),
  }).then(
    (answer) => answer.body?.cancel().then(() => answer.status) ?? answer.status,
    () => 0,
  );
  return `probe_success ${status === 200 ? 1 : 0}\nprobe_http_status_code ${status}\n`;
}

function diskAndMemory({ model }: SimulatedStreamline): string {
  const { state, shape } = model;
  const labels = '{device="/dev/nvme1n1",fstype="xfs",mountpoint="/var/lib/streamline"}';
  const free = model.conditions().disk.full ? 0 : freeDiskBytes(state);
  const available = Math.max(0, MEMORY.total - MEMORY.others - state.memoryBytes);
  return (
    `node_filesystem_size_bytes${labels} ${shape.disk.totalBytes}\n` +
    `node_filesystem_avail_bytes${labels} ${free}\n` +
    `node_memory_MemTotal_bytes ${MEMORY.total}\n` +
    `node_memory_MemAvailable_bytes ${available}\n`
  );
}
