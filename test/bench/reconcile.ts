/**
 * What comparing a source's incidents with 10,000 alerts in its API costs: requests, CPU time of the
 * bot's thread and the longest standstill of its event loop, when nothing changed, when a silence hides
 * a tenth, and when a tenth is missing. The API answers from another thread.
 */

import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Alert } from "../../src/alerts/alert.ts";
import type { AlertSource } from "../../src/alerts/source.ts";
import { createAlertmanagers } from "../../src/edges/alertmanager/alertmanagers.ts";
import { createSourceReader } from "../../src/edges/alertmanager/source-reader.ts";
import { clock } from "../../src/edges/clock.ts";
import { openDatabase } from "../../src/edges/store/database.ts";
import { createIncidentStore } from "../../src/edges/store/incident-store.ts";
import { reconcileOnce } from "../../src/features/incidents/reconcile-round.ts";
import { createUnreportedAlerts } from "../../src/features/incidents/report-unreported.ts";
import { applyNotification } from "../../src/incidents/apply-notification.ts";
import { LONGEST_STANDSTILL_MS, watchLoop } from "../support/loop-watch.ts";

const ALERTS = 10_000;
const STARTED_AT = Date.now() - 3_600_000;

const SERVER = `
const { createServer } = require("node:http");
const { parentPort, workerData } = require("node:worker_threads");
let requests = 0;
let bodies = workerData;
parentPort.on("message", (message) => {
  if (message === "count") parentPort.postMessage(requests);
  else bodies = message;
  if (message === "count") requests = 0;
});
createServer((request, response) => {
  requests += 1;
  const path = new URL(request.url, "http://a").pathname;
  response.setHeader("content-type", "application/json").end(bodies[path] ?? "[]");
}).listen(0, "127.0.0.1", function () {
  parentPort.postMessage("http://127.0.0.1:" + this.address().port);
});
`;

const iso = (ms: number): string => new Date(ms).toISOString();

function alertOf(index: number): Alert {
  return {
    fingerprint: index.toString(16).padStart(16, "0"),
    status: "firing",
    labels: { alertname: "ConsumerLag", severity: "warning", group: `g${index}`, topic: "orders" },
    annotations: { summary: `g${index} is ${index} messages behind` },
    startsAt: STARTED_AT,
  };
}

interface Situation {
  readonly isMissing?: (index: number) => boolean;
  readonly isSilenced?: (index: number) => boolean;
}

/** What Alertmanager answers, by path. */
function bodiesOf({ isMissing, isSilenced }: Situation): Record<string, string> {
  const alerts = Array.from({ length: ALERTS }, (_, index) => index)
    .filter((index) => isMissing?.(index) !== true)
    .map((index) => {
      const silencedBy = isSilenced?.(index) === true ? ["s1"] : [];
      return {
        ...alertOf(index),
        startsAt: iso(STARTED_AT),
        endsAt: iso(Date.now() + 240_000),
        updatedAt: iso(Date.now()),
        receivers: [{ name: "bot" }],
        status: {
          state: silencedBy.length > 0 ? "suppressed" : "active",
          silencedBy,
          inhibitedBy: [],
        },
      };
    });
  return {
    "/api/v2/alerts": JSON.stringify(alerts),
    "/api/v2/status": JSON.stringify({ uptime: iso(STARTED_AT), config: { original: "" } }),
  };
}

async function measure(groups: number): Promise<number> {
  const worker = new Worker(SERVER, { eval: true, workerData: bodiesOf({}) });
  const [address] = (await once(worker, "message")) as [string];
  const database = await openDatabase({ engine: "sqlite", path: ":memory:" });
  const incidents = createIncidentStore(database);
  for (let group = 0; group < groups; group += 1) {
    const own = Array.from({ length: ALERTS / groups }, (_, n) => alertOf(n * groups + group));
    const notification = {
      source: "prod",
      groupKey: `{}:{shard="${group}"}`,
      receiver: "bot",
      status: "firing",
      groupLabels: { shard: String(group) },
      commonLabels: {},
      externalUrl: "http://am:9093",
      truncatedAlerts: 0,
      alerts: own,
    } as const;
    const opening = { id: `i${group}`, channel: "C1", nowMs: Date.now() - 60_000 };
    await incidents.apply(notification, opening.nowMs, (latest) =>
      applyNotification(latest, notification, opening),
    );
  }
  const source: AlertSource = {
    name: "prod",
    members: [address],
    arePeers: true,
    headers: {},
    targets: [],
    everyMs: 25_000,
    absentForMs: 30_000,
  };
  const alertmanagers = createAlertmanagers();
  const watched = {
    source,
    reader: createSourceReader(source, { api: alertmanagers.members, clock }),
  };
  const none = (): void => undefined;
  const log = { debug: none, info: none, warn: none, error: none };
  const ports = {
    incidents,
    clock,
    log,
    wakeDelivery: () => undefined,
    report: async () => undefined,
  };
  const unreported = createUnreportedAlerts(ports, watched);
  let longest = 0;
  for (const [what, situation] of [
    ["the first round", {}],
    ["nothing changed", {}],
    ["a tenth silenced", { isSilenced: (index: number) => index % 10 === 0 }],
    ["a tenth missing", { isMissing: (index: number) => index % 10 === 1 }],
    ["nothing changed", { isMissing: (index: number) => index % 10 === 1 }],
  ] as const) {
    worker.postMessage(bodiesOf(situation));
    await clock.sleep(200);
    const before = process.threadCpuUsage();
    const startedAt = performance.now();
    const { longestMs } = await watchLoop(() => reconcileOnce(ports, watched, unreported));
    const took = performance.now() - startedAt;
    const { user, system } = process.threadCpuUsage(before);
    worker.postMessage("count");
    const [requests] = (await once(worker, "message")) as [number];
    longest = Math.max(longest, longestMs);
    process.stdout.write(
      `${String(groups).padStart(4)} incidents  ${what.padEnd(17)} ${requests} requests  ${took.toFixed(0).padStart(5)} ms  CPU ${((user + system) / 1_000).toFixed(0).padStart(5)} ms  longest standstill ${longestMs.toFixed(0).padStart(4)} ms\n`,
    );
  }
  await alertmanagers.close();
  await database.close();
  await worker.terminate();
  return longest;
}

const longest = Math.max(await measure(1), await measure(100), await measure(2_500));
process.stdout.write(
  `longest of all: ${longest.toFixed(0)} ms (at most ${LONGEST_STANDSTILL_MS})\n`,
);
process.exit(longest > LONGEST_STANDSTILL_MS ? 1 : 0);
