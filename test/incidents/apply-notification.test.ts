/** From notification to incident: what opens, changes, ends and begins again, and what is said. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyNotification, REOPEN_WITHIN_MS } from "../../src/incidents/apply-notification.ts";
import { RUNBOOKS_PER_THREAD } from "../../src/incidents/explain.ts";
import { apply, firingIn, kinds } from "./applied.ts";
import {
  firing,
  HOUR,
  incidentOf,
  MINUTE,
  notification,
  opening,
  resolved,
  T0,
} from "./notifications.ts";

describe("a group heard of for the first time", () => {
  test("opens an incident: its message, the runbook of each alert name, the server's health", () => {
    const outcome = applyNotification(
      undefined,
      notification([firing("a"), firing("a2", { labels: { alertname: "Alerta" } }), firing("b")]),
      opening({ target: "orders" }),
    );
    assert.equal(outcome.reason, "opened");
    assert.deepEqual(kinds(outcome), ["incident", "diagnosis", "runbook Alerta", "runbook Alertb"]);
    assert.deepEqual(
      { ...outcome.incident, alerts: outcome.incident.alerts.length },
      {
        id: "i1",
        source: "default",
        groupKey: '{}:{alertname="A"}',
        receiver: "bot",
        status: "firing",
        channel: "C0INCIDENTS",
        target: "orders",
        groupLabels: { job: "streamline" },
        commonLabels: { job: "streamline" },
        externalUrl: "http://alertmanager:9093",
        alerts: 3,
        truncatedAlerts: 0,
        openedAt: T0,
        changedAt: T0 + MINUTE,
        reopened: 0,
        firedAt: [T0 + MINUTE],
        explained: ["Alerta", "Alertb"],
      },
    );
  });

  test("began with its earliest alert, and never in the future", () => {
    const early = apply(undefined, [firing("a"), firing("b", { startsAt: T0 - HOUR })]);
    assert.equal(early.incident.openedAt, T0 - HOUR);
    const future = apply(undefined, [firing("a", { startsAt: T0 + HOUR })], { at: MINUTE });
    assert.equal(future.incident.openedAt, T0 + MINUTE);
  });

  test("that is already over is reported without runbook and health", () => {
    const outcome = apply(undefined, [resolved("a")]);
    assert.equal(outcome.reason, "opened");
    assert.deepEqual(kinds(outcome), ["incident"]);
    assert.equal(outcome.incident.status, "resolved");
    assert.equal(outcome.incident.resolvedAt, T0 + 5 * MINUTE);
  });

  test("explains only alerts that fire", () => {
    assert.deepEqual(kinds(apply(undefined, [resolved("a"), firing("b")])), [
      "incident",
      "diagnosis",
      "runbook Alertb",
    ]);
  });

  test("with many alert names explains the first ones and lists the others", () => {
    const alerts = Array.from({ length: 40 }, (_, index) => firing(String(index)));
    const { notices, incident } = apply(undefined, alerts);
    assert.equal(notices.filter(({ kind }) => kind === "runbook").length, RUNBOOKS_PER_THREAD);
    const others = notices.find((notice) => notice.kind === "unexplained");
    assert.equal(others?.alerts.length, 40 - RUNBOOKS_PER_THREAD);
    assert.equal(incident.explained.length, 40);
  });
});

describe("a firing incident", () => {
  const current = incidentOf([firing("a"), firing("b")], { target: "orders", messageTs: "1.2" });

  test("is edited when an alert joins, shows the difference, and explains only the new name", () => {
    const outcome = apply(current, [firing("a"), firing("b"), firing("c")]);
    assert.equal(outcome.reason, "changed");
    assert.deepEqual(kinds(outcome), ["incident", "changed", "runbook Alertc"]);
    assert.deepEqual(outcome.notices[1], { kind: "changed", added: ["c"], gone: [] });
    assert.equal(outcome.incident.changedAt, T0 + 10 * MINUTE);
  });

  test("keeps its identity, channel, target, message and beginning", () => {
    const { incident } = apply(current, [firing("a", { startsAt: T0 + MINUTE }), firing("c")]);
    for (const field of ["id", "channel", "target", "messageTs", "openedAt"] as const) {
      assert.equal(incident[field], current[field], field);
    }
  });

  test("is edited when one of its alerts is over", () => {
    const outcome = apply(current, [firing("a"), resolved("b")]);
    assert.deepEqual(kinds(outcome), ["incident", "changed"]);
    assert.deepEqual(outcome.notices[1], { kind: "changed", added: [], gone: ["b"] });
    assert.deepEqual(firingIn(outcome), ["a"]);
  });

  test("is edited when an annotation says something else", () => {
    const outcome = apply(current, [firing("a", { annotations: { summary: "9" } }), firing("b")]);
    assert.deepEqual(kinds(outcome), ["incident"]);
  });

  test("is edited when Alertmanager leaves out more alerts", () => {
    const outcome = apply(current, [firing("a"), firing("b")], { truncatedAlerts: 3 });
    assert.deepEqual(kinds(outcome), ["incident"]);
    assert.equal(outcome.incident.truncatedAlerts, 3);
  });

  test("is not edited for the same alerts in another order", () => {
    const outcome = apply(current, [firing("b"), firing("a")]);
    assert.deepEqual([outcome.reason, kinds(outcome)], ["unchanged", []]);
    assert.equal(outcome.incident, current);
  });

  test("remembers a newer start without saying anything, since nobody sees it", () => {
    const outcome = apply(current, [firing("a", { startsAt: T0 + MINUTE }), firing("b")]);
    assert.deepEqual([outcome.reason, kinds(outcome)], ["changed", []]);
    assert.equal(outcome.incident.alerts[0]?.startsAt, T0 + MINUTE);
  });

  test("keeps an alert firing that its group leaves out, and shows since when", () => {
    const outcome = apply(current, [firing("a")]);
    assert.deepEqual(firingIn(outcome), ["a", "b"]);
    assert.deepEqual(kinds(outcome), ["incident"]);
    const left = outcome.incident.alerts.find(({ fingerprint }) => fingerprint === "b");
    assert.equal(left?.unreportedSince, T0 + 10 * MINUTE);
    const later = apply(outcome.incident, [firing("a")], { at: 20 * MINUTE });
    assert.equal(later.reason, "unchanged");
    const again = apply(outcome.incident, [firing("a"), firing("b")], { at: 20 * MINUTE });
    assert.deepEqual(kinds(again), ["incident"]);
    assert.ok(again.incident.alerts.every(({ unreportedSince }) => unreportedSince === undefined));
  });

  test("keeps an alert that Alertmanager left out for its number", () => {
    const outcome = apply(current, [firing("a")], { truncatedAlerts: 1 });
    assert.deepEqual(firingIn(outcome), ["a", "b"]);
  });

  test("does not grow with alerts that are long over", () => {
    let incident = current;
    for (let hour = 1; hour <= 50; hour += 1) {
      const alerts = [firing("a"), resolved("b"), resolved(`x${hour}`)];
      incident = apply(incident, alerts, { at: hour * HOUR }).incident;
    }
    assert.ok(incident.alerts.length <= 5, `${incident.alerts.length} alerts`);
  });

  test("lists further names once the thread is full of runbooks", () => {
    const names = ["c", "d", "e", "f", "g"].map((name) => firing(name));
    const first = apply(current, [firing("a"), firing("b"), ...names]);
    assert.deepEqual(kinds(first), [
      "incident",
      "changed",
      "runbook Alertc",
      "runbook Alertd",
      "runbook Alerte",
      "unexplained",
    ]);
    const second = apply(first.incident, [firing("a"), firing("h")], { at: 20 * MINUTE });
    assert.deepEqual(second.notices.at(-1), { kind: "unexplained", alerts: ["Alerth"] });
  });
});

describe("the end of an incident", () => {
  const current = incidentOf([firing("a"), firing("b")]);

  test("is reported in the message and in the thread, with the last alert's end", () => {
    const outcome = apply(current, [resolved("a"), resolved("b", { endsAt: T0 + 7 * MINUTE })]);
    assert.equal(outcome.reason, "resolved");
    assert.deepEqual(kinds(outcome), ["incident", "resolved"]);
    assert.equal(outcome.incident.status, "resolved");
    assert.equal(outcome.incident.resolvedAt, T0 + 7 * MINUTE);
  });

  test("is now when no alert shows its end, or shows one in the future", () => {
    const { endsAt: _, ...without } = resolved("a");
    for (const alert of [without, resolved("a", { endsAt: T0 + HOUR })]) {
      const outcome = apply(incidentOf([firing("a")]), [alert]);
      assert.equal(outcome.incident.resolvedAt, T0 + 10 * MINUTE);
    }
  });

  test("does not come while one alert still fires", () => {
    assert.equal(apply(current, [resolved("a"), firing("b")]).reason, "changed");
  });

  test("does not come from a group that leaves out an alert", () => {
    const outcome = apply(current, [resolved("a")]);
    assert.deepEqual([outcome.reason, firingIn(outcome)], ["changed", ["b"]]);
  });

  test("does not come from a list that is cut off while a known alert may fire", () => {
    const outcome = apply(current, [resolved("a")], { truncatedAlerts: 1 });
    assert.equal(outcome.incident.status, "firing");
    assert.deepEqual(firingIn(outcome), ["b"]);
  });

  test("does not come from a list that is cut off while what it leaves out may fire", () => {
    const cut = apply(current, [resolved("a"), resolved("b")], { truncatedAlerts: 2 });
    assert.deepEqual([cut.incident.status, firingIn(cut)], ["firing", []]);
    const others = apply(cut.incident, [firing("c"), firing("d")], { at: 20 * MINUTE });
    assert.deepEqual([others.incident.reopened, firingIn(others)], [0, ["c", "d"]]);
    const over = apply(cut.incident, [resolved("a"), resolved("b")], { at: 20 * MINUTE });
    assert.deepEqual([over.reason, over.incident.status], ["resolved", "resolved"]);
  });

  test("waits while one of its alerts was named again a moment ago", () => {
    const before = apply(current, [resolved("a"), firing("b")]).incident;
    const again = apply(before, [firing("a"), firing("b")]).incident;
    const doubtful = apply(again, [resolved("b")]);
    assert.deepEqual([doubtful.incident.status, firingIn(doubtful)], ["firing", []]);
  });

  test("is reported once", () => {
    const over = apply(current, [resolved("a"), resolved("b")]).incident;
    const again = apply(over, [resolved("a"), resolved("b")], { at: HOUR });
    assert.deepEqual([again.reason, kinds(again)], ["unchanged", []]);
  });
});

describe("a resolved incident that fires again", () => {
  const over = apply(incidentOf([firing("a")]), [resolved("a")]).incident;
  const again = firing("a", { startsAt: T0 + 30 * MINUTE });

  test("goes on in its thread, without repeating its runbook", () => {
    const outcome = apply(over, [again], { at: 31 * MINUTE });
    assert.equal(outcome.reason, "reopened");
    assert.deepEqual(kinds(outcome), ["incident", "reopened", "diagnosis"]);
    const { incident } = outcome;
    assert.deepEqual(
      [incident.id, incident.status, incident.reopened, incident.openedAt, incident.resolvedAt],
      [over.id, "firing", 1, T0 + 30 * MINUTE, undefined],
    );
  });

  test("explains a name that the thread does not hold yet", () => {
    const outcome = apply(over, [firing("z", { startsAt: T0 + 30 * MINUTE })], { at: 31 * MINUTE });
    assert.deepEqual(kinds(outcome), ["incident", "reopened", "diagnosis", "runbook Alertz"]);
  });

  test("counts how often", () => {
    const once = apply(over, [again], { at: 31 * MINUTE }).incident;
    const ended = apply(once, [resolved("a", { ...again, status: "resolved" })], {
      at: 40 * MINUTE,
    });
    const twice = apply(ended.incident, [firing("a", { startsAt: T0 + 50 * MINUTE })], {
      at: 51 * MINUTE,
    });
    assert.equal(twice.incident.reopened, 2);
  });

  test("is still the same at the end of the window, and a new one after it", () => {
    const last = over.changedAt - T0 + REOPEN_WITHIN_MS;
    assert.equal(apply(over, [again], { at: last }).reason, "reopened");
    const later = apply(over, [again], { at: last + 1 });
    assert.equal(later.reason, "opened");
    assert.equal(later.incident.id, "i2");
    assert.deepEqual(kinds(later), ["incident", "diagnosis", "runbook Alerta"]);
  });
});
