import assert from "node:assert/strict";
import { test } from "node:test";
import type { Route } from "../../../src/config/config.ts";
import {
  type HeartbeatPorts,
  watchHeartbeats,
} from "../../../src/features/incidents/watch-heartbeats.ts";
import { firing, notification } from "../../incidents/notifications.ts";

const BEAT = firing("w", { labels: { alertname: "Watchdog", severity: "none" } });
const OTHER = firing("d", { labels: { alertname: "DiskFull", severity: "critical" } });
const NAMESAKE = firing("n", { labels: { alertname: "Watchdog", severity: "critical" } });
const OWN_BEAT = firing("o", { labels: { alertname: "DeadManSwitch", severity: "critical" } });

function watched(heartbeat?: Route["heartbeat"]) {
  const reported: string[] = [];
  const ports = {
    routes: [{ channel: "C1", ...(heartbeat === undefined ? {} : { heartbeat }) }],
    sources: [{ name: "default", members: [], arePeers: false }],
    heartbeats: { reported: async (source: string) => void reported.push(source) },
    clock: { now: () => 0 },
  } as unknown as HeartbeatPorts;
  return { reported, heartbeats: watchHeartbeats(ports) };
}

test("where no route waits for a heartbeat the usual one makes no incident, and its neighbours do", async () => {
  const { heartbeats } = watched();
  assert.equal(await heartbeats.without(notification([BEAT])), undefined);
  assert.deepEqual((await heartbeats.without(notification([BEAT, OTHER])))?.alerts, [OTHER]);
  assert.equal(heartbeats.leaveOut(notification([BEAT])), undefined);
});

test("an alert of that name with a severity of its own is one like any other", async () => {
  const { heartbeats, reported } = watched();
  assert.deepEqual((await heartbeats.without(notification([NAMESAKE])))?.alerts, [NAMESAKE]);
  assert.deepEqual(reported, []);
});

test("a route that names another heartbeat waits for that one alone", async () => {
  const { heartbeats, reported } = watched({ alert: "DeadManSwitch", withinMs: 60_000 });
  const rest = await heartbeats.without(notification([BEAT, OWN_BEAT]));
  assert.deepEqual(rest?.alerts, [BEAT]);
  assert.deepEqual(reported, ["default"]);
});
