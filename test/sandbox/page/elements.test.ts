// needs: chromium
// takes: 15 s
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { eventually } from "../../support/eventually.ts";
import { type Stage, startStage } from "./open-page.ts";
import { answerPeople, button, focusOn, plain, post, said } from "./people-on-page.ts";

describe("elements of a message, on the page", () => {
  let stage: Stage;
  const chosen: string[] = [];

  before(async () => {
    stage = await startStage();
    answerPeople(stage.bot.app, chosen);
  });
  after(() => stage.stop());

  test("presses a button, and the message changes in place", async () => {
    const { page } = await stage.open();
    await post(stage, "x", [{ type: "actions", elements: [button("ack", "Acknowledge this")] }]);
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
    await post(stage, "x", [
      { type: "actions", elements: [{ ...button("sure", "Hide"), confirm }] },
    ]);
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
    await post(stage, "x", [{ type: "actions", elements: [button("nobody", "Unheard")] }]);
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
    await post(stage, "x", [
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
    await post(stage, "x", [{ type: "actions", elements: [element] }]);
    const menu = page.getByRole("combobox", { name: "A topic" });
    await menu.click();
    await page.getByText("Type 2 characters or more").waitFor();
    await menu.pressSequentially("lag");
    await page.getByRole("option", { name: "Replication lag" }).click();
    await eventually("Replication lag", () => chosen.at(-1)?.includes("Replication lag") === true);
  });

  test("opens a modal, shows its errors, keeps what was typed and submits it", async () => {
    const { page } = await stage.open();
    await post(stage, "x", [{ type: "actions", elements: [button("form", "Silence…")] }]);
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
    await post(stage, "x", [{ type: "actions", elements: [button("form", "Leave again…")] }]);
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
});
