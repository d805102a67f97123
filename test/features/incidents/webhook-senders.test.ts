/**
 * What senders of Alertmanager's form really send, by sender, from the webhook's door to Slack: Alertmanager
 * (docs "Notifications", notify/webhook), Grafana (docs "Webhook notifier", and its templates), Mimir,
 * vmalert, Prometheus Operator, relays and other monitors.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../support/case-bodies.ts";
import { createCaseWorld } from "../../support/case-world.ts";
import { alert, BEFORE, check, group, MINUTE, over, stateOf } from "./webhook-rows.ts";

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
