/** What people type, answered by the real bot about a server in every state. */

import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import type { Config } from "../../src/config/config.ts";
import { eventually } from "../support/eventually.ts";
import { forSuite, type SandboxBot, saysWell, startSandboxBot } from "../support/sandbox-bot.ts";

/** Runs a command as alice and returns the text of what she alone sees. */
async function ask(sandbox: SandboxBot, text: string): Promise<string> {
  const before = sandbox.slack.ephemerals("alice").length;
  await sandbox.slack.slashCommand({ user: "alice", channel: "incidents", text });
  const answer = await eventually(`an answer to ${text}`, () => {
    const answers = sandbox.slack.ephemerals("alice");
    return answers.length > before && answers.at(-1);
  });
  return answer.text;
}

describe("about a server that is well", () => {
  let sandbox: SandboxBot;
  forSuite((started) => {
    sandbox = started;
  });

  test("help, search, runbook, health and metrics answer", async () => {
    assert.match(await ask(sandbox, "/streamline help"), /What you can ask/);
    assert.match(await ask(sandbox, "/streamline"), /What you can ask/);
    assert.match(await ask(sandbox, "/streamline search disk is full"), /space|disk/i);
    assert.match(await ask(sandbox, "/streamline runbook ReplicationLag"), /^Runbook/);
    assert.match(await ask(sandbox, "/streamline runbook replicationlag"), /^Runbook/);
    assert.match(await ask(sandbox, "/streamline health"), saysWell());
    assert.match(
      await ask(sandbox, '/streamline metrics bytes_in{topic="orders"}'),
      /streamline_bytes_in_total/,
    );
  });

  test("what was mistyped gets the right subcommand, and a button that runs it", async () => {
    assert.match(await ask(sandbox, "/streamline helth"), /Did you mean `\/streamline health`/);
    const asked = sandbox.slack.ephemerals("alice").at(-1);
    await sandbox.slack.clickButton({
      user: "alice",
      channel: "incidents",
      ts: asked?.ts ?? "",
      actionId: "run_command",
    });
    const answer = await eventually("the health", () => {
      const last = sandbox.slack.ephemerals("alice").at(-1);
      return saysWell().test(last?.text ?? "") && last;
    });
    assert.match(answer.text, /Kafka port/);
  });

  test("nothing relevant is shown as nothing", async () => {
    assert.match(
      await ask(sandbox, "/streamline search recipe for apple pie"),
      /Nothing in the runbooks covers this/,
    );
  });

  test("a mention in a channel and a direct message search, too", async () => {
    const asked = await sandbox.slack.sendMessage({
      user: "bob",
      channel: "incidents",
      text: "@streamline what is WAL backpressure?",
    });
    const reply = await eventually("the reply in the thread", () =>
      sandbox.slack.replies("incidents", asked.ts).at(1),
    );
    assert.match(reply.text, /WAL backpressure/);

    const direct = sandbox.slack.users["bob"]?.directMessage ?? "";
    const { ts } = await sandbox.slack.sendMessage({
      user: "bob",
      channel: direct,
      text: "runbook StreamlineDown",
    });
    const answer = await eventually("the answer in the direct message", () =>
      sandbox.slack.replies(direct, ts).find(({ text }) => text.startsWith("Runbook")),
    );
    assert.match(answer.text, /Mitigation/);
  });

  test("the bot asks a target nothing but GET", async () => {
    await ask(sandbox, "/streamline health");
    await ask(sandbox, "/streamline metrics *");
    assert.deepEqual([...sandbox.streamline.requests.byMethod.keys()], ["GET"]);
  });

  test("a huge question and an empty one are answered", async () => {
    assert.match(
      await ask(sandbox, `/streamline search ${"wal backpressure ".repeat(2_000)}`),
      /./,
    );
    assert.match(await ask(sandbox, "/streamline runbook"), /Something is missing/);
  });
});

/** So that the limit is met before the time is up, on a slow machine, too. */
function withSmallBodies(config: Config): Config {
  const targets = config.targets.map((target) => ({ ...target, maxBodyBytes: 1024 ** 2 }));
  return { ...config, targets };
}

const STATES: readonly { fault: string; health: RegExp; metrics: RegExp }[] = [
  { fault: "server-down", health: /neither|down|refus/i, metrics: /refus/i },
  { fault: "http-down", health: /Kafka answers, HTTP does not/i, metrics: /refus/i },
  { fault: "http-hanging", health: /within|no answer|time/i, metrics: /within|no answer|time/i },
  {
    fault: "http-garbage",
    health: /not|garbage|JSON|Streamline/i,
    metrics: /cannot be read|No series/i,
  },
  {
    fault: "foreign-service",
    health: /something else|not Streamline|foreign/i,
    metrics: /cannot be read|No series/i,
  },
  {
    fault: "metrics-flood",
    health: /larger than|more than|MiB/i,
    metrics: /larger than|more than|MiB/i,
  },
  { fault: "data-directory-gone", health: /data director/i, metrics: /streamline_/ },
];

for (const { fault, health, metrics } of STATES) {
  test(`a server with ${fault} gets an answer that says exactly that`, async (t) => {
    const sandbox = await startSandboxBot(t, withSmallBodies);
    await sandbox.streamline.faults.set(fault);
    assert.match(await ask(sandbox, "/streamline health"), health);
    assert.match(await ask(sandbox, "/streamline metrics streamline_requests"), metrics);
  });
}

async function startWithTwoTargets(t: TestContext): Promise<SandboxBot> {
  return startSandboxBot(t, (config) => {
    const [first] = config.targets;
    assert.ok(first !== undefined);
    return { ...config, targets: [first, { ...first, name: "staging", labels: {} }] };
  });
}

test("with several targets and none named the bot asks, and an unknown one is told the names", async (t) => {
  const sandbox = await startWithTwoTargets(t);
  assert.match(await ask(sandbox, "/streamline health"), /Which target\?.*sandbox.*staging/);
  assert.match(await ask(sandbox, "/streamline health staging"), saysWell("staging"));
  assert.match(await ask(sandbox, "/streamline health nowhere"), /There is no target `nowhere`/);
});

test("permissions.ask keeps others from asking the servers, but not from searching", async (t) => {
  const sandbox = await startSandboxBot(t, (config) => ({
    ...config,
    permissions: { ...config.permissions, ask: { users: ["U0NOBODY"], channels: [] } },
  }));
  assert.match(await ask(sandbox, "/streamline health"), /does not let you ask the servers/);
  assert.match(await ask(sandbox, "/streamline search StreamlineDown"), /Meaning|scrape/);
});
