// needs: chromium
// takes: 30 s
/** The first look at the sandbox: three buttons that end in an explained alert. */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { startApp } from "../../src/app.ts";
import { createLog } from "../../src/edges/log.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { openAsNew, openBrowser } from "../support/browser.ts";
import { eventually } from "../support/eventually.ts";
import { SIZES } from "../support/open-thread.ts";

describe("the tour of the sandbox", () => {
  let sandbox: Sandbox;
  let page: Page;
  let stop: () => Promise<void>;

  before(async () => {
    sandbox = await startSandbox({ port: 0, pastMinutes: 35, alertsAfterMs: 1_000 });
    const bot = await startApp(sandbox.config, createLog("silent"), () => sandbox.past);
    sandbox.onPast((written) => bot.rewritePast(() => written));
    sandbox.connect(bot.url);
    const browser = await openBrowser();
    page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    stop = async () => {
      await browser.close();
      await bot.stop();
      await sandbox.stop();
    };
  });

  after(() => stop());

  for (const [name, viewport] of Object.entries(SIZES)) {
    test(`on a ${name} the tour is open at first, and nothing scrolls beside its panels`, async () => {
      await openAsNew(page, sandbox.url, viewport);
      await page.getByRole("heading", { name: "An incident in one minute" }).waitFor();
      const [across = 1, down = 1] = await page.evaluate<number[]>(
        "[document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]",
      );
      assert.ok(across <= 0 && down <= 0, `${across} px across, ${down} px down`);
      await page.getByRole("button", { name: "Close the tour" }).click();
      await page.reload();
      await page.getByRole("button", { name: "Simulated Streamline" }).waitFor();
      assert.equal(
        await page.getByRole("heading", { name: "An incident in one minute" }).count(),
        0,
      );
    });
  }

  test("its three buttons break the disk, show the alert that follows, and ask why", async () => {
    await openAsNew(page, sandbox.url, SIZES.desk);
    await page.getByRole("button", { name: "Break the disk" }).click();
    const message = await eventually("the alert", () =>
      sandbox.slack.messages("incidents").find(({ text }) => text.includes("DiskFull")),
    );
    assert.match(message.text, /DiskFull/);
    await page.getByRole("button", { name: "Watch the alert arrive" }).click();
    await page.getByRole("article").filter({ hasText: "DiskFull" }).first().waitFor();
    const before = sandbox.slack.ephemerals("alice").length;
    await page.getByRole("button", { name: "Ask why" }).click();
    const answer = await eventually("the answer", () => sandbox.slack.ephemerals("alice")[before]);
    assert.match(answer.text, /The disk is full \(since /);
    assert.match(answer.text, /for [56] min /, "the fault has lasted for a while already");
    const verdict = page
      .getByRole("article")
      .filter({ hasText: "Only visible to you" })
      .getByText(/The disk is full \(since/)
      .first();
    await eventually("the verdict is in sight, not the end of the answer", async () => {
      const box = await verdict.boundingBox();
      return box !== null && box.y > 0 && box.y < SIZES.desk.height;
    });
  });

  test("on a phone its third step is at hand while the messages are read", async () => {
    await openAsNew(page, sandbox.url, SIZES.phone);
    await page.getByRole("button", { name: "Watch the alert arrive" }).click();
    await page.getByRole("heading", { name: "An incident in one minute" }).waitFor({
      state: "detached",
    });
    const before = sandbox.slack.ephemerals("alice").length;
    await page.getByRole("button", { name: "Ask why" }).click();
    await eventually("the answer", () => sandbox.slack.ephemerals("alice")[before]);
    await page.getByRole("article").filter({ hasText: "Only visible to you" }).first().waitFor();
    await page.getByRole("button", { name: "Back to the tour" }).click();
    await page.getByRole("heading", { name: "An incident in one minute" }).waitFor();
    await page.getByRole("button", { name: "Close panel" }).click();
    await page.getByRole("button", { name: "Close the tour" }).click();
    assert.equal(await page.getByRole("button", { name: "Ask why" }).count(), 0);
  });
});
