/** The webhook's form as relays and Grafana make it. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { groupsOf } from "../../src/alerts/parse-webhook.ts";
import { beside, body, type Json, notificationOf, withAlert } from "./webhook-bodies.ts";

describe("what relays make of the format is read:", () => {
  const named = (n: number): Json => ({ labels: { alertname: "Odd", n: String(n) } });

  for (const fingerprint of ["0", "", "null", "0000000000000000", "one-for-all"]) {
    test(`alerts that share the fingerprint "${fingerprint}" are distinguished by their labels`, () => {
      const alerts = [1, 2, 3].map((n) => ({ ...named(n), fingerprint }));
      const read = notificationOf(body({ alerts })).alerts;
      assert.equal(new Set(read.map((each) => each.fingerprint)).size, 3);
    });
  }

  test("the labels of the group stand for those of an alert that cannot be read", () => {
    for (const labels of ["alertname=X", null, [{ name: "alertname" }]]) {
      const { alerts } = notificationOf(withAlert({ labels, fingerprint: "f" }));
      assert.deepEqual(
        alerts.map((each) => [each.status, each.labels["alertname"]]),
        [["firing", "ReplicationLag"]],
      );
    }
  });

  test("a list of texts is one text", () => {
    const [alert] = notificationOf(withAlert({ annotations: { summary: ["a", "b"] } })).alerts;
    assert.deepEqual(alert?.annotations, { summary: "a, b" });
  });

  for (const [what, sent] of [
    ["alerts in a map", body({ alerts: { 0: named(0), 1: named(1) } })],
    ["alerts without a body", [named(0), named(1)]],
  ] as const) {
    test(what, () => assert.equal(notificationOf(sent).alerts.length, 2));
  }

  test("one alert in place of the list", () => {
    assert.equal(notificationOf(body({ alerts: named(0) })).alerts.length, 1);
  });

  for (const startsAt of [
    "1795402800",
    "1795402800000",
    "2026-11-23 03:00:00 +0000 UTC",
    "2026-11-23 04:00:00.5 +0100 CET m=+12.5",
    "2026-11-23T03:00:00 UTC",
  ]) {
    test(`the start ${startsAt}`, () => {
      const { odd, problems } = beside({ startsAt });
      assert.deepEqual(problems, []);
      assert.equal(Math.floor(odd.startsAt / 1_000), 1_795_402_800);
    });
  }

  test("without key and labels each name is a group, whichever names come together", () => {
    const keysOf = (...names: readonly string[]) => {
      const alerts = names.map((alertname) => ({ labels: { alertname } }));
      const sent = body({ groupKey: null, groupLabels: {}, commonLabels: {}, alerts });
      return groupsOf(notificationOf(sent)).map(({ groupKey }) => groupKey);
    };
    const [a, b] = keysOf("A", "B", "A");
    assert.deepEqual([keysOf("A"), keysOf("B")], [[a], [b]]);
    assert.equal(keysOf("A", "B", "A").length, 2);
  });
});

describe("what Grafana writes:", () => {
  const valuesOf = (change: Json) => notificationOf(withAlert(change)).alerts[0]?.values;

  test("values, and what stands in their place", () => {
    assert.deepEqual(valuesOf({ values: { A: null, B: 1e21 } }), { B: "1e+21" });
    const valueString = "[ metric='foo' labels={instance=bar} value=10 ]";
    assert.deepEqual(valuesOf({ values: null, valueString }), { foo: "10" });
    const paths = "[ var='A' labels={path=/a[b]c value=3} value=12.5 ], [ var='B' value=null ]";
    assert.deepEqual(valuesOf({ values: {}, valueString: paths }), { A: "12.5" });
    assert.deepEqual(valuesOf({ valueString: "[ metric='' labels={} value=7 ]" }), { value: "7" });
  });

  for (const [groupKey, labels, expected] of [
    ["webhook-57c6d9296de2ad39-1782478380", { alertname: "Custom", instance: "Grafana" }, true],
    ["test-57c6d9296de2ad39-1726713102", { alertname: "TestAlert", instance: "Grafana" }, true],
    ['{alertname="T"}2022-08-31 05:54:04.52 +0000 UTC m=+4.2', { alertname: "T" }, true],
    ['{}/{}:{alertname="TestAlert"}', { alertname: "TestAlert", instance: "db-1" }, undefined],
    ["relay-1", { alertname: "KafkaDown", instance: "Grafana" }, undefined],
  ] as const) {
    test(`${groupKey} is ${expected === true ? "a" : "no"} test of a contact point`, () => {
      const sent = { groupKey, alerts: [{ labels }], orgId: 1, state: "alerting" };
      assert.equal(notificationOf(body(sent)).isTest, expected);
      const { orgId: _, state: __, ...others } = sent;
      assert.equal(notificationOf(body(others)).isTest, undefined);
    });
  }
});
