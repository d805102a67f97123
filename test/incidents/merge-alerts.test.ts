/** Copies that come late neither end what fires nor revive what is over. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { passTime } from "../../src/incidents/act-on-incident.ts";
import type { Incident } from "../../src/incidents/incident.ts";
import { CONTESTED_MS, dueAtOf, STALE_WITHIN_MS } from "../../src/incidents/incident-times.ts";
import { apply, firingIn, kinds } from "./applied.ts";
import { firing, HOUR, incidentOf, MINUTE, resolved, SECOND, T0 } from "./notifications.ts";

describe("a copy that comes late", () => {
  const soon = { at: 10 * MINUTE + STALE_WITHIN_MS };
  const over = apply(incidentOf([firing("a")]), [resolved("a")]).incident;

  test("does not revive an incident that is over", () => {
    const outcome = apply(over, [firing("a")], soon);
    assert.deepEqual([outcome.reason, kinds(outcome)], ["in-doubt", []]);
    assert.equal(outcome.incident.status, "resolved");
    const told = apply(outcome.incident, [resolved("a")], { at: soon.at + SECOND });
    assert.equal(passTime(told.incident, T0 + soon.at + CONTESTED_MS), undefined);
  });

  test("counts as firing when nobody says its end again", () => {
    const { incident } = apply(over, [firing("a")], soon);
    assert.equal(dueAtOf(incident), T0 + soon.at + CONTESTED_MS);
    assert.equal(passTime(incident, T0 + soon.at + CONTESTED_MS - 1), undefined);
    const change = passTime(incident, T0 + soon.at + CONTESTED_MS);
    assert.equal(change?.incident.status, "firing");
    assert.ok(change?.notices.some(({ kind }) => kind === "reopened"));
    assert.equal(change?.audit?.action, "named-again");
  });

  test("counts as firing after the window, for an alert too many is better than one lost", () => {
    const outcome = apply(over, [firing("a")], { at: soon.at + 1 });
    assert.equal(outcome.reason, "reopened");
  });

  test("does not hide an alert that is new in it", () => {
    const outcome = apply(over, [firing("a"), firing("b")], soon);
    assert.equal(outcome.reason, "reopened");
    assert.deepEqual(firingIn(outcome), ["b"]);
  });

  test("does not hide that the alert fires again", () => {
    const outcome = apply(over, [firing("a", { startsAt: T0 + 10 * MINUTE })], soon);
    assert.equal(outcome.reason, "reopened");
  });

  test("does not revive one alert of an incident that goes on", () => {
    const half = apply(incidentOf([firing("a"), firing("b")]), [firing("a"), resolved("b")]);
    const outcome = apply(half.incident, [firing("a"), firing("b")], soon);
    assert.deepEqual([kinds(outcome), firingIn(outcome)], [[], ["a"]]);
  });

  test("from before an alert joined does not end that alert", () => {
    const joined = apply(incidentOf([firing("a")]), [resolved("a"), firing("b")]);
    const outcome = apply(joined.incident, [firing("a")], soon);
    assert.deepEqual([kinds(outcome), firingIn(outcome)], [[], ["b"]]);
  });

  test("is none where the start that is known lies ahead, as Alertmanager makes it up", () => {
    const ahead = incidentOf([firing("a", { startsAt: T0 + HOUR })]);
    const at = 10 * MINUTE;
    const end = resolved("a", { startsAt: T0 + at, endsAt: T0 + at });
    assert.equal(apply(ahead, [end], { at }).incident.status, "resolved");
    const earlier = resolved("a", { startsAt: T0 - HOUR, endsAt: T0 - MINUTE });
    assert.deepEqual(firingIn(apply(incidentOf([firing("a")]), [earlier], { at })), ["a"]);
  });

  test("of an earlier end does not end what fires since", () => {
    const reopened = apply(over, [firing("a", { startsAt: T0 + 30 * MINUTE })], {
      at: 31 * MINUTE,
    });
    const outcome = apply(reopened.incident, [resolved("a")], { at: 2 * HOUR });
    assert.deepEqual([outcome.reason, firingIn(outcome)], ["unchanged", ["a"]]);
  });

  test("of an earlier end does not end what fires since, though only its start is newer", () => {
    const current = incidentOf([firing("a"), firing("b")]);
    const anew = apply(current, [firing("a", { startsAt: T0 + 8 * MINUTE }), firing("b")]);
    const outcome = apply(anew.incident, [resolved("a"), firing("b")], { at: 11 * MINUTE });
    assert.deepEqual(firingIn(outcome), ["a", "b"]);
  });

  test("of an earlier firing does not open the door to a late copy of that one's end", () => {
    const current = incidentOf([firing("a", { startsAt: T0 + 8 * MINUTE })]);
    const late = apply(current, [firing("a")], { at: 9 * MINUTE });
    assert.equal(late.reason, "unchanged");
    const outcome = apply(late.incident, [resolved("a")]);
    assert.deepEqual(firingIn(outcome), ["a"]);
  });

  test("is distinguished from an end whose start two Prometheus replicas see differently", () => {
    const current = incidentOf([firing("a", { startsAt: T0 + 5 * SECOND })]);
    assert.equal(apply(current, [resolved("a")]).reason, "resolved");
  });
});

describe("an alert that its group leaves out while the group keeps changing", () => {
  const both = incidentOf([firing("a"), firing("b")]);
  const left = ({ alerts }: Incident) => alerts.find(({ fingerprint }) => fingerprint === "b");
  /** Every ten seconds another alert joins, and `b` is not among them. */
  const changing = (seconds: number): Incident => {
    let incident = apply(both, [firing("a"), firing("b"), firing("c0")]).incident;
    for (let at = 10; at <= seconds; at += 10) {
      const others = Array.from({ length: at / 10 }, (_, n) => firing(`c${n + 1}`));
      const alerts = [firing("a"), firing("c0"), ...others];
      incident = apply(incident, alerts, { at: 10 * MINUTE + at * SECOND }).incident;
    }
    return incident;
  };

  test("may be in a late copy for half a minute", () => {
    assert.equal(left(changing(30))?.unreportedSince, undefined);
  });

  test("is not reported since the first that left it out, and fires", () => {
    const since = T0 + 10 * MINUTE + 10 * SECOND;
    for (const seconds of [50, 60, 300]) {
      const alert = left(changing(seconds));
      assert.deepEqual([alert?.status, alert?.unreportedSince], ["firing", since]);
    }
  });

  test("is shown as not reported when nothing more comes, too", () => {
    const incident = changing(10);
    const due = dueAtOf(incident) ?? 0;
    assert.equal(passTime(incident, due - 1), undefined);
    const change = passTime(incident, due);
    assert.deepEqual(
      change?.notices.map(({ kind }) => kind),
      ["incident"],
    );
    assert.equal(change === undefined ? 0 : left(change.incident)?.unreportedSince, due - 30_001);
    assert.equal(change === undefined ? 0 : passTime(change.incident, due + HOUR), undefined);
  });

  test("is reported again with its next naming", () => {
    const all = [firing("a"), firing("b")];
    const { incident } = apply(changing(60), all, { at: 12 * MINUTE });
    assert.deepEqual(
      [left(incident)?.unreportedSince, left(incident)?.leftOutSince],
      [undefined, undefined],
    );
  });
});
