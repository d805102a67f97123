// needs: chromium
// takes: 15 s
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { eventually } from "../../support/eventually.ts";
import { type Stage, type Switched, startStage } from "./open-page.ts";

const plain = (text: string) => ({ type: "plain_text" as const, text });
const button = (action_id: string, text: string) => ({
  type: "button" as const,
  action_id,
  text: plain(text),
});

describe("the page", () => {
  let stage: Stage;
  const switched: Switched = { faults: [], alerts: [] };
  const chosen: string[] = [];

  before(async () => {
    stage = await startStage(switched);
    const { app } = stage.bot;
    app.command("/streamline", async ({ ack, command, respond }) => {
      await ack();
      await respond({ text: `answer to *${command.text}*` });
    });
    app.event("app_mention", async ({ event, say }) => {
      await say({ text: "I was mentioned", thread_ts: event.thread_ts ?? event.ts });
    });
    app.message(async ({ message, say }) => {
      if (message.channel_type === "im" && "text" in message) await say(`heard ${message.text}`);
    });
    app.action("ack", async ({ ack, respond }) => {
      await ack();
      await respond({ replace_original: true, text: "acknowledged" });
    });
    app.action("form", async ({ ack, body, client }) => {
      await ack();
      if ("trigger_id" in body)
        await client.views.open({ trigger_id: body.trigger_id, view: form });
    });
    for (const action of ["choose", "topic", "more", "sure"]) {
      app.action(action, async ({ ack, action: done }) => {
        await ack();
        chosen.push(JSON.stringify(done));
      });
    }
    app.options("topic", async ({ ack, options }) => {
      const words = ["Disk full", "Replication lag"];
      const found = words.filter((word) => word.toLowerCase().includes(options.value));
      await ack({ options: found.map((word) => ({ text: plain(word), value: word })) });
    });
    app.view("form", async ({ ack, view }) => {
      const why = view.state.values["why"]?.["text"]?.value ?? "";
      if (why === "") await ack({ response_action: "errors", errors: { why: "Say why" } });
      else {
        await ack();
        chosen.push(
          `why: ${why}, for: ${view.state.values["for"]?.["for"]?.selected_option?.value}`,
        );
      }
    });
    app.view({ callback_id: "form", type: "view_closed" }, async ({ ack }) => {
      await ack();
      chosen.push("closed");
    });
    app.shortcut("find_runbook", async ({ ack, shortcut }) => {
      await ack();
      if (shortcut.type === "message_action") chosen.push(`find ${shortcut.message.text}`);
    });
    app.event("app_home_opened", async ({ event, client }) => {
      if (event.tab !== "home") return;
      const blocks = [{ type: "header" as const, text: plain("Health of every target") }];
      await client.views.publish({ user_id: event.user, view: { type: "home", blocks } });
    });
  });
  after(() => stage.stop());

  const form = {
    type: "modal" as const,
    callback_id: "form",
    notify_on_close: true,
    title: plain("Silence"),
    submit: plain("Silence it"),
    blocks: [
      {
        type: "input" as const,
        block_id: "for",
        label: plain("For how long"),
        element: {
          type: "static_select" as const,
          action_id: "for",
          options: ["1h", "4h"].map((value) => ({ text: plain(value), value })),
        },
      },
      {
        type: "input" as const,
        block_id: "why",
        label: plain("Comment"),
        element: { type: "plain_text_input" as const, action_id: "text" },
      },
    ],
  };

  const composer = (page: Page) => page.getByRole("combobox", { name: "Message #incidents" });
  /** The newest message of the channel with this text. */
  const said = (page: Page, text: string | RegExp) =>
    page.getByRole("main").getByRole("article").filter({ hasText: text }).last();
  const say = async (page: Page, text: string) => {
    await composer(page).fill(text);
    await composer(page).press("Enter");
  };
  const post = (text: string, blocks?: object[]) =>
    stage.bot.client.chat.postMessage({
      channel: stage.slack.channels["incidents"] ?? "",
      text,
      ...(blocks === undefined ? {} : { blocks: blocks as never }),
    });

  test("sends what one types, to others as well", async () => {
    const [alice, bob] = [await stage.open(), await stage.open({ user: "bob" })];
    await say(alice.page, "producers are slow");
    await said(bob.page, "producers are slow").waitFor();
    assert.equal(await said(bob.page, "producers are slow").getByText("Alice Reyes").count(), 1);
    assert.equal(await composer(alice.page).inputValue(), "");
    assert.deepEqual([...alice.complaints, ...bob.complaints], []);
  });

  test("begins a new line with Shift and Enter", async () => {
    const { page } = await stage.open();
    await composer(page).fill("one");
    await composer(page).press("Shift+Enter");
    await composer(page).pressSequentially("two");
    await composer(page).press("Enter");
    await said(page, /one\s+two/).waitFor();
    assert.equal(stage.slack.messages("incidents").at(-1)?.text, "one\ntwo");
  });

  test("offers names after @, and the bot answers a mention in a thread", async () => {
    const { page } = await stage.open();
    await composer(page).pressSequentially("help @str");
    await page.getByRole("option", { name: "Streamline" }).waitFor();
    await composer(page).press("Enter");
    assert.equal(await composer(page).inputValue(), "help @streamline ");
    await composer(page).press("Enter");
    await said(page, "help @Streamline").getByRole("button", { name: "1 reply" }).click();
    await page
      .getByRole("complementary", { name: "Thread" })
      .getByText("I was mentioned")
      .waitFor();
    assert.match(stage.slack.messages("incidents").at(-1)?.text ?? "", /help <@U0STREAMLINE>/);
  });

  test("offers commands after /, and shows the answer to its sender alone", async () => {
    const [alice, bob] = [await stage.open(), await stage.open({ user: "bob" })];
    await composer(alice.page).pressSequentially("/s");
    assert.ok((await alice.page.getByRole("option").count()) >= 5);
    await composer(alice.page).press("ArrowDown");
    await composer(alice.page).press("Tab");
    assert.equal(await composer(alice.page).inputValue(), "/streamline search ");
    await composer(alice.page).pressSequentially("disk full");
    await composer(alice.page).press("Enter");
    const answer = said(alice.page, "answer to search disk full");
    await answer.getByText("Only visible to you").waitFor();
    await say(alice.page, "after the command");
    await said(bob.page, "after the command").waitFor();
    assert.equal(await bob.page.getByText("answer to search").count(), 0);
    await answer.getByRole("button", { name: "Dismiss" }).click();
    await answer.waitFor({ state: "detached" });
  });

  test("says that a command does not exist, and keeps what was typed", async () => {
    const { page } = await stage.open();
    await say(page, "/nonsense");
    await page.getByRole("alert").getByText("/nonsense is not a valid command").waitFor();
    assert.equal(await composer(page).inputValue(), "/nonsense");
  });

  test("answers in a thread, which counts its replies", async () => {
    const { page } = await stage.open();
    await post("a parent for replies");
    await said(page, "a parent for replies").hover();
    await said(page, "a parent for replies")
      .getByRole("button", { name: "Reply in thread" })
      .click();
    const thread = page.getByRole("complementary", { name: "Thread" });
    await thread.getByRole("combobox").fill("first");
    await thread.getByRole("combobox").press("Enter");
    await thread.getByRole("combobox").fill("second");
    await thread.getByRole("combobox").press("Enter");
    await said(page, "a parent for replies").getByText("2 replies").first().waitFor();
    await thread.getByRole("button", { name: "Close thread" }).click();
    await thread.waitFor({ state: "detached" });
  });

  test("keeps what is typed while the message before is still on its way", async () => {
    const { page } = await stage.open();
    const sent = Promise.withResolvers<void>();
    await page.route("**/sandbox/messages", async (route) => {
      await sent.promise;
      await route.continue();
    });
    await say(page, "a slow one");
    await composer(page).fill("typed meanwhile");
    sent.resolve();
    await said(page, "a slow one").waitFor();
    assert.equal(await composer(page).inputValue(), "typed meanwhile");
    await composer(page).fill("");
    await page.unroute("**/sandbox/messages");
  });

  test("presses a button, and the message changes in place", async () => {
    const { page } = await stage.open();
    await post("x", [{ type: "actions", elements: [button("ack", "Acknowledge this")] }]);
    await page.getByRole("button", { name: "Acknowledge this" }).click();
    await said(page, "acknowledged").getByText("(edited)").waitFor();
  });

  test("asks before a button that wants to be sure", async () => {
    const { page } = await stage.open();
    const confirm = {
      title: plain("Sure?"),
      text: plain("It hides alerts"),
      confirm: plain("Do it"),
      deny: plain("No"),
    };
    await post("x", [{ type: "actions", elements: [{ ...button("sure", "Hide"), confirm }] }]);
    const before = chosen.length;
    await page.getByRole("button", { name: "Hide" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "No" }).click();
    await page.getByRole("button", { name: "Hide" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Do it" }).click();
    await eventually("a choice", () => chosen.length > before);
    assert.equal(chosen.length, before + 1);
  });

  test("says when the bot does not take a click", async () => {
    const { page } = await stage.open();
    await post("x", [{ type: "actions", elements: [button("nobody", "Unheard")] }]);
    stage.bot.app.action("nobody", async () => {
      throw new Error("on purpose");
    });
    await page.getByRole("button", { name: "Unheard" }).click();
    await page.getByRole("alert").getByText("That did not work").waitFor();
  });

  test("chooses in a menu by typing, and in an overflow menu", async () => {
    const { page } = await stage.open();
    const options = ["Minutes", "Hours", "Days"].map((word) => ({
      text: plain(word),
      value: word,
    }));
    await post("x", [
      {
        type: "actions",
        elements: [
          { type: "static_select", action_id: "choose", placeholder: plain("A unit"), options },
          { type: "overflow", action_id: "more", options },
        ],
      },
    ]);
    const menu = page.getByRole("combobox", { name: "A unit" });
    await menu.click();
    await menu.pressSequentially("ho");
    await menu.press("Enter");
    await eventually("Hours", () => chosen.at(-1)?.includes('"value":"Hours"') === true);
    assert.equal(await menu.inputValue(), "Hours");
    await page.getByRole("button", { name: "More choices" }).click();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await eventually("Days", () => chosen.at(-1)?.includes('"value":"Days"') === true);
  });

  test("asks the bot for choices while one types", async () => {
    const { page } = await stage.open();
    const element = {
      type: "external_select",
      action_id: "topic",
      min_query_length: 2,
      placeholder: plain("A topic"),
    };
    await post("x", [{ type: "actions", elements: [element] }]);
    const menu = page.getByRole("combobox", { name: "A topic" });
    await menu.click();
    await page.getByText("Type 2 characters or more").waitFor();
    await menu.pressSequentially("lag");
    await page.getByRole("option", { name: "Replication lag" }).click();
    await eventually("Replication lag", () => chosen.at(-1)?.includes("Replication lag") === true);
  });

  test("opens a modal, shows its errors, keeps what was typed and submits it", async () => {
    const { page } = await stage.open();
    await post("x", [{ type: "actions", elements: [button("form", "Silence…")] }]);
    await page.getByRole("button", { name: "Silence…" }).last().click();
    const dialog = page.getByRole("dialog", { name: "Silence" });
    await dialog.getByRole("combobox", { name: "For how long" }).click();
    await dialog.getByRole("option", { name: "4h" }).click();
    await dialog.getByRole("button", { name: "Silence it" }).click();
    await dialog.getByRole("alert").getByText("Say why").waitFor();
    await dialog.getByRole("textbox", { name: "Comment" }).fill("we know");
    assert.equal(await dialog.getByText("Say why").count(), 0);
    await dialog.getByRole("textbox", { name: "Comment" }).press("Enter");
    await dialog.waitFor({ state: "detached" });
    await eventually("why: we know, for: 4h", () => chosen.at(-1) === "why: we know, for: 4h");
  });

  test("closes a modal with Escape, which the bot learns, and gives the focus back", async () => {
    const { page } = await stage.open();
    await post("x", [{ type: "actions", elements: [button("form", "Leave again…")] }]);
    const opener = page.getByRole("button", { name: "Leave again…" });
    await opener.click();
    await page.getByRole("dialog").waitFor();
    // A key that is pressed before the dialog has the focus is somebody else's.
    await page.waitForFunction(() => document.activeElement?.closest("dialog, [role=dialog]"));
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await eventually("closed", () => chosen.at(-1) === "closed");
    await focusOn(opener);
  });

  test("marks what one has not read, and shows where the new begins", async () => {
    const { page } = await stage.open();
    const item = page.getByRole("button", { name: /general/ });
    await item.click();
    await page.getByRole("button", { name: /incidents/ }).click();
    await stage.slack.sendMessage({ user: "bob", channel: "general", text: "read me" });
    await page.getByRole("button", { name: "general unread messages" }).click();
    await said(page, "read me").waitFor();
    assert.equal(await page.getByText("unread messages").count(), 0);
  });

  test("shows the Home tab and the direct message of the bot", async () => {
    const { page } = await stage.open();
    await page.getByRole("navigation").getByRole("button", { name: "Streamline" }).click();
    await page.getByRole("tab", { name: "Home" }).click();
    await page.getByRole("heading", { name: "Health of every target" }).waitFor();
    await page.keyboard.press("ArrowRight");
    const field = page.getByRole("combobox", { name: "Message Streamline" });
    await field.fill("disk full");
    await field.press("Enter");
    await said(page, "heard disk full").waitFor();
  });

  test("runs a message shortcut from the message's menu", async () => {
    const { page } = await stage.open();
    await stage.slack.sendMessage({ user: "bob", channel: "incidents", text: "No space left" });
    await said(page, "No space left").hover();
    await said(page, "No space left").getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Find the runbook" }).click();
    await eventually("find No space left", () => chosen.at(-1) === "find No space left");
  });

  test("switches what the simulated server suffers from, and fires an alert", async () => {
    const { page } = await stage.open();
    await page.getByRole("button", { name: "Simulated Streamline" }).click();
    const disk = page.getByRole("switch", { name: "Disk fills up" });
    await disk.click();
    await page.getByRole("button", { name: "severe" }).waitFor();
    assert.equal(await disk.getAttribute("aria-checked"), "true");
    await page.getByRole("button", { name: "Fire DiskFull" }).click();
    await page.getByRole("button", { name: "Resolve DiskFull" }).click();
    await page.getByRole("button", { name: "Fire DiskFull" }).waitFor();
    assert.deepEqual(switched, {
      faults: ["disk true"],
      alerts: ["DiskFull firing", "DiskFull resolved"],
    });
  });

  test("becomes another person", async () => {
    const { page } = await stage.open();
    await page.getByRole("button", { name: /You are Alice Reyes/ }).click();
    await page.getByRole("menuitemradio", { name: /Bob Okafor/ }).click();
    await page.getByRole("button", { name: /You are Bob Okafor/ }).waitFor();
    await say(page, "said by bob");
    await said(page, "said by bob").getByText("Bob Okafor").waitFor();
  });

  /** Waits until the element has the focus. */
  async function focusOn(locator: Locator): Promise<void> {
    const element = await locator.elementHandle();
    await locator.page().waitForFunction((wanted) => wanted === document.activeElement, element);
  }
});
