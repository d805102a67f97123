/** Alerts are told apart by the labels in which they differ. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { alertNamer } from "../../src/incidents/alert-naming.ts";

const alert = (labels: Record<string, string>) => ({ labels });

test("an escalation is named by its severity, and members by what differs", () => {
  const base = { alertname: "DiskFull", instance: "broker-1:9094" };
  const [warning, critical] = ["warning", "critical"].map((severity) =>
    alert({ ...base, severity }),
  );
  assert.ok(warning !== undefined && critical !== undefined);
  const naming = alertNamer([warning, critical]);
  assert.deepEqual(naming(critical), { name: "DiskFull", details: ["critical"] });
  const [a, b] = ["a", "b"].map((group) => alert({ alertname: "Lag", job: "j", group }));
  assert.ok(a !== undefined && b !== undefined);
  assert.deepEqual(alertNamer([a, b])(b).details, ["group=b"]);
});

test("a single alert is named by where it is", () => {
  const only = alert({ alertname: "DiskFull", job: "j", instance: "broker-1:9094" });
  assert.deepEqual(alertNamer([only])(only).details, ["broker-1:9094"]);
});

test("alerts of other names tell nothing about the labels of this one", () => {
  const a = alert({ alertname: "A", instance: "x:1" });
  const b = alert({ alertname: "B", instance: "y:1", pod: "p" });
  assert.deepEqual(alertNamer([a, b])(a).details, ["x:1"]);
});
