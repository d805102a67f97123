/** Takes the README's picture from the running page: `node test/support/picture.ts`. */

import { startApp } from "../../src/app.ts";
import { createLog } from "../../src/edges/log.ts";
import { startSandbox } from "../../src/edges/sandbox/sandbox.ts";
import { openBrowser } from "./browser.ts";
import { eventually } from "./sandbox-bot.ts";

const sandbox = await startSandbox({ port: 0, pastMinutes: 35 });
const bot = await startApp(sandbox.config, createLog("silent"), () => sandbox.past);
sandbox.connect(bot.url);
await sandbox.streamline.faults.set("http-down");
const browser = await openBrowser();
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(sandbox.url);
await page.getByRole("button", { name: /incidents/ }).click();
await page.getByRole("button", { name: "Simulated Streamline" }).click();
await page.getByRole("button", { name: "Fire StreamlineDown" }).click();
await page.getByRole("button", { name: "Close panel" }).click();
await sandbox.slack.slashCommand({
  user: "alice",
  channel: "incidents",
  text: "/streamline why-slow",
});
await eventually("the thread", () => {
  const [message] = sandbox.slack.messages("incidents");
  return message !== undefined && sandbox.slack.replies("incidents", message.ts).length === 4;
});
await page.getByRole("button", { name: /3 replies/ }).click();
await page.waitForTimeout(1_000);
await page.screenshot({ path: "docs/sandbox.png" });
await browser.close();
await bot.stop();
await sandbox.stop();
