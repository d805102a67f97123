/**
 * How many alerts a second the bot stores durably, over real sockets, beside what the same disk does
 * in bare commits in the same run; how long the event loop stands meanwhile; and how long it takes
 * to look things up in a store with 100,000 incidents. `node test/bench/store.ts sqlite` is one part of
 * it, of three: sqlite, lookups, postgres.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { DatabaseSync } from "node:sqlite";
import { Agent, request } from "undici";
import { DEFAULT_SOURCE } from "../../src/alerts/alert.ts";
import type { StoreAddress } from "../../src/config/config.ts";
import { createHttpServer } from "../../src/edges/http/server.ts";
import { createLog } from "../../src/edges/log.ts";
import { openDatabase } from "../../src/edges/store/database.ts";
import { createIncidentStore } from "../../src/edges/store/incident-store.ts";
import { createOutbox } from "../../src/edges/store/outbox.ts";
import { respondToAlerts } from "../../src/features/incidents/respond-to-alerts.ts";
import { startCluster } from "../edges/store/cluster.ts";
import { createMeter } from "../features/fakes.ts";
import { firing, notification, T0 } from "../incidents/notifications.ts";
import { runParts } from "./parts.ts";
import { median, printTimes, timed } from "./timing.ts";

const SENDERS = 16;
const ALERTS = 10;
const WARM_UP_SECONDS = 3;
const SECONDS = 8;
const MANY = 100_000;
const TOKEN = "bench-token-0123456789";

const folder = mkdtempSync(join(tmpdir(), "bot-bench-"));
const PARTS = {
  async sqlite() {
    bareCommits();
    await throughput("SQLite", { engine: "sqlite", path: join(folder, "storm.db") });
  },
  lookups: () => lookups({ engine: "sqlite", path: join(folder, "old.db") }),
  async postgres() {
    const cluster = await startCluster({ fsync: true });
    await throughput("PostgreSQL", await cluster.createDatabase());
    await cluster.stop();
  },
} as const;
await runParts(PARTS);
rmSync(folder, { recursive: true, force: true });

/** One row and one wait for the disk at a time: what a bot without group commit could reach at most. */
function bareCommits(): void {
  const database = new DatabaseSync(join(folder, "bare.db"));
  database.exec("pragma journal_mode = wal; pragma synchronous = full; create table t (x text)");
  const insert = database.prepare("insert into t values (?)");
  const until = performance.now() + 2_000;
  let commits = 0;
  for (; performance.now() < until; commits += 1) insert.run("x".repeat(3_000));
  database.close();
  print(`bare commits on this disk: ${Math.round(commits / 2)} a second`);
}

async function throughput(name: string, address: StoreAddress): Promise<void> {
  const database = await openDatabase(address);
  const clock = { now: () => Date.now(), sleep: async () => undefined };
  const server = await createHttpServer({
    log: createLog("silent"),
    alerts: {
      sources: () => new Map([[DEFAULT_SOURCE, [{ kind: "bearer", token: TOKEN } as const]]]),
      maxBodyBytes: 8 * 1024 ** 2,
      now: clock.now,
      refused: () => undefined,
      respond: respondToAlerts(
        {
          incidents: createIncidentStore(database),
          clock,
          log: createLog("silent"),
          meter: createMeter(),
          doubt: () => undefined,
          newId: () => crypto.randomUUID(),
          wakeDelivery: () => undefined,
        },
        { routes: [{ match: {}, channel: "C1" }], targets: [], sources: [] },
      ),
    },
    health: {
      metricsAuth: () => [],
      now: clock.now,
      readiness: async () => ({ needed: {} }),
      metrics: async () => ({ contentType: "text/plain", body: "" }),
    },
  });
  const url = await server.listen({ host: "127.0.0.1", port: 0 });
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  let times: number[] = [];
  let until = performance.now() + WARM_UP_SECONDS * 1_000;
  const agent = new Agent({ connections: SENDERS });
  const send = async (sender: string): Promise<void> => {
    for (let n = 0; performance.now() < until; n += 1) {
      const body = webhookOf(`${sender}.${n}`);
      times.push(
        await timed(async () => {
          const answer = await request(`${url}/webhook/alertmanager`, {
            method: "POST",
            headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
            body,
            dispatcher: agent,
          });
          await answer.body.text();
          if (answer.statusCode !== 200) throw new Error(`answered ${answer.statusCode}`);
        }),
      );
    }
  };
  const sendAll = (round: string) =>
    Promise.all(Array.from({ length: SENDERS }, (_, sender) => send(`${round}${sender}`)));
  await sendAll("warm-up");
  times = [];
  loop.reset();
  const startedAt = performance.now();
  until = startedAt + SECONDS * 1_000;
  await sendAll("storm");
  const seconds = (performance.now() - startedAt) / 1_000;
  loop.disable();
  const rate = Math.round((times.length * ALERTS) / seconds);
  print(
    `${name}: ${rate} alerts a second in webhooks of ${ALERTS} for new groups from ${SENDERS} ` +
      `senders (${Math.round(times.length / seconds)} webhooks a second); ` +
      `longest ${Math.round(Math.max(...times))} ms; ` +
      `event loop at most ${Math.round(loop.max / 1e6)} ms; ` +
      `${Math.round(process.memoryUsage().rss / 1024 ** 2)} MB`,
  );
  printTimes(`${name}: webhook to 200`, times);
  await claims(name, database);
  await agent.close();
  await server.close();
  await database.close();
}

/** Taking and finishing one row, with all those webhooks' notices waiting. */
async function claims(name: string, database: Awaited<ReturnType<typeof openDatabase>>) {
  const outbox = createOutbox(database);
  const times: number[] = [];
  for (let n = 0; n < 200; n += 1) {
    times.push(
      await timed(async () => {
        const [row] = await outbox.claimDue({ limit: 1, leaseMs: 60_000 });
        if (row !== undefined) await outbox.finish(row);
      }),
    );
  }
  printTimes(`${name}: take and finish one notice, behind the others`, times);
}

function webhookOf(group: string): string {
  const alerts = Array.from({ length: ALERTS }, (_, n) => ({
    status: "firing",
    labels: {
      alertname: "StreamlineDown",
      instance: `broker-${n}:9094`,
      group,
      severity: "critical",
    },
    annotations: { summary: "A server does not answer", description: "x".repeat(200) },
    startsAt: new Date().toISOString(),
    endsAt: "0001-01-01T00:00:00Z",
    generatorURL: "http://prometheus:9090/graph",
    fingerprint: `${group}.${n}`,
  }));
  return JSON.stringify({
    version: "4",
    groupKey: `{}:{group="${group}"}`,
    status: "firing",
    receiver: "streamline",
    groupLabels: { group },
    commonLabels: { alertname: "StreamlineDown", severity: "critical" },
    commonAnnotations: {},
    externalURL: "http://alertmanager:9093",
    truncatedAlerts: 0,
    alerts,
  });
}

async function lookups(address: StoreAddress & { readonly engine: "sqlite" }): Promise<void> {
  const database = await openDatabase(address);
  const incidents = createIncidentStore(database);
  const groups = Array.from({ length: MANY }, (_, n) => n);
  for (let start = 0; start < MANY; start += 256) {
    await Promise.all(
      groups.slice(start, start + 256).map((n) => {
        const body = notification([firing("a", { labels: { alertname: `Alert${n % 20}` } })], {
          groupKey: `g${n}`,
        });
        return incidents.apply(body, T0 + n, () => ({
          reason: "opened",
          incident: pastIncident(n, body),
          notices: [],
        }));
      }),
    );
  }
  for (const [what, ask] of [
    ["incidents of one alert, 500 of 5,000", () => incidents.incidentsOf("Alert7", 500)],
    ["what changed last, 500", () => incidents.incidentsSince(0, 500)],
    ["one incident", () => incidents.incident("i777")],
  ] as const) {
    const times: number[] = [];
    for (let n = 0; n < 20; n += 1) times.push(await timed(async () => void (await ask())));
    print(`of ${MANY} incidents, ${what}: ${median(times).toFixed(1)} ms`);
  }
  await database.close();
}

function pastIncident(n: number, { groupKey, alerts, ...body }: ReturnType<typeof notification>) {
  return {
    id: `i${n}`,
    source: body.source,
    groupKey,
    status: "resolved",
    channel: "C1",
    groupLabels: {},
    externalUrl: "",
    alerts,
    truncatedAlerts: 0,
    openedAt: T0 + n,
    resolvedAt: T0 + n,
    changedAt: T0 + n,
    reopened: 0,
    explained: [],
    firedAt: [T0 + n],
  } as const;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
