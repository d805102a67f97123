/** Debian's Chromium, driven by the tests and by the picture in the README. */

import { type Browser, chromium, type Page, type ViewportSize } from "playwright-core";

/** As root without a display, and silent on the network. */
const SWITCHES = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: SWITCHES });
}

/**
 * Opens the address as somebody who has never been there, in a page that may have been: a page of its
 * own starts two processes, which take a second and a half.
 */
export async function openAsNew(page: Page, url: string, size: ViewportSize): Promise<void> {
  if (page.url() !== "about:blank") await page.evaluate("localStorage.clear()");
  await page.setViewportSize(size);
  await page.goto(url);
}
