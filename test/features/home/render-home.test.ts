/** What Home says of a server beside what fires on it: one state has one word. */

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type HomeState,
  renderHome,
  type TargetState,
} from "../../../src/features/home/render-home.ts";
import { firing, incidentOf, T0 } from "../../incidents/notifications.ts";

const DOWN = { alert: "StreamlineDown", severity: "critical" } as const;

function home(target: Partial<TargetState>, change: Partial<HomeState> = {}): string {
  const { blocks } = renderHome({
    user: "U1",
    nowMs: T0,
    targets: [{ name: "orders", seen: { at: T0, answered: true }, rules: [], ...target }],
    firing: [],
    silenced: [],
    searches: [],
    subscriptions: [],
    problems: [],
    ...change,
  });
  return JSON.stringify(blocks[1]);
}

const labels = { alertname: DOWN.alert, severity: DOWN.severity };
const INCIDENT = incidentOf([firing("a", { labels })], { target: "orders" });

test("an alert that fires is not said to fire soon, and gives the server its colour", () => {
  const rules = [{ ...DOWN, state: "pending" }] as const;
  assert.match(home({ rules }), /StreamlineDown` may fire soon/);
  const said = home({ rules }, { firing: [INCIDENT] });
  assert.match(said, /StreamlineDown` fires/);
  assert.doesNotMatch(said, /soon/);
  assert.match(said, /🔴/);
});

test("what fires on another server says nothing of this one", () => {
  const rules = [{ ...DOWN, state: "pending" }] as const;
  const elsewhere = { ...INCIDENT, target: "staging" };
  assert.match(home({ rules }, { firing: [elsewhere] }), /may fire soon/);
});

test("a condition that is true here and reported by nobody is said to be our own view", () => {
  const said = home({ rules: [{ ...DOWN, state: "firing" }] });
  assert.match(said, /`StreamlineDown` should fire, by my own samples/);
  assert.match(said, /🔴/);
});
