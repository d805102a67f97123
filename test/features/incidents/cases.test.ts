/** What people reported in public of other bots' webhooks and posts, from this one's door to Slack. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, type TestContext, test } from "node:test";
import { parse } from "yaml";
import type { Incident } from "../../../src/incidents/incident.ts";
import {
  type CaseWorld,
  INCIDENTS,
  mrkdwnIn,
  OPERATORS,
  playCase,
} from "../../support/case-world.ts";

function firingIn({ alerts }: Incident): number {
  return alerts.filter(({ status }) => status === "firing").length;
}

/** The channel messages as they stand, in the order in which they were written. */
function messages({ slack }: CaseWorld, channel = INCIDENTS): string[] {
  return slack.messages
    .filter((each) => each.channel === channel && each.threadTs === undefined)
    .map(({ text }) => text);
}

/** All texts that were ever written, threads and overwritten ones, too. */
function everSaid({ rendered }: CaseWorld): string[] {
  return rendered.flatMap(({ message }) => message?.text ?? []);
}

function kindsOf({ rendered }: CaseWorld): string[] {
  return rendered.map(({ notice }) => notice.kind);
}

function refused({ answers }: CaseWorld): number[] {
  return answers.map(({ status }) => status).filter((status) => status !== 200);
}

interface One {
  readonly world: CaseWorld;
  readonly incident: Incident;
  readonly text: string;
}

/** A case in which nothing is refused and one incident opens. */
async function only(t: TestContext, name: string): Promise<One> {
  const world = await playCase(t, name);
  const incidents = await world.incidents();
  assert.deepEqual([incidents.length, refused(world), messages(world).length], [1, [], 1]);
  return { world, incident: incidents[0] as Incident, text: messages(world)[0] ?? "" };
}

describe("Grafana's webhook contact point", () => {
  for (const name of ["01-grafana-version-1", "02-grafana-version-4"]) {
    test(`${name}: an incident, its link named Grafana, its values shown`, async (t) => {
      const { text } = await only(t, name);
      assert.match(text, /\|Grafana>/);
      assert.match(text, /A = 0/);
      assert.match(text, /runbook at wiki\.example/);
    });
  }
});

test("04: null where a map, a list or a text belongs counts as absent", async (t) => {
  const { incident, text } = await only(t, "04-null-fields");
  assert.equal(firingIn(incident), 1);
  assert.doesNotMatch(text, /could not be read/);
});

test("05: a time in year 1 costs nobody, and the message says where it stood", async (t) => {
  const world = await playCase(t, "05-starts-at-zero");
  const incidents = await world.incidents();
  assert.deepEqual([incidents.length, refused(world)], [2, []]);
  assert.equal(firingIn(incidents[0] as Incident), 2);
  assert.match(messages(world)[0] ?? "", /alerts\[1\]\.startsAt: year 1/);
});

test("06: an alert without a name is reported by its labels, and no page is missed for it", async (t) => {
  const world = await playCase(t, "06-no-alertname");
  assert.equal((await world.incidents()).length, 2);
  assert.match(messages(world)[0] ?? "", /no name here/);
  assert.ok(everSaid(world).every((text) => !/runbook .*\(no alertname\)/i.test(text)));
});

test("07: each line of a mixed group has its own severity, worst first", async (t) => {
  const { text } = await only(t, "07-mixed-group");
  const lines = text.split("\n").filter((line) => line.startsWith("•"));
  const names = lines.map((line) => /(?:🔴|🟠|🔵) (\S+ \S+)/u.exec(line)?.[1]);
  assert.deepEqual(names, [
    "CRITICAL StreamlineDown",
    "CRITICAL DiskFull",
    "PAGE Nameless",
    "P2 CertExpires",
    "WARNING ConsumerLag",
    "WARNING HighProduceLatency",
    "INFO NodeClockSkew",
  ]);
});

test("08: what an alert carries is shown, its links say where they lead, and its runbook is one", async (t) => {
  const { text, world } = await only(t, "08-own-runbook-url");
  assert.match(text, /Pod shop\/cart-0 is in waiting state/);
  assert.match(text, /runbook at runbooks\.prometheus-operator\.dev/);
  assert.match(text, /dashboard at grafana\.example/);
  assert.ok(everSaid(world).every((each) => !/no runbook covers/i.test(each)));
});

test("10: peers that send the firing again after its end revive nothing", async (t) => {
  const { incident, world } = await only(t, "10-ha-refire-10s");
  assert.equal(incident.status, "resolved");
  assert.ok(!kindsOf(world).includes("reopened"));
});

test("12: two Alertmanagers with one group key are two incidents, and neither ends the other", async (t) => {
  const world = await playCase(t, "12-two-alertmanagers-one-group-key");
  assert.deepEqual(
    (await world.incidents()).map(({ status, externalUrl }) => [status, externalUrl]),
    [
      ["firing", "http://am-prod.example:9093"],
      ["resolved", "http://am-staging.example:9093"],
    ],
  );
  const [prod = "", staging = ""] = messages(world);
  assert.match(prod, /CRITICAL.*\n.*am-prod\.example/);
  assert.match(staging, /RESOLVED.*\n.*am-staging\.example/);
});

for (const [name, count] of [
  ["13-reload-subset", 20],
  ["44-left-out-then-named-again", 2],
] as const) {
  test(`${name}: what a group leaves out for once is never called resolved`, async (t) => {
    const { incident, world } = await only(t, name);
    assert.ok(everSaid(world).every((text) => !/resolved/i.test(text)));
    assert.equal(firingIn(incident), count);
  });
}

describe("14: more than webhook.maxBody", () => {
  test("operators learn of it in Slack and on /readyz, it is counted, and a smaller one is taken", async (t) => {
    const world = await playCase(t, "14-too-large");
    assert.deepEqual(
      world.answers.map(({ status }) => status),
      [413, 200],
    );
    assert.match(messages(world, OPERATORS)[0] ?? "", /WebhookRefused.*too large/s);
    assert.match(world.warnings().join("\n"), /Alerts were lost/);
    assert.ok(world.counts.includes("webhook too_large"));
    assert.ok(world.log().includes("webhook refused"));
    assert.match(messages(world)[0] ?? "", /4000 alerts firing|4,000 alerts firing/);
  });

  test("which the example configuration cannot produce, as large as its alerts may be", () => {
    const file = new URL("../../../alerts/alertmanager.yml", import.meta.url);
    const { receivers } = parse(readFileSync(file, "utf8")) as {
      receivers: { name: string; webhook_configs: { max_alerts?: number }[] }[];
    };
    const [own] = receivers.filter(({ name }) => name === "streamline-incident-bot");
    const most = own?.webhook_configs[0]?.max_alerts ?? 0;
    assert.ok(most > 0 && most * 8_000 < 8 * 1024 ** 2, `max_alerts: ${most}`);
  });
});

test("15: of 61 groups in one moment each is named before any is explained, the critical first", async (t) => {
  const world = await playCase(t, "15-storm-60-groups");
  assert.equal((await world.incidents()).length, 61);
  const texts = world.slack.messages.map(({ text }) => text);
  const names = texts.findIndex((text) => /g59/.test(text));
  const explained = texts.findIndex((text) => text.startsWith("Runbook: "));
  assert.ok(names !== -1 && (explained === -1 || names < explained));
  const digest = texts[names] ?? "";
  assert.ok(digest.indexOf("KafkaDown") < digest.indexOf("ConsumerLag"));
});

test("18: strangers' text calls nobody, leads nowhere, and is cut between characters", async (t) => {
  const { text, world } = await only(t, "18-strangers-text");
  const all = world.rendered.flatMap(({ message }) => message ?? []);
  // What Slack reads as its own markup; other texts it shows as they are.
  const marked = [...everSaid(world), ...all.flatMap(({ blocks }) => mrkdwnIn(blocks))];
  for (const shown of marked) {
    assert.doesNotMatch(shown, /<!channel>|<!subteam|<@U012AB3CD>|<https:\/\/evil/);
  }
  assert.doesNotMatch(JSON.stringify(all), /\p{Surrogate}/u);
  for (const hidden of ["\u202e", "\u0000"]) assert.ok(!text.includes(hidden));
});

test("20: a group key, labels and an address of any length are one incident", async (t) => {
  const { incident } = await only(t, "20-long-group-key");
  assert.equal(firingIn(incident), 1);
});

test("25: fields of newer versions are passed over", async (t) => {
  const { incident } = await only(t, "25-newer-alertmanager");
  assert.equal(firingIn(incident), 1);
});

test("26: a text that changes at each evaluation edits the message and says nothing else", async (t) => {
  const { world } = await only(t, "26-changing-annotation");
  const kinds = kindsOf(world);
  assert.ok(!kinds.includes("changed") && !kinds.includes("reopened"));
});

test("28: a member that comes and goes is named by the label in which the members differ", async (t) => {
  const { incident, world } = await only(t, "28-flapping-member");
  assert.equal(firingIn(incident), 2);
  const changes = everSaid(world).filter((text) => text.startsWith("🔀"));
  assert.ok(changes.length > 0 && changes.every((text) => /group=b/.test(text)));
});

test("29: names of any script and length open incidents", async (t) => {
  const world = await playCase(t, "29-chinese-alertname");
  assert.deepEqual([(await world.incidents()).length, messages(world).length], [3, 3]);
});

test("30: a post whose end is written into its own thread is over", async (t) => {
  const world = await playCase(t, "30-heard-thread-updates");
  const [incident, ...others] = await world.incidents();
  assert.deepEqual([incident?.status, others.length], ["resolved", 0]);
  assert.ok(everSaid(world).some((text) => text.startsWith("✅ Resolved")));
});

test("32: Grafana's own template: the runbook of the rule without data, and the end of the other", async (t) => {
  const world = await playCase(t, "32-heard-grafana-default");
  const [lag, noData, ...others] = await world.incidents();
  assert.deepEqual([lag?.status, noData?.status, others.length], ["resolved", "firing", 0]);
  const runbooks = world.rendered.flatMap(({ notice, incident }) =>
    notice.kind === "runbook" ? [[incident.id, notice.alert]] : [],
  );
  assert.deepEqual(runbooks, [
    [lag?.id, "ConsumerLag"],
    [noData?.id, "ConsumerLag"],
  ]);
});

test("36: five copies of a firing and of its end are one of each", async (t) => {
  const { world } = await only(t, "36-ha-copies");
  const kinds = kindsOf(world);
  assert.equal(kinds.filter((kind) => kind === "resolved").length, 1);
  assert.ok(!kinds.includes("reopened"));
});

test("37: whatever Slack's answers were, each message stands once", async (t) => {
  const { incident, world } = await only(t, "37-lost-answers-and-429");
  assert.equal(firingIn(incident), 1);
  const keys = world.slack.messages.map(({ key }) => key);
  assert.equal(new Set(keys).size, keys.length);
  assert.ok(world.slack.messages.some(({ text }) => text.startsWith("Runbook: ")));
});

test("41: an end that nobody heard begin, and then it fires", async (t) => {
  const { incident } = await only(t, "41-resolved-unheard");
  assert.equal(incident.status, "firing");
});

test("43: whatever is odd in one alert, both are reported, and the message says where", async (t) => {
  const world = await playCase(t, "43-one-odd-field");
  assert.deepEqual(refused(world), []);
  for (const incident of await world.incidents()) {
    assert.equal(incident.alerts.length, 2, incident.groupKey);
  }
});

test("46: ended, and firing again with the same start, is shown as firing within a minute", async (t) => {
  const { text } = await only(t, "46-true-refiring-same-start");
  assert.match(text, /CRITICAL/);
});

test("47: labels named like what every object has are labels", async (t) => {
  const world = await playCase(t, "47-utf8-label-names-silence");
  assert.deepEqual([(await world.incidents()).length, refused(world)], [3, []]);
  assert.match(messages(world)[0] ?? "", /toString=y/);
});
