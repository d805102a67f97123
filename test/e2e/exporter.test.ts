/** A real Prometheus scrapes the bot for what the server does not say. */
// needs: prometheus
// takes: 16 s

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { stringify } from "yaml";
import { eventually } from "../support/eventually.ts";
import { startProgram } from "../support/programs.ts";
import { startSandboxBot } from "../support/sandbox-bot.ts";

test("Prometheus gets probes, lag and the rest from the bot, as its rules read them", async (t) => {
  const { bot, streamline } = await startSandboxBot(t);
  const probe = (job_name: string, module: string, target: string) => ({
    job_name,
    metrics_path: "/probe",
    params: { module: [module] },
    static_configs: [{ targets: [target] }],
    relabel_configs: [
      { source_labels: ["__address__"], target_label: "__param_target" },
      { source_labels: ["__param_target"], target_label: "instance" },
      { target_label: "__address__", replacement: new URL(bot.url).host },
    ],
  });
  const config = {
    global: { scrape_interval: "1s" },
    scrape_configs: [
      probe("streamline-kafka", "kafka", streamline.kafka),
      probe("streamline-health", "health", new URL(streamline.http).host),
      {
        job_name: "streamline-targets",
        metrics_path: "/metrics/targets",
        static_configs: [{ targets: [new URL(bot.url).host] }],
      },
    ],
  };
  const prometheus = await startProgram(t, {
    command: "/usr/bin/prometheus",
    files: { "prometheus.yml": stringify(config) },
    args: ({ folder, port }) => [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    readyPath: "/-/ready",
  });
  const query = async (
    expr: string,
  ): Promise<{ metric: Record<string, string>; value: [number, string] }[]> => {
    const url = `${prometheus.url}/api/v1/query?query=${encodeURIComponent(expr)}`;
    const { data } = (await (await fetch(url)).json()) as { data: { result: never[] } };
    return data.result;
  };
  for (const expr of [
    'probe_success{job="streamline-kafka"} == 1',
    'probe_success{job="streamline-health"} == 1',
    'streamline_target_group_lag{target="sandbox"}',
    'streamline_target_probe_success{probe="kafka_api"} == 1',
    "streamline_target_health_check_ok",
    "streamline_target_log_signature_total",
    "streamline_target_last_poll_timestamp_seconds",
  ]) {
    await eventually(expr, async () => (await query(expr)).length > 0);
  }
  const [kafka] = await query('probe_success{job="streamline-kafka"}');
  assert.equal(kafka?.metric["instance"], streamline.kafka, "the rules compare hosts by instance");

  await streamline.faults.set("http-down");
  await eventually("HTTP is down and Kafka is not, as HttpDown reads it", async () => {
    const [health, port] = await Promise.all([
      query('probe_success{job="streamline-health"} == 0'),
      query('probe_success{job="streamline-kafka"} == 1'),
    ]);
    return health.length === 1 && port.length === 1;
  });
});

test("what the bot exports has nothing that Prometheus' own linter objects to", async (t) => {
  const { bot } = await startSandboxBot(t);
  for (const path of ["/metrics", "/metrics/targets", "/probe?target=sandbox&module=kafka"]) {
    const text = await eventually("an answer", async () => {
      const answer = await fetch(`${bot.url}${path}`);
      return answer.status === 200 && answer.text();
    });
    const { status, stdout, stderr } = spawnSync("promtool", ["check", "metrics"], {
      input: text,
      encoding: "utf8",
    });
    assert.equal(status, 0, `${path}: ${stdout}${stderr}`);
  }
});

test("what is asked wrongly is reported, and the token of /metrics guards these, too", async (t) => {
  const token = "the-token-of-those-who-scrape";
  const { bot } = await startSandboxBot(t, (config) => ({
    ...config,
    metricsAuth: [{ kind: "bearer", token }],
  }));
  const ask = (path: string, authorization = `Bearer ${token}`) =>
    fetch(`${bot.url}${path}`, { headers: { authorization } });
  assert.equal((await ask("/metrics/targets", "Bearer wrong")).status, 401);
  assert.equal((await ask("/probe?target=sandbox", "")).status, 401);
  assert.equal((await ask("/probe")).status, 400);
  assert.equal((await ask("/probe?target=sandbox&module=icmp")).status, 400);
  const unknown = await ask("/probe?target=nobody");
  assert.equal(unknown.status, 404);
  assert.match(await unknown.text(), /sandbox/);
  // As the job of a blackbox exporter has it.
  const [, address = ""] =
    /server="([^"]+)"/.exec(await (await ask("/metrics/targets")).text()) ?? [];
  const blackbox = new URLSearchParams({ module: "health", target: `http://${address}/health` });
  assert.equal((await ask(`/probe?${blackbox.toString()}`)).status, 200);
  const whole = await ask("/probe?target=sandbox");
  assert.equal(whole.status, 200);
  assert.match(await whole.text(), /streamline_target_probe_success\{target="sandbox"/);
});
