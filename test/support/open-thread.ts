/** The thread of the one message in #incidents, opened in a browser as a person opens it. */

import type { Browser, Locator, Page } from "playwright-core";

/** A laptop, and a phone. */
export const SIZES = {
  desk: { width: 1_440, height: 900 },
  phone: { width: 390, height: 844 },
} as const;

export interface OpenedThread {
  readonly page: Page;
  readonly thread: Locator;
}

/** Opens the thread; it stands at its beginning. */
export async function openThread(
  browser: Browser,
  url: string,
  size: keyof typeof SIZES,
): Promise<OpenedThread> {
  const page = await browser.newPage({ viewport: SIZES[size], deviceScaleFactor: 1 });
  page.setDefaultTimeout(60_000);
  await page.goto(url);
  await page
    .getByRole("button", { name: /\d repl/ })
    .first()
    .click();
  const thread = page.getByRole("complementary", { name: "Thread" });
  await thread.getByRole("article").nth(1).waitFor();
  return { page, thread };
}
