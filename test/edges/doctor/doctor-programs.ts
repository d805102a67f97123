/** A Prometheus and the configuration of an Alertmanager, in order or with a mistake each. */

import { copyFileSync, mkdtempSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { TestContext } from "node:test";
import { stringify } from "yaml";
import { eventually } from "../../support/eventually.ts";
import { freePort, startProgram } from "../../support/programs.ts";

/** The secret of the bot's webhook. */
export const WEBHOOK_TOKEN = "a-token-for-the-webhook-of-a-test";

interface AlertmanagerMistakes {
  readonly resolved?: boolean;
  readonly watchdogTo?: string;
  readonly isRouted?: boolean;
  readonly port?: number;
}

/** Alertmanager's configuration that leads to the bot's webhook at `port`, with the mistakes that are asked for. */
export function alertmanagerConfig({
  resolved = true,
  watchdogTo = "bot",
  isRouted = true,
  port = 1,
}: AlertmanagerMistakes) {
  const quick = { group_wait: "0s", group_interval: "1s", repeat_interval: "1m" };
  return {
    route: {
      receiver: isRouted ? "bot" : "elsewhere",
      ...quick,
      group_interval: "1m",
      routes: [
        { receiver: isRouted ? watchdogTo : "elsewhere", matchers: ["alertname = Watchdog"] },
      ],
    },
    receivers: [
      {
        name: "bot",
        webhook_configs: [
          {
            url: `http://127.0.0.1:${port}/webhook/alertmanager`,
            send_resolved: resolved,
            max_alerts: 1000,
            http_config: { authorization: { type: "Bearer", credentials: WEBHOOK_TOKEN } },
          },
        ],
      },
      { name: "elsewhere" },
    ],
  };
}

/** How Prometheus is started in a folder. */
export function prometheusArgs({ folder, port }: { folder: string; port: number }): string[] {
  return [
    `--config.file=${join(folder, "prometheus.yml")}`,
    `--storage.tsdb.path=${join(folder, "data")}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
}

/** What a node exporter says of the file system that the rules watch. */
async function nodeExporter(t: TestContext): Promise<string> {
  const server = createServer((_, response) => {
    response.end('node_filesystem_avail_bytes{mountpoint="/var/lib/streamline"} 1e9\n');
  });
  const port = await freePort();
  server.listen(port, "127.0.0.1");
  t.after(() => void server.close());
  return `127.0.0.1:${port}`;
}

/** With our rules, an Alertmanager, and every job that they read scraped. */
export async function prometheusWithRules(
  t: TestContext,
  alertmanager: string,
  streamline: string,
) {
  const folder = mkdtempSync(join(tmpdir(), "bot-rules-"));
  const rules = readdirSync("alerts").filter((name) => name.endsWith(".rules.yml"));
  for (const name of rules) copyFileSync(resolve("alerts", name), join(folder, name));
  const jobs = [
    "streamline",
    "streamline-kafka",
    "streamline-health",
    "node",
    "streamline-incident-bot",
  ];
  const exporter = await nodeExporter(t);
  const config = {
    global: { scrape_interval: "1s", evaluation_interval: "1s" },
    rule_files: [join(folder, "*.rules.yml")],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
    scrape_configs: jobs.map((job_name) => ({
      job_name,
      static_configs: [{ targets: [job_name === "node" ? exporter : new URL(streamline).host] }],
    })),
  };
  const program = await startProgram(t, {
    command: "/usr/bin/prometheus",
    files: { "prometheus.yml": stringify(config) },
    args: prometheusArgs,
    readyPath: "/-/ready",
  });
  await eventually("every job was scraped", async () => {
    const ask = async (path: string) =>
      ((await (await fetch(`${program.url}/api/v1/${path}`)).json()) as { data: never }).data;
    const { activeTargets } = (await ask("targets")) as { activeTargets: { health: string }[] };
    const { activeAlertmanagers } = (await ask("alertmanagers")) as {
      activeAlertmanagers: object[];
    };
    const isUp = activeTargets.filter(({ health }) => health === "up").length === jobs.length;
    return isUp && activeAlertmanagers.length > 0;
  });
  return program;
}
