/** The thread of the one message in #incidents, opened in a browser as a person opens it. */

import type { Locator, Page } from "playwright-core";

import { openAsNew } from "./browser.ts";

/** A laptop, and a phone. */
export const SIZES = {
  desk: { width: 1_440, height: 900 },
  phone: { width: 390, height: 844 },
} as const;

/** Opens the thread, and gives it; it stands at its beginning. */
export async function openThread(
  page: Page,
  url: string,
  size: keyof typeof SIZES,
): Promise<Locator> {
  page.setDefaultTimeout(60_000);
  await openAsNew(page, url, SIZES[size]);
  await page
    .getByRole("button", { name: /\d repl/ })
    .first()
    .click();
  const thread = page.getByRole("complementary", { name: "Thread" });
  await thread.getByRole("article").nth(1).waitFor();
  return thread;
}
