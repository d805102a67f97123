// needs: prometheus-alertmanager
// takes: 80 s, waiting
/**
 * A real pair of Alertmanagers, and one without an API: whatever happens to them, what they hold is
 * what the bot shows.
 */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { AlertSource } from "../../src/alerts/source.ts";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/programs.ts";
import {
  ASKED,
  amtool,
  type ConfigOptions,
  configOf,
  heldBy,
  LAG,
  lagging,
  setAlerts,
  silence,
} from "../support/real-pair.ts";
import { type RealSource, startRealSource } from "../support/real-source.ts";
import { type SandboxBot, startSandboxBot } from "../support/sandbox-bot.ts";

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
    await setAlerts(pair, lagging(150));
    await shown("150 alerts of one group", "ConsumerLag", "150 alerts firing");
  });

  await t.test(
    "a reload reports a part of the group, and none of it is called resolved",
    async () => {
      await a.reload(config());
      await b.reload(config());
      await setAlerts(pair, lagging(151));
      await shown("reload, and one alert more", "ConsumerLag", "151 alerts firing");
      assert.equal(messageWith(sandbox, "RESOLVED"), undefined);
    },
  );

  await t.test("alerts that are silenced elsewhere are shown as that, with by whom", async () => {
    const id = await silence(a, "alertname", "ConsumerLag");
    await shown("silenced with amtool", "SILENCED", "ConsumerLag", "alice", "planned work");
    await amtool(b, "expire", id);
    await eventually("the silence is over", () =>
      messageWith(sandbox, "🟠 WARNING ConsumerLag", "151 alerts firing"),
    );
  });

  await t.test("what ends while it is silenced is over", async () => {
    const id = await silence(b, "group", "g0");
    await eventually("one is silenced", () => messageWith(sandbox, "1 alert of them silenced"));
    await setAlerts(pair, lagging(1), true);
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
    await setAlerts(pair, lagging(1));
    await shown("one member cut off, and one alert more", "ConsumerLag", "151 alerts firing");
    await setAlerts(pair, lagging(1), true);
    await shown("one member cut off, and one alert less", "ConsumerLag", "150 alerts firing");
    a.cut(false);
    await eventually("/readyz is quiet", async () => (await warnings()).length === 0);
  });

  await t.test("a cut to one member, and to both, changes nothing and is reported", async () => {
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
      await setAlerts(pair, lagging(2));
      await shown("Prometheus repeats them", "🟠 WARNING ConsumerLag", "alerts firing");
    },
  );
  await t.test("what max_alerts leaves out is not over with what is named", async () => {
    for (const each of pair) await each.reload(config({ maxAlerts: 2 }));
    const cut = ["0", "1", "2"].map((partition) => ({ alertname: "CutShort", partition }));
    await setAlerts(pair, cut);
    await shown("3 alerts, of which max_alerts names 2", "CutShort", "1 alert left out");
    await setAlerts(pair, cut.slice(0, 2), true);
    await shown("the named ones ended", "FIRING CutShort", "1 alert firing", "partition=2");
    assert.equal(messageWith(sandbox, "RESOLVED CutShort"), undefined);
    await setAlerts(pair, cut.slice(2), true);
    await shown("so did the other", "RESOLVED CutShort");
  });
  for (const row of ["situation | Alertmanager holds | the bot shows | after", ...rows]) {
    t.diagnostic(row);
  }
});

test("of a source without an API nobody knows what max_alerts left out, and the words say so", async (t) => {
  const token = "the-token-of-this-sandbox";
  const bot = await freePort();
  const url = `http://127.0.0.1:${bot}/webhook/alertmanager/quiet`;
  const source = await startRealSource(t, { config: configOf({ url, token, maxAlerts: 2 }) });
  const quiet = { name: "quiet", members: [], arePeers: true, headers: {}, targets: [], ...ASKED };
  const sandbox = await startSandboxBot(t, (given) => ({
    ...given,
    listen: { host: "127.0.0.1", port: bot },
    sources: [{ ...quiet, webhookAuth: [{ kind: "bearer", token }] }],
  }));
  const shows = (...words: readonly string[]) =>
    eventually(words.join(", "), () => messageWith(sandbox, ...words));
  const cut = ["0", "1", "2"].map((partition) => ({ alertname: "CutShort", partition }));
  await setAlerts([source], cut);
  await shows("FIRING CutShort", "2 alerts firing", "1 alert left out");
  await setAlerts([source], cut.slice(0, 2), true);
  await shows("FIRING CutShort", "all named alerts are over", "does not say whether the 1 alert");
  await setAlerts([source], cut.slice(2), true);
  await shows("RESOLVED CutShort");
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
  await setAlerts([source], lagging(2));
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
