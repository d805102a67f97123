// needs: prometheus-alertmanager
/**
 * A real Alertmanager that knows nothing of the bot posts to Slack by its own receiver, in its default
 * template and in that of kube-prometheus' examples, and the bot hears it.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { stringify } from "yaml";
import { eventually } from "../support/eventually.ts";
import { startAlertmanager } from "../support/programs.ts";
import { startSandboxBot } from "../support/sandbox-bot.ts";

const DETAILED = `{{ range .Alerts }}
*Alert:* {{ .Annotations.summary }} - \`{{ .Labels.severity }}\`
*Description:* {{ .Annotations.description }}
*Details:*
{{ range .Labels.SortedPairs }} • *{{ .Name }}:* \`{{ .Value }}\`
{{ end }}{{ end }}`;

function configFor(webhookUrl: string): string {
  const slack = { api_url: webhookUrl, channel: "#alerts", send_resolved: true };
  const title =
    '[{{ .Status | toUpper }}{{ if eq .Status "firing" }}:{{ .Alerts.Firing | len }}{{ end }}] Monitoring';
  const quick = { group_wait: "1s", group_interval: "1s", repeat_interval: "1h" };
  return stringify({
    route: {
      receiver: "default",
      group_by: ["alertname", "job"],
      ...quick,
      routes: [
        { receiver: "detailed", group_by: ["team"], matchers: ['team="core"'] },
        { receiver: "default", group_by: ["job"], matchers: ['team="edge"'] },
      ],
    },
    receivers: [
      { name: "default", slack_configs: [slack] },
      { name: "detailed", slack_configs: [{ ...slack, title, text: DETAILED }] },
    ],
  });
}

interface Sent {
  readonly labels: Record<string, string>;
  readonly annotations?: Record<string, string>;
  readonly endsAt?: string;
}

async function send(url: string, alerts: readonly Sent[]): Promise<void> {
  const answer = await fetch(`${url}/api/v2/alerts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(alerts),
  });
  assert.equal(answer.status, 200);
}

test("what a real Alertmanager posts on its own gets its runbook, and its end, into the thread", async (t) => {
  const { slack } = await startSandboxBot(t);
  const alertmanager = await startAlertmanager(t, configFor(slack.webhookUrl));
  const common = { job: "streamline", instance: "broker-1:9094" };
  const alerts: Sent[] = [
    { labels: { alertname: "ConsumerLag", severity: "warning", topic: "a <b> & c", ...common } },
    { labels: { alertname: "ConsumerLag", severity: "warning", topic: "payments", ...common } },
    { labels: { alertname: "KafkaDown", severity: "critical", team: "edge", ...common } },
    ...["/var/lib", "/srv"].map((path) => ({
      labels: { alertname: "DiskFull", severity: "critical", team: "core", path, ...common },
      annotations: { summary: "disk", description: "no space: none" },
    })),
  ];
  await send(alertmanager.url, alerts);

  const threads = await eventually("three threads with the verdict and a runbook", () => {
    const all = slack.messages("alerts").map(({ ts }) => slack.replies("alerts", ts));
    return all.length === 3 && all.every((thread) => thread.length >= 3) && all;
  });
  const titleOf = (thread: (typeof threads)[number]): string =>
    JSON.stringify(thread[0]?.["attachments"]);
  const titles = threads.map((thread) => /\[FIRING:\d\][^"|]*/.exec(titleOf(thread))?.[0].trim());
  assert.deepEqual(
    new Set(titles),
    new Set([
      "[FIRING:1] streamline (KafkaDown broker-1:9094 critical edge)",
      "[FIRING:2] ConsumerLag streamline (broker-1:9094 warning)",
      "[FIRING:2] Monitoring",
    ]),
  );
  const runbooks = threads.map((thread) => thread[2]?.text.split("\n", 1)[0]);
  for (const runbook of runbooks) assert.match(runbook ?? "", /^Runbook: /);
  assert.equal(new Set(runbooks).size, 3);
  for (const thread of threads) {
    assert.match(JSON.stringify(thread[1]?.["blocks"]), /Health: .*sandbox|sandbox (?:is|answers)/);
  }

  const endsAt = new Date().toISOString();
  await send(
    alertmanager.url,
    alerts.map((alert) => ({ ...alert, endsAt })),
  );
  await eventually("each thread says that it is over", () =>
    threads.every(([parent]) =>
      slack
        .replies("alerts", parent?.ts ?? "")
        .at(-1)
        ?.text.startsWith("✅ Resolved after"),
    ),
  );
});
