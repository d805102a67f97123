/** "Find the runbook" in the menu of any message. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { eventually } from "../support/eventually.ts";
import { slackPost } from "../support/posts.ts";
import { forSuite, type SandboxBot } from "../support/sandbox-bot.ts";
import { sendWebhook, webhook } from "../support/webhooks.ts";

/** Runs the shortcut as bob, and returns what he alone sees of its answer. */
async function find({ slack }: SandboxBot, ts: string, channel = "general"): Promise<string> {
  const before = slack.ephemerals("bob").length;
  await slack.runShortcut({ user: "bob", channel, ts, callbackId: "find_runbook" });
  const answer = await eventually("the answer", () => {
    const answers = slack.ephemerals("bob");
    return answers.length > before && answers.at(-1);
  });
  assert.deepEqual(slack.replies(channel, ts).length <= 1 || channel !== "general", true);
  return answer.text;
}

async function findIn(sandbox: SandboxBot, text: string): Promise<string> {
  const { ts } = await sandbox.slack.sendMessage({ user: "alice", channel: "general", text });
  return find(sandbox, ts);
}

const TRACE = [
  "hey, what is this?",
  "```",
  "\u001B[2m2026-11-23T03:00:00.1Z\u001B[0m  INFO streamline::server: accepted 10.0.0.7:51234",
  "\u001B[2m2026-11-23T03:00:00.2Z\u001B[0m DEBUG streamline::kafka: api_key=0 correlation=12",
  "\u001B[2m2026-11-23T03:00:00.3Z\u001B[0m \u001B[31mERROR\u001B[0m streamline::produce: Failed to append batch topic=orders: WAL backpressure: 1001 pending writes exceeds limit of 1000.",
  "java.lang.RuntimeException: send failed",
  "\tat example.Producer.send(Producer.java:42)",
  "```",
].join("\n");

describe("the shortcut", () => {
  let sandbox: SandboxBot;
  forSuite((started) => {
    sandbox = started;
  });

  test("the log text that a runbook knows is found in a pasted trace, for the asker alone", async () => {
    const answer = await findIn(sandbox, TRACE);
    assert.match(answer, /^It explains the log line `.*WAL backpressure/);
    assert.match(answer, / › /, "the heading path tells where it stands");
  });

  test("words of a message lead to a section, and what nothing covers is said so", async () => {
    assert.match(
      await findIn(sandbox, "the disk is full and I do not know what to do"),
      /^Found by/,
    );
    assert.match(
      await findIn(sandbox, "lunch at noon?\nthe new place has pie"),
      /^Nothing in the runbooks covers this message/,
    );
    // Of many lines one has the words of some page.
    const told =
      "Deploy of cart-api is done\nRollback: run the pipeline again with the version before";
    assert.match(await findIn(sandbox, told), /^Not sure/);
    assert.match(await findIn(sandbox, "thanks!"), /nothing to look up/);
    assert.match(await findIn(sandbox, "warum ist der Consumer Lag so hoch?"), /German/);
  });

  test("an alert's message, the bot's own or another app's, leads to the alert's runbook", async () => {
    await sendWebhook(sandbox, webhook("{}:{a}", [{ labels: { alertname: "KafkaDown" } }]));
    const own = await eventually("the message", () => sandbox.slack.messages("incidents")[0]);
    assert.match(await find(sandbox, own.ts, "incidents"), /^Runbook: .*[\s\S]*Meaning/);

    const unheard = await sandbox.slack.postAsAlertmanager({
      channel: "general",
      body: slackPost("[FIRING:1] ConsumerLag streamline (warning)"),
    });
    assert.match(await find(sandbox, unheard.ts), /ConsumerLag/);
  });
});
