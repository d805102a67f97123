/** A fleet of simulated servers under one real Prometheus, and what that one says is firing. */
import type { TestContext } from "node:test";
import { stringify } from "yaml";
import { z } from "zod";
import { startSimulatedStreamline } from "../../src/sandbox/streamline/server.ts";
import { SHAPES } from "../../src/sandbox/streamline/shape.ts";
import { startPrometheus } from "../support/programs.ts";
import type { FleetCase } from "./fleet-cases.ts";
import { type Exporter, type Host, type HostExporter, startHostExporter } from "./host-exporter.ts";
import { shortRules } from "./short-rules.ts";

export interface Fleet {
  readonly hosts: ReadonlyMap<string, FleetHost>;
  /** Every `ALERT server` that is firing now; `ALERT job=JOB` where it is of no server. */
  firing(): Promise<ReadonlySet<string>>;
  setFaults(): Promise<void>;
  clearFaults(): Promise<void>;
}

interface FleetHost extends Host {
  /** Whether its lag endpoint is asked every second. */
  isAsked: boolean;
  /** Lets time pass on this server only. */
  advance(ms: number): void;
}

/** The server, and the job, of the build that records the metrics of a cluster. */
export const RECORDING = "recording";

const DAY_S = 86_400;
const GROUPS = ["billing", "fulfilment", "analytics", "search-indexer", "mailer"];

/** Starts one server a case, the exporters and Prometheus with all rules; all end with the test. */
export async function startFleet(t: TestContext, cases: readonly FleetCase[]): Promise<Fleet> {
  const hosts = new Map<string, FleetHost>();
  for (const each of cases) hosts.set(each.name, await startHost(t, each));
  keepAsking(t, [...hosts.values()]);
  const exporter = await startHostExporter(t, hosts);
  const { url } = await startPrometheus(t, {
    config: prometheusConfig(hosts, exporter),
    rules: shortRules(),
  });
  return {
    hosts,
    firing: () => readFiring(url),
    setFaults: () => eachCase(cases, hosts, setFaults),
    clearFaults: () => eachCase(cases, hosts, clearFaults),
  };
}

async function startHost(t: TestContext, { isAsked = false, pace = 1, shape }: FleetCase) {
  const start = Date.now();
  let ahead = 0;
  const streamline = await startSimulatedStreamline({
    shape: shape ?? SHAPES.shop,
    clock: () => start + pace * (Date.now() - start) + ahead,
  });
  t.after(() => streamline.close());
  const host: FleetHost = {
    streamline,
    isHealthProbed: false,
    isClusterBroken: false,
    isAsked,
    advance: (ms) => {
      ahead += ms;
    },
  };
  return host;
}

/** What the guide asks for, too: the lag endpoint of every group, here every second. */
function keepAsking(t: TestContext, hosts: readonly FleetHost[]): void {
  const timer = setInterval(() => {
    for (const { isAsked, streamline } of hosts) {
      if (!isAsked) continue;
      for (const group of GROUPS) {
        const url = `${streamline.http}/api/v1/consumer-groups/${group}/lag`;
        fetch(url).then(
          (answer) => answer.body?.cancel(),
          () => {},
        );
      }
    }
  }, 1_000);
  t.after(() => clearInterval(timer));
}

async function eachCase(
  cases: readonly FleetCase[],
  hosts: ReadonlyMap<string, FleetHost>,
  change: (each: FleetCase, host: FleetHost) => Promise<void>,
): Promise<void> {
  for (const each of cases) {
    const host = hosts.get(each.name);
    if (host !== undefined) await change(each, host);
  }
}

async function setFaults(each: FleetCase, host: FleetHost): Promise<void> {
  const { faults, certificateDays, isRecording = false } = each;
  host.isClusterBroken = isRecording;
  for (const [id, magnitude] of Object.entries(faults)) {
    await host.streamline.faults.set(id, { magnitude });
  }
  if (certificateDays !== undefined) {
    host.certificateEnd = Date.now() / 1000 + certificateDays * DAY_S;
  }
}

async function clearFaults({ certificateDays }: FleetCase, host: FleetHost): Promise<void> {
  host.isClusterBroken = false;
  await host.streamline.faults.clearAll();
  if (certificateDays !== undefined) host.certificateEnd = Date.now() / 1000 + 90 * DAY_S;
}

/** Each server has a host name of its own, as HttpDown compares hosts. */
function prometheusConfig(hosts: ReadonlyMap<string, FleetHost>, exporter: HostExporter): string {
  const names = [...hosts.keys()];
  const exported = (kind: Exporter, port: number, of: readonly string[] = names) =>
    of.map((name) => ({
      targets: [exporter.address],
      labels: { instance: `${name}:${port}`, __metrics_path__: exporter.path(kind, name) },
    }));
  const servers = (wanted: (name: string) => boolean) =>
    [...hosts].flatMap(([name, { streamline }]) =>
      wanted(name)
        ? [
            {
              targets: [new URL(streamline.http).host],
              labels: { job: "streamline", instance: `${name}:9094` },
            },
          ]
        : [],
    );
  return stringify({
    global: { scrape_interval: "2s", scrape_timeout: "2s", evaluation_interval: "2s" },
    rule_files: ["rules.yml"],
    scrape_configs: [
      {
        job_name: "streamline",
        // Over it a scrape fails: so MetricsUnreadable need not wait for 40 MB.
        body_size_limit: "4MB",
        static_configs: servers((name) => name !== "http-slow"),
      },
      {
        job_name: "streamline-patient",
        scrape_interval: "4s",
        scrape_timeout: "4s",
        static_configs: servers((name) => name === "http-slow"),
      },
      { job_name: "streamline-kafka", static_configs: exported("kafka", 9092) },
      { job_name: "streamline-health", static_configs: exported("health", 9094) },
      { job_name: "node", static_configs: exported("node", 9100) },
      { job_name: RECORDING, static_configs: exported("recording", 9094, [RECORDING]) },
    ],
  });
}

const ANSWER = z.object({
  data: z.object({
    alerts: z.array(z.object({ state: z.string(), labels: z.record(z.string(), z.string()) })),
  }),
});

async function readFiring(url: string): Promise<ReadonlySet<string>> {
  const answer = await fetch(`${url}/api/v1/alerts`);
  const { alerts } = ANSWER.parse(await answer.json()).data;
  return new Set(
    alerts
      .filter(({ state }) => state === "firing")
      .map(({ labels }) => {
        const of = labels["instance"]?.split(":")[0] ?? `job=${labels["job"] ?? ""}`;
        return `${labels["alertname"] ?? ""} ${of}`;
      }),
  );
}
