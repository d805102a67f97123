/**
 * A part of `npm run pair`: the bot as a process of its own, from which webhooks or the API of a real
 * pair are cut off, that is killed in a storm, as the pair is, and whose clock is ten minutes off.
 */

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/programs.ts";
import {
  ASKED,
  amtool,
  configOf,
  heldBy,
  LAG,
  type Labels,
  lagging,
  setAlerts,
  silence,
} from "../support/real-pair.ts";
import { createDoor, type RealSource, startRealSource } from "../support/real-source.ts";

const SHIFTED_CLOCK = fileURLToPath(new URL("../chaos/shifted-clock.ts", import.meta.url));

/** The bot over a store that outlives it. */
interface KilledBot {
  start(options?: { readonly shiftMs?: number }): Promise<void>;
  kill(): Promise<void>;
}

function botOf(t: TestContext, sandbox: Sandbox, config: object): KilledBot {
  const folder = mkdtempSync(join(tmpdir(), "bot-pair-"));
  const [file, shift] = [join(folder, "bot.json"), join(folder, "shift")];
  writeFileSync(file, JSON.stringify({ ...config, store: join(folder, "bot.db") }));
  let child: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  t.after(async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    kill,
    async start({ shiftMs = 0 } = {}) {
      writeFileSync(shift, String(shiftMs));
      child = spawn(
        process.execPath,
        ["--import", SHIFTED_CLOCK, "src/main.ts", "--config", file],
        {
          env: {
            PATH: process.env["PATH"],
            SLACK_BOT_TOKEN: sandbox.slack.botToken,
            SLACK_SIGNING_SECRET: sandbox.slack.signingSecret,
            SLACK_API_URL: sandbox.slack.apiUrl,
            WEBHOOK_TOKEN: sandbox.webhookToken,
            CHAOS_CLOCK_SHIFT: shift,
          },
          stdio: ["ignore", "pipe", "inherit"],
        },
      );
      if (child.stdout === null) throw new Error("the bot has no output");
      for await (const line of createInterface({ input: child.stdout })) {
        if ((JSON.parse(line) as { msg: string }).msg !== "the bot is ready") continue;
        child.stdout.resume();
        return;
      }
      throw new Error("the bot ended before it was ready");
    },
  };
}

interface World {
  readonly sandbox: Sandbox;
  readonly bot: KilledBot;
  readonly pair: readonly [RealSource, RealSource];
  /** The way from the pair to the bot's webhook. */
  readonly webhooks: { cut(isCut: boolean): void };
}

async function setUp(t: TestContext): Promise<World> {
  const sandbox = await startSandbox({ port: 0 });
  t.after(() => sandbox.stop());
  const [first, second, port] = await Promise.all([freePort(), freePort(), freePort()]);
  const webhooks = await createDoor(port);
  t.after(() => webhooks.close());
  const url = `${webhooks.url}/webhook/alertmanager/prod`;
  const config = configOf({ url, token: sandbox.webhookToken });
  const a = await startRealSource(t, { config, clusterPort: first });
  const b = await startRealSource(t, { config, clusterPort: second, peer: first });
  const bot = botOf(t, sandbox, {
    listen: `127.0.0.1:${port}`,
    slack: { mode: "http" },
    routes: sandbox.config.routes,
    sources: [{ name: "prod", members: [a.api, b.api], every: `${ASKED.everyMs}ms` }],
    targets: [
      { name: "nobody", http: "http://127.0.0.1:9", kafka: "127.0.0.1:9", labels: { a: "b" } },
    ],
  });
  await bot.start();
  return { sandbox, bot, pair: [a, b], webhooks };
}

const STORM = 60;
const storm = (from = 0): Labels[] =>
  Array.from({ length: STORM - from }, (_, n) => ({
    alertname: `Storm${String(n + from).padStart(2, "0")}`,
    severity: "warning",
  }));
const TEN_MINUTES = 600_000;

test("what a real pair holds is what is shown, whatever is killed, cut off or late", async (t) => {
  const { sandbox, bot, pair, webhooks } = await setUp(t);
  const [a, b] = pair;
  const rows: string[] = [];
  const texts = (): string[] => sandbox.slack.messages("incidents").map(({ text }) => text);
  const shown = async (situation: string, says: string, is: () => boolean): Promise<void> => {
    const began = Date.now();
    await eventually(situation, is);
    const seconds = ((Date.now() - began) / 1_000).toFixed(1);
    rows.push(`${situation} | ${await heldBy(pair)} | ${says} | ${seconds} s`);
  };
  /** The newest message of an alert's name begins with these words, and holds the others. */
  const shows = (situation: string, name: string, ...words: readonly string[]): Promise<void> =>
    shown(situation, `${name}: ${words.join(", ")}`, () => {
      const message = texts().findLast((text) => text.split("\n")[0]?.includes(name));
      return message !== undefined && words.every((word) => message.includes(word));
    });
  const cutApi = (isCut: boolean): void => {
    for (const each of pair) each.cut(isCut);
  };

  await t.test("kill -9 of the bot in a storm: each alert is named, and none twice", async () => {
    await setAlerts(pair, lagging(2));
    await shows("two alerts of one group", "ConsumerLag", "2 alerts firing");
    await setAlerts(pair, storm());
    await eventually("the storm began", () => texts().some((text) => text.includes("Storm")));
    await bot.kill();
    await bot.start();
    await shown("the bot killed in a storm of 60 groups", "60 named", () =>
      storm().every(({ alertname = "" }) => texts().some((text) => text.includes(alertname))),
    );
    const named = texts()
      .filter((text) => /^\S+ \w+ Storm/.test(text))
      .map((text) => text.split("\n")[0]);
    assert.equal(new Set(named).size, named.length);
    // One that ends before its group is first sent is reported to nobody.
    await bot.kill();
    await setAlerts(pair, storm(STORM - 1), true);
    await bot.start();
    const last = `Storm${STORM - 1}`;
    // With groups that came at once it stands in the message that names them all.
    await shown("what ended while the bot was dead", `${last}: RESOLVED`, () => {
      const lines = texts().flatMap((text) => text.split("\n"));
      const named = lines.filter((line) => /^\S+ .*[A-Z]{4}/.test(line) && line.includes(last));
      return named.length > 0 && named.every((line) => line.includes("RESOLVED"));
    });
  });

  await t.test("kill -9 of both Alertmanagers in a storm ends nothing", async () => {
    const before = texts().filter((text) => text.includes("RESOLVED")).length;
    await Promise.all(pair.map((each) => each.kill()));
    await Promise.all(pair.map((each) => each.start()));
    await setAlerts(pair, [...lagging(3), ...storm().slice(0, -1)]);
    await shows("both Alertmanagers killed and started again", "ConsumerLag", "3 alerts firing");
    assert.equal(texts().filter((text) => text.includes("RESOLVED")).length, before);
  });

  await t.test(
    "webhooks are lost: what fires is shown, in a known group and in a new one",
    async () => {
      webhooks.cut(true);
      await setAlerts(pair, [...lagging(4), { alertname: "KafkaDown", severity: "critical" }]);
      await shows("webhooks lost, one alert more", "ConsumerLag", "4 alerts firing");
      await shows("webhooks lost, a new group", "KafkaDown", "🔴 CRITICAL", "1 alert firing");
      await setAlerts(pair, [{ alertname: "KafkaDown", severity: "critical" }], true);
      await shows("webhooks lost, and it ended", "KafkaDown", "RESOLVED");
      webhooks.cut(false);
      await setAlerts(pair, lagging(5));
      await shows("webhooks come again", "ConsumerLag", "5 alerts firing");
    },
  );

  await t.test("the API is away: webhooks go on", async () => {
    cutApi(true);
    await setAlerts(pair, lagging(6));
    await shows("API away, one alert more", "ConsumerLag", "6 alerts firing");
    await setAlerts(pair, [{ ...LAG, group: "g5" }], true);
    await shows("API away, one alert less", "ConsumerLag", "5 alerts firing");
    cutApi(false);
  });

  await t.test("both are away: nothing is called over, and afterwards all is true", async () => {
    webhooks.cut(true);
    cutApi(true);
    await setAlerts(pair, [{ alertname: "DiskFull", severity: "critical" }]);
    await setAlerts(pair, [{ ...LAG, group: "g4" }], true);
    assert.ok(
      texts().some((text) => text.includes("ConsumerLag") && text.includes("5 alerts firing")),
    );
    cutApi(false);
    await shows("both were away, the API answers again", "DiskFull", "🔴 CRITICAL");
    await shows("and what ended meanwhile", "ConsumerLag", "4 alerts firing");
    webhooks.cut(false);
  });

  for (const shiftMs of [TEN_MINUTES, -TEN_MINUTES]) {
    const by = `the bot's clock ${shiftMs / 60_000} min off`;
    const name = shiftMs > 0 ? "ClockAhead" : "ClockBehind";
    const alert = { alertname: name, severity: "critical" };
    await t.test(by, async () => {
      await bot.kill();
      await bot.start({ shiftMs });
      await setAlerts(pair, [alert]);
      await shows(`${by}, it fires`, name, "🔴 CRITICAL");
      const id = await silence(a, "alertname", name);
      await shows(`${by}, silenced with amtool`, name, "SILENCED", "alice");
      await amtool(b, "expire", id);
      await shows(`${by}, the silence is over`, name, "🔴 CRITICAL");
      await setAlerts(pair, [alert], true);
      await shows(`${by}, it ended`, name, "RESOLVED");
      await setAlerts(pair, [alert]);
      await shows(`${by}, it fires again`, name, "🔴 CRITICAL");
      await Promise.all(pair.map((each) => each.restart()));
      await setAlerts(pair, [...lagging(4)]);
      await shows(`${by}, forgotten by a restart without data`, name, "RESOLVED");
    });
  }
  for (const row of ["situation | Alertmanager holds | the bot shows | after", ...rows]) {
    t.diagnostic(row);
  }
});
