/**
 * How long from a webhook to a named incident, beside Alertmanager's own Slack notifier into the same
 * fake Slack in the same run: quiet, one alert every 4 s in one channel, and 100 groups at once. Then
 * what a flood of two minutes does to whoever waits for an answer, on either database.
 * `node test/bench/delivery.ts quiet` is one part of it, of four: quiet, storm, sqlite, postgres;
 * FLOOD_SECONDS shortens the last two.
 */

import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Journal } from "../chaos/fault.ts";
import { startWorld, type World } from "../chaos/world.ts";
import { freePort } from "../support/programs.ts";
import { flood } from "./flood.ts";
import { runParts } from "./parts.ts";
import { median, printTimes } from "./timing.ts";

const QUIET = 8;
const EVERY_MS = 4_000;
const STORM = 100;

/** Beside the notifier, in a world of its own. */
async function besideNotifier(run: (world: World, notifier: Notifier) => Promise<void>) {
  const world = await startWorld();
  const notifier = await startNotifier(world);
  try {
    await run(world, notifier);
  } finally {
    notifier.stop();
    await world.stop();
  }
}

const PARTS = {
  quiet: () => besideNotifier(quiet),
  storm: () => besideNotifier(storm),
  sqlite: () => flood("sqlite"),
  postgres: () => flood("postgres"),
} as const;
await runParts(PARTS);

interface Notifier {
  alert(topic: string): Promise<void>;
  stop(): void;
}

/** An Alertmanager that posts to the fake Slack itself; groups wait for nothing. */
async function startNotifier({ slack, folder }: World): Promise<Notifier> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = {
    route: {
      receiver: "slack",
      group_by: ["topic"],
      group_wait: "0s",
      group_interval: "1h",
      repeat_interval: "4h",
    },
    receivers: [
      {
        name: "slack",
        slack_configs: [
          {
            api_url: `${slack.api}chat.postMessage`,
            channel: "CNOTIFIER",
            text: "{{ range .Alerts }}{{ .Labels.topic }} {{ end }}",
          },
        ],
      },
    ],
  };
  const file = join(folder, "alertmanager.yml");
  writeFileSync(file, JSON.stringify(config));
  const child = spawn(
    "prometheus-alertmanager",
    [
      `--config.file=${file}`,
      `--storage.path=${join(folder, "alertmanager")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--cluster.listen-address=",
    ],
    { stdio: "ignore" },
  );
  for (let tries = 0; tries < 100; tries += 1) {
    const isReady = await fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) break;
    await sleep(100);
  }
  return {
    alert: async (topic: string): Promise<void> => {
      const answer = await fetch(`${url}/api/v2/alerts`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify([{ labels: { alertname: "StreamlineChaosAlert", topic } }]),
      });
      await answer.text();
    },
    stop: () => void child.kill("SIGKILL"),
  };
}

/** When a message of the channel first showed the name. */
function namedAt({ messages }: Journal, name: string, isNotifier: boolean): number | undefined {
  const times = messages
    .filter(({ channel, threadTs }) => (channel === "CNOTIFIER") === isNotifier && !threadTs)
    .flatMap(({ versions }) => versions.filter(({ shown }) => shown.includes(name)))
    .map(({ at }) => at);
  return times.length === 0 ? undefined : Math.min(...times);
}

async function quiet({ sender, slack }: World, notifier: Notifier): Promise<void> {
  const begun = new Map<string, number>();
  for (let count = 0; count < QUIET; count += 1) {
    const name = `quiet-${String(count).padStart(3, "0")}`;
    begun.set(name, Date.now());
    await Promise.all([sender.send({ name, state: "firing" }), notifier.alert(name)]);
    await sleep(EVERY_MS);
  }
  const journal = await slack.journal();
  const times = (isNotifier: boolean): number[] =>
    [...begun].map(([name, at]) => (namedAt(journal, name, isNotifier) ?? Number.NaN) - at);
  const replies = [...begun.keys()].flatMap((name) => firstReply(journal, name));
  printTimes("one alert every 4 s: Alertmanager's notifier", times(true));
  printTimes("one alert every 4 s: the bot's message", times(false));
  printTimes("its first reply after it", replies);
  process.stdout.write(
    `the bot takes ${(median(times(false)) / median(times(true))).toFixed(1)} times the notifier\n`,
  );
}

function firstReply({ messages }: Journal, name: string): number[] {
  const parent = messages.find(
    ({ channel, threadTs, versions }) =>
      channel !== "CNOTIFIER" && !threadTs && versions[0]?.shown.includes(name),
  );
  const reply = messages.find(({ threadTs }) => parent !== undefined && threadTs === parent.ts);
  const [at, after] = [parent?.versions[0]?.at, reply?.versions[0]?.at];
  return at === undefined || after === undefined ? [] : [after - at];
}

async function storm({ sender, slack }: World, notifier: Notifier): Promise<void> {
  const names = Array.from(
    { length: STORM },
    (_, index) => `storm-${String(index).padStart(3, "0")}`,
  );
  const begunAt = Date.now();
  const sent = names.map((name) => sender.send({ name, state: "firing", alerts: 10 }));
  await Promise.all([...sent, ...names.map((name) => notifier.alert(name))]);
  const criticalAt = Date.now();
  await sender.send({ name: "storm-critical", state: "firing", severity: "critical" });
  await sleep(15_000);
  const journal = await slack.journal();
  const seconds = (at: number, from: number): string => ((at - from) / 1_000).toFixed(1);
  for (const [who, isNotifier] of [
    ["Alertmanager's notifier", true],
    ["the bot", false],
  ] as const) {
    const times = names.flatMap((name) => namedAt(journal, name, isNotifier) ?? []);
    const last = Math.max(...times);
    process.stdout.write(
      `${STORM} groups at once: ${who} named ${times.length} of them, the last after ${seconds(last, begunAt)} s\n`,
    );
  }
  const critical = namedAt(journal, "storm-critical", false);
  const when = critical === undefined ? "not" : `after ${seconds(critical, criticalAt)} s`;
  process.stdout.write(`a new critical alert during it was named ${when}\n`);
}
