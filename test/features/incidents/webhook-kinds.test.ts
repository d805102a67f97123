// takes: 40 s
/**
 * What senders of Alertmanager's form really send, by kind, from the webhook's door to Slack: Alertmanager
 * (docs "Notifications", notify/webhook), Grafana (docs "Webhook notifier", and its templates), Mimir,
 * vmalert, Prometheus Operator, relays and other monitors.
 */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Incident } from "../../../src/incidents/incident.ts";
import type { Json } from "../../support/case-bodies.ts";
import { type CaseWorld, createCaseWorld, INCIDENTS } from "../../support/case-world.ts";

const NOW = "2026-11-28T02:00:00Z";
const BEFORE = "2026-11-28T01:58:00Z";
const YEAR_1 = "0001-01-01T00:00:00Z";

function alert(labels: Json, rest: Json = {}): Json {
  return {
    status: "firing",
    labels: { alertname: "KafkaDown", ...labels },
    annotations: {},
    startsAt: BEFORE,
    endsAt: YEAR_1,
    generatorURL: "http://prometheus:9090/graph?g0.expr=x",
    ...rest,
  };
}

function over(labels: Json, rest: Json = {}): Json {
  return alert(labels, { status: "resolved", endsAt: NOW, ...rest });
}

function group(alerts: readonly Json[], rest: Json = {}): Json {
  return {
    version: "4",
    groupKey: '{}:{alertname="KafkaDown"}',
    receiver: "bot",
    status: "firing",
    groupLabels: { alertname: "KafkaDown" },
    commonLabels: { alertname: "KafkaDown" },
    commonAnnotations: {},
    externalURL: "http://alertmanager:9093",
    truncatedAlerts: 0,
    alerts,
    ...rest,
  };
}

/** Grafana 9 to 13. */
function byGrafana(alerts: readonly Json[], rest: Json = {}): Json {
  const own = { silenceURL: "https://grafana.example/alerting/silence/new", dashboardURL: "" };
  return group(
    alerts.map((each) => ({ panelURL: "", values: null, valueString: "", ...own, ...each })),
    {
      version: "1",
      orgId: 1,
      externalURL: "https://grafana.example/",
      title: "[FIRING:1] KafkaDown",
      state: "alerting",
      message: "**Firing**",
      ...rest,
    },
  );
}

type Step = Json | string | { readonly wait: number };

interface Row {
  readonly what: string;
  readonly steps: readonly Step[];
  /** Of each incident: its state, and what fires by the label `n`, or its count. */
  readonly shows: readonly string[];
  /** What the first message says, and what it does not. */
  readonly says?: readonly RegExp[];
  readonly never?: readonly RegExp[];
}

function isWait(step: Step): step is { readonly wait: number } {
  return typeof step === "object" && typeof step["wait"] === "number";
}

function stateOf({ status, alerts }: Incident): string {
  const firing = alerts.filter((each) => each.status === "firing");
  const names = firing.map(({ labels }) => labels["n"]).filter((each) => each !== undefined);
  return [status, names.length > 0 ? names.toSorted().join("") : firing.length || ""]
    .filter((each) => each !== "")
    .join(" ");
}

function messagesOf({ slack }: CaseWorld): string[] {
  return slack.messages
    .filter(({ channel, threadTs }) => channel === INCIDENTS && threadTs === undefined)
    .map(({ text }) => text);
}

function check(kind: string, rows: readonly Row[]): void {
  describe(kind, () => {
    for (const { what, steps, shows, says = [], never = [] } of rows) {
      test(what, async (t) => {
        const world = await createCaseWorld(t);
        for (const step of steps) {
          if (isWait(step)) await world.wait(step.wait);
          else await world.post(step);
        }
        await world.wait(60);
        assert.deepEqual(
          world.answers
            .map(({ status, text }) => [status, text])
            .filter(([status]) => status !== 200),
          [],
        );
        assert.deepEqual((await world.incidents()).map(stateOf), shows);
        const [first = ""] = messagesOf(world);
        for (const each of says) assert.match(first, each);
        for (const each of never) assert.doesNotMatch(first, each);
      });
    }
  });
}

const MINUTE = { wait: 60 };

check("Grafana", [
  {
    what: "two organisations with one group key are two incidents, and neither ends the other",
    steps: [
      byGrafana([alert({ n: "a" }, { fingerprint: "f" })]),
      byGrafana([alert({ n: "a" }, { fingerprint: "f" })], { orgId: 2 }),
      MINUTE,
      byGrafana([over({ n: "a" }, { fingerprint: "f" })], { orgId: 2 }),
    ],
    shows: ["firing a", "resolved"],
  },
  {
    what: "a payload of a team's own, with the organisation in its alerts alone",
    steps: [
      { ...byGrafana([alert({ n: "a" }, { orgId: 3 })]), state: undefined, orgId: undefined },
      { ...byGrafana([alert({ n: "b" }, { orgId: 4 })]), state: undefined, orgId: undefined },
    ],
    shows: ["firing a", "firing b"],
    says: [/\|Grafana>/],
  },
  {
    what: "values, and a panel with its picture",
    steps: [
      byGrafana([
        alert(
          {},
          {
            values: { B: 22.5, C: 1 },
            dashboardURL: "https://grafana.example/d/abc?orgId=1",
            panelURL: "https://grafana.example/d/abc?orgId=1&viewPanel=4",
            imageURL: "https://grafana.example/render/x.png",
          },
        ),
      ]),
    ],
    shows: ["firing 1"],
    says: [/B = 22\.5, C = 1/, /dashboard at grafana\.example/, /image at grafana\.example/],
  },
  {
    what: "values that are no numbers",
    steps: [byGrafana([alert({}, { values: { A: null, B: "NaN", C: { x: 1 } } })])],
    shows: ["firing 1"],
    never: [/A = |C = |\[object/],
  },
  {
    what: "values in the older text alone",
    steps: [
      byGrafana([
        alert(
          {},
          {
            valueString:
              "[ var='B' labels={instance=a b} value=44.2 ], [ var='C' labels={} value=1 ]",
          },
        ),
      ]),
    ],
    shows: ["firing 1"],
    says: [/B = 44\.2, C = 1/],
  },
  {
    what: "a rule that was paused is over, and why",
    steps: [
      byGrafana([alert({})]),
      MINUTE,
      byGrafana([over({}, { annotations: { grafana_state_reason: "Paused" } })], { state: "ok" }),
    ],
    shows: ["resolved"],
    says: [/RESOLVED KafkaDown/, /Paused/],
  },
  {
    what: "a rule without data beside the rule itself",
    steps: [
      byGrafana([alert({ alertname: "DatasourceNoData", rulename: "KafkaDown", ref_id: "A" })], {
        groupKey: "nodata",
      }),
      byGrafana([alert({})]),
    ],
    shows: ["firing 1", "firing 1"],
    says: [/DatasourceNoData of KafkaDown/],
  },
  {
    what: "its states in other words",
    steps: [
      byGrafana([
        alert({ n: "a" }, { status: "Alerting" }),
        alert({ n: "b" }, { status: "Normal" }),
      ]),
    ],
    shows: ["firing a"],
    never: [/could not be read/],
  },
  {
    what: "a test of version 9, whose key has the moment",
    steps: [
      byGrafana([alert({ alertname: "TestAlert", instance: "Grafana" })], {
        groupKey:
          '{alertname="TestAlert", instance="Grafana"}2022-08-31 05:54:04.52289368 +0000 UTC m=+21597.0',
      }),
    ],
    shows: ["firing 1"],
    says: [/TEST/, /nothing is wrong/],
  },
  {
    what: "hundreds of alerts of which some are left out",
    steps: [byGrafana([alert({ n: "a" })], { truncatedAlerts: "412" })],
    shows: ["firing a"],
    says: [/412 alerts left out by Grafana/],
  },
]);

check("null, and what is left out", [
  ...["annotations", "endsAt", "generatorURL", "fingerprint", "status"].map((field) => ({
    what: `${field} of an alert is null`,
    steps: [group([alert({ n: "a" }, { [field]: null })])],
    shows: ["firing a"],
    never: [/could not be read/],
  })),
  ...["annotations", "endsAt", "generatorURL", "fingerprint", "status"].map((field) => ({
    what: `${field} of an alert is left out`,
    steps: [group([alert({ n: "a" }, { [field]: undefined })])],
    shows: ["firing a"],
    never: [/could not be read/],
  })),
  ...[
    "version",
    "receiver",
    "status",
    "groupLabels",
    "commonLabels",
    "commonAnnotations",
    "externalURL",
    "truncatedAlerts",
    "groupKey",
  ].map((field) => ({
    what: `${field} of the group is null`,
    steps: [group([alert({ n: "a" })], { [field]: null })],
    shows: ["firing a"],
    never: [/could not be read|undefined|null/],
  })),
  {
    what: "a label is null",
    steps: [group([alert({ n: "a", team: null })])],
    shows: ["firing a"],
    never: [/team|could not be read/],
  },
  {
    what: "an alert is null",
    steps: [JSON.stringify(group([alert({ n: "a" })])).replace('"alerts":[', '"alerts":[null,')],
    shows: ["firing a"],
    says: [/alerts\[0\]: is not an object/],
  },
  {
    what: "neither key nor labels: alerts of one name are one group, whatever comes with them",
    steps: [
      group([alert({ n: "a" }), alert({ alertname: "ConsumerLag", n: "x" })], {
        groupKey: "",
        groupLabels: {},
      }),
      MINUTE,
      group([over({ n: "a" })], { groupKey: "", groupLabels: {} }),
    ],
    shows: ["resolved", "firing x"],
  },
]);

/** An odd value, where it stands, and whether it is named. */
const ODD: readonly (readonly [what: string, rest: Json, place: RegExp | undefined])[] = [
  ["a start in year 1", { startsAt: YEAR_1 }, /alerts\[0\]\.startsAt: year 1/],
  ["a start in year 0", { startsAt: "0000-01-01T00:00:00Z" }, /startsAt: /],
  ["a start before all computers", { startsAt: "1899-12-30T00:00:00Z" }, /startsAt: year 1899/],
  ["a start in seconds", { startsAt: 1_795_831_000 }, undefined],
  ["a start in milliseconds as text", { startsAt: "1795831000123" }, undefined],
  ["a start as Go prints it", { startsAt: "2026-11-28 01:58:00.123 +0000 UTC" }, undefined],
  ["a start of another zone", { startsAt: "2026-11-28T03:58:00+02:00" }, undefined],
  ["a start without zone", { startsAt: "2026-11-28T01:58:00" }, /no time zone/],
  ["a start in words", { startsAt: "two minutes ago" }, /startsAt: is not a time/],
  ["a start as a map", { startsAt: { seconds: 1 } }, /startsAt: /],
  ["an end in year 1", { endsAt: YEAR_1 }, undefined],
  ["an end before its start", { endsAt: "2020-01-01T00:00:00Z" }, undefined],
  ["a fingerprint of zeros", { fingerprint: "0000000000000000" }, undefined],
  ["a fingerprint that is a number", { fingerprint: 17 }, undefined],
  ["a fingerprint in words", { fingerprint: "N/A" }, undefined],
  ["a status in capitals", { status: "FIRING" }, undefined],
  ["a status of another monitor", { status: "PROBLEM" }, undefined],
  ["an unknown status", { status: "yes" }, /status: is neither/],
  ["a status that is a number", { status: 1 }, /status: is neither/],
  ["annotations as text", { annotations: "it is down" }, /annotations: is not a map/],
  ["annotations as a list", { annotations: ["a"] }, /annotations: is not a map/],
  ["labels as text", { labels: "alertname=KafkaDown" }, /labels: is not a map/],
  ["a link as a map", { generatorURL: { href: "http://x" } }, undefined],
];

check("one odd field beside an alert that is well", [
  ...ODD.map(([what, rest, place]) => ({
    what,
    steps: [group([alert({ n: "a" }, rest), alert({ n: "b" })])],
    shows: ["labels" in rest ? "firing b" : "firing ab"],
    ...(place === undefined ? { never: [/could not be read/] } : { says: [place] }),
  })),
  {
    what: "labels that are numbers, truth values and lists are shown",
    steps: [group([alert({ port: 9094, ready: false, ratio: 0.5, zones: ["a", "b"] })])],
    shows: ["firing 1"],
    says: [/port=9094/, /ready=false/, /ratio=0\.5/, /zones=a, b/],
  },
  {
    what: "a label that is a map is named, and costs nothing else",
    steps: [group([alert({ n: "a", at: { zone: "a" } })])],
    shows: ["firing a"],
    says: [/labels\.at: is not text/],
  },
]);

check("alerts of one fingerprint", [
  {
    what: "in one notification",
    steps: [
      group([alert({ n: "a" }, { fingerprint: "f" }), alert({ n: "b" }, { fingerprint: "f" })]),
    ],
    shows: ["firing ab"],
  },
  {
    what: "one after the other: the end of one is not the other's",
    steps: [
      group([alert({ n: "a" }, { fingerprint: "f" })]),
      MINUTE,
      group([alert({ n: "a" }, { fingerprint: "f" }), alert({ n: "b" }, { fingerprint: "f" })]),
      MINUTE,
      group([over({ n: "b" }, { fingerprint: "f" }), alert({ n: "a" }, { fingerprint: "f" })]),
    ],
    shows: ["firing a"],
  },
  {
    what: "each in a notification of its own",
    steps: [
      group([alert({ n: "a" }, { fingerprint: "f" })]),
      group([alert({ n: "b" }, { fingerprint: "f" })]),
      MINUTE,
      group([over({ n: "a" }, { fingerprint: "f" })]),
      group([over({ n: "b" }, { fingerprint: "f" })]),
    ],
    shows: ["resolved"],
  },
  {
    what: "the same alert named twice fires if either says so",
    steps: [
      group([over({ n: "a" }, { fingerprint: "f" }), alert({ n: "a" }, { fingerprint: "f" })]),
    ],
    shows: ["firing a"],
  },
]);

check("ends, copies and firings again", [
  {
    what: "left out, then named again with the same start, is never over",
    steps: [
      group([alert({ n: "a" }), alert({ n: "b" })]),
      { wait: 32 },
      group([alert({ n: "a" })]),
      { wait: 6 },
      group([alert({ n: "a" }), alert({ n: "b" })]),
    ],
    shows: ["firing ab"],
    never: [/not reported/],
  },
  {
    what: "left out for long is said, and fires",
    steps: [
      group([alert({ n: "a" }), alert({ n: "b" })]),
      { wait: 90 },
      group([alert({ n: "a" })]),
      MINUTE,
    ],
    shows: ["firing ab"],
    says: [/1 alert not reported since/],
  },
  {
    what: "its end, and 5 s later firing with the same start",
    steps: [
      group([alert({ n: "a" })]),
      MINUTE,
      group([over({ n: "a" })]),
      { wait: 5 },
      group([alert({ n: "a" })]),
    ],
    shows: ["firing a"],
  },
  {
    what: "its end, a late copy of its firing, and its end again",
    steps: [
      group([alert({ n: "a" })]),
      MINUTE,
      group([over({ n: "a" })]),
      { wait: 2 },
      group([alert({ n: "a" })]),
      { wait: 3 },
      group([over({ n: "a" })]),
    ],
    shows: ["resolved"],
  },
  {
    what: "the end of its first firing comes after it fires again",
    steps: [
      group([alert({ n: "a" })]),
      { wait: 300 },
      group([alert({ n: "a" }, { startsAt: "2026-11-28T02:04:00Z" })]),
      group([over({ n: "a" }, { endsAt: "2026-11-28T02:02:00Z" })]),
    ],
    shows: ["firing a"],
  },
  {
    what: "an hour and a half later it is an incident of its own",
    steps: [
      group([alert({ n: "a" })]),
      MINUTE,
      group([over({ n: "a" })]),
      { wait: 5_400 },
      group([alert({ n: "a" }, { startsAt: "2026-11-28T03:30:00Z" })]),
    ],
    shows: ["resolved", "firing a"],
  },
  {
    what: "an end whose beginning nobody reported",
    steps: [group([over({ n: "a" })])],
    shows: ["resolved"],
    says: [/RESOLVED KafkaDown/],
  },
  {
    what: "all that is named is over, and some are left out: it may fire",
    steps: [
      group([alert({ n: "a" })], { truncatedAlerts: 2 }),
      MINUTE,
      group([over({ n: "a" })], { truncatedAlerts: 2 }),
    ],
    shows: ["firing"],
    says: [/does not say whether the 2 alerts/],
    never: [/RESOLVED/],
  },
  {
    what: "as long as it says so",
    steps: [
      group([alert({ n: "a" })], { truncatedAlerts: 2 }),
      MINUTE,
      group([over({ n: "a" })], { truncatedAlerts: 2 }),
      MINUTE,
      group([over({ n: "b" }), over({ n: "c" })]),
    ],
    shows: ["resolved"],
  },
]);

check("two Alertmanagers, and peers", [
  {
    what: "one configuration, other alerts: two incidents, each with its own link",
    steps: [
      group([alert({ n: "a" })], { externalURL: "http://am-prod:9093" }),
      group([alert({ n: "b" })], { externalURL: "http://am-staging:9093" }),
      MINUTE,
      group([over({ n: "b" })], { externalURL: "http://am-staging:9093" }),
    ],
    shows: ["firing a", "resolved"],
    says: [/am-prod:9093/],
  },
  {
    what: "peers of other addresses with the same alerts: one",
    steps: [
      group([alert({ n: "a" })], { externalURL: "http://am-0:9093" }),
      group([alert({ n: "a" })], { externalURL: "http://am-1:9093" }),
      MINUTE,
      group([over({ n: "a" })], { externalURL: "http://am-1:9093" }),
    ],
    shows: ["resolved"],
  },
]);

check("Mimir, vmalert, Prometheus Operator", [
  {
    what: "Mimir's tenant in the address of its alerts",
    steps: [
      group([alert({}, { generatorURL: "https://mimir.example/graph?g0.expr=up&tenant=a" })], {
        externalURL: "https://mimir.example/alertmanager",
      }),
    ],
    shows: ["firing 1"],
    says: [/<https:\/\/mimir\.example\/alertmanager\|Alertmanager>/, /query at mimir\.example/],
  },
  {
    what: "vmalert, straight, as to Alertmanager's API",
    steps: [
      JSON.stringify([
        {
          labels: { alertname: "KafkaDown", alertgroup: "streamline", n: "a" },
          annotations: { summary: "down" },
          startsAt: BEFORE,
          endsAt: "2026-11-28T02:05:00Z",
          generatorURL: "http://vmalert:8880/vmalert/alert?group_id=1&alert_id=2",
        },
      ]),
    ],
    shows: ["firing a"],
    says: [/query at vmalert:8880/],
  },
  {
    what: "the operator's route by namespace",
    steps: [
      group([alert({ n: "a", namespace: "shop", pod: "s-0" })], {
        groupKey: '{}/{namespace="shop"}:{namespace="shop"}',
        receiver: "shop/streamline/bot",
        groupLabels: { namespace: "shop" },
      }),
      group([alert({ n: "b", namespace: "billing", pod: "s-0" })], {
        groupKey: '{}/{namespace="billing"}:{namespace="billing"}',
        receiver: "billing/streamline/bot",
        groupLabels: { namespace: "billing" },
      }),
    ],
    shows: ["firing a", "firing b"],
    says: [/namespace=shop/],
  },
]);

check("other monitors behind relays", [
  {
    what: "Zabbix: a problem, its severity, and that it is solved",
    steps: [
      group([alert({ n: "a", severity: "Disaster" }, { status: "PROBLEM" })]),
      MINUTE,
      group([over({ n: "a", severity: "Disaster" }, { status: "RESOLVED" })]),
    ],
    shows: ["resolved"],
  },
  ...["OK", "RECOVERY", "closed", "Recovered", "cleared", "UP"].map((status) => ({
    what: `"${status}" is an end`,
    steps: [group([alert({ n: "a" })]), MINUTE, group([over({ n: "a" }, { status })])],
    shows: ["resolved"],
  })),
  {
    what: "Nagios: a state in place of the status",
    steps: [
      group([{ ...alert({ n: "a" }), status: undefined, state: "CRITICAL" }]),
      MINUTE,
      group([{ ...over({ n: "a" }), status: undefined, state: "OK" }]),
    ],
    shows: ["resolved"],
  },
]);

const LINKS: readonly (readonly [name: string, word: string])[] = [
  ["runbook_url", "runbook"],
  ["runbook", "runbook"],
  ["runbookUrl", "runbook"],
  ["runbook-url", "runbook"],
  ["RUNBOOK_URL", "runbook"],
  ["playbook", "runbook"],
  ["dashboard_url", "dashboard"],
  ["dashboardURL", "dashboard"],
  ["dashboard", "dashboard"],
  ["grafana_url", "dashboard"],
];

check("an alert's own links", [
  ...LINKS.map(([name, word]) => ({
    what: `${name} is shown with where it leads`,
    steps: [group([alert({}, { annotations: { [name]: "https://wiki.example/x" } })])],
    shows: ["firing 1"],
    says: [new RegExp(`${word} at wiki\\.example`)],
  })),
  ...[
    "javascript:alert(1)",
    "ftp://wiki.example/x",
    "https://good.example@evil.example/",
    "data:text/html,x",
    "wiki/x",
    "https://",
    " https://a b.example/",
  ].map((address) => ({
    what: `"${address}" is no link`,
    steps: [group([alert({}, { annotations: { runbook_url: address } })])],
    shows: ["firing 1"],
    never: [/runbook at/],
  })),
]);

const RANKED: readonly (readonly [severity: string, mark: string])[] = [
  ["critical", "🔴"],
  ["CRITICAL", "🔴"],
  ["page", "🔴"],
  ["P1", "🔴"],
  ["sev2", "🔴"],
  ["Disaster", "🔴"],
  ["High", "🔴"],
  ["warning", "🟠"],
  ["Average", "🟠"],
  ["S3", "🟠"],
  ["minor", "🟠"],
  ["info", "🔵"],
  ["Information", "🔵"],
  ["p5", "🔵"],
];

check("severity of each line", [
  {
    what: "in a mixed group each line has its own, the worst first",
    steps: [
      group(
        RANKED.toReversed()
          .slice(0, 10)
          .map(([severity], n) => alert({ severity, alertname: `N${n}` })),
      ),
    ],
    shows: ["firing 10"],
    says: [/^🔴[^\n]*\n[^\n]*\n• 🔴 .*• 🟠 .*• 🔵 /s],
  },
  ...RANKED.map(([severity, mark]) => ({
    what: `${severity} is ${mark}`,
    steps: [group([alert({ severity })])],
    shows: ["firing 1"],
    says: [new RegExp(`^${mark} ${severity.toUpperCase()} KafkaDown`, "u")],
  })),
  {
    what: "one that is no word of anybody's is shown, without a colour",
    steps: [group([alert({ severity: "Not classified" })])],
    shows: ["firing 1"],
    says: [/^⚪ NOT CLASSIFIED KafkaDown/],
  },
]);

const NAMELESS = { groupLabels: {}, commonLabels: {} };

check("alerts without a name", [
  ...[undefined, "", null].map((alertname) => ({
    what: `whose name is ${JSON.stringify(alertname)} are told by their labels`,
    steps: [
      group([alert({ alertname, severity: "critical", check: "disk", host: "db-7" })], NAMELESS),
    ],
    shows: ["firing 1"],
    says: [/^🔴 CRITICAL check=disk host=db-7\n/],
    never: [/\(no alertname\)/],
  })),
  {
    what: "with nothing but a sentence",
    steps: [
      group([{ ...alert({}), labels: {}, annotations: { summary: "it is down" } }], NAMELESS),
    ],
    shows: ["firing 1"],
    says: [/it is down/],
  },
]);

check("large ones", [
  {
    what: "4,000 alerts are counted, and ten listed",
    steps: [group(Array.from({ length: 4_000 }, (_, n) => alert({ instance: `b${n}` })))],
    shows: ["firing 4000"],
    says: [/4,000 alerts firing/, /3,990 more alerts not listed/],
  },
  {
    what: "a description of 100,000 characters is cut, and said",
    steps: [group([alert({ n: "a" }, { annotations: { description: "é".repeat(100_000) } })])],
    shows: ["firing a"],
    says: [/100000 characters, of which/],
  },
  {
    what: "five hundred labels",
    steps: [
      group([alert(Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`l${n}`, "v"])))]),
    ],
    shows: ["firing 1"],
    says: [/labels, of which 128 are read/],
  },
]);

test("the members of a configured pair are one source, whatever each of them has seen so far", async (t) => {
  const pair = {
    name: "default",
    members: ["http://am-0:9093", "http://am-1:9093"],
    arePeers: true,
    headers: {},
    targets: [],
    everyMs: 20_000,
    absentForMs: 30_000,
  };
  const world = await createCaseWorld(t, { sources: [pair] });
  await world.post(group([alert({ n: "a" })], { externalURL: "http://am-0:9093" }));
  await world.post(group([alert({ n: "b" })], { externalURL: "http://am-1:9093" }));
  await world.wait(60);
  assert.deepEqual((await world.incidents()).map(stateOf), ["firing ab"]);
});

const DIFFERING: readonly (readonly [what: string, ends: Json, stays: Json, says: RegExp])[] = [
  ["their severity", { severity: "warning" }, { severity: "critical" }, /KafkaDown \(warning\)/],
  ["a disk", { path: "/a" }, { path: "/b" }, /KafkaDown \(path=\/a\)/],
  ["a unit", { name: "cron.service" }, { name: "ssh.service" }, /\(name=cron\.service\)/],
  ["a label that one lacks", { volume: "d2" }, {}, /\(volume=d2\)/],
  ["their server", { instance: "b1:9094" }, { instance: "b2:9094" }, /\(b1:9094\)/],
  [
    "server and topic",
    { instance: "b1:9094", topic: "a" },
    { instance: "b2:9094", topic: "b" },
    /\(b1:9094, topic=a\)/,
  ],
  ["a number", { partition: 1 }, { partition: 2 }, /\(partition=1\)/],
  ["a label of another script", { 주제: "가" }, { 주제: "나" }, /\(주제=가\)/],
];

describe("what came and went is named by the labels in which alerts differ:", () => {
  for (const [what, ends, stays, says] of DIFFERING) {
    test(what, async (t) => {
      const world = await createCaseWorld(t);
      await world.post(group([alert(ends), alert(stays)]));
      await world.wait(60);
      await world.post(group([over(ends), alert(stays)]));
      await world.wait(60);
      const changes = world.slack.messages.filter(({ text }) => text.startsWith("🔀"));
      assert.equal(changes.length, 1);
      assert.match(changes[0]?.text ?? "", says);
    });
  }
});
