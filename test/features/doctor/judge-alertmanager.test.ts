import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type AlertmanagerSettings,
  destinationsOf,
} from "../../../src/features/doctor/alertmanager-config.ts";
import {
  type ExpectedOfSource,
  judgeAlertmanager,
} from "../../../src/features/doctor/judge-alertmanager.ts";

const PATH = "/webhook/alertmanager";
const EXPECTED: ExpectedOfSource = {
  source: "default",
  members: 1,
  paths: [PATH],
  heartbeats: [{ alert: "Watchdog", withinMs: 6 * 60_000 }],
};

function settings(change: Partial<AlertmanagerSettings> = {}): AlertmanagerSettings {
  return {
    route: {
      receiver: "bot",
      routes: [
        {
          receiver: "bot",
          matchers: ['alertname="Watchdog"'],
          repeat_interval: "1m",
          group_interval: "1m",
        },
      ],
    },
    receivers: [
      { name: "bot", webhook_configs: [{ url: `http://bot:8080${PATH}`, max_alerts: 1_000 }] },
    ],
    ...change,
  };
}

function judged(change: Partial<AlertmanagerSettings> = {}, peers = 0, expected = EXPECTED) {
  const status = { address: "http://am:9093", version: "0.35.0", peers };
  return judgeAlertmanager({ ...status, settings: settings(change) }, expected);
}

const statesOf = (...asked: Parameters<typeof judged>) =>
  new Set(judged(...asked).map(({ state }) => state));

test("what is right is called right", () => {
  assert.deepEqual([...statesOf()], ["ok"]);
});

test("a cluster of three of which one is configured is noted, with all three to name", () => {
  const notes = judged({}, 3).filter(({ state }) => state === "note");
  assert.equal(notes.length, 1);
  assert.match(notes[0]?.remedy ?? "", /3/);
  assert.deepEqual([...statesOf({}, 3, { ...EXPECTED, members: 3 })], ["ok"]);
});

test("an address that Alertmanager hides is not called wrong, and not called right", () => {
  const receivers = [{ name: "bot", webhook_configs: [{ url: "<secret>", max_alerts: 1 }] }];
  assert.deepEqual(statesOf({ receivers }), new Set(["ok", "not-checked"]));
});

test("a receiver of another source does not count", () => {
  const other = [
    { name: "bot", webhook_configs: [{ url: `http://bot:8080${PATH}/eu`, max_alerts: 1 }] },
  ];
  assert.ok(statesOf({ receivers: other }).has("wrong"));
  const eu = { ...EXPECTED, source: "eu", paths: [`${PATH}/eu`] };
  assert.deepEqual([...statesOf({ receivers: other }, 0, eu)], ["ok"]);
});

test("a heartbeat that is repeated too seldom is wrong", () => {
  const slow = { receiver: "bot", repeat_interval: "5m", group_interval: "5m" };
  const found = judged({ route: slow }).filter(({ state }) => state === "wrong");
  assert.equal(found.length, 1);
  assert.match(found[0]?.says ?? "", /Watchdog/);
});

test("a Watchdog that arrives and that no route waits for is noted, and one that goes elsewhere is not", () => {
  const nobodyWaits = { ...EXPECTED, heartbeats: [] };
  const noted = (change: Partial<AlertmanagerSettings> = {}) =>
    judged(change, 0, nobodyWaits).filter(({ where }) => where.includes("Watchdog"));
  assert.deepEqual(
    noted().map(({ state }) => state),
    ["note"],
  );
  const elsewhere = { receiver: "pager", matchers: ['alertname="Watchdog"'] };
  const { receivers } = settings();
  assert.deepEqual(
    noted({
      route: { receiver: "bot", routes: [elsewhere] },
      receivers: [...receivers, { name: "pager" }],
    }),
    [],
  );
});

test("routes are followed as Alertmanager does: the deepest, in order, further ones after continue", () => {
  const { receivers } = settings();
  const route = {
    receiver: "root",
    repeat_interval: "2h",
    routes: [
      { receiver: "first", match: { team: "a" }, continue: true },
      {
        match_re: { team: "a|b" },
        routes: [{ receiver: "deep", matchers: ["severity = critical"] }],
      },
      { receiver: "never", matchers: ["team = a"] },
      { receiver: "odd", matchers: ["{{"] },
    ],
  };
  const to = (labels: Record<string, string>) =>
    destinationsOf({ route, receivers }, labels).map(({ receiver }) => receiver);
  assert.deepEqual(to({ team: "a", severity: "critical" }), ["first", "deep"]);
  assert.deepEqual(to({ team: "b", severity: "info" }), ["root"]);
  assert.deepEqual(to({ team: "c" }), ["root"]);
  assert.equal(destinationsOf({ route, receivers }, {})[0]?.repeatMs, 7_200_000);
});
