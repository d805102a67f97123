// needs: prometheus-alertmanager
/**
 * A real pair of Alertmanagers, and one without an API: whatever happens to them, what they hold is
 * what the bot shows.
 */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { type TestContext, test } from "node:test";
import { promisify } from "node:util";
import type { AlertSource } from "../../src/alerts/source.ts";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/programs.ts";
import { type RealSource, startRealSource } from "../support/real-source.ts";
import { type SandboxBot, startSandboxBot } from "../support/sandbox-bot.ts";

const run = promisify(execFile);

type Labels = Readonly<Record<string, string>>;

/** `npm run pair -- --shipped` measures with the times of the example files. */
const IS_SHIPPED = process.env["PAIR_TIMES"] === "shipped";
const TIMES = IS_SHIPPED
  ? { group_wait: "10s", group_interval: "1m", repeat_interval: "4h" }
  : { group_wait: "1s", group_interval: "2s", repeat_interval: "1h" };
const ASKED = IS_SHIPPED
  ? { everyMs: 25_000, absentForMs: 30_000 }
  : { everyMs: 1_000, absentForMs: 2_000 };

interface ConfigOptions {
  readonly url: string;
  readonly token: string;
  readonly groupBy?: readonly string[];
  readonly isInhibiting?: boolean;
}

function configOf({ url, token, groupBy = ["alertname"], isInhibiting = false }: ConfigOptions) {
  const http_config = { authorization: { type: "Bearer", credentials: token } };
  return {
    // So that "up for longer than resolve_timeout" is soon true.
    global: { resolve_timeout: "1s" },
    route: { receiver: "bot", group_by: groupBy, ...TIMES },
    receivers: [{ name: "bot", webhook_configs: [{ url, send_resolved: true, http_config }] }],
    inhibit_rules: isInhibiting
      ? [
          {
            source_matchers: ["alertname = StreamlineDown"],
            target_matchers: ["alertname = ConsumerLag"],
          },
        ]
      : [],
  };
}

async function setAlerts(
  members: readonly RealSource[],
  alerts: readonly Labels[],
  isOver = false,
): Promise<void> {
  const endsAt = new Date(Date.now() + (isOver ? 0 : 3_600_000)).toISOString();
  const body = JSON.stringify(alerts.map((labels) => ({ labels, endsAt })));
  const headers = { "content-type": "application/json" };
  for (const { url } of members) {
    const answer = await fetch(`${url}/api/v2/alerts`, { method: "POST", headers, body });
    assert.equal(answer.status, 200);
  }
}

/** As people do it who know nothing of the bot. */
async function amtool({ url }: RealSource, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run("amtool", [`--alertmanager.url=${url}`, "silence", ...args]);
  return stdout.trim();
}

function silence(source: RealSource, name: string, value: string): Promise<string> {
  const said = ["--author=alice", "--comment=planned work", "--duration=1h"];
  return amtool(source, "add", ...said, `${name}=${value}`);
}

/** What the members hold, each alert once: "150 active, 1 suppressed". */
async function heldBy(members: readonly RealSource[]): Promise<string> {
  const states = new Map<string, string>();
  for (const { url } of members) {
    const held = (await (await fetch(`${url}/api/v2/alerts`)).json()) as {
      fingerprint: string;
      status: { state: string };
    }[];
    for (const { fingerprint, status } of held) {
      if (states.get(fingerprint) !== "active") states.set(fingerprint, status.state);
    }
  }
  const count = (state: string): number =>
    [...states.values()].filter((each) => each === state).length;
  return `${count("active")} active, ${count("suppressed")} suppressed`;
}

/** The message of the incident whose text holds all of these. */
function messageWith({ slack }: SandboxBot, ...words: readonly string[]) {
  return slack.messages("incidents").find(({ text }) => words.every((word) => text.includes(word)));
}

interface World {
  readonly sandbox: SandboxBot;
  readonly pair: readonly [RealSource, RealSource];
  readonly config: (change?: Partial<ConfigOptions>) => object;
}

async function setUp(t: TestContext): Promise<World> {
  const token = "the-token-of-this-sandbox";
  const [first, second, bot] = await Promise.all([freePort(), freePort(), freePort()]);
  const url = `http://127.0.0.1:${bot}/webhook/alertmanager/prod`;
  const config = (change: Partial<ConfigOptions> = {}) => configOf({ url, token, ...change });
  const a = await startRealSource(t, { config: config(), clusterPort: first });
  const b = await startRealSource(t, { config: config(), clusterPort: second, peer: first });
  const prod: AlertSource = {
    name: "prod",
    members: [a.api, b.api],
    arePeers: true,
    headers: {},
    targets: [],
    ...ASKED,
  };
  const sandbox = await startSandboxBot(t, (given) => ({
    ...given,
    listen: { host: "127.0.0.1", port: bot },
    sources: [{ ...prod, webhookAuth: [{ kind: "bearer", token }] }],
  }));
  return { sandbox, pair: [a, b], config };
}

const LAG = { alertname: "ConsumerLag", severity: "warning", job: "streamline" };
const groups = (n: number): Labels[] =>
  Array.from({ length: n }, (_, index) => ({ ...LAG, group: `g${index}` }));

test("what a real pair of Alertmanagers holds is what is shown", async (t) => {
  const { sandbox, pair, config } = await setUp(t);
  const [a, b] = pair;
  const rows: string[] = [];
  const warnings = async () =>
    ((await (await fetch(`${sandbox.bot.url}/readyz`)).json()) as { warnings?: string[] })
      .warnings ?? [];
  const shown = async (situation: string, ...words: readonly string[]): Promise<void> => {
    const began = Date.now();
    await eventually(situation, () => messageWith(sandbox, ...words));
    const seconds = ((Date.now() - began) / 1_000).toFixed(1);
    rows.push(`${situation} | ${await heldBy(pair)} | ${words.join(", ")} | ${seconds} s`);
  };

  await t.test("a group of 150 alerts fires, and all of it is shown", async () => {
    await setAlerts(pair, groups(150));
    await shown("150 alerts of one group", "ConsumerLag", "150 alerts firing");
  });

  await t.test(
    "a reload reports a part of the group, and none of it is called resolved",
    async () => {
      await a.reload(config());
      await b.reload(config());
      await setAlerts(pair, groups(151));
      await shown("reload, and one alert more", "ConsumerLag", "151 alerts firing");
      assert.equal(messageWith(sandbox, "RESOLVED"), undefined);
    },
  );

  await t.test("alerts that are silenced elsewhere are shown as that, with by whom", async () => {
    const id = await silence(a, "alertname", "ConsumerLag");
    await shown("silenced in its page", "SILENCED", "ConsumerLag", "alice", "planned work");
    await amtool(b, "expire", id);
    await eventually("the silence is over", () =>
      messageWith(sandbox, "🟠 WARNING ConsumerLag", "151 alerts firing"),
    );
  });

  await t.test("what ends while it is silenced is over", async () => {
    const id = await silence(b, "group", "g0");
    await eventually("one is silenced", () => messageWith(sandbox, "1 alert of them silenced"));
    await setAlerts(pair, groups(1), true);
    await shown("one ended while silenced", "ConsumerLag", "150 alerts firing");
    await amtool(a, "expire", id);
  });

  await t.test("what is inhibited is shown as that, with by what", async () => {
    for (const each of pair) await each.reload(config({ isInhibiting: true }));
    await setAlerts(pair, [{ alertname: "StreamlineDown", severity: "critical" }]);
    await shown("inhibited", "INHIBITED", "ConsumerLag", "inhibited by StreamlineDown");
    // One that ends before its group is first sent is reported to nobody.
    await eventually("the inhibiting one is shown", () =>
      messageWith(sandbox, "🔴 CRITICAL", "StreamlineDown"),
    );
    await setAlerts(pair, [{ alertname: "StreamlineDown", severity: "critical" }], true);
    await shown("no longer inhibited", "🟠 WARNING ConsumerLag", "150 alerts firing");
    await shown("the inhibiting one ended", "RESOLVED", "StreamlineDown");
  });

  await t.test("a cut to one member: the other answers, and what changes is shown", async () => {
    a.cut(true);
    await eventually("/readyz names it", async () => (await warnings()).length === 1);
    await setAlerts(pair, groups(1));
    await shown("one member cut off, and one alert more", "ConsumerLag", "151 alerts firing");
    await setAlerts(pair, groups(1), true);
    await shown("one member cut off, and one alert less", "ConsumerLag", "150 alerts firing");
    a.cut(false);
    await eventually("/readyz is quiet", async () => (await warnings()).length === 0);
  });

  await t.test("a cut to one member, and to both, changes nothing and is said", async () => {
    a.cut(true);
    b.cut(true);
    await eventually("/readyz names both", async () => (await warnings()).length === 2);
    assert.ok(messageWith(sandbox, "🟠 WARNING ConsumerLag", "150 alerts firing"));
    a.cut(false);
    b.cut(false);
    await eventually("/readyz is quiet", async () => (await warnings()).length === 0);
  });

  await t.test(
    "a change of group_by goes on in new groups, and the old one leads there",
    async () => {
      for (const each of pair) await each.reload(config({ groupBy: ["alertname", "job"] }));
      await shown("group_by changed", "ConsumerLag", "MOVED");
      const open = sandbox.slack
        .messages("incidents")
        .filter(({ text }) => text.includes("🟠 WARNING"));
      assert.equal(open.length, 1);
    },
  );

  await t.test(
    "a restart without data forgets what nobody repeats, and so does the bot",
    async () => {
      for (const each of pair) await each.restart();
      await shown("both restarted without data", "RESOLVED", "ConsumerLag");
      await setAlerts(pair, groups(2));
      await shown("Prometheus repeats them", "🟠 WARNING ConsumerLag", "alerts firing");
    },
  );
  for (const row of ["situation | Alertmanager holds | the bot shows | after", ...rows]) {
    t.diagnostic(row);
  }
});

test("of a source without an API the words say what is known", async (t) => {
  const token = "the-token-of-this-sandbox";
  const bot = await freePort();
  const url = `http://127.0.0.1:${bot}/webhook/alertmanager/quiet`;
  const source = await startRealSource(t, { config: configOf({ url, token }) });
  const quiet = { name: "quiet", members: [], arePeers: true, headers: {}, targets: [], ...ASKED };
  const sandbox = await startSandboxBot(t, (given) => ({
    ...given,
    listen: { host: "127.0.0.1", port: bot },
    sources: [{ ...quiet, webhookAuth: [{ kind: "bearer", token }] }],
  }));
  const shows = (...words: readonly string[]) =>
    eventually(words.join(", "), () => messageWith(sandbox, ...words));
  await setAlerts([source], groups(2));
  await shows("ConsumerLag", "2 alerts firing");
  const id = await silence(source, "group", "g0");
  // The group changes all the time, so that each notification may be a late copy of the one before.
  const more = setInterval(
    () => void setAlerts([source], [{ ...LAG, group: `more${Date.now()}` }]),
    5_000,
  );
  t.after(() => clearInterval(more));
  await shows("1 alert not reported since");
  assert.equal(messageWith(sandbox, "RESOLVED"), undefined);
  await amtool(source, "expire", id);
  await eventually("it is named again", () => {
    const message = messageWith(sandbox, "ConsumerLag");
    return message !== undefined && !message.text.includes("not reported since");
  });
});
