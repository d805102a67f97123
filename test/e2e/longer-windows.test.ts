/** Hours that a real Prometheus holds, asked for in Slack and in a terminal. */
// needs: prometheus
// takes: 20 s

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { streamlineBot } from "../edges/cli/terminal-program.ts";
import { eventually } from "../support/eventually.ts";
import { startPastPrometheus } from "../support/past-prometheus.ts";
import { pastSeries } from "../support/past-server.ts";
import { startSandboxBot } from "../support/sandbox-bot.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const INSTANCE = "10.0.0.5:9094";

const DOWN = ["--target", "http://127.0.0.1:9", "--kafka", "127.0.0.1:9"];

/** Slow three to four hours ago, and without its data directory for 20 minutes. */
async function pastOf(t: TestContext, target: string): Promise<string> {
  const toMs = Math.floor(Date.now() / MINUTE) * MINUTE;
  const fromMs = toMs - 8 * HOUR;
  const server = {
    instance: INSTANCE,
    target,
    cluster: "a",
    isSlow: (timeMs: number) => timeMs >= toMs - 4 * HOUR && timeMs < toMs - 3 * HOUR,
    isGone: (timeMs: number) => timeMs >= toMs - 20 * MINUTE,
  };
  return startPastPrometheus(t, {
    fromMs,
    toMs: toMs + HOUR,
    everyMs: 15_000,
    series: pastSeries(server, fromMs),
  });
}

test("Slack: why-slow and chart over six hours come from the target's Prometheus", async (t) => {
  const prometheus = await pastOf(t, "sandbox");
  const { slack } = await startSandboxBot(t, (config) => ({
    ...config,
    targets: config.targets.map((target) => ({
      ...target,
      prometheus,
      labels: { cluster: "a", instance: INSTANCE },
    })),
  }));
  const ask = async (text: string): Promise<string> => {
    const before = slack.ephemerals("alice").length;
    await slack.slashCommand({ user: "alice", channel: "incidents", text });
    return eventually(`an answer to ${text}`, () => {
      const answers = slack.ephemerals("alice");
      return answers.length > before && answers.at(-1)?.text;
    });
  };

  const slow = await ask("/streamline why-slow last:6h");
  assert.match(slow, /data directory/i, "what is so now");
  assert.match(slow, /produce/i, "what was so three hours ago");
  assert.match(slow, new RegExp(new URL(prometheus).host), "whose evidence it is");
  assert.doesNotMatch(slow, /last hour of my own samples/);

  const chart = await ask("/streamline chart health_check_ok last:6h");
  assert.match(chart, /last 6 h/);
  assert.match(chart, /from Prometheus/, "a series of the bot's, by its exported name");
});

test("terminal: a server that is down is asked about through its Prometheus, without a configuration", async (t) => {
  const prometheus = await pastOf(t, "orders-prod");
  // Nothing answers there: what the terminal knows, it has from Prometheus.
  const seen = [...DOWN, "--prometheus", prometheus, "--label", `instance=${INSTANCE}`];

  const slow = await streamlineBot(["why-slow", ...seen, "--last", "6h", "--json"]);
  const { answer } = JSON.parse(slow.stdout);
  const { window, causes } = answer;
  assert.equal(slow.code, 1, slow.stderr);
  assert.equal(window.source, prometheus);
  assert.deepEqual(
    causes.map(({ check }: { check: string }) => check),
    ["data-directory-gone"],
    "with the bot's own series, whatever that bot calls the target",
  );
  const past = window.past.map(({ check }: { check: string }) => check);
  assert.ok(past.includes("produce-latency"), past.join());

  // Less than the bot's hour, and still more than a terminal has seen.
  const half = await streamlineBot(["why-slow", ...seen, "--last", "30m", "--json"]);
  assert.equal(JSON.parse(half.stdout).answer.window?.source, prometheus, half.stderr);
  const minutes = await streamlineBot(["why-slow", ...seen, "--last", "5m", "--json"]);
  assert.equal(JSON.parse(minutes.stdout).answer.window?.source, undefined, "too few moments");

  const chart = await streamlineBot([
    "chart",
    'request_duration_seconds{quantile="0.99"}',
    ...seen,
    "--last",
    "6h",
    "--json",
  ]);
  const drawn = JSON.parse(chart.stdout).answer;
  assert.equal(chart.code, 0, chart.stderr);
  assert.equal(drawn.from, "Prometheus");
  assert.ok(Math.max(...drawn.series[0].values) >= 0.8, "the slow hour is in it");
});

test("terminal: hours without a Prometheus are answered from what it sees, and the remedy is named", async () => {
  const { stderr, stdout } = await streamlineBot(["why-slow", ...DOWN, "--last", "6h"]);
  assert.match(stderr, /--prometheus http:/);
  assert.match(stdout, /refuses|cannot be reached|neither/i);
});

const WRONG: readonly (readonly [flags: readonly string[], says: RegExp])[] = [
  [["--prometheus", "ftp://x"], /ftp:\/\/x.*http:\/\/ or https:/],
  [["--prometheus", "http://me:pw@x:9090"], /PROMETHEUS_TOKEN/],
  [["--label", "instance"], /not NAME=VALUE/],
];

for (const [flags, says] of WRONG) {
  test(`terminal: ${flags.join(" ")} is named as wrong`, async () => {
    const { code, stderr } = await streamlineBot(["why-slow", ...DOWN, ...flags]);
    assert.equal(code, 2);
    assert.match(stderr, says);
    assert.doesNotMatch(stderr, /me:pw/, "a password is not repeated");
  });
}
