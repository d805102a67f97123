// needs: postgresql
/** Calls are written with the change they follow from: once, by whichever replica, before or after a restart. */

import assert from "node:assert/strict";
import { after, before, describe, type TestContext, test } from "node:test";
import type { Route } from "../../../src/config/config.ts";
import { mentioningPeople } from "../../../src/features/incidents/mention-people.ts";
import { renderMention } from "../../../src/features/incidents/render-mention.ts";
import { passTime } from "../../../src/incidents/act-on-incident.ts";
import { applyNotification } from "../../../src/incidents/apply-notification.ts";
import { type Cluster, startCluster } from "../../edges/store/cluster.ts";
import { openStore } from "../../edges/store/stores.ts";
import {
  firing,
  HOUR,
  incidentOf,
  MINUTE,
  notification,
  resolved,
  T0,
} from "../../incidents/notifications.ts";

const ROUTES: readonly Route[] = [
  {
    match: { team: "core" },
    channel: "C1",
    mentions: [{ severities: ["critical"], who: ["S0ONCALL"], againAfterMs: 15 * MINUTE }],
  },
  { match: {}, channel: "C2" },
];

const labels = { alertname: "A", severity: "critical", team: "core" };

describe("people are called", () => {
  let cluster: Cluster | undefined;
  before(async () => {
    cluster = await startCluster();
  });
  after(() => cluster?.stop());

  const setUp = async (t: TestContext) => {
    assert.ok(cluster !== undefined, "the server did not start");
    const address = await cluster.lendDatabase(t);
    const replica = async () => {
      const { store, close } = await openStore(t, address);
      return { ...mentioningPeople(store, ROUTES), close };
    };
    return { first: await replica(), second: await replica(), replica };
  };
  type Replica = Awaited<ReturnType<typeof setUp>>["first"];

  const receive = (store: Replica, nowMs = T0, alerts = [firing("a", { labels })]) => {
    const body = { ...notification(alerts, { groupKey: "g" }), commonLabels: labels };
    return store.apply(body, nowMs, (latest) =>
      applyNotification(latest, body, { id: `i${nowMs}`, channel: "C1", nowMs }),
    );
  };
  const pass = async (store: Replica, nowMs: number): Promise<void> => {
    for (const id of await store.dueIncidents(nowMs, 100)) {
      await store.change(id, nowMs, (incident) => passTime(incident, nowMs));
    }
  };
  const calls = async (store: Replica, nowMs: number): Promise<string[]> => {
    store.setTime(nowMs);
    const called: string[] = [];
    for (;;) {
      const rows = await store.claimDue({ limit: 50, leaseMs: MINUTE, except: [] });
      if (rows.length === 0) return called;
      for (const row of rows) {
        const { notice } = row;
        if (notice.kind === "mention") called.push(`${notice.who.join()} again: ${notice.again}`);
        await store.finish(row);
      }
    }
  };

  test("once, whichever replica hears of it, and once more by whichever checks", async (t) => {
    const { first, second } = await setUp(t);
    await Promise.all([receive(first), receive(second)]);
    assert.deepEqual(await calls(first, T0), ["S0ONCALL again: false"]);
    const later = T0 + 15 * MINUTE;
    await Promise.all([pass(first, later), pass(second, later), receive(first, later)]);
    assert.deepEqual(await calls(second, later), ["S0ONCALL again: true"]);
    await Promise.all([pass(first, later + HOUR), receive(second, later + HOUR)]);
    assert.deepEqual(await calls(second, later + HOUR), []);
  });

  test("once more after a restart, too, and again when it fires again", async (t) => {
    const { first, second, replica } = await setUp(t);
    await receive(first);
    assert.deepEqual(await calls(first, T0), ["S0ONCALL again: false"]);
    await Promise.all([first.close(), second.close()]);
    const restarted = await replica();
    await pass(restarted, T0 + 16 * MINUTE);
    assert.deepEqual(await calls(restarted, T0 + 16 * MINUTE), ["S0ONCALL again: true"]);
    const over = T0 + 20 * MINUTE;
    await receive(restarted, over, [resolved("a", { labels, startsAt: T0, endsAt: over })]);
    await receive(restarted, over + MINUTE, [firing("a", { labels, startsAt: over + MINUTE })]);
    assert.deepEqual(await calls(restarted, over + MINUTE), ["S0ONCALL again: false"]);
  });
});

test("a call that is delivered after somebody took it is not made", () => {
  const incident = incidentOf([firing("a", { labels })]);
  const notice = { kind: "mention", who: ["S0ONCALL", "U0ALICE"], again: true } as const;
  const text = renderMention(notice, incident, T0 + HOUR)?.text ?? "";
  assert.match(text, /<!subteam\^S0ONCALL> <@U0ALICE> CRITICAL: A\./);
  const acknowledged = { by: "U1", at: T0, until: T0 + HOUR };
  assert.equal(renderMention(notice, { ...incident, acknowledged }, T0), undefined);
  assert.equal(renderMention(notice, { ...incident, status: "resolved" }, T0), undefined);
});
