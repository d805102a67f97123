/**
 * Takes the README's pictures from the running page: `node test/support/picture.ts`. Its first one,
 * docs/sandbox.png, is the thread disk-full-after-slow-sync of those that `npm run pictures` takes.
 */

import type { Page } from "playwright-core";
import { startApp } from "../../src/app.ts";
import { createLog } from "../../src/edges/log.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { openBrowser } from "./browser.ts";
import { eventually } from "./eventually.ts";

const CHANNEL = "incidents";
const PATIENCE_S = 60;

const sandbox = await startSandbox({ port: 0, pastMinutes: 35 });
const bot = await startApp(sandbox.config, createLog("silent"), () => sandbox.past);
sandbox.connect(bot.url);
const { slack } = sandbox;
const browser = await openBrowser();
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(sandbox.url);

await sandbox.streamline.faults.set("http-down");
await page.getByRole("button", { name: CHANNEL }).click();
await page.getByRole("button", { name: "Simulated Streamline" }).click();
await page.getByRole("button", { name: "Fire StreamlineDown" }).click();
await page.getByRole("button", { name: "Close panel" }).click();
const ts = await eventually("the thread", () => {
  const [message] = slack.messages(CHANNEL);
  const isWhole = message !== undefined && slack.replies(CHANNEL, message.ts).length >= 3;
  return isWhole && message.ts;
});
await click("acknowledge");
await eventually("it is shown", () => /acknowledged/.test(slack.messages(CHANNEL)[0]?.text ?? ""));
await click("silence");
await page
  .getByText(/would be hidden/)
  .first()
  .waitFor({ timeout: PATIENCE_S * 1_000 });
await take(page, "silence");
await page.keyboard.press("Escape");

await slack.slashCommand({ user: "alice", channel: CHANNEL, text: "/streamline search" });
const search = page.getByRole("dialog").getByRole("combobox");
await search.fill("disk fu");
await page
  .getByRole("option")
  .first()
  .waitFor({ timeout: PATIENCE_S * 1_000 });
await take(page, "search");
await page.keyboard.press("Escape");
await page.keyboard.press("Escape");

await page.getByRole("button", { name: "Streamline", exact: true }).click();
await page.getByRole("tab", { name: "Home" }).click();
await page
  .getByText("StreamlineDown")
  .first()
  .waitFor({ timeout: PATIENCE_S * 1_000 });
await take(page, "home");

await browser.close();
await bot.stop();
await sandbox.stop();
process.exit(0);

async function click(actionId: string): Promise<void> {
  await slack.clickButton({ user: "alice", channel: CHANNEL, ts, actionId });
}

async function take(shown: Page, name: string): Promise<void> {
  await shown.waitForTimeout(1_500);
  await shown.screenshot({ path: `docs/${name}.png` });
}
