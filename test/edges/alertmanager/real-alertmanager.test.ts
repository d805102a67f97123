// needs: prometheus-alertmanager
/** The client with a real Alertmanager. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createAlertmanagers } from "../../../src/edges/alertmanager/alertmanagers.ts";
import { postAlerts } from "../../support/alertmanager-api.ts";
import { startAlertmanager } from "../../support/programs.ts";
import { alertmanagerContract } from "./alertmanager-contract.ts";

const CONFIG = "route: { receiver: none }\nreceivers: [{ name: none }]\n";

alertmanagerContract(async (t, alerts) => {
  const { url } = await startAlertmanager(t, CONFIG);
  await postAlerts(url, alerts);
  return url;
});

test("an alert that is over is not held any more, muted or not", async (t) => {
  const { url } = await startAlertmanager(t, CONFIG);
  const alertmanagers = createAlertmanagers();
  t.after(() => alertmanagers.close());
  const [loud, muted] = [{ alertname: "Loud" }, { alertname: "Muted" }];
  await postAlerts(url, [loud, muted]);
  const now = Date.now();
  const matchers = [{ name: "alertname", value: "Muted", isRegex: false, isEqual: true }];
  const made = { matchers, startsAt: now, endsAt: now + 60_000, createdBy: "a", comment: "c" };
  assert.equal((await alertmanagers.make(url, made)).kind, "answered");
  const held = async () => {
    const told = await alertmanagers.alerts(url, []);
    return told.kind === "answered"
      ? told.value
          .map(({ labels }) => labels["alertname"] ?? "")
          .toSorted((x, y) => x.localeCompare(y))
      : told;
  };
  assert.deepEqual(await held(), ["Loud", "Muted"]);
  await postAlerts(url, [loud, muted], { resolved: true });
  assert.deepEqual(await held(), []);
});

test("a label's name that this version refuses is known by its place", async (t) => {
  const { url } = await startAlertmanager(t, CONFIG);
  const alertmanagers = createAlertmanagers();
  t.after(() => alertmanagers.close());
  const now = Date.now();
  const is = (name: string) => ({ name, value: "x", isRegex: false, isEqual: true });
  const matchers = [is("alertname"), is("größe 🙂"), is("service.name")];
  const made = { matchers, startsAt: now, endsAt: now + 60_000, createdBy: "a", comment: "c" };
  const told = await alertmanagers.make(url, made);
  // Versions from 0.27 on take any name.
  if (told.kind === "answered") return;
  assert.equal(told.refusedMatcher, 1);
  assert.match(told.problem, /größe 🙂/);
  assert.equal(told.mayBeDone, false);
});
