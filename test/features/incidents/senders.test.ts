/** What other senders of the format write, each as its documentation says, from the webhook's door to Slack. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type CaseWorld, createCaseWorld, INCIDENTS, playCase } from "../../support/case-world.ts";

const play = (t: TestContext, name: string): Promise<CaseWorld> =>
  playCase(t, `../senders/${name}`);

function messages({ slack }: CaseWorld): string[] {
  return slack.messages
    .filter(({ channel, threadTs }) => channel === INCIDENTS && threadTs === undefined)
    .map(({ text }) => text);
}

async function states(world: CaseWorld): Promise<string[][]> {
  return (await world.incidents()).map(({ alerts }) => alerts.map(({ status }) => status));
}

function kindsOf({ rendered }: CaseWorld): string[] {
  return rendered.map(({ notice }) => notice.kind);
}

test("vmalert and its Alertmanager: each topic by its own label, and links to vmalert's page", async (t) => {
  const world = await play(t, "vmalert");
  assert.deepEqual(await states(world), [["firing", "resolved"]]);
  const [text = "", ...others] = messages(world);
  assert.equal(others.length, 0);
  assert.match(text, /WARNING ConsumerLag\n1 alert firing/);
  assert.match(text, /topic=orders/);
  assert.match(text, /query at vmalert:8880: http:\/\/vmalert:8880\/vmalert\/alert\?group_id=/);
  const [change] = world.rendered.filter(({ notice }) => notice.kind === "changed");
  assert.match(change?.message?.text ?? "", /1 resolved: ConsumerLag \(topic=refunds\)/);
});

test("Mimir: the tenant's Alertmanager is linked with its prefix", async (t) => {
  const world = await play(t, "mimir");
  assert.deepEqual(await states(world), [["firing", "firing"]]);
  const [text = ""] = messages(world);
  assert.match(text, /CRITICAL KafkaDown/);
  assert.match(text, /<https:\/\/mimir\.example\/alertmanager\|Alertmanager>/);
  assert.match(text, /runbook at wiki\.example/);
});

test("Prometheus Operator: two namespaces with one group label are two incidents, each with its end", async (t) => {
  const world = await play(t, "prometheus-operator");
  assert.deepEqual(await states(world), [["firing", "resolved"], ["resolved"]]);
  const [shop = "", billing = ""] = messages(world);
  assert.match(shop, /WARNING ConsumerLag\n1 alert firing/);
  assert.match(shop, /namespace=shop.*pod=streamline-0/);
  assert.match(billing, /RESOLVED ConsumerLag/);
  assert.match(billing, /namespace=billing/);
});

test("Grafana's contact point: values, picture, and why an alert ended that was not measured", async (t) => {
  const world = await play(t, "grafana-contact-point");
  const [first] = world.rendered.filter(({ notice }) => notice.kind === "incident");
  assert.match(first?.message?.text ?? "", /image at grafana\.example/);
  const [text = ""] = messages(world);
  assert.deepEqual(await states(world), [["resolved"]]);
  assert.match(text, /RESOLVED ConsumerLag/);
  assert.match(text, /\|Grafana>/);
  assert.match(text, /B = 44\.2/);
  assert.match(text, /MissingSeries/);
});

test("Grafana without picture: rules without data are named, with their runbook and their error", async (t) => {
  const world = await play(t, "grafana-without-image");
  const [lag = "", noData = "", error = ""] = messages(world);
  assert.match(lag, /WARNING ConsumerLag/);
  assert.doesNotMatch(lag, /image at/);
  assert.match(noData, /FIRING DatasourceNoData of ConsumerLag/);
  assert.match(error, /FIRING DatasourceError of KafkaDown.*i\/o timeout/s);
  const runbooks = world.rendered.flatMap(({ notice }) =>
    notice.kind === "runbook" ? [notice.alert] : [],
  );
  assert.deepEqual(runbooks.toSorted(), ["ConsumerLag", "ConsumerLag", "KafkaDown"]);
});

test("Grafana's Test button: it is shown as a test, calls nobody, and ends although nobody reports it", async (t) => {
  const routes = [{ match: {}, channel: INCIDENTS, mentions: [{ who: ["S0ONCALL"] }] }];
  const world = await playCase(t, "../senders/grafana-test-button", { routes });
  const [text = ""] = messages(world);
  assert.match(text, /TEST \(FIRING\) TestAlert/);
  assert.match(text, /foo = 10/);
  await world.wait(600);
  assert.deepEqual(await states(world), [["resolved"]]);
  assert.match(messages(world)[0] ?? "", /nothing was wrong/);
  assert.deepEqual([...new Set(kindsOf(world))], ["incident"]);
});

test("an alert that was over when it was first reported, and then fires, fires for the first time", async (t) => {
  const world = await playCase(t, "41-resolved-unheard");
  assert.ok(!kindsOf(world).includes("reopened"));
  assert.doesNotMatch(messages(world)[0] ?? "", /fired again/);
});

test("severities in words of other teams have their rank and colour", async (t) => {
  const world = await createCaseWorld(t);
  const severities = ["P3", "page", "Error", "SEV-4", "whatever"];
  const alerts = severities.map((severity) => ({ labels: { alertname: "A", severity } }));
  await world.post({ groupKey: "g", status: "firing", alerts });
  await world.wait(60);
  const lines = (messages(world)[0] ?? "").split("\n").filter((line) => line.startsWith("•"));
  assert.deepEqual(
    lines.map((line) => line.slice(2).split(" A")[0]),
    ["🔴 PAGE", "🔴 ERROR", "🟠 P3", "🔵 SEV-4", "⚪ WHATEVER"],
  );
});
