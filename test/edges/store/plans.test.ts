/** No statement reads a table from end to end: what is asked takes as long with a year of incidents. */

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { Kysely } from "kysely";
import { claimNotices, nextDueIn } from "../../../src/edges/store/claim-operations.ts";
import { commitPlans } from "../../../src/edges/store/commit-plans.ts";
import type { Statement, StoreConnection } from "../../../src/edges/store/connection.ts";
import {
  externalInChannels,
  incidentsById,
  latestOfGroups,
} from "../../../src/edges/store/incident-operations.ts";
import { incidentQueries } from "../../../src/edges/store/incident-queries.ts";
import { migrateSqlite } from "../../../src/edges/store/migrate.ts";
import type { CallStore } from "../../../src/edges/store/operations.ts";
import { pastAlerts } from "../../../src/edges/store/past-alerts.ts";
import {
  OLD_ROWS,
  type PrunedTable,
  pruneRows,
} from "../../../src/edges/store/prune-operations.ts";
import { queryDialect } from "../../../src/edges/store/query-dialect.ts";
import { saveMessages } from "../../../src/edges/store/save-incidents.ts";
import type { Schema } from "../../../src/edges/store/schema.ts";
import {
  finishNotices,
  postponeNotices,
  renewLeases,
} from "../../../src/edges/store/settle-operations.ts";
import type { OpenStore } from "../../../src/edges/store/sqlite-store.ts";

interface Step {
  readonly detail: string;
}

/** Explains every statement that it is asked to run, and answers with what there is. */
async function explaining() {
  const database = new DatabaseSync(":memory:");
  await migrateSqlite(database);
  const plans: { text: string; steps: string[] }[] = [];
  const run = (text: string, parameters: readonly unknown[]) => {
    const steps = database.prepare(`explain query plan ${text}`).all(...(parameters as string[]));
    plans.push({ text, steps: steps.map((step) => (step as unknown as Step).detail) });
    return database.prepare(text).all(...(parameters as string[]));
  };
  const connection: StoreConnection = {
    engine: "sqlite",
    query: async <Row>(text: string, ...parameters: readonly unknown[]) =>
      run(text, parameters) as Row[],
    run: async ({ text, parameters }) => ({ rows: run(text, parameters), changes: 0 }),
    now: async () => 1,
  };
  return { connection, plans };
}

/** Tables that grow with time or with what waits. */
const GROWING =
  /\bSCAN (incidents|incident_alerts|notifications|outbox|audit|notes|slack_events|ofgroup|first|ready|candidate)\b/;

function assertIndexed(plans: readonly { text: string; steps: string[] }[]): void {
  assert.ok(plans.length > 0);
  for (const { text, steps } of plans) {
    // The oldest few of an index, in its order, are no scan of what is in it.
    const scans = steps.filter(
      (step) => GROWING.test(step) && !/USING (COVERING )?INDEX/.test(step),
    );
    assert.deepEqual(scans, [], text);
  }
}

test("what is done in group commits", async () => {
  const { connection, plans } = await explaining();
  const row = {
    id: "i1",
    group_key: "g",
    status: "firing",
    state: "{}",
    message_ts: null,
    changed_at: 1,
    channel: "C1",
    due_at: null,
    external: 1,
    moves: 1,
    alerts: ["a"],
  };
  const notice = {
    key: "k",
    incidentId: "i1",
    lane: "i1",
    channel: "C1",
    kind: "incident",
    notice: `{"kind":"incident"}`,
    priority: 1,
    delayMs: 0,
    createdAt: 1,
  } as const;
  await commitPlans(connection, [
    {
      expects: [
        { kind: "group", group: "g", mark: "" },
        { kind: "channel", channel: "C1", sinceMs: 0, mark: "" },
      ],
      incidents: [row],
      notifications: [{ incident_id: "i1", received_at: 1, reason: "opened", body: "{}" }],
      notices: [notice],
      audit: [{ at: 1, who: "U1", action: "x", incident_id: "i1", detail: "{}" }],
      leaving: ["i1"],
      nowMs: 1,
    },
  ]);
  await latestOfGroups(connection, ["g"]);
  await incidentsById(connection, ["i1"]);
  await externalInChannels(connection, [{ channel: "C1", sinceMs: 0 }]);
  await saveMessages(connection, [{ id: "i1", message_ts: "1.2" }]);
  const claim = {
    limit: 5,
    leaseMs: 10,
    except: [{ channel: "C9", from: 0, to: 999 }],
    holder: "a",
    nowMs: 1,
  };
  const [[taken] = []] = await claimNotices(connection, [claim]);
  assert.equal(taken?.key, "k");
  const mine = { id: taken.id, attempt: 1, nowMs: 1 };
  await renewLeases(connection, [{ ...mine, leaseMs: 10 }]);
  await postponeNotices(connection, [{ ...mine, afterMs: 5, isAmbiguous: false }]);
  await nextDueIn(connection, [{ except: [], holder: "a", nowMs: 1 }]);
  await finishNotices(connection, [mine]);
  for (const table of Object.keys(OLD_ROWS) as PrunedTable[]) {
    await pruneRows(connection, [{ table, beforeMs: 0, limit: 5 }]);
  }
  assertIndexed(plans.filter(({ text }) => !text.startsWith("pragma")));
});

test("what people ask", async () => {
  const { connection, plans } = await explaining();
  const all = (statements: readonly Statement[]) =>
    Promise.all(statements.map((each) => connection.run(each)));
  const call = (async (_, argument) => all(argument as readonly Statement[])) as CallStore;
  const store: OpenStore = { call, read: all, close: async () => undefined };
  const sql = new Kysely<Schema>({ dialect: queryDialect("sqlite", store) });
  const incidents = incidentQueries(sql);
  await incidents.incident("i1");
  await incidents.incidentAt("C1", "1.2");
  await incidents.openIncidents(10);
  await incidents.incidentsSince(1, 10);
  await incidents.incidentsOf("A", 10);
  await incidents.dueIncidents(1, 10);
  await incidents.timeline("i1", 10);
  await pastAlerts(sql, 1);
  assertIndexed(plans);
  const sorted = plans.filter(({ steps }) => steps.some((step) => step.includes("TEMP B-TREE")));
  assert.deepEqual(
    sorted.map(({ text }) => text),
    [],
    "they come in the order of an index, so that only what is shown is read",
  );
});
