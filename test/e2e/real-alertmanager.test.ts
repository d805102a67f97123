// needs: prometheus, prometheus-alertmanager
/**
 * The whole way with real counterparts: Prometheus scrapes the simulated server and evaluates our
 * rules, Alertmanager notifies the bot, the bot posts to the Slack emulator, and a person reads.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse, stringify } from "yaml";
import { eventually } from "../support/eventually.ts";
import { startAlertmanager, startPrometheus } from "../support/programs.ts";
import { type SandboxBot, startSandboxBot } from "../support/sandbox-bot.ts";

interface RuleFile {
  groups: { interval?: string; rules: { alert?: string; for?: string }[] }[];
}

/** Our own rules; only the waiting is shortened, so that a test need not last five minutes. */
function quickRules(): string {
  const file = parse(readFileSync("alerts/streamline.rules.yml", "utf8")) as RuleFile;
  for (const group of file.groups) {
    group.interval = "1s";
    for (const rule of group.rules) if (rule.for !== undefined) rule.for = "1s";
  }
  return stringify(file);
}

function alertmanagerConfig({ bot, webhookToken }: SandboxBot): string {
  return stringify({
    route: {
      receiver: "bot",
      group_by: ["alertname", "job"],
      group_wait: "1s",
      group_interval: "1s",
      repeat_interval: "1h",
    },
    receivers: [
      {
        name: "bot",
        webhook_configs: [
          {
            url: `${bot.url}/webhook/alertmanager`,
            send_resolved: true,
            http_config: { authorization: { type: "Bearer", credentials: webhookToken } },
          },
        ],
      },
    ],
  });
}

function prometheusConfig(sandbox: SandboxBot, alertmanagerUrl: string): string {
  return stringify({
    global: { scrape_interval: "1s", scrape_timeout: "1s", evaluation_interval: "1s" },
    rule_files: ["rules.yml"],
    alerting: {
      alertmanagers: [{ static_configs: [{ targets: [new URL(alertmanagerUrl).host] }] }],
    },
    scrape_configs: [
      {
        job_name: "streamline",
        static_configs: [{ targets: [new URL(sandbox.streamline.http).host] }],
      },
    ],
  });
}

test("a fault fires its rule, the alert its thread, and its end resolves both", async (t) => {
  const sandbox = await startSandboxBot(t);
  const alertmanager = await startAlertmanager(t, alertmanagerConfig(sandbox));
  await startPrometheus(t, {
    config: prometheusConfig(sandbox, alertmanager.url),
    rules: quickRules(),
  });
  const messageOf = (alert: string) =>
    sandbox.slack.messages("incidents").find(({ text }) => text.includes(alert));
  const thread = (alert: string) => {
    const message = messageOf(alert);
    return message === undefined ? [] : sandbox.slack.replies("incidents", message.ts);
  };

  await sandbox.streamline.faults.set("slow-wal-sync");
  const slow = await eventually(
    "the thread of HighProduceLatency",
    () => thread("HighProduceLatency").length >= 3 && thread("HighProduceLatency"),
  );
  assert.match(slow[2]?.text ?? "", /^Runbook: /);
  await sandbox.streamline.faults.clear("slow-wal-sync");

  await sandbox.streamline.faults.set("http-down");
  const down = await eventually(
    "the thread of StreamlineDown",
    () => thread("StreamlineDown").length >= 3 && thread("StreamlineDown"),
  );
  assert.match(down[0]?.text ?? "", /CRITICAL StreamlineDown/);
  assert.ok(JSON.stringify(down[2]?.blocks).includes(`${sandbox.streamline.http}/health`));
  assert.match(down[1]?.text ?? "", /Kafka answers, HTTP does not/i);

  await sandbox.streamline.faults.clear("http-down");
  await eventually("both are resolved", () => {
    const texts = sandbox.slack.messages("incidents").map(({ text }) => text);
    return texts.length === 2 && texts.every((text) => text.includes("RESOLVED"));
  });
  await eventually("the thread says so, too", () =>
    thread("StreamlineDown").at(-1)?.text.includes("Resolved after"),
  );
});
