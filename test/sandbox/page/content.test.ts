// needs: chromium
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { layCable } from "./cable.ts";
import { type Stage, startStage } from "./open-page.ts";

const plain = (text: string) => ({ type: "plain_text" as const, text });
const mrkdwn = (text: string) => ({ type: "mrkdwn" as const, text });

describe("what the page shows", () => {
  let stage: Stage;

  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());

  const said = (page: Page, text: string) =>
    page.getByRole("main").getByRole("article").filter({ hasText: text }).last();
  const post = (text: string, blocks?: object[]) =>
    stage.bot.client.chat.postMessage({
      channel: stage.slack.channels["incidents"] ?? "",
      text,
      ...(blocks === undefined ? {} : { blocks: blocks as never }),
    });

  test("shows a chart, a table, Markdown and a list as such", async () => {
    const { page, complaints } = await stage.open();
    const point = (label: string, value: number) => ({ label, value });
    await post("x", [
      {
        type: "data_visualization",
        title: "Latency over time",
        chart: { type: "line", series: [{ name: "p99", data: [point("a", 1), point("b", 2)] }] },
      },
      { type: "table", rows: [[{ type: "raw_text", text: "a cell" }]] },
      { type: "markdown", text: "# A heading\n\n- an item" },
    ]);
    await page.getByText("Latency over time").first().waitFor();
    assert.ok((await page.locator("svg").count()) > 0);
    await page.getByRole("cell", { name: "a cell" }).or(page.getByText("a cell")).first().waitFor();
    await page.getByRole("heading", { name: "A heading" }).waitFor();
    await page.getByRole("listitem").filter({ hasText: "an item" }).waitFor();
    assert.deepEqual(complaints, []);
  });

  test("on a phone a table keeps its words whole and scrolls", async () => {
    const { page } = await stage.open({ width: 390 });
    const row = (...cells: string[]) => cells.map((text) => ({ type: "raw_text", text }));
    const heads = ["Partition", "Current offset", "Messages behind", "Outlook"];
    const name = "inventory/12";
    await post("x", [
      { type: "table", rows: [row(...heads), row(name, "123,456,789", "1,234", "stopped")] },
    ]);
    const cell = said(page, name).getByText(name);
    await cell.waitFor();
    const lines = await cell.evaluate((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
    });
    assert.ok(lines === 1, `the name is broken into ${lines} lines`);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(overflow, 0, "the page itself does not scroll across");
  });

  const HOSTILE = [
    "<script>window.hacked = true</script>",
    "<img src=x onerror=window.hacked=true>",
    "<!channel> <@U1> <!here|click> & *bold* `code`",
    "javascript:window.hacked=true",
    "‮txet tfel-ot-thgir‬ مرحبا",
    "x".repeat(2_900),
  ];
  for (const text of HOSTILE) {
    test(`shows strangers' text as text: ${text.slice(0, 40)}`, async () => {
      const { page, complaints } = await stage.open();
      await stage.slack.sendMessage({ user: "bob", channel: "incidents", text });
      await post("x", [
        { type: "header", text: plain(text.slice(0, 150)) },
        { type: "section", text: plain(text), fields: [plain(text.slice(0, 100))] },
        {
          type: "rich_text",
          elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }],
        },
        { type: "table", rows: [[{ type: "raw_text", text: text.slice(0, 500) }]] },
      ]);
      const message = page.getByRole("article").last();
      await message.getByText(text.slice(0, 20)).first().waitFor();
      assert.equal(await page.evaluate(() => "hacked" in window), false);
      assert.equal(await message.locator("script, img, a").count(), 0);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      assert.equal(overflow, false);
      assert.deepEqual(complaints, []);
    });
  }

  test("opens no link but to the web", async () => {
    const { page, complaints } = await stage.open();
    await post("x", [
      {
        type: "section",
        text: mrkdwn("<javascript:alert(1)|bad> and <https://good.example/a|good>"),
      },
      {
        type: "markdown",
        text: "[worse](javascript:alert(1)) ![pixel](https://evil.example/p.png)",
      },
      { type: "image", image_url: "https://evil.example/i.png", alt_text: "an outside picture" },
    ]);
    const message = page.getByRole("article").last();
    await message.getByText("an outside picture").waitFor();
    const links = await message
      .getByRole("link")
      .evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
    const wanted = [
      "https://good.example/a",
      "https://evil.example/p.png",
      "https://evil.example/i.png",
    ];
    assert.deepEqual(
      links.filter((href) => href !== ""),
      wanted,
    );
    assert.equal(await message.locator("img").count(), 0);
    assert.deepEqual(complaints, []);
  });

  test("says that the connection is lost, and takes up what it missed", async (t) => {
    const cable = await layCable(stage.slack.url);
    t.after(() => cable.remove());
    const { page } = await stage.open({ url: cable.url });
    cable.cut();
    await page.getByText("Connection lost").waitFor();
    await post("said meanwhile");
    cable.mend();
    await said(page, "said meanwhile").waitFor();
    await page.getByText("Connection lost").waitFor({ state: "detached" });
    await page.close();
  });

  test("asks again for messages whose request met a connection that broke", async () => {
    await post("said before the page opened");
    const { page } = await stage.open({ user: "bob" });
    let broken = 0;
    await page.route("**/sandbox/channels/**", (route) => {
      broken += 1;
      return broken === 1 ? route.abort("connectionreset") : route.continue();
    });
    await page.reload();
    await said(page, "said before the page opened").waitFor();
    assert.ok(broken >= 2);
    await page.close();
  });
});
