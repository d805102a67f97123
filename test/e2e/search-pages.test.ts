/** Searching as people do it: pages of results, a section in full, shared, found while typing; and what is learned. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { SlackMessage } from "../../src/sandbox/slack/as-seen.ts";
import { eventually } from "../support/eventually.ts";
import { forSuite, type SandboxBot } from "../support/sandbox-bot.ts";
import { sendWebhook, webhook } from "../support/webhooks.ts";

describe("searching from chat", () => {
  let sandbox: SandboxBot;
  forSuite((started) => {
    sandbox = started;
  });

  /** What the person sees after a command: the newest message that only they see. */
  async function ask(text: string, user = "alice"): Promise<SlackMessage> {
    const before = sandbox.slack.ephemerals(user).at(-1)?.ts;
    await sandbox.slack.slashCommand({ user, channel: "incidents", text: `/streamline ${text}` });
    return eventually(`an answer to ${text}`, () => {
      const last = sandbox.slack.ephemerals(user).at(-1);
      return last !== undefined && last.ts !== before && last;
    });
  }

  interface Button {
    readonly action_id: string;
    readonly value?: string;
    readonly text: { readonly text: string };
  }

  function buttonsOf({ blocks }: Pick<SlackMessage, "blocks">): Button[] {
    return blocks.flatMap((block) => [
      ...((block["elements"] as Button[] | undefined) ?? []).filter((each) => each.action_id),
      ...(block["accessory"] === undefined ? [] : [block["accessory"] as Button]),
    ]);
  }

  function buttonCalled(message: Pick<SlackMessage, "blocks">, label: string): Button {
    const found = buttonsOf(message).find(({ text }) => text?.text === label);
    assert.ok(found !== undefined, `a button called ${label}`);
    return found;
  }

  /** Clicks in what only alice sees, and returns that message as it is then. */
  async function click(message: SlackMessage, label: string): Promise<SlackMessage> {
    const { ts } = message;
    const actionId = buttonCalled(message, label).action_id;
    await sandbox.slack.clickButton({ user: "alice", channel: "incidents", ts, actionId });
    return eventually(`what ${label} shows`, () => {
      const now = sandbox.slack.ephemerals("alice").find((each) => each.ts === ts);
      return now !== undefined && now.text !== message.text && now;
    });
  }

  test("results go page by page, open in full, and lead back", async () => {
    const first = await ask("search disk is full");
    assert.match(first.text, /Also:/);
    const second = await click(first, "Next →");
    assert.match(second.text, /^Results for `disk is full`\nFurther results:/);
    const opened = await click(second, "Open");
    assert.doesNotMatch(opened.text, /Further results/);
    const back = await click(opened, "← Results");
    assert.equal(back.text, second.text);
    assert.equal((await click(back, "← Previous")).text, first.text);
  });

  test("a section is shared to the channel once, with the name of who shared it", async () => {
    const answer = await ask("search disk is full");
    const actionId = buttonCalled(answer, "Share to channel").action_id;
    const at = { user: "alice", channel: "incidents", ts: answer.ts, actionId };
    await Promise.all([sandbox.slack.clickButton(at), sandbox.slack.clickButton(at)]);
    const shared = await eventually("the shared section", () =>
      sandbox.slack.messages("incidents").find(({ text }) => text.includes("shared this")),
    );
    assert.match(shared.text, /^<@U\w+> shared this from the runbooks:\n/);
    const all = sandbox.slack
      .messages("incidents")
      .filter(({ text }) => text.includes("shared this"));
    assert.equal(all.length, 1);
  });

  test("a search without words opens a modal that finds sections while one types", async () => {
    const { slack } = sandbox;
    await slack.slashCommand({ user: "bob", channel: "incidents", text: "/streamline search" });
    const modal = await eventually("the modal", () => slack.views("bob")[0]);
    const at = { user: "bob", viewId: modal.id, actionId: "find_section" };
    // Slack gives three seconds for each letter; a machine that is busy gets another one.
    const offered = await eventually("something to choose", async () => {
      const suggested = await slack.suggest({ ...at, text: "repl" });
      return suggested.kind === "options" && suggested.options;
    });
    const [best] = offered as { value: string }[];
    assert.match(JSON.stringify(best), /Repl/);
    await slack.choose({ ...at, choice: best?.value ?? "" });
    const chosen = await eventually("the section", () => {
      const now = slack.views("bob")[0];
      return now !== undefined && now.blocks.length > 3 && now;
    });
    const actionId = buttonCalled(chosen, "Share to channel").action_id;
    await slack.clickButton({ user: "bob", viewId: chosen.id, actionId });
    await eventually("the shared section", () =>
      slack.messages("incidents").find(({ text }) => text.includes(slack.person("bob").id)),
    );
    await eventually("what came of it in the modal", () =>
      JSON.stringify(slack.views("bob")[0]?.blocks).includes("Shared: "),
    );
  });

  test("a question that nothing covers is listed as a gap with a page to fill in, until somebody says it is none", async () => {
    await ask("search recipe for apple pie");
    const gaps = await ask("gaps");
    assert.match(gaps.text, /recipe for apple pie \(asked 1 time by 1 person/);
    const actionId = buttonCalled(gaps, "Prepare a page").action_id;
    const at = { user: "alice", channel: "incidents", ts: gaps.ts };
    await sandbox.slack.clickButton({ ...at, actionId });
    const page = await eventually("the page", () => sandbox.slack.views("alice")[0]);
    assert.match(
      JSON.stringify(page.blocks),
      /title: \\"recipe for apple pie\\"[\s\S]*## Mitigation/,
    );
    const none = await click(gaps, "Not a gap");
    assert.match(none.text, /^No gap/);
    await ask("search Recipe for apple pie?");
    assert.match((await ask("gaps")).text, /^No gap/);
  });

  test("what cleared an incident is asked, and raises the section the next time, until the page's order is wanted", async () => {
    const { slack } = sandbox;
    const alert = { labels: { alertname: "ReplicationLag", severity: "warning" } };
    const threadOf = async (n: number, replies: number) =>
      eventually(`thread ${n} with ${replies} replies`, () => {
        const message = slack
          .messages("incidents")
          .filter(({ text }) => text.includes("ReplicationLag") && !text.includes("shared"))[n];
        const thread = message === undefined ? [] : slack.replies("incidents", message.ts);
        return thread.length > replies && thread;
      });
    let raised: string | undefined;
    for (let n = 0; n < 4; n += 1) {
      await sendWebhook(sandbox, webhook(`{}:{r${n}}`, [alert]));
      await threadOf(n, 2);
      await sendWebhook(sandbox, webhook(`{}:{r${n}}`, [{ ...alert, status: "resolved" }]));
      const thread = await threadOf(n, 3);
      const over = thread.find(({ text }) => text.includes("What fixed it?"));
      assert.ok(over !== undefined, "the question is asked");
      const [menu] = over.blocks.flatMap((block) => block["elements"] as Menu[]).filter(isMenu);
      // The steps of the runbook stand before the two answers that name none of them.
      const [option] = menu?.options ?? [];
      assert.ok(menu !== undefined && option !== undefined && menu.options.length > 2);
      raised = option.value.split(" ").at(-1)?.split(".", 1)[0];
      const at = { user: "alice", channel: "incidents", ts: over.ts };
      const before = slack.ephemerals("alice").length;
      await slack.choose({ ...at, actionId: menu.action_id, choice: option.value });
      await eventually("thanks", () => slack.ephemerals("alice").length > before);
    }
    assert.ok(raised !== undefined);
    await sendWebhook(sandbox, webhook("{}:{r9}", [alert]));
    const [, , runbook] = await threadOf(4, 2);
    assert.match(runbook?.text ?? "", /raised: cleared 4 of 4 times/);
    const button = buttonCalled(runbook ?? { blocks: [] }, "Show in the page's order");
    const seen = slack.ephemerals("alice").length;
    await slack.clickButton({
      user: "alice",
      channel: "incidents",
      ts: runbook?.ts ?? "",
      actionId: button.action_id,
    });
    const plain = await eventually("the page's order", () => slack.ephemerals("alice")[seen]);
    assert.doesNotMatch(plain.text, /raised:/);
    await sendWebhook(sandbox, webhook("{}:{r10}", [alert]));
    const [, , unraised] = await threadOf(5, 2);
    assert.doesNotMatch(unraised?.text ?? "", /raised:/);
    buttonCalled(unraised ?? { blocks: [] }, "Show first what helped");
  });

  interface Menu {
    readonly type: string;
    readonly action_id: string;
    readonly options: readonly { readonly text: { text: string }; readonly value: string }[];
  }

  function isMenu({ type }: Menu): boolean {
    return type === "static_select";
  }

  test("useful under a runbook asks for the part, and a note reaches the maintainers", async () => {
    const { slack } = sandbox;
    await sendWebhook(sandbox, webhook("{}:{u}", [{ labels: { alertname: "StreamlineDown" } }]));
    const runbook = await eventually("the runbook", () => {
      const message = slack
        .messages("incidents")
        .find(({ text }) => text.includes("StreamlineDown"));
      return message && slack.replies("incidents", message.ts)[2];
    });
    const seen = slack.ephemerals("bob").length;
    const { action_id: actionId } = buttonCalled(runbook, "Useful");
    await slack.clickButton({ user: "bob", channel: "incidents", ts: runbook.ts, actionId });
    const which = await eventually("the question", () => slack.ephemerals("bob")[seen]);
    assert.match(which.text, /Which part helped\?/);
    assert.match((await ask("feedback the disk page lacks the command for ext4")).text, /Noted/);
    assert.match((await ask("feedback")).text, /the disk page lacks the command for ext4/);
  });
});
