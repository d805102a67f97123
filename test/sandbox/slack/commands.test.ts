import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import type { LocalSlack } from "../../../src/sandbox/slack/local-slack.ts";
import { startSlack } from "./echo-bot.ts";
import { type RawBot, startRawBot } from "./raw-bot.ts";

/** A clock that stands still until it is moved. */
function clockAt(start: string) {
  let now = new Date(start).getTime();
  return {
    read: () => new Date(now),
    advance(ms: number) {
      now += ms;
    },
  };
}

describe("a slash command", () => {
  let slack: LocalSlack;
  let bot: RawBot;
  const clock = clockAt("2026-11-23T10:00:00Z");

  afterEach(async () => {
    await slack.close();
    await bot.stop();
  });

  /** A bot that answers has all the time that a busy machine takes; only of silence the limit is met. */
  async function start(
    answer: Parameters<typeof startRawBot>[0],
    ackWithinMs = 30_000,
  ): Promise<void> {
    bot = await startRawBot(answer);
    slack = await startSlack({ botRequestUrl: bot.url, ackWithinMs, clock: clock.read });
  }

  const run = () =>
    slack.slashCommand({ user: "alice", channel: "incidents", text: "/streamline x" });
  const respond = async (body: object) => {
    const url = String(bot.external.at(-1)?.body["response_url"]);
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  };
  const lastEphemeral = () => slack.ephemerals("alice").at(-1);

  test("comes as a form with everything that Slack sends", async () => {
    await start(() => ({ status: 200 }));
    await run();
    const { trigger_id, response_url, user_id, ...rest } = bot.external[0]?.body ?? {};
    assert.match(String(trigger_id), /^\d+\./);
    assert.match(String(response_url), /^http:\/\/127\.0\.0\.1:\d+\/respond\//);
    assert.equal(user_id, slack.person("alice").id);
    assert.deepEqual(rest, {
      token: "sandbox-verification-token",
      team_id: "T000000001",
      team_domain: "streamline-sandbox",
      channel_id: slack.channels["incidents"],
      channel_name: "incidents",
      user_name: "alice",
      command: "/streamline",
      text: "x",
      api_app_id: "A0STREAMLINE",
      is_enterprise_install: "false",
    });
  });

  const FAILURES = [
    ["does not answer in time", "silence", "operation_timeout"],
    ["answers an error", { status: 500 }, "http_service_error"],
  ] as const;
  for (const [what, answer, error] of FAILURES) {
    test(`whose bot ${what} gives the person Slack's own words`, async () => {
      await start(() => answer, answer === "silence" ? 50 : undefined);
      await run();
      assert.equal(lastEphemeral()?.text, `/streamline failed with the error "${error}"`);
      assert.equal(lastEphemeral()?.user, "USLACKBOT");
    });
  }

  test("whose bot is not there gives the person Slack's own words", async () => {
    await start(() => ({ status: 200 }));
    slack.connectBot("http://127.0.0.1:9/slack/events");
    await run();
    assert.equal(lastEphemeral()?.text, '/streamline failed with the error "dispatch_failed"');
  });

  test("can be answered for all to see", async () => {
    await start(() => ({ status: 200 }));
    await run();
    assert.deepEqual(await respond({ response_type: "in_channel", text: "for all" }), {
      status: 200,
      text: "ok",
    });
    assert.equal(slack.messages("incidents").at(-1)?.text, "for all");
    assert.equal(slack.messages("incidents").at(-1)?.user, slack.workspace.bot.userId);
  });

  test("can be answered five times, and no more", async () => {
    await start(() => ({ status: 200 }));
    await run();
    for (let use = 1; use <= 5; use += 1) {
      assert.equal((await respond({ text: `use ${use}` })).status, 200);
    }
    assert.deepEqual(await respond({ text: "use 6" }), {
      status: 404,
      text: '{"ok":false,"error":"used_url"}',
    });
    assert.equal(slack.ephemerals("alice").length, 5);
  });

  test("can be answered for thirty minutes, and no longer", async () => {
    await start(() => ({ status: 200 }));
    await run();
    clock.advance(30 * 60_000);
    assert.equal((await respond({ text: "just in time" })).status, 200);
    clock.advance(1);
    assert.deepEqual(await respond({ text: "too late" }), {
      status: 404,
      text: '{"ok":false,"error":"expired_url"}',
    });
  });

  test("cannot be answered with blocks that Slack refuses", async () => {
    await start(() => ({ status: 200 }));
    await run();
    const answer = await respond({ blocks: [{ type: "hologram" }] });
    assert.deepEqual(answer, { status: 400, text: '{"ok":false,"error":"invalid_blocks"}' });
  });

  test("opens a modal within three seconds, once", async () => {
    await start(() => ({ status: 200 }));
    const view = {
      type: "modal",
      title: { type: "plain_text", text: "T" },
      blocks: [{ type: "divider" }],
    };
    const open = async () => {
      const response = await fetch(`${slack.apiUrl}views.open`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${slack.botToken}`,
          "content-type": "application/json",
        },
        body: JSON.stringify({ trigger_id: bot.external.at(-1)?.body["trigger_id"], view }),
      });
      const answer = (await response.json()) as { ok: boolean; error?: string };
      return answer.error ?? "opened";
    };
    await run();
    clock.advance(3_000);
    assert.equal(await open(), "opened");
    assert.equal(await open(), "exchanged_trigger_id");
    await run();
    clock.advance(3_001);
    assert.equal(await open(), "expired_trigger_id");
  });
});
