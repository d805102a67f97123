import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { WebClient } from "@slack/web-api";
import type { LocalSlack } from "../../../src/sandbox/slack/local-slack.ts";
import { SILENT, startSlack } from "./echo-bot.ts";
import { type RawBot, startRawBot } from "./raw-bot.ts";

describe("modals", () => {
  let slack: LocalSlack;
  let bot: RawBot;
  let client: WebClient;
  let answer = "";

  before(async () => {
    bot = await startRawBot(() => ({ status: 200, body: answer }));
    slack = await startSlack({ botRequestUrl: bot.url });
    client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, logger: SILENT });
  });
  after(async () => {
    await slack.close();
    await bot.stop();
  });

  const plain = (text: string) => ({ type: "plain_text" as const, text });
  const view = (title: string, more: object = {}) => ({
    type: "modal" as const,
    title: plain(title),
    submit: plain("Send"),
    blocks: [
      {
        type: "input" as const,
        block_id: "b",
        label: plain("Why"),
        element: { type: "plain_text_input" as const, action_id: "a", initial_value: "as it was" },
      },
      {
        type: "actions" as const,
        block_id: "more",
        elements: [{ type: "button" as const, action_id: "push", text: plain("More") }],
      },
    ],
    ...more,
  });
  /** Does something that gives the bot a trigger, and returns it. */
  const trigger = async () => {
    answer = "";
    await slack.slashCommand({ user: "alice", channel: "general", text: "/streamline" });
    return String(bot.external.at(-1)?.body["trigger_id"]);
  };
  const open = async (title: string, more: object = {}) => {
    const opened = await client.views.open({
      trigger_id: await trigger(),
      view: view(title, more),
    });
    return opened.view?.id ?? "";
  };
  const push = async (onto: string, title: string) => {
    await slack.clickButton({ user: "alice", viewId: onto, actionId: "push" });
    const trigger_id = String(bot.external.at(-1)?.body["trigger_id"]);
    const pushed = await client.views.push({ trigger_id, view: view(title) });
    return pushed.view?.id ?? "";
  };
  const titles = () => slack.views("alice").map(({ title }) => (title as { text: string }).text);
  const errorOf = (call: Promise<unknown>) =>
    call.then(
      () => "",
      (error: { readonly data?: { readonly error?: string } }) => error.data?.error,
    );

  test("belong to one person; a new one takes the place of what was open", async () => {
    await open("first");
    await open("second");
    assert.deepEqual(titles(), ["second"]);
    assert.deepEqual(slack.views("bob"), []);
  });

  test("lie three on each other and no more, however often one goes back", async () => {
    const first = await open("one");
    const second = await push(first, "two");
    for (const title of ["three", "three again"]) {
      await push(second, title);
      assert.deepEqual(titles(), ["one", "two", title]);
      const top = slack.views("alice").at(-1)?.id ?? "";
      assert.equal(await errorOf(push(top, "four")), "push_limit_reached");
      await slack.closeView({ user: "alice" });
    }
    assert.deepEqual(titles(), ["one", "two"]);
  });

  test("are updated in place, by a hash that is not stale", async () => {
    const id = await open("before");
    const stale = String(slack.views("alice")[0]?.["hash"]);
    await client.views.update({ view_id: id, hash: stale, view: view("after") });
    assert.deepEqual(titles(), ["after"]);
    const late = client.views.update({ view_id: id, hash: stale, view: view("late") });
    assert.equal(await errorOf(late), "hash_conflict");
  });

  test("are not found once they are closed", async () => {
    const id = await open("gone");
    await slack.closeView({ user: "alice" });
    assert.equal(await errorOf(client.views.update({ view_id: id, view: view("x") })), "not_found");
  });

  test("tell the bot that they were closed, if they asked for it", async () => {
    await open("with a goodbye", { notify_on_close: true });
    await slack.closeView({ user: "alice" });
    assert.equal(bot.external.at(-1)?.body["type"], "view_closed");
    const count = bot.external.length;
    await open("without");
    await slack.closeView({ user: "alice" });
    assert.equal(bot.external.length, count + 1);
  });

  test("may keep an external id for themselves while they are open", async () => {
    await open("one", { external_id: "same" });
    const second = client.views.update({
      external_id: "same",
      view: view("one, changed", { external_id: "same" }),
    });
    await second;
    assert.deepEqual(titles(), ["one, changed"]);
    const twin = push(slack.views("alice")[0]?.id ?? "", "x");
    await twin;
    const clash = client.views.update({
      view_id: slack.views("alice")[1]?.id ?? "",
      view: view("twin", { external_id: "same" }),
    });
    assert.equal(await errorOf(clash), "duplicate_external_id");
  });

  test("send what stands in every field, typed or not", async () => {
    await open("form");
    await slack.submitView({ user: "alice" });
    const state = () => {
      const submitted = bot.external.at(-1)?.body["view"];
      assert.ok(submitted);
      return (submitted as { readonly state: { readonly values: unknown } }).state;
    };
    assert.deepEqual(state().values, {
      b: { a: { type: "plain_text_input", value: "as it was" } },
    });
    await open("form");
    await slack.submitView({ user: "alice", values: { b: { a: "typed" } } });
    assert.deepEqual(state().values, { b: { a: { type: "plain_text_input", value: "typed" } } });
  });

  const OUTCOMES = [
    ["nothing closes the top one", "", "closed", ["one"]],
    ["clear closes all", { response_action: "clear" }, "cleared", []],
    [
      "update changes it",
      { response_action: "update", view: view("new") },
      "updated",
      ["one", "new"],
    ],
    [
      "push adds one",
      { response_action: "push", view: view("new") },
      "pushed",
      ["one", "two", "new"],
    ],
  ] as const;
  for (const [what, ack, kind, left] of OUTCOMES) {
    test(`as the answer to a submission ${what}`, async () => {
      await push(await open("one"), "two");
      answer = ack === "" ? "" : JSON.stringify(ack);
      assert.equal((await slack.submitView({ user: "alice" })).kind, kind);
      assert.deepEqual(titles(), left);
    });
  }

  test("that Slack would refuse as an answer leave the form open and say why", async () => {
    await open("one");
    answer = JSON.stringify({ response_action: "update", view: view("x".repeat(25)) });
    const outcome = await slack.submitView({ user: "alice" });
    assert.equal(outcome.kind, "failed");
    assert.match(JSON.stringify(outcome), /less than 25 characters/);
    assert.deepEqual(titles(), ["one"]);
  });
});
