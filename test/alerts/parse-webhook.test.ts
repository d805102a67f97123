/** Alertmanager's webhook bodies: real ones, and more than can be worked with. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MOST_ALERTS } from "../../src/alerts/parse-webhook.ts";
import { LONGEST_VALUE, MOST_LABELS } from "../../src/alerts/read-labels.ts";
import fc from "../support/fast-check.ts";
import { amBody, amResolvedBody } from "./bodies.ts";
import {
  body,
  type Json,
  notificationOf,
  parseWebhook,
  reasonOf,
  withAlert,
} from "./webhook-bodies.ts";

test("a body of Alertmanager 0.25 becomes a notification", () => {
  assert.deepEqual(notificationOf(amBody()), {
    source: "prod",
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
        addresses: { generator: "http://prometheus:9090/graph?g0.expr=x" },
      },
    ],
  });
});

test("a resolved alert ends when Alertmanager says so", () => {
  const [alert] = notificationOf(amResolvedBody()).alerts;
  assert.equal(alert?.status, "resolved");
  assert.equal(alert?.endsAt, Date.parse("2026-11-23T03:12:00.000Z"));
});

test("the end of a firing alert, year 1 or the time it is given up, is not an end", () => {
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
  const newer = withAlert({ somethingNew: { deep: [1] } });
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

test("of many problems the first are named, and the alerts counted", () => {
  const [alert] = amBody()["alerts"] as Json[];
  const odd = Array.from({ length: 5_000 }, () => ({ ...alert, startsAt: 0 }));
  const { unread } = notificationOf(body({ alerts: odd }));
  assert.deepEqual([unread?.alerts, unread?.problems.length], [5_000, 5]);
  const reason = reasonOf(body({ alerts: Array.from({ length: 5_000 }, () => ({})) }));
  assert.match(reason, /; and 4995 more$/);
  assert.ok(reason.length < 1_000);
});

test("a path of the sender's own making does not fill the message", () => {
  const labels = { alertname: "A", ["x".repeat(1_000_000)]: {} };
  const { unread } = notificationOf(withAlert({ labels }));
  assert.ok((unread?.problems[0] ?? "").length < 300);
});

test("a body nested 100,000 deep is refused or passed over, wherever it is", () => {
  const deep = (open: string, close: string): unknown =>
    JSON.parse(`${open.repeat(100_000)}1${close.repeat(100_000)}`);
  for (const nested of [deep("[", "]"), deep('{"a":', "}")]) {
    assert.equal(parseWebhook(nested).kind, "malformed");
    for (const field of Object.keys(amBody())) {
      const expected = field === "alerts" ? "malformed" : "notification";
      assert.equal(parseWebhook(body({ [field]: nested })).kind, expected, field);
    }
    const { unread } = notificationOf(withAlert({ labels: { alertname: "A", a: nested } }));
    assert.equal(unread?.alerts, 1);
  }
});

test("no JSON whatever makes it throw", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.equal(parseWebhook(value).kind, "malformed");
    }),
  );
});

test("a good body with anything in one place, or in one place of an alert, loses no other alert", () => {
  const [alert] = amBody()["alerts"] as Json[];
  const fields = Object.keys(amBody()).filter((name) => name !== "alerts");
  fc.assert(
    fc.property(fc.constantFrom(...fields), fc.jsonValue(), (name, value) => {
      assert.equal(notificationOf(body({ [name]: value })).alerts.length, 1);
    }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(alert ?? {})), fc.jsonValue(), (name, value) => {
      const odd = { ...alert, fingerprint: "other", [name]: value };
      const { alerts } = notificationOf(body({ alerts: [alert, odd] }));
      assert.deepEqual(alerts[0], notificationOf(amBody()).alerts[0]);
    }),
  );
});

test("of whatever labels it takes none is lost and none is invented; empty ones are none", () => {
  const labels = fc.dictionary(
    fc.string().filter((name) => name !== "__proto__"),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(labels, (given) => {
      const [alert] = notificationOf(withAlert({ labels: given })).alerts;
      const full = Object.entries(given).filter(([, value]) => value !== "");
      assert.deepEqual(Object.entries(alert?.labels ?? {}), full);
    }),
  );
});

describe("whoever holds the token cannot send more than can be worked with:", () => {
  test("of 400,000 labels the first are read, and those that name the alert wherever they stand", () => {
    const labels: Record<string, string> = {};
    for (let at = 0; at < 400_000; at++) labels[`l${at}`] = "x";
    Object.assign(labels, { alertname: "Flood", severity: "critical" });
    const { alerts, unread } = notificationOf(withAlert({ labels }));
    const kept = alerts[0]?.labels ?? {};
    assert.equal(Object.keys(kept).length, MOST_LABELS);
    assert.deepEqual([kept["alertname"], kept["severity"], kept["l0"]], ["Flood", "critical", "x"]);
    assert.deepEqual(unread, {
      alerts: 1,
      problems: [`alerts[0].labels: 400002 labels, of which ${MOST_LABELS} are read`],
    });
  });

  test("of a value of a megabyte the beginning is read, which is reported", () => {
    const annotations = { description: "y".repeat(1_000_000) };
    const { alerts, unread } = notificationOf(withAlert({ annotations }));
    assert.equal(alerts[0]?.annotations["description"]?.length, LONGEST_VALUE);
    assert.match(unread?.problems[0] ?? "", /description: 1000000 characters/);
  });

  test("of 20,000 alerts the first are read, and the others are counted as left out", () => {
    const alerts = Array.from({ length: 20_000 }, (_, at) => ({
      status: "firing",
      labels: { alertname: "A", pod: `p${at}` },
      startsAt: "2026-11-23T03:00:00Z",
    }));
    const notification = notificationOf(body({ alerts, truncatedAlerts: 5 }));
    assert.equal(notification.alerts.length, MOST_ALERTS);
    assert.equal(notification.truncatedAlerts, 10_005);
  });

  test("values of Grafana's older form are read in one pass over them", () => {
    const valueString = `[ var='A' labels={} value=1.5 ], [ var='B' value=2 ], ${"var='".repeat(2_000)}`;
    const { alerts } = notificationOf(withAlert({ valueString }));
    assert.deepEqual(alerts[0]?.values, { A: "1.5", B: "2" });
  });
});
