/** Slackbot as a client: signed requests, the rights of whoever asks it, Block Kit that it shows. */

import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";
import { type TestContext, test } from "node:test";
import { eventually } from "../../support/eventually.ts";
import { type SandboxBot, startSandboxBot } from "../../support/sandbox-bot.ts";
import { sendWebhook, webhook } from "../../support/webhooks.ts";

const TOKEN = "a-token-for-agents-of-a-test";

interface Rpc {
  readonly result?: {
    readonly tools?: readonly { readonly name: string; readonly _meta?: unknown }[];
    readonly isError?: boolean;
    readonly content?: readonly { readonly text: string }[];
    readonly structuredContent?: Readonly<Record<string, unknown>>;
    readonly _meta?: { readonly slack?: { readonly blocks?: readonly Block[] } };
  };
}

interface Block {
  readonly type: string;
}

interface Signing {
  readonly secret?: string;
  readonly at?: number;
  /** Sent in place of the body that was signed. */
  readonly body?: string;
}

async function startWithSlackbot(t: TestContext): Promise<SandboxBot> {
  return startSandboxBot(t, (config) => ({
    ...config,
    mcpAuth: [{ kind: "bearer", token: TOKEN }],
    slack: {
      ...config.slack,
      mode: "http",
      signingSecret: secretOf(config.slack),
      answersSlackbot: true,
    },
  }));
}

function secretOf(slack: object): string {
  return "signingSecret" in slack && typeof slack.signingSecret === "string"
    ? slack.signingSecret
    : "";
}

/** As Slack sends it: signed over the time and the raw body (docs.slack.dev, "Verifying requests"). */
function send({ bot, slack }: SandboxBot, message: object, signing: Signing = {}) {
  const { secret = slack.signingSecret, at = Date.now() } = signing;
  const signed = JSON.stringify({ jsonrpc: "2.0", id: randomUUID(), ...message });
  const time = String(Math.floor(at / 1_000));
  const signature = createHmac("sha256", secret).update(`v0:${time}:${signed}`).digest("hex");
  return fetch(`${bot.url}/mcp`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "x-slack-request-timestamp": time,
      "x-slack-signature": `v0=${signature}`,
    },
    body: signing.body ?? signed,
  });
}

/** The answer, whether it came as JSON or as an event. */
async function rpc(response: Response): Promise<Rpc> {
  const text = await response.text();
  assert.equal(response.status, 200, text);
  const data = /^data: (.*)$/m.exec(text)?.[1];
  return JSON.parse(data ?? text) as Rpc;
}

async function call(
  sandbox: SandboxBot,
  user: string,
  name: string,
  args: object = {},
  team?: string,
) {
  const { slack } = sandbox;
  const identity = { user_id: slack.person(user).id, team_id: team ?? slack.workspace.team.id };
  const params = { name, arguments: args, _meta: { slack: identity } };
  const { result } = await rpc(await send(sandbox, { method: "tools/call", params }));
  return {
    isError: result?.isError === true,
    text: result?.content?.[0]?.text ?? "",
    output: result?.structuredContent ?? {},
    blocks: result?._meta?.slack?.blocks ?? [],
  };
}

test("a signed request is answered with the rights of whoever asks, in words and in blocks", async (t) => {
  const sandbox = await startWithSlackbot(t);
  const { slack } = sandbox;
  const { result } = await rpc(await send(sandbox, { method: "tools/list" }));
  assert.equal(result?.tools?.length, 9);
  for (const { name, _meta } of result?.tools ?? []) {
    assert.deepEqual(_meta, { slack: { supportsBlockKit: true } }, name);
  }

  const found = await call(sandbox, "alice", "search_runbooks", { question: "consumer lag" });
  assert.equal(found.output["certainty"], "answer", found.text);
  assert.ok(found.blocks.length > 0);
  // A button calls a tool: what it carries is what the tool takes.
  const shown = JSON.stringify(found.blocks);
  const ids = [...shown.matchAll(/"action_id":"([^"]*)"/g)].map(([, id = ""]) => id);
  assert.ok(ids.length > 0, shown);
  assert.deepEqual(new Set(ids), new Set(["tool:get_section"]));
  const [, value = ""] = /"value":("(?:\\.|[^"])*")/.exec(shown) ?? [];
  const section = await call(sandbox, "alice", "get_section", JSON.parse(JSON.parse(value)));
  assert.ok(!section.isError, section.text);
  assert.ok(section.blocks.length > 0, "it takes the place of the list before");

  // An incident of a private channel: its members see it here as they do in Slack.
  await sendWebhook(
    sandbox,
    webhook("disk", [{ labels: { alertname: "DiskFull", severity: "critical" } }]),
  );
  slack.membership.setMembers(slack.channelId("incidents"), [slack.person("alice").id]);
  await eventually("alice sees it", async () =>
    (await call(sandbox, "alice", "list_incidents")).text.includes("DiskFull"),
  );
  const outside = await call(sandbox, "bob", "list_incidents");
  assert.deepEqual(outside.output["incidents"], []);
  const asked = await call(sandbox, "bob", "get_incident", { incident: "DiskFull" });
  assert.doesNotMatch(JSON.stringify(asked), /severity=critical/);
});

test("a guest, who does not say who asks, and who asks from elsewhere are told nothing", async (t) => {
  const sandbox = await startWithSlackbot(t);
  const { slack } = sandbox;
  slack.membership.setKind(slack.person("bob").id, "guest");
  const guest = await call(sandbox, "bob", "get_section", { id: "x" });
  assert.equal(guest.isError, true);
  assert.match(guest.text, /guest/);
  const elsewhere = await call(sandbox, "alice", "health", {}, "T0ELSEWHERE");
  assert.equal(elsewhere.isError, true);
  assert.match(elsewhere.text, /another workspace/);
  const nobody = { name: "health", arguments: {} };
  const { result } = await rpc(await send(sandbox, { method: "tools/call", params: nobody }));
  assert.equal(result?.isError, true);
  assert.match(result?.content?.[0]?.text ?? "", /did not say who asks/);
});

test("what Slack did not sign, signed long ago or has sent before is refused, and no JSON is said to be none", async (t) => {
  const sandbox = await startWithSlackbot(t);
  const message = { id: "once", method: "tools/list" };
  const status = async (signing: Signing): Promise<number> =>
    (await send(sandbox, message, signing)).status;
  assert.equal(await status({ secret: "another" }), 401);
  assert.equal(await status({ at: Date.now() - 6 * 60_000 }), 401);
  assert.equal(await status({ at: Date.now() + 6 * 60_000 }), 401);
  assert.equal(
    await status({ body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" }) }),
    401,
  );
  const at = Date.now();
  assert.equal(await status({ at }), 200);
  assert.equal(await status({ at }), 401, "a copy");

  const withToken = (body: string) =>
    fetch(`${sandbox.bot.url}/mcp`, {
      method: "POST",
      headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
      body,
    });
  const broken = await withToken("{");
  assert.equal(broken.status, 400);
  assert.match(await broken.text(), /-32700/);
});

test("a bot that Slackbot may not ask takes no signature in place of the token", async (t) => {
  const sandbox = await startSandboxBot(t, (config) => ({
    ...config,
    mcpAuth: [{ kind: "bearer", token: TOKEN }],
  }));
  assert.equal((await send(sandbox, { method: "tools/list" })).status, 401);
});
