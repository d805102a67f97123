/** Properties of whole sequences of notifications, with duplicates and late copies among them. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Alert } from "../../src/alerts/alert.ts";
import { applyNotification } from "../../src/incidents/apply-notification.ts";
import type { Outcome } from "../../src/incidents/change.ts";
import type { Incident } from "../../src/incidents/incident.ts";
import { STALE_WITHIN_MS } from "../../src/incidents/incident-times.ts";
import { settleLeftOut } from "../../src/incidents/merge-alerts.ts";
import fc from "../support/fast-check.ts";
import { MINUTE, notification, opening, SECOND, T0 } from "./notifications.ts";

const NAMES = ["a", "b", "c", "d"];

/** Two alerts of one source never have the same labels; one fingerprint may be given to two of them. */
const alert: fc.Arbitrary<Alert> = fc
  .record({
    fingerprint: fc.constantFrom(...NAMES),
    status: fc.constantFrom("firing" as const, "resolved" as const),
    alertname: fc.constantFrom("X", "Y"),
    annotations: fc.dictionary(fc.constantFrom("summary"), fc.constantFrom("1", "2")),
    startsAt: fc.integer({ min: T0, max: T0 + 10 * MINUTE }),
    endsAt: fc.integer({ min: T0, max: T0 + 20 * MINUTE }),
  })
  .map(({ alertname, ...each }) => ({
    ...each,
    labels: { alertname, instance: each.fingerprint },
  }));

const body = fc.record({
  alerts: fc.uniqueArray(alert, { minLength: 1, selector: (each) => each.fingerprint }),
  truncatedAlerts: fc.constantFrom(0, 0, 0, 5),
  /** Time since the one before. */
  after: fc.constantFrom(0, SECOND, 20 * SECOND, MINUTE, 90 * MINUTE),
});

type Body = typeof body extends fc.Arbitrary<infer T> ? T : never;

/** Applies bodies one after the other, each at its time. */
function* applied(bodies: readonly Body[]): Generator<Outcome & { nowMs: number; body: Body }> {
  let current: Incident | undefined;
  let nowMs = T0;
  for (const [index, each] of bodies.entries()) {
    nowMs += each.after;
    const outcome = applyOne(current, each, { nowMs, id: `i${index}` });
    current = outcome.incident;
    yield { ...outcome, nowMs, body: each };
  }
}

function applyOne(
  current: Incident | undefined,
  { alerts, truncatedAlerts }: Body,
  at: { nowMs: number; id: string },
): Outcome {
  return applyNotification(current, notification(alerts, { truncatedAlerts }), opening(at));
}

test("a notification applied twice says nothing the second time", () => {
  fc.assert(
    fc.property(fc.array(body, { minLength: 1 }), fc.nat(STALE_WITHIN_MS), (bodies, gap) => {
      for (const outcome of applied(bodies)) {
        // One that changed nothing left no trace of when it came, so its copy comes at once.
        const later = outcome.incident.changedAt === outcome.nowMs ? gap : 0;
        const nowMs = outcome.nowMs + later;
        // What is left out for so long is said when it is due, whatever comes then.
        const before = settleLeftOut(outcome.incident, nowMs)?.incident ?? outcome.incident;
        const again = applyOne(before, outcome.body, { nowMs, id: "other" });
        assert.deepEqual(again.notices, []);
        assert.equal(again.incident, before);
      }
    }),
  );
});

test("an incident fires while one of its alerts does, or may, and each alert is in it once", () => {
  fc.assert(
    fc.property(fc.array(body, { minLength: 1 }), (bodies) => {
      let before: Incident | undefined;
      for (const { incident } of applied(bodies)) {
        const isFiring = incident.alerts.some((each) => each.status === "firing");
        const isDoubtful =
          incident.truncatedAlerts > 0 || incident.alerts.some((each) => each.contestedAt);
        // A doubt ends nothing, and begins nothing either.
        const mayFire = isDoubtful && before?.status === "firing";
        assert.equal(incident.status, isFiring || mayFire ? "firing" : "resolved");
        assert.equal(incident.resolvedAt === undefined, incident.status === "firing");
        before = incident;
        const names = incident.alerts.map((each) => each.fingerprint);
        assert.equal(new Set(names).size, names.length);
        assert.ok((incident.resolvedAt ?? incident.openedAt) >= incident.openedAt - 20 * MINUTE);
      }
    }),
  );
});

test("what a person sees changes only with words, and no runbook is reported twice in a thread", () => {
  fc.assert(
    fc.property(fc.array(body, { minLength: 1 }), (bodies) => {
      const said = new Map<string, string[]>();
      let shown = "";
      for (const { incident, notices } of applied(bodies)) {
        const firing = incident.alerts.filter((each) => each.status === "firing");
        const now = JSON.stringify([incident.id, incident.status, names(firing)]);
        if (now !== shown) assert.equal(notices[0]?.kind, "incident");
        shown = now;
        const runbooks = said.get(incident.id) ?? [];
        for (const notice of notices) {
          if (notice.kind === "runbook") runbooks.push(notice.alert);
        }
        said.set(incident.id, runbooks);
        assert.equal(new Set(runbooks).size, runbooks.length);
      }
    }),
  );
});

function names(alerts: readonly Alert[]): string[] {
  return alerts.map((each) => each.fingerprint).toSorted();
}

/** What happens to the alerts in truth, and to what Alertmanager says of it. */
const step = fc.oneof(
  fc.record({ kind: fc.constant("fires" as const), name: fc.constantFrom(...NAMES) }),
  fc.record({ kind: fc.constant("ends" as const), name: fc.constantFrom(...NAMES) }),
  fc.record({ kind: fc.constant("answered" as const) }),
  fc.record({ kind: fc.constant("told late" as const), back: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    kind: fc.constant("time" as const),
    ms: fc.constantFrom(SECOND, 10 * SECOND, 5 * MINUTE, 2 * 60 * MINUTE),
  }),
);

interface Told {
  readonly alerts: readonly Alert[];
  readonly at: number;
}

/** A group of alerts as Alertmanager keeps it: what is over is told once and forgotten. */
class Group {
  readonly alerts = new Map<string, Alert>();

  fires(name: string, now: number): void {
    if (this.alerts.get(name)?.status === "firing") return;
    this.alerts.set(name, {
      fingerprint: name,
      status: "firing",
      labels: { alertname: name },
      annotations: {},
      startsAt: now,
    });
  }

  ends(name: string, now: number): void {
    const found = this.alerts.get(name);
    if (found?.status !== "firing") return;
    this.alerts.set(name, { ...found, status: "resolved", endsAt: now });
  }

  tell(): Alert[] {
    const sent = [...this.alerts.values()];
    for (const { fingerprint, status } of sent) {
      if (status === "resolved") this.alerts.delete(fingerprint);
    }
    return sent;
  }
}

/** A copy may be late by as much as the bot guards against, counted from what made it old. */
function mayComeNow(told: readonly Told[], copy: Told, now: number): boolean {
  const successor = told
    .slice(told.indexOf(copy) + 1)
    .find((each) => JSON.stringify(each.alerts) !== JSON.stringify(copy.alerts));
  return successor === undefined || now - successor.at <= STALE_WITHIN_MS;
}

test("no firing alert is lost, whatever is reported twice or late", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
      const group = new Group();
      const told: Told[] = [];
      let now = T0;
      let incident: Incident | undefined;
      let expected: string[] = [];
      const watch = (alerts: readonly Alert[]): void => {
        const outcome = applyNotification(incident, notification(alerts), opening({ nowMs: now }));
        incident = outcome.incident;
        const firing = incident.alerts.filter((each) => each.status === "firing");
        const missing = expected.filter((name) => !names(firing).includes(name));
        assert.deepEqual(missing, [], `lost after ${JSON.stringify(alerts)}`);
      };
      for (const each of steps) {
        now += SECOND;
        if (each.kind === "time") now += each.ms;
        else if (each.kind === "fires") group.fires(each.name, now);
        else if (each.kind === "ends") group.ends(each.name, now);
        else if (each.kind === "answered") {
          const alerts = group.tell();
          if (alerts.length === 0) continue;
          expected = names(alerts.filter(({ status }) => status === "firing"));
          told.push({ alerts, at: now });
          watch(alerts);
        } else {
          const copy = told.at(-each.back);
          if (copy !== undefined && mayComeNow(told, copy, now)) watch(copy.alerts);
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

test("once it is quiet, what is reported as firing fires, and what is reported as over is over", () => {
  fc.assert(
    fc.property(
      fc.array(body),
      fc.uniqueArray(alert, { minLength: 1, selector: fingerprintOf }),
      (bodies, last) => {
        const steps = [...applied(bodies)];
        const before = steps.at(-1);
        const nowMs = (before?.nowMs ?? T0) + 30 * MINUTE;
        const fresh = last.map((each) => ({ ...each, startsAt: nowMs, endsAt: nowMs }));
        const { incident } = applyNotification(
          before?.incident,
          notification(fresh),
          opening({ nowMs, id: "last" }),
        );
        for (const sent of fresh) {
          const shown = incident.alerts.find(
            (each) =>
              (each.sentFingerprint ?? each.fingerprint) === sent.fingerprint &&
              each.labels["alertname"] === sent.labels["alertname"],
          );
          assert.equal(shown?.status, sent.status);
        }
      },
    ),
  );
});

function fingerprintOf(each: Alert): string {
  return each.fingerprint;
}
