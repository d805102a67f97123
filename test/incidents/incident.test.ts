import assert from "node:assert/strict";
import { test } from "node:test";
import { durationOf } from "../../src/incidents/incident-times.ts";
import { severityOf } from "../../src/incidents/severity.ts";
import { firing, HOUR, incidentOf, MINUTE, resolved, T0 } from "./notifications.ts";

test("an incident lasts from its first alert until now, or until it was resolved", () => {
  const incident = incidentOf([firing("a")]);
  assert.equal(durationOf(incident, T0 + HOUR), HOUR);
  assert.equal(durationOf({ ...incident, resolvedAt: T0 + MINUTE }, T0 + HOUR), MINUTE);
});

test("clocks that disagree give no negative duration", () => {
  assert.equal(durationOf(incidentOf([firing("a")]), T0 - HOUR), 0);
});

test("the severity is the worst that fires, not the worst that is over", () => {
  const severity = (name: string) => ({ labels: { severity: name } });
  const alerts = [
    firing("a", severity("info")),
    firing("b", severity("warning")),
    resolved("c", severity("critical")),
  ];
  assert.equal(severityOf({ alerts }), "warning");
  assert.equal(severityOf({ alerts: alerts.slice(2) }), "critical");
});

test("severities that nobody ranked come behind those with a rank, and none is unknown", () => {
  const alerts = ["gold", "none", "Critical"].map((severity, index) =>
    firing(String(index), { labels: { severity } }),
  );
  assert.equal(severityOf({ alerts }), "Critical");
  assert.equal(severityOf({ alerts: alerts.slice(0, 2) }), "none");
  assert.equal(severityOf({ alerts: alerts.slice(0, 1) }), "gold");
  assert.equal(severityOf({ alerts: [firing("a")] }), "unknown");
});
