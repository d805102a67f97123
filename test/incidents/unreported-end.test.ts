/** Alerts that end while a silence keeps Alertmanager from telling of it. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { actOnIncident } from "../../src/incidents/act-on-incident.ts";
import type { Incident } from "../../src/incidents/incident.ts";
import {
  endUnreported,
  goneAlerts,
  isReportedAgain,
  reportedAgain,
} from "../../src/incidents/unreported-end.ts";
import { apply } from "./applied.ts";
import { firing, HOUR, incidentOf, MINUTE, T0 } from "./notifications.ts";

const AT = "http://alertmanager:9093";
const NOW = T0 + 2 * HOUR;
const SILENCE = {
  id: "s1",
  by: "U1",
  at: T0 + HOUR,
  until: T0 + 3 * HOUR,
  comment: "",
  alertmanager: AT,
};

function silenced(incident: Incident): Incident {
  const outcome = actOnIncident(
    incident,
    { kind: "silence", by: "U1", silence: SILENCE },
    { nowMs: T0 + HOUR, times: { holdsMs: HOUR, remindAfterMs: MINUTE } },
  );
  assert.ok("incident" in outcome);
  return outcome.incident;
}
const BOTH = silenced(incidentOf([firing("a"), firing("b")]));
const held = (fingerprint: string, silencedBy: string[] = ["s1"]) => ({
  fingerprint,
  labels: firing(fingerprint).labels,
  silencedBy,
});

describe("an incident that was silenced", () => {
  test("remembers which Alertmanager keeps quiet about it", () => {
    assert.equal(BOTH.mutedIn, AT);
  });

  test("is over once Alertmanager holds none of its alerts", () => {
    const gone = goneAlerts(BOTH, []);
    const change = endUnreported(BOTH, gone, NOW);
    assert.equal(change?.incident.status, "resolved");
    assert.equal(change?.incident.resolvedAt, NOW);
    assert.equal(change?.incident.mutedIn, undefined);
    assert.deepEqual(change?.notices, [{ kind: "incident" }, { kind: "resolved" }]);
    assert.deepEqual(change?.audit?.detail, { alerts: 2, alertmanager: AT });
  });

  test("goes on with what Alertmanager still holds, and shows what went", () => {
    const change = endUnreported(BOTH, goneAlerts(BOTH, [held("b")]), NOW);
    assert.equal(change?.incident.status, "firing");
    assert.equal(change?.incident.mutedIn, AT);
    assert.deepEqual(change?.notices, [
      { kind: "incident" },
      { kind: "changed", added: [], gone: ["a"] },
    ]);
  });

  test("is left alone while all of it is held", () => {
    assert.deepEqual(goneAlerts(BOTH, [held("a"), held("b")]), []);
    assert.equal(endUnreported(BOTH, [], NOW), undefined);
  });

  test("is known by its labels where another app's post gave no fingerprint", () => {
    const alert = {
      fingerprint: "x",
      labels: { ...firing("a").labels, more: "1" },
      silencedBy: [],
    };
    assert.deepEqual(
      goneAlerts(BOTH, [alert]).map(({ fingerprint }) => fingerprint),
      ["b"],
    );
  });

  test("that was resolved by a notification meanwhile is not ended twice", () => {
    const gone = goneAlerts(BOTH, []);
    const over = apply(
      BOTH,
      gone.map((each) => ({ ...each, status: "resolved" as const })),
    ).incident;
    assert.equal(over.status, "resolved");
    assert.equal(endUnreported(over, gone, NOW), undefined);
  });
});

describe("Alertmanager tells of an incident again", () => {
  const { silences: _, ...after } = BOTH;

  test("once its silence is over and nothing else mutes its alerts", () => {
    assert.equal(isReportedAgain(after, [held("a", []), held("b", [])]), true);
    assert.equal(reportedAgain(after)?.incident.mutedIn, undefined);
    assert.deepEqual(reportedAgain(after)?.notices, []);
  });

  test("but not while a silence of ours, or of others, holds", () => {
    assert.equal(isReportedAgain(BOTH, [held("a", []), held("b", [])]), false);
    assert.equal(isReportedAgain(after, [held("a", []), held("b", ["other"])]), false);
  });
});
