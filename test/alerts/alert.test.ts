import assert from "node:assert/strict";
import { test } from "node:test";
import { alertName, alertNames, ruleName } from "../../src/alerts/alert.ts";

test("an alert goes by its label alertname, and one without says that it has none", () => {
  assert.equal(alertName({ labels: { alertname: "ReplicationLag" } }), "ReplicationLag");
  assert.equal(alertName({ labels: {} }), "(no alertname)");
  assert.equal(alertName({ labels: { alertname: "" } }), "(no alertname)");
});

test("each name is reported once, in the order in which the alerts came", () => {
  const labels = ["B", "A", "B", "C", "A"].map((alertname) => ({ labels: { alertname } }));
  assert.deepEqual(alertNames(labels), ["B", "A", "C"]);
  assert.deepEqual(alertNames([]), []);
});

test("what Grafana fires in place of a rule is answered by that rule's runbook", () => {
  const labels = { alertname: "DatasourceNoData", rulename: "ConsumerLag" };
  assert.equal(ruleName({ labels }), "ConsumerLag");
  assert.equal(ruleName({ labels: { alertname: "DatasourceError" } }), "DatasourceError");
  assert.equal(ruleName({ labels: { alertname: "X", rulename: "Y" } }), "X");
});
