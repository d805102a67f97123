/** What people reported in public of other bots' webhooks, played through this one's state model. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { renderIncident, titleOf } from "../../src/features/incidents/render-incident.ts";
import type { Incident } from "../../src/incidents/incident.ts";
import { playCase } from "../support/play-case.ts";

function firingIn({ alerts }: Incident): number {
  return alerts.filter(({ status }) => status === "firing").length;
}

function textOf(incident: Incident | undefined): string {
  assert.ok(incident !== undefined);
  return renderIncident(incident, incident.changedAt).text;
}

function only(name: string): Incident {
  const { incidents, refused } = playCase(name);
  assert.deepEqual([incidents.length, refused], [1, []]);
  const [incident] = incidents;
  assert.ok(incident !== undefined);
  return incident;
}

describe("Grafana's webhook contact point", () => {
  for (const name of ["01-grafana-version-1", "02-grafana-version-4"]) {
    test(`${name}: an incident, its link named Grafana, its values shown`, () => {
      const text = textOf(only(name));
      assert.match(text, /\|Grafana>/);
      assert.match(text, /A = 0/);
      assert.match(text, /runbook at wiki\.example/);
    });
  }
});

test("04: null where a map belongs counts as absent", () => {
  assert.equal(firingIn(only("04-null-fields")), 1);
});

test("05: a time in year 1 costs nobody, and the message says where it stood", () => {
  const { incidents, refused } = playCase("05-starts-at-zero");
  assert.deepEqual([incidents.length, refused], [2, []]);
  assert.equal(firingIn(incidents[0] as Incident), 2);
  assert.match(textOf(incidents[0]), /alerts\[1\]\.startsAt: year 1/);
});

test("06: an alert without a name is told by its labels", () => {
  const { incidents } = playCase("06-no-alertname");
  assert.equal(incidents.length, 2);
  assert.match(textOf(incidents[0]), /no name here/);
});

test("07: each line of a mixed group has its own severity, worst first", () => {
  const lines = textOf(only("07-mixed-group"))
    .split("\n")
    .filter((line) => line.startsWith("•"));
  assert.equal(lines.length, 7);
  assert.match(lines[0] ?? "", /CRITICAL/);
  assert.match(lines[2] ?? "", /WARNING ConsumerLag/);
  assert.match(lines[4] ?? "", /INFO NodeClockSkew/);
});

test("08: what an alert carries is shown, and its links say where they lead", () => {
  const text = textOf(only("08-own-runbook-url"));
  assert.match(text, /Pod shop\/cart-0 is in waiting state/);
  assert.match(text, /runbook at runbooks\.prometheus-operator\.dev/);
  assert.match(text, /dashboard at grafana\.example/);
});

test("10: peers that send the firing again after its end revive nothing", () => {
  const { incidents, notices } = playCase("10-ha-refire-10s");
  assert.equal(incidents[0]?.status, "resolved");
  assert.ok(notices.every(({ kind }) => kind !== "reopened"));
});

test("12: two Alertmanagers with one group key are two incidents, and neither ends the other", () => {
  const { incidents } = playCase("12-two-alertmanagers-one-group-key");
  assert.deepEqual(
    incidents.map(({ status, externalUrl }) => [status, externalUrl]),
    [
      ["firing", "http://am-prod.example:9093"],
      ["resolved", "http://am-staging.example:9093"],
    ],
  );
});

for (const [name, count] of [
  ["13-reload-subset", 20],
  ["44-left-out-then-named-again", 2],
] as const) {
  test(`${name}: what a group leaves out for once is never called resolved`, () => {
    const { incidents, shown } = playCase(name);
    assert.ok(
      shown.every(
        ({ status, alerts }) =>
          status === "firing" && alerts.every((each) => each.status === "firing"),
      ),
    );
    assert.equal(firingIn(incidents[0] as Incident), count);
  });
}

test("20: a group key, labels and an address of any length are one incident", () => {
  assert.equal(firingIn(only("20-long-group-key")), 1);
});

test("25: fields of newer versions are passed over", () => {
  assert.equal(firingIn(only("25-newer-alertmanager")), 1);
});

test("26: a text that changes at each evaluation edits the message and says nothing else", () => {
  const { notices } = playCase("26-changing-annotation");
  const kinds = new Set(notices.map(({ kind }) => kind));
  assert.ok(!kinds.has("changed") && !kinds.has("reopened"));
});

test("28: a member that comes and goes is no incident of its own", () => {
  assert.equal(firingIn(only("28-flapping-member")), 2);
});

test("29: names of any script and length open incidents", () => {
  assert.equal(playCase("29-chinese-alertname").incidents.length, 3);
});

test("36: five copies of a firing and of its end are one of each", () => {
  const { notices } = playCase("36-ha-copies");
  const kinds = notices.map(({ kind }) => kind);
  assert.equal(kinds.filter((kind) => kind === "resolved").length, 1);
  assert.ok(!kinds.includes("reopened"));
});

test("41: an end that nobody heard begin, and then it fires", () => {
  assert.equal(only("41-resolved-unheard").status, "firing");
});

test("43: whatever is odd in one alert, both are told", () => {
  const { incidents, refused } = playCase("43-one-odd-field");
  assert.deepEqual(refused, []);
  for (const incident of incidents) assert.equal(incident.alerts.length, 2, incident.groupKey);
});

test("46: ended, and firing again with the same start, is shown as firing within a minute", () => {
  const incident = only("46-true-refiring-same-start");
  assert.match(titleOf(incident, incident.changedAt), /CRITICAL/);
});

test("47: labels named like what every object has are labels", () => {
  const { incidents, refused } = playCase("47-utf8-label-names-silence");
  assert.deepEqual([incidents.length, refused], [3, []]);
});
