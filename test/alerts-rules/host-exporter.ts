/**
 * What a simulated server does not have, as node_exporter and blackbox_exporter would serve it: the
 * host's disk and memory follow the simulated ones, the probes really try the ports.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import type { TestContext } from "node:test";
import type { SimulatedStreamline } from "../../src/edges/sandbox/streamline/server.ts";
import { freeDiskBytes } from "../../src/edges/sandbox/streamline/storage.ts";

export interface Host {
  readonly streamline: SimulatedStreamline;
  /** When its certificate ends, if the Kafka probe speaks TLS; Unix seconds. */
  certificateEnd?: number;
  /** Whether the probe of /health is there at all. */
  isHealthProbed: boolean;
}

export type Exporter = "node" | "kafka" | "health";

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
