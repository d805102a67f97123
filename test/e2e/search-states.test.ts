/** What a search answers in Slack: sure, not sure, nothing; and what is no question to look up. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { SlackMessage } from "../../src/sandbox/slack/as-seen.ts";
import { eventually } from "../support/eventually.ts";
import { forSuite, type SandboxBot } from "../support/sandbox-bot.ts";

describe("what a search answers", () => {
  let sandbox: SandboxBot;
  forSuite((started) => {
    sandbox = started;
  });

  async function ask(question: string): Promise<SlackMessage> {
    const { slack } = sandbox;
    const seen = slack.ephemerals("alice").length;
    const text = `/streamline search ${question}`;
    await slack.slashCommand({ user: "alice", channel: "incidents", text });
    return eventually(`an answer to ${question}`, () => {
      const answers = slack.ephemerals("alice");
      return answers.length > seen && answers.at(-1);
    });
  }

  function openButtons({ blocks }: SlackMessage): string[] {
    return JSON.stringify(blocks).match(/show_section:guess\d/g) ?? [];
  }

  test("a question that is answered leads to its section, also with a typing error", async () => {
    for (const question of ["disk is full", "disk iz fulll"]) {
      assert.match((await ask(question)).text, /› Disk full\n/);
    }
  });

  test("a pasted error is answered by its own row of a table of sixty", async () => {
    const { blocks } = await ask("kafka: client has run out of available brokers to talk to");
    const shown = JSON.stringify(blocks);
    const [own, other] = [
      shown.indexOf("client has run out of available"),
      shown.indexOf("Topic orders not"),
    ];
    assert.ok(own >= 0 && (other === -1 || own < other), shown.slice(0, 500));
  });

  test("one that is not sure offers three sections, and a click opens one", async () => {
    const guesses = await ask("consumers in checkout are stuck");
    assert.match(guesses.text, /^Not sure/);
    assert.doesNotMatch(guesses.text, /checksum/i, "a name is never mended");
    assert.equal((guesses.text.match(/^• /gm) ?? []).length, 3);
    const [actionId] = openButtons(guesses);
    assert.ok(actionId !== undefined, JSON.stringify(guesses.blocks));
    const at = { user: "alice", channel: "incidents", ts: guesses.ts, actionId };
    const seen = sandbox.slack.ephemerals("alice").length;
    await sandbox.slack.clickButton(at);
    const opened = await eventually("the section", () => {
      const answers = sandbox.slack.ephemerals("alice");
      const same = answers.find(({ ts }) => ts === guesses.ts);
      return (
        (answers.length > seen && answers.at(-1)) ||
        (same !== undefined && same.text !== guesses.text && same)
      );
    });
    assert.match(opened.text, / › /);
  });

  test("nothing covers another product or a recipe, and that is said", async () => {
    for (const question of ["redis is slow", "cart checkout latency", "recipe for apple pie"]) {
      assert.match((await ask(question)).text, /^Nothing in the runbooks covers this/);
    }
  });

  test("thanks are no question, and another language is named", async () => {
    assert.doesNotMatch((await ask("thanks!")).text, /runbooks|›|Not sure/);
    const german = "warum ist die Festplatte voll und was kann ich tun";
    assert.match((await ask(german)).text, /German/);
  });

  test("two questions in one message are both answered", async () => {
    const { text } = await ask("how do I delete a topic? and how do I take a backup?");
    assert.match(text, /› Delete a topic\n/);
    assert.match(text, /› Take a backup/);
  });
});
