/** Alertmanager's webhook bodies: real ones, and everything else that may arrive there. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Alert, Notification } from "../../src/alerts/alert.ts";
import { fingerprintOf } from "../../src/alerts/fingerprint.ts";
import {
  groupsOf,
  MOST_ALERTS,
  parseWebhook as parse,
  type WebhookResult,
} from "../../src/alerts/parse-webhook.ts";
import { LONGEST_VALUE, MOST_LABELS } from "../../src/alerts/read-labels.ts";
import fc from "../support/fast-check.ts";
import { amBody, amResolvedBody } from "./bodies.ts";

type Json = Record<string, unknown>;

const NOW = Date.parse("2026-11-23T04:00:00Z");

function parseWebhook(body: unknown): WebhookResult {
  return parse(body, { source: "prod", nowMs: NOW });
}

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

/** The second of two alerts changed; what was read of both, and what is said of the rest. */
function beside(change: Json): { odd: Alert; sound: Alert; problems: readonly string[] } {
  const [alert] = amBody()["alerts"] as Json[];
  const odd = { ...alert, labels: { alertname: "Odd" }, fingerprint: "f2", ...change };
  const { alerts, unread } = notificationOf(body({ alerts: [alert, odd] }));
  const [first, second] = alerts;
  assert.ok(first !== undefined && second !== undefined);
  return { sound: first, odd: second, problems: unread?.problems ?? [] };
}

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
