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

for (const minutes of [-10, 10]) {
  test(`a silence begins at once and lasts as long as it should where our clock is ${minutes} minutes off`, async (t) => {
    const { url } = await startAlertmanager(t, CONFIG);
    const now = (): number => Date.now() + minutes * 60_000;
    const alertmanagers = createAlertmanagers({ now });
    t.after(() => alertmanagers.close());
    await postAlerts(url, [{ alertname: "Muted" }]);
    // The first answer says what time it is there.
    await alertmanagers.alerts(url, []);
    const matchers = [{ name: "alertname", value: "Muted", isRegex: false, isEqual: true }];
    const endsAt = now() + 30 * 60_000;
    const made = { matchers, startsAt: now(), endsAt, createdBy: "a", comment: "c" };
    const id = await alertmanagers.make(url, made);
    assert.ok(id.kind === "answered");
    const raw = (await (await fetch(`${url}/api/v2/silence/${id.value}`)).json()) as {
      endsAt: string;
      status: { state: string };
    };
    assert.equal(raw.status.state, "active");
    const lasts = Date.parse(raw.endsAt) - Date.now();
    assert.ok(Math.abs(lasts - 30 * 60_000) < 60_000, `it lasts ${lasts} ms there`);
    const read = await alertmanagers.silence(url, id.value);
    assert.ok(read.kind === "answered" && read.value !== undefined);
    assert.ok(Math.abs(read.value.endsAt - endsAt) < 60_000);
    const started = await alertmanagers.members.started(url);
    assert.ok(started.kind === "answered" && Math.abs(started.value.at - now()) < 60_000);
  });
}
