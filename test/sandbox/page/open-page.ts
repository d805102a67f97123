/** The page in a real Chromium, with a Bolt app behind it that answers what the tests do. */

import type { Browser, Page } from "playwright-core";
import type { LocalSlack } from "../../../src/sandbox/slack/local-slack.ts";
import { openAsNew, openBrowser } from "../../support/browser.ts";
import { type EchoBot, startEchoBot, startSlack } from "../slack/echo-bot.ts";

export interface Stage {
  readonly slack: LocalSlack;
  readonly bot: EchoBot;
  /**
   * The page of that person, as new as if they had never been here, which ends what they opened before;
   * what the browser complained of is in `complaints`.
   */
  open(options?: OpenOptions): Promise<OpenPage>;
  stop(): Promise<void>;
}

interface OpenOptions {
  /** Another address of the same sandbox, such as one that can be cut off. */
  readonly url?: string;
  readonly user?: string;
  readonly colorScheme?: "light" | "dark";
  readonly width?: number;
}

interface OpenPage {
  readonly page: Page;
  /** Errors on the console, failed requests, and requests to anywhere but the sandbox. */
  readonly complaints: string[];
}

/** What stands in the panel; the test reads what was switched. */
export interface Switched {
  readonly faults: string[];
  readonly alerts: string[];
}

export async function startStage(switched: Switched = { faults: [], alerts: [] }): Promise<Stage> {
  const slack = await startSlack({ controls: controlsFor(switched) });
  const bot = await startEchoBot(slack);
  await slack.preparePage();
  const browser = await openBrowser();
  const pages = new Map<string, OpenPage>();
  return {
    slack,
    bot,
    async open(options = {}) {
      const { user = "alice", url = slack.url } = options;
      const opened = pages.get(user) ?? (await newPage(browser, user));
      pages.set(user, opened);
      await visit(opened, { ...options, url });
      return opened;
    },
    async stop() {
      await browser.close();
      await bot.stop();
      await slack.close();
    },
  };
}

async function newPage(browser: Browser, user: string): Promise<OpenPage> {
  const context = await browser.newContext();
  await context.addInitScript((name) => localStorage.setItem("sandbox-user", name), user);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    const isLocal = protocol === "data:" || hostname === "127.0.0.1";
    if (!isLocal) complaints.push(`asked for ${request.url()}`);
  });
  return { page, complaints };
}

async function visit(
  { page, complaints }: OpenPage,
  { url, width = 1_280, colorScheme = "light" }: OpenOptions & { readonly url: string },
): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await openAsNew(page, url, { width, height: 800 });
  await page.getByRole("combobox", { name: "Message #incidents" }).waitFor();
  complaints.length = 0;
}

function controlsFor(switched: Switched) {
  let isOn = false;
  return {
    faults: () => [
      {
        id: "disk",
        title: "Disk fills up",
        about: "Appends fail once it is full.",
        kind: "fault" as const,
        on: isOn,
        magnitude: 0.1,
        magnitudes: { mild: 0.1, severe: 0.01, meaning: "of the disk is free" },
      },
    ],
    setFault(id: string, change: { readonly on: boolean }) {
      isOn = change.on;
      switched.faults.push(`${id} ${change.on}`);
    },
    alerts: () => [
      {
        name: "DiskFull",
        summary: "The disk is full",
        severity: "critical",
        status: switched.alerts.length % 2 === 1 ? ("firing" as const) : ("inactive" as const),
        waits: "2m",
      },
    ],
    fireAlert(name: string, change: { readonly status: string }) {
      switched.alerts.push(`${name} ${change.status}`);
    },
  };
}
