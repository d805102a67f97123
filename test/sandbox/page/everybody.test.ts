// needs: chromium
// takes: 10 s
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { eventually } from "../../support/eventually.ts";
import { findFaintTexts } from "./contrast.ts";
import { type Stage, startStage } from "./open-page.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });

describe("the page is for everybody:", () => {
  let stage: Stage;
  const done: string[] = [];

  before(async () => {
    stage = await startStage();
    const { app, client } = stage.bot;
    app.action("go", async ({ ack }) => {
      await ack();
      done.push("go");
    });
    app.command("/streamline", async ({ ack, command }) => {
      done.push(command.text);
      await ack(`answer to ${command.text}`);
    });
    const channel = stage.slack.channels["incidents"] ?? "";
    await stage.slack.sendMessage({ user: "bob", channel, text: "a *question* for @streamline" });
    const { ts } = await client.chat.postMessage({
      channel,
      text: "everything",
      blocks: EVERYTHING,
    });
    await client.chat.postMessage({ channel, text: "a reply with `code`", thread_ts: ts ?? "" });
    await client.chat.update({
      channel,
      ts: ts ?? "",
      text: "everything",
      blocks: EVERYTHING,
    });
    const user = stage.slack.person("alice").id;
    await client.chat.postEphemeral({ channel, user, text: "for you alone" });
    await stage.slack.postAsAlertmanager({
      channel: "alerts",
      body: { attachments: [{ color: "danger", title: "Firing", text: "text", footer: "foot" }] },
    });
  });
  after(() => stage.stop());

  /** Everything at once that can stand on the page. */
  async function openAll(page: Page): Promise<void> {
    await page
      .getByRole("main")
      .getByRole("button", { name: /^\d repl/ })
      .click();
    await page.getByRole("complementary", { name: "Thread" }).getByText("a reply with").waitFor();
  }

  for (const colorScheme of ["light", "dark"] as const) {
    test(`every text can be read in ${colorScheme}`, async () => {
      const { page, complaints } = await stage.open({ colorScheme });
      await openAll(page);
      assert.deepEqual(await page.evaluate(findFaintTexts), []);
      await page.getByRole("combobox", { name: "Message #incidents" }).fill("/");
      await page.getByRole("option").first().waitFor();
      assert.deepEqual(await page.evaluate(findFaintTexts), []);
      await page.getByRole("button", { name: "Simulated Streamline" }).click();
      await page.getByRole("switch").first().waitFor();
      assert.deepEqual(await page.evaluate(findFaintTexts), []);
      await page.getByRole("button", { name: "alerts" }).click();
      await page.getByText("Firing").waitFor();
      assert.deepEqual(await page.evaluate(findFaintTexts), []);
      assert.deepEqual(complaints, []);
    });
  }

  test("the theme can be chosen, and stays chosen", async () => {
    const { page } = await stage.open({ colorScheme: "light", width: 1_000 });
    const ground = () =>
      page.getByRole("main").evaluate((element) => getComputedStyle(element).backgroundColor);
    const light = await ground();
    await page.getByRole("button", { name: "Switch to the dark theme" }).click();
    await page.getByRole("button", { name: "Switch to the light theme" }).waitFor();
    const dark = await ground();
    assert.notEqual(dark, light);
    await page.reload();
    await page.getByRole("button", { name: "Switch to the light theme" }).waitFor();
    assert.equal(await ground(), dark);
  });

  test("everything can be done at a width of 400 pixels", async () => {
    const { page } = await stage.open({ width: 400 });
    const isTooWide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(await isTooWide(), false);
    await page.getByRole("button", { name: "Channels" }).click();
    await page.getByRole("button", { name: "alerts" }).click();
    await page.getByText("Firing").waitFor();
    await page.getByRole("button", { name: "Channels" }).click();
    await page.getByRole("button", { name: "incidents" }).click();
    await openAll(page);
    assert.equal(await isTooWide(), false);
    const thread = page.getByRole("complementary", { name: "Thread" });
    await thread.getByRole("combobox", { name: "Reply…" }).fill("from a small screen");
    await thread.getByRole("button", { name: "Send" }).click();
    await thread.getByRole("article").getByText("from a small screen").waitFor();
    await thread.getByRole("button", { name: "Close thread" }).click();
    await page.getByRole("button", { name: "Simulated Streamline" }).click();
    await page.getByRole("switch").first().waitFor();
    assert.equal(await isTooWide(), false);
  });

  test("without a mouse one reaches the messages first, walks among them and opens a thread", async () => {
    const { page } = await stage.open();
    await page.getByRole("main").getByRole("article").nth(1).waitFor();
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "Skip to messages");
    await page.keyboard.press("Enter");
    const last = await focusedTs(page);
    await page.keyboard.press("ArrowUp");
    const previous = await focusedTs(page);
    assert.ok(previous < last, `${previous} is before ${last}`);
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const thread = page.getByRole("complementary", { name: "Thread" });
    await thread.waitFor();
    await page.keyboard.press("Escape");
    await thread.waitFor({ state: "detached" });
  });

  test("without a mouse one presses a button in a message", async () => {
    const { page } = await stage.open();
    await page.getByRole("main").getByRole("button", { name: "Go" }).first().focus();
    const before = done.length;
    await page.keyboard.press("Enter");
    await eventually("an act", () => done.length > before);
    assert.equal(done.at(-1), "go");
  });

  test("without a mouse one changes the channel with arrow keys", async () => {
    const { page } = await stage.open();
    await page.getByRole("button", { name: "incidents" }).focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "general", level: 2 }).waitFor();
  });

  test("without a mouse one gives a command", async () => {
    const { page } = await stage.open();
    await page.getByRole("combobox", { name: "Message #incidents" }).focus();
    await page.keyboard.type("/he");
    await page.getByRole("option", { name: "/streamline help" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("option").first().waitFor({ state: "detached" });
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("/streamline help");
    await page.keyboard.press("Enter");
    await eventually("help", () => done.at(-1) === "help");
    assert.equal(await page.getByRole("combobox", { name: "Message #incidents" }).inputValue(), "");
  });

  test("what has the focus can be seen", async () => {
    const { page } = await stage.open();
    for (let steps = 0; steps < 12; steps += 1) {
      await page.keyboard.press("Tab");
      const isSeen = await page.evaluate(() => {
        const element = document.activeElement;
        if (element === null || element === document.body) return false;
        const seen = (each: Element) => {
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
          return (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
        };
        return seen(element) || (element.parentElement !== null && seen(element.parentElement));
      });
      assert.ok(isSeen, `${await focused(page)} shows its focus`);
    }
  });

  test("a new message is said aloud", async () => {
    const { page } = await stage.open();
    await stage.slack.sendMessage({ user: "bob", channel: "incidents", text: "listen to this" });
    await page.getByRole("status").filter({ hasText: "New message: listen to this" }).waitFor();
  });

  test("a storm of messages is drawn in parts", async () => {
    const channel = stage.slack.channels["general"] ?? "";
    for (let count = 1; count <= 200; count += 1) {
      await stage.bot.client.chat.postMessage({ channel, text: `storm ${count}` });
    }
    const { page } = await stage.open();
    await page.getByRole("button", { name: "general" }).click();
    await page.getByText("storm 200", { exact: true }).waitFor();
    assert.equal(await page.getByText("storm 1", { exact: true }).count(), 0);
    await page.getByRole("button", { name: "Show earlier messages" }).click();
    await page.getByText("storm 1", { exact: true }).waitFor();
  });

  test("every button, field and picture has a name", async () => {
    const { page } = await stage.open();
    await openAll(page);
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll("button, input, textarea, [role=img], dialog, nav, aside")]
        .filter((element) => {
          const label = element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "";
          const labels = element instanceof HTMLInputElement ? (element.labels?.length ?? 0) : 0;
          return label === "" && labels === 0 && element.checkVisibility();
        })
        .map((element) => element.outerHTML.slice(0, 120)),
    );
    assert.deepEqual(nameless, []);
    const ids = await page.evaluate(() =>
      [...document.querySelectorAll("[id]")].map((element) => element.id),
    );
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    );
  });

  function focused(page: Page): Promise<string> {
    return page.evaluate(
      () =>
        document.activeElement?.getAttribute("aria-label") ??
        document.activeElement?.textContent ??
        "",
    );
  }

  function focusedTs(page: Page): Promise<string> {
    return page.evaluate(() =>
      document.activeElement instanceof HTMLElement
        ? (document.activeElement.dataset["ts"] ?? "")
        : "",
    );
  }
});

const option = (text: string) => ({ text: plain(text), value: text });

const EVERYTHING = [
  { type: "header", text: plain(":red_circle: A header") },
  {
    type: "section",
    text: mrkdwn("*bold* _italic_ ~gone~ `code` <https://a.example|a link> <!here>\n&gt; a quote"),
    fields: [mrkdwn("*A field*\nof two lines"), plain("plain")],
    accessory: { type: "button", action_id: "side", text: plain("Beside") },
  },
  { type: "section", text: mrkdwn("```a block\nof code```") },
  { type: "context", elements: [mrkdwn("context with `code` and <https://a.example|a link>")] },
  { type: "divider" },
  {
    type: "actions",
    elements: [
      { type: "button", action_id: "go", text: plain("Go"), style: "primary" },
      { type: "button", action_id: "stop", text: plain("Stop"), style: "danger" },
      {
        type: "static_select",
        action_id: "s",
        placeholder: plain("Choose"),
        options: [option("a")],
      },
      { type: "overflow", action_id: "o", options: [option("a")] },
      { type: "checkboxes", action_id: "c", options: [option("a box")] },
      { type: "datepicker", action_id: "d" },
    ],
  },
  {
    type: "rich_text",
    elements: [
      {
        type: "rich_text_list",
        style: "bullet",
        elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "an item" }] }],
      },
      { type: "rich_text_preformatted", elements: [{ type: "text", text: "curl -s http://x" }] },
      { type: "rich_text_quote", elements: [{ type: "text", text: "said" }] },
    ],
  },
  {
    type: "table",
    rows: [[{ type: "raw_text", text: "head" }], [{ type: "raw_text", text: "cell" }]],
  },
  { type: "markdown", text: "## Heading\n\n- item with `code`\n\n```\nblock\n```\n\n> quote" },
  {
    type: "data_visualization",
    title: "A chart",
    chart: {
      type: "bar",
      series: [{ name: "one", data: [{ label: "a", value: 3 }] }],
      axis_config: { categories: ["a"], y_label: "seconds" },
    },
  },
  {
    type: "data_table",
    caption: "A caption",
    rows: [[{ type: "raw_text", text: "h" }], [{ type: "raw_number", value: 1 }]],
  },
  {
    type: "container",
    title: plain("A container"),
    is_collapsible: true,
    child_blocks: [{ type: "section", text: mrkdwn("inside") }],
  },
  { type: "alert", text: mrkdwn("An alert"), level: "warning" },
  { type: "image", image_url: "https://a.example/i.png", alt_text: "a picture" },
];
