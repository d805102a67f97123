/** What is odd or missing in a webhook's body: what it costs, and what is made up for it. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fingerprintOf } from "../../src/alerts/fingerprint.ts";
import { amBody } from "./bodies.ts";
import {
  beside,
  body,
  type Json,
  NOW,
  notificationOf,
  reasonOf,
  withAlert,
} from "./webhook-bodies.ts";

describe("a body of which no alert can be read is refused with the place and the reason:", () => {
  for (const [what, value, expected] of [
    ["nothing", undefined, /^body: /],
    ["null", null, /^body: /],
    ["a list", [], /^body: /],
    ["a text", "firing", /^body: /],
    ["an empty object", {}, /^alerts: is missing$/],
    ["alerts of null", body({ alerts: null }), /^alerts: is missing$/],
    ["no alerts", body({ alerts: [] }), /^alerts: must hold at least one alert$/],
    ["alerts that are no list", body({ alerts: { 0: {} } }), /^alerts: /],
    ["an alert that is null", body({ alerts: [null] }), /alerts\[0\]: is not an object$/],
    ["an alert without anything", body({ alerts: [{}] }), /alerts\[0\]: has no labels$/],
  ] as const) {
    test(what, () => assert.match(reasonOf(value), expected));
  }
});

describe("what is odd in one alert costs its neighbour nothing:", () => {
  const whole = notificationOf(amBody()).alerts[0];

  for (const [what, change, problem] of [
    ["a start in year 1", { startsAt: "0001-01-01T00:00:00Z" }, "alerts[1].startsAt: year 1"],
    ["a start that is no time", { startsAt: "now" }, /^alerts\[1\]\.startsAt: is not a time/],
    ["no start", { startsAt: undefined }, "alerts[1].startsAt: is missing"],
    ["a start of month 13", { startsAt: "2026-13-01T00:00:00Z" }, /startsAt: is not a date/],
    ["a nested label", { labels: { alertname: "Odd", a: {} } }, "alerts[1].labels.a: is not text"],
    ["annotations in a list", { annotations: ["a"] }, /^alerts\[1\]\.annotations: is not a map/],
    ["an unknown status", { status: "pending" }, /^alerts\[1\]\.status: is neither/],
    ["a start without zone", { startsAt: "2026-11-23T03:00:00" }, /has no time zone/],
  ] as const) {
    test(what, () => {
      const { sound, odd, problems } = beside(change);
      assert.deepEqual(sound, whole);
      assert.equal(odd.labels["alertname"], "Odd");
      assert.equal(odd.status, "firing");
      assert.equal(problems.length, 1);
      if (typeof problem === "string") assert.equal(problems[0], problem);
      else assert.match(problems[0] ?? "", problem);
    });
  }

  test("an alert that is not an object is counted, and the others are reported", () => {
    const [alert] = amBody()["alerts"] as Json[];
    const { alerts, unread } = notificationOf(body({ alerts: [null, alert, "x"] }));
    assert.deepEqual(alerts, [whole]);
    assert.equal(unread?.alerts, 2);
  });

  for (const [what, change] of [
    ["an end of null", { endsAt: null }],
    ["an end that is empty", { endsAt: "" }],
    ["annotations of null", { annotations: null }],
    ["a status in capitals", { status: "FIRING" }],
    ["a start in seconds", { startsAt: 1_795_402_800 }],
    ["no status", { status: undefined }],
  ] as const) {
    test(`${what} is read without a word`, () => {
      const { odd, problems } = beside(change);
      assert.deepEqual([odd.status, problems], ["firing", []]);
    });
  }

  test("numbers and truth values are labels in words, and null is none", () => {
    const labels = { alertname: "Odd", port: 9092, ok: true, pod: null };
    const { odd, problems } = beside({ labels, annotations: { value: 1.5 } });
    assert.deepEqual(odd.labels, { alertname: "Odd", port: "9092", ok: "true" });
    assert.deepEqual([odd.annotations, problems], [{ value: "1.5" }, []]);
  });

  test("a start that cannot be read is when the alert was received, and known to be none", () => {
    const { odd } = beside({ startsAt: "0001-01-01T00:00:00Z" });
    assert.deepEqual([odd.startsAt, odd.isStartUnknown], [NOW, true]);
    const over = beside({ startsAt: null, status: "resolved", endsAt: "2026-11-23T03:30:00Z" });
    assert.equal(over.odd.startsAt, Date.parse("2026-11-23T03:30:00Z"));
  });
});

describe("what a body lacks is made up from its alerts:", () => {
  test("an alert without fingerprint has Alertmanager's own for its labels", () => {
    const labels = { alertname: "KafkaDown", job: "streamline" };
    const { odd } = beside({ labels, fingerprint: undefined });
    assert.equal(odd.fingerprint, fingerprintOf(labels));
  });

  test("maps of null are empty, and common labels are found in the alerts", () => {
    const given = body({ groupLabels: null, commonLabels: null, commonAnnotations: null });
    const { groupLabels, commonLabels } = notificationOf(given);
    assert.deepEqual(groupLabels, {});
    assert.equal(commonLabels["alertname"], "ReplicationLag");
  });

  test("a body without key keeps one identity over its notifications", () => {
    const keyOf = (change: Json) => notificationOf(body({ groupKey: null, ...change })).groupKey;
    assert.equal(keyOf({}), keyOf({ status: "resolved" }));
    assert.notEqual(keyOf({}), keyOf({ groupLabels: { alertname: "Other" } }));
    assert.notEqual(keyOf({ receiver: "a" }), keyOf({ receiver: "b" }));
  });

  test("any version is taken, and counts that make no sense are none", () => {
    for (const version of ["1", "3", 4, null]) {
      assert.equal(notificationOf(body({ version })).alerts.length, 1);
    }
    for (const truncatedAlerts of [-1, 0.5, "some", null, [9]]) {
      assert.equal(notificationOf(body({ truncatedAlerts })).truncatedAlerts, 0);
    }
    assert.equal(notificationOf(body({ truncatedAlerts: "9" })).truncatedAlerts, 9);
  });

  test("the group's status follows from its alerts", () => {
    assert.equal(notificationOf(body({ status: "resolved" })).status, "firing");
    assert.equal(notificationOf(withAlert({ status: "resolved" })).status, "resolved");
    const silent = { ...withAlert({ status: undefined }), status: "resolved" };
    assert.equal(notificationOf(silent).status, "resolved");
  });
});
