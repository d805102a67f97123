/** Alertmanager's webhook bodies: real ones, and everything else that may arrive there. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Notification } from "../../src/alerts/alert.ts";
import { parseWebhook } from "../../src/alerts/parse-webhook.ts";
import { amBody, amResolvedBody } from "./bodies.ts";

type Json = Record<string, unknown>;

function notificationOf(body: unknown): Notification {
  const result = parseWebhook(body);
  assert.ok(result.kind === "notification", JSON.stringify(result));
  return result.notification;
}

function reasonOf(body: unknown): string {
  const result = parseWebhook(body);
  assert.ok(result.kind === "malformed", "the body was taken");
  return result.reason;
}

/** A good body with one alert, changed. */
function body(change: Json = {}): Json {
  return { ...amBody(), ...change };
}

function withAlert(change: Json): Json {
  const [alert] = amBody()["alerts"] as Json[];
  return body({ alerts: [{ ...alert, ...change }] });
}

test("a body of Alertmanager 0.25 becomes a notification", () => {
  assert.deepEqual(notificationOf(amBody()), {
    groupKey: '{}:{alertname="ReplicationLag", cluster="eu"}',
    receiver: "streamline-incident-bot",
    status: "firing",
    groupLabels: { alertname: "ReplicationLag", cluster: "eu" },
    commonLabels: { alertname: "ReplicationLag", cluster: "eu", severity: "warning" },
    externalUrl: "http://alertmanager-0:9093",
    truncatedAlerts: 0,
    alerts: [
      {
        fingerprint: "2bc5b3a1d7a4d3f0",
        status: "firing",
        labels: {
          alertname: "ReplicationLag",
          cluster: "eu",
          instance: "10.0.0.5:9094",
          severity: "warning",
          topic: "orders",
        },
        annotations: { summary: "orders lags by 12000 records" },
        startsAt: Date.parse("2026-11-23T03:00:00.123Z"),
      },
    ],
  });
});

test("a resolved alert ends when Alertmanager says so", () => {
  const [alert] = notificationOf(amResolvedBody()).alerts;
  assert.equal(alert?.status, "resolved");
  assert.equal(alert?.endsAt, Date.parse("2026-11-23T03:12:00.000Z"));
});

test("the end of a firing alert, year 1 or the time it is given up, is no end", () => {
  for (const endsAt of ["0001-01-01T00:00:00Z", "2026-11-23T03:04:00Z"]) {
    const [alert] = notificationOf(withAlert({ endsAt })).alerts;
    assert.ok(alert !== undefined && !("endsAt" in alert));
  }
});

test("a resolved alert that ends before it starts, or in year 1, lasts no negative time", () => {
  const early = notificationOf(withAlert({ status: "resolved", endsAt: "2026-11-23T02:00:00Z" }))
    .alerts[0];
  assert.equal(early?.endsAt, early?.startsAt);
  const never = notificationOf(withAlert({ status: "resolved", endsAt: "0001-01-01T00:00:00Z" }))
    .alerts[0];
  assert.ok(never !== undefined && !("endsAt" in never));
});

test("a start in the future is a clock that is wrong, not a body that is", () => {
  const [alert] = notificationOf(withAlert({ startsAt: "2126-01-01T00:00:00Z" })).alerts;
  assert.equal(alert?.startsAt, Date.parse("2126-01-01T00:00:00Z"));
});

test("times are read to the millisecond in every zone", () => {
  const [alert] = notificationOf(
    withAlert({ startsAt: "2026-11-23T05:30:00.987654321+05:30" }),
  ).alerts;
  assert.equal(alert?.startsAt, Date.parse("2026-11-23T00:00:00.987Z"));
});

test("fields that newer versions send are passed over", () => {
  const newer = withAlert({ generatorURL: "http://x", somethingNew: { deep: [1] } });
  assert.deepEqual(
    notificationOf({ ...newer, notification_reason: "new alerts", extra: null }),
    notificationOf(amBody()),
  );
});

test("what Alertmanager left out is counted", () => {
  assert.equal(notificationOf(body({ truncatedAlerts: 4_990 })).truncatedAlerts, 4_990);
});

test("5,000 alerts are taken", () => {
  const [alert] = amBody()["alerts"] as Json[];
  const alerts = Array.from({ length: 5_000 }, (_, n) => ({ ...alert, fingerprint: `f${n}` }));
  assert.equal(notificationOf(body({ alerts })).alerts.length, 5_000);
});

test("an alert that is named twice counts once, and as firing if either copy says so", () => {
  const [alert] = amBody()["alerts"] as Json[];
  const copies = ["resolved", "firing", "resolved"].map((status) => ({ ...alert, status }));
  const other = { ...alert, fingerprint: "other" };
  assert.deepEqual(
    notificationOf(body({ alerts: [...copies, other] })).alerts.map((each) => each.status),
    ["firing", "firing"],
  );
});

test("labels named like properties of an object are labels, and __proto__ is dropped", () => {
  const labels = JSON.parse('{"__proto__":"x","constructor":"c","toString":"t"}') as Json;
  const [alert] = notificationOf(withAlert({ labels })).alerts;
  assert.deepEqual(Object.entries(alert?.labels ?? {}), [
    ["constructor", "c"],
    ["toString", "t"],
  ]);
  assert.equal(Object.getPrototypeOf(alert?.labels), Object.prototype);
  assert.equal(({} as Json)["x"], undefined);
});

describe("a malformed body is refused with the place and the reason:", () => {
  for (const [what, value, expected] of [
    ["nothing", undefined, /^body: /],
    ["null", null, /^body: /],
    ["a list", [], /^body: /],
    ["a text", "firing", /^body: /],
    ["an empty object", {}, /^version: .*; groupKey: is missing; status: .*; alerts: is missing$/],
    ["version 3", body({ version: "3" }), /^version: must be "4"/],
    ["version 4 as a number", body({ version: 4 }), /^version: must be "4"/],
    ["no group key", body({ groupKey: "" }), /^groupKey: must not be empty$/],
    ["no alerts", body({ alerts: [] }), /^alerts: must hold at least one alert$/],
    ["alerts that are no list", body({ alerts: { 0: {} } }), /^alerts: /],
    ["an alert that is null", body({ alerts: [null] }), /^alerts\.0: /],
    ["an unknown status", body({ status: "pending" }), /^status: /],
    ["an alert's unknown status", withAlert({ status: "FIRING" }), /^alerts\.0\.status: /],
    ["labels that are a list", withAlert({ labels: ["a"] }), /^alerts\.0\.labels: /],
    ["labels that are missing", withAlert({ labels: undefined }), /^alerts\.0\.labels: /],
    ["a label that is a number", withAlert({ labels: { a: 1 } }), /^alerts\.0\.labels\.a: /],
    ["a label that is nested", withAlert({ labels: { a: {} } }), /^alerts\.0\.labels\.a: /],
    ["a common label of null", body({ commonLabels: { a: null } }), /^commonLabels\.a: /],
    ["no fingerprint", withAlert({ fingerprint: "" }), /^alerts\.0\.fingerprint: must not be/],
    ["a start that is a number", withAlert({ startsAt: 1_700_000_000 }), /^alerts\.0\.startsAt: /],
    [
      "a start that is no time",
      withAlert({ startsAt: "now" }),
      /^alerts\.0\.startsAt: is not a time/,
    ],
    [
      "a start without a zone",
      withAlert({ startsAt: "2026-11-23T03:00:00" }),
      /startsAt: is not a time/,
    ],
    [
      "a start of month 13",
      withAlert({ startsAt: "2026-13-01T00:00:00Z" }),
      /startsAt: is not a time/,
    ],
    [
      "a start in year 1",
      withAlert({ startsAt: "0001-01-01T00:00:00Z" }),
      /startsAt: is not a plausible/,
    ],
    ["a negative count", body({ truncatedAlerts: -1 }), /^truncatedAlerts: /],
    ["half an alert left out", body({ truncatedAlerts: 0.5 }), /^truncatedAlerts: /],
  ] as const) {
    test(what, () => assert.match(reasonOf(value), expected));
  }
});

test("of many problems the first are named and the rest counted", () => {
  const reason = reasonOf(body({ alerts: Array.from({ length: 5_000 }, () => ({})) }));
  assert.match(reason, /; and 19995 more$/);
  assert.ok(reason.length < 1_000);
});

test("a path of the sender's own making does not fill the answer", () => {
  const reason = reasonOf(withAlert({ labels: { ["x".repeat(1_000_000)]: 1 } }));
  assert.ok(reason.length < 300, `${reason.length} characters`);
});

test("a body nested 100,000 deep is refused or passed over, wherever it is", () => {
  const deep = (open: string, close: string): unknown =>
    JSON.parse(`${open.repeat(100_000)}1${close.repeat(100_000)}`);
  for (const nested of [deep("[", "]"), deep('{"a":', "}")]) {
    assert.equal(parseWebhook(nested).kind, "malformed");
    const { commonAnnotations: _, ...read } = amBody();
    for (const field of Object.keys(read)) {
      assert.equal(parseWebhook(body({ [field]: nested })).kind, "malformed", field);
    }
    assert.equal(parseWebhook(withAlert({ labels: { a: nested } })).kind, "malformed");
    assert.equal(parseWebhook(body({ unknown: nested })).kind, "notification");
  }
});

test("no JSON whatever makes it throw", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const result = parseWebhook(value);
      assert.equal(result.kind, "malformed");
    }),
  );
});

test("a good body with anything in one place is taken or refused with that place", () => {
  const paths = fc.constantFrom(...Object.keys(amBody()));
  fc.assert(
    fc.property(paths, fc.jsonValue(), (name, value) => {
      const result = parseWebhook(body({ [name]: value }));
      if (result.kind === "malformed") assert.ok(result.reason.startsWith(name), result.reason);
    }),
  );
});

test("of whatever labels it takes none is lost and none is invented", () => {
  const labels = fc.dictionary(
    fc.string().filter((name) => name !== "__proto__"),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(labels, (given) => {
      const [alert] = notificationOf(withAlert({ labels: given })).alerts;
      assert.deepEqual(Object.entries(alert?.labels ?? {}), Object.entries(given));
    }),
  );
});
