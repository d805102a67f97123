/** Debian's Chromium, driven by the tests and by the picture in the README. */

import { type Browser, chromium } from "playwright-core";

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
