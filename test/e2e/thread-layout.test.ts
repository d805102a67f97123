// needs: chromium
/** What a person sees of an alert without scrolling, on a laptop and on a phone. */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Locator, Page } from "playwright-core";
import { openBrowser } from "../support/browser.ts";
import { openThread, SIZES } from "../support/open-thread.ts";
import { type StagedThread, stageThread, THREAD_SCENES } from "../support/threads.ts";

describe("an alert's thread", () => {
  let browser: Browser;
  let page: Page;
  let staged: StagedThread;

  before(async () => {
    browser = await openBrowser();
    page = await browser.newPage();
    const scene = THREAD_SCENES.find(({ name }) => name === "disk-full-after-slow-sync");
    assert.ok(scene);
    staged = await stageThread(scene);
  });
  after(async () => {
    await browser.close();
    await staged.stop();
  });

  for (const size of ["desk", "phone"] as const) {
    test(`${size}: verdict and first step are in sight when the thread is opened`, async () => {
      const thread = await openThread(page, staged.sandbox.url, size);
      const end = await bottomOf(thread.getByRole("combobox", { name: /Reply/ }), "top");
      const verdict = thread.getByText(/The disk is full \(since/).first();
      const step = thread.getByText(/not Streamline's on that disk/).first();
      assert.ok((await bottomOf(verdict)) < end, "the verdict ends above the composer");
      assert.ok((await bottomOf(step)) < end, "so does the first step");
      assert.ok((await bottomOf(verdict)) <= (await bottomOf(step)), "the verdict comes first");
      assert.ok((await bottomOf(thread.getByRole("article").nth(1), "top")) < SIZES[size].height);
    });

    test(`${size}: the thread opens with the verdict, and what is folded away stays closed`, async () => {
      const thread = await openThread(page, staged.sandbox.url, size);
      const reply = thread.getByRole("article").nth(1);
      const text = (await reply.textContent())?.replace(/\s+/g, " ");
      assert.match(text ?? "", /The disk is full \(since .*What to do first/);
      assert.doesNotMatch(text ?? "", /First: /, "the message above says it already");
      assert.match(
        text ?? "",
        /All findings.*1\. .*2\. .*3\. /,
        "findings are numbered one by one",
      );
      assert.doesNotMatch(
        text ?? "",
        /restart gracefully/i,
        "on a full disk nobody is told to restart",
      );
      const folded = await reply.getByRole("button", { expanded: false }).allTextContents();
      for (const title of ["All findings", "Health", "Chart", "Ruled out"]) {
        assert.ok(
          folded.some((each) => each.includes(title)),
          title,
        );
      }
      const runbook = thread.getByRole("article").nth(2);
      for (const title of ["Meaning", "Impact"]) {
        await runbook.getByRole("button", { name: title, expanded: false }).waitFor();
      }
      assert.match((await runbook.textContent())?.replace(/\s+/g, " ") ?? "", /^.{0,80}Diagnosis/);
    });
  }

  /** Where an element ends on the screen, in pixels from above; or where it begins. */
  async function bottomOf(element: Locator, side: "top" | "bottom" = "bottom"): Promise<number> {
    const box = await element.boundingBox();
    assert.ok(box !== null, "it is drawn");
    return side === "top" ? box.y : box.y + box.height;
  }
});
