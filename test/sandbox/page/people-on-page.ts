/** What the bot behind the page does, and how a person uses the page. */

import type { App } from "@slack/bolt";
import type { Locator, Page } from "playwright-core";
import type { Stage } from "./open-page.ts";

/** A text of Slack without marks. */
export const plain = (text: string) => ({ type: "plain_text" as const, text });
/** A button that does what the bot does with the action of this id. */
export const button = (action_id: string, text: string) => ({
  type: "button" as const,
  action_id,
  text: plain(text),
});

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

/** Has the bot answer what people do on the page; what they chose is added to the list. */
export function answerPeople(app: App, chosen: string[]): void {
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
    if ("trigger_id" in body) await client.views.open({ trigger_id: body.trigger_id, view: form });
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
      chosen.push(`why: ${why}, for: ${view.state.values["for"]?.["for"]?.selected_option?.value}`);
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
}

/** The field for a message to the channel. */
export function composer(page: Page): Locator {
  return page.getByRole("combobox", { name: "Message #incidents" });
}

/** The newest message of the channel with this text. */
export function said(page: Page, text: string | RegExp): Locator {
  return page.getByRole("main").getByRole("article").filter({ hasText: text }).last();
}

/** Types a message and sends it. */
export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press("Enter");
}

/** The bot posts in the channel. */
export function post({ bot, slack }: Stage, text: string, blocks?: object[]) {
  return bot.client.chat.postMessage({
    channel: slack.channels["incidents"] ?? "",
    text,
    ...(blocks === undefined ? {} : { blocks: blocks as never }),
  });
}

/** Waits until the element has the focus. */
export async function focusOn(locator: Locator): Promise<void> {
  const element = await locator.elementHandle();
  await locator.page().waitForFunction((wanted) => wanted === document.activeElement, element);
}
