// needs: chromium
/** A person at the sandbox's page: a fault switched on, its alert, its thread, and why-slow. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser } from "../support/browser.ts";
import { eventually } from "../support/eventually.ts";
import { startSandboxBot } from "../support/sandbox-bot.ts";

const PATIENCE = { timeout: 60_000 };

test("a fault is switched on, the alert arrives with its thread, and why-slow names the cause", async (t) => {
  const sandbox = await startSandboxBot(t, (config) => config, { pastMinutes: 35 });
  const browser = await openBrowser();
  t.after(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(PATIENCE.timeout);
  await page.goto(sandbox.url);
  await page.getByRole("button", { name: /incidents/ }).click();

  await page.getByRole("button", { name: "Simulated Streamline" }).click();
  await page.getByRole("searchbox", { name: "Find a circumstance" }).fill("HTTP");
  const title = sandbox.streamline.faults.list.find(({ id }) => id === "http-down")?.title ?? "";
  await page.getByRole("switch", { name: title, exact: true }).click();
  await page.getByRole("button", { name: "Fire StreamlineDown" }).click();
  await page.getByRole("button", { name: "Close panel" }).click();

  await page.getByText("CRITICAL StreamlineDown").first().waitFor(PATIENCE);
  const replies = page.getByRole("button", { name: /2 replies/ });
  await replies.waitFor(PATIENCE);
  await replies.click();
  const thread = page.getByRole("complementary", { name: "Thread" });
  await thread.getByText(`${sandbox.streamline.http}/health`).first().waitFor(PATIENCE);
  await thread
    .getByText(/Kafka answers, HTTP does not/)
    .first()
    .waitFor(PATIENCE);
  // What the bot polled before the alert came does not speak against that for long.
  await thread.getByText(/I reach it/).waitFor({ ...PATIENCE, state: "detached" });

  const composer = page.getByRole("combobox", { name: /Message #?incidents/ });
  await composer.fill("/streamline why-slow");
  await composer.press("Escape");
  await composer.press("Enter");
  const told = await eventually("the diagnosis", () => sandbox.slack.ephemerals("alice")[0]);
  assert.match(told.text, /HTTP/);
  assert.match(told.text, /Kafka/);
  assert.match(told.text, /replay:[0-9a-f]+/);
  await page.getByText("Only visible to you").waitFor(PATIENCE);
});
