/** Searching, sharing, feedback and gaps, over a real store and search, and a Slack held in hand. */

import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { sectionKey } from "../../../src/knowledge/sections/section-key.ts";
import { watch } from "../../edges/store/stores.ts";
import { firing, notification } from "../../incidents/notifications.ts";
import { ALICE, type Setting, setUp as setUpAll, textOf } from "../commands/setting.ts";

const PAGES = {
  "runbooks/Lag.md":
    "---\ntitle: Lag\nalerts: [Lag]\n---\n## Meaning\n\nBehind.\n\n## Mitigation\n\nAdd.\n",
  "GUIDE.md": "# Guide\n\n## Disk is full\n\nDelete old segments.\n\n## Disk is slow\n\nWait.\n",
};
const FULL = sectionKey("GUIDE.md#disk-is-full");
const BOB = { user: "U0BOB", channel: ALICE.channel };

async function setUp(t: TestContext, ports: Setting["ports"] = {}, pages = {}) {
  const onCall = { users: [ALICE.user], groups: [] };
  const permissions = { acknowledge: onCall, silence: onCall };
  const all = await setUpAll(t, { pages: { ...PAGES, ...pages }, permissions, targets: [], ports });
  const { commands } = all;
  /** As a slash command: only the person sees it. */
  const slash = async (text: string, person = ALICE): Promise<string> =>
    textOf(await commands.answer(text, person));
  return { ...all, slash };
}

describe("sharing", () => {
  test("that Slack refuses says what to do, and works once that is done", async (t) => {
    const { click, slack } = await setUp(t);
    slack.trouble("post", [{ kind: "refused", error: "not_in_channel", of: "channel" }]);
    assert.match(textOf(await click("search_share", FULL)), /Invite me/);
    assert.match(textOf(await click("search_share", FULL)), /^Shared: Guide › Disk is full/);
    assert.match(slack.messages[0]?.text ?? "", /^<@U0ALICE> shared this/);
  });

  test("twice in a moment is once, and later is again", async (t) => {
    const { click, slack, clock } = await setUp(t);
    await click("search_share", FULL);
    assert.deepEqual(await click("search_share", FULL), { kind: "nothing" });
    await clock.advance(11_000);
    await click("search_share", FULL);
    assert.equal(slack.messages.length, 2);
  });

  test("goes nowhere from a direct message, nor for a section that is gone", async (t) => {
    const { click, slack } = await setUp(t);
    const direct = { person: { ...ALICE, channel: "D1" } };
    assert.match(textOf(await click("search_share", FULL, direct)), /no channel here/);
    assert.match(textOf(await click("search_share", "~gone")), /no longer in the runbooks/);
    assert.deepEqual(slack.messages, []);
  });
});

describe("a search", () => {
  test("that a row of a long table answers shows the row, and not the table behind it", async (t) => {
    const rows = Array.from(
      { length: 90 },
      (_, n) => `| \`gadget ${n} does not answer\` | reason ${n}, told at length |`,
    );
    const guide = ["# Guide", "## Texts", "| Text | Why |", "|---|---|", ...rows].join("\n");
    const { slash } = await setUp(t, {}, { "GUIDE.md": guide });
    const shown = await slash("search gadget 41 does not answer");
    assert.match(shown, /reason 41/);
    assert.match(shown, /other texts are in .*GUIDE\.md#texts/);
    assert.doesNotMatch(shown, /reason 7\b/);
  });

  test("is answered also when it cannot be remembered", async (t) => {
    const { slash, log } = await setUp(t, {
      questions: {
        asked: () => Promise.reject(new Error("disk full")),
        question: async () => undefined,
        gaps: async () => [],
        answered: async () => undefined,
        notAGap: async () => undefined,
      },
    });
    assert.match(await slash("search disk full"), /Delete old segments/);
    assert.ok(log.lines.includes("error: a question could not be kept"));
  });

  test("that others see offers no sharing, and a click in it answers the person alone", async (t) => {
    const { answer, click } = await setUp(t);
    const message = await answer("search disk");
    assert.doesNotMatch(JSON.stringify(message.blocks), /Share/);
    assert.equal((await click("search_open", `1 0 ${FULL}`)).kind, "message");
    const own = await click("search_open", `1 0 ${FULL}`, { isPrivate: true });
    assert.equal(own.kind, "replacement");
  });

  test("of another person is not run again, and values that are none find nothing", async (t) => {
    const { slash, click } = await setUp(t);
    await slash("search disk", BOB);
    for (const value of ["1", "", "x", "1e3", "9".repeat(40)]) {
      assert.match(textOf(await click("search_again", value)), /no longer have/, value);
    }
    assert.match(textOf(await click("search_page", "99 1")), /no longer have/);
  });
});

describe("feedback in a thread", () => {
  const body = notification([firing("a", { labels: { alertname: "Lag" } })]);
  const mitigation = "runbooks/Lag.md#mitigation";

  test("is kept for the alert, by those who may acknowledge", async (t) => {
    const { click, incidents, feedback } = await setUp(t);
    await watch(incidents, "i1", { body, channel: ALICE.channel });
    const value = `i1 0 ${sectionKey(mitigation)}`;
    const bob = { person: BOB };
    assert.match(textOf(await click("cleared", value, bob)), /does not let you/);
    assert.match(textOf(await click("useful", "i1 0 -", bob)), /does not let you/);
    assert.deepEqual(await feedback.verdicts("Lag"), []);
    assert.match(textOf(await click("cleared", value)), /Lag › Mitigation\* fixed it/);
    assert.partialDeepStrictEqual(await feedback.verdicts("Lag"), [
      { sectionId: mitigation, cleared: 1, incidents: 1 },
    ]);
  });

  test("a note of what fixed it is written in a window, and stands in timeline and history", async (t) => {
    const { click, submissions, incidents, feedback } = await setUp(t);
    await watch(incidents, "i1", { body, channel: ALICE.channel });
    const opened = await click("cleared", "i1 0 other");
    assert.ok(opened.kind === "modal");
    const { skeleton } = opened.modal;
    assert.deepEqual([skeleton.callbackId, skeleton.metadata], ["fixed_note", "i1"]);
    const submit = (text: string, person = ALICE) => {
      const view = { id: "V1", callbackId: "fixed_note", metadata: "i1" };
      const result = submissions["fixed_note"]?.({ person, view, fields: { fixed_note: text } });
      assert.ok(result);
      return result;
    };
    assert.equal(submit("  ").kind, "errors");
    const refused = submit("by bob", BOB);
    assert.ok(refused.kind === "later");
    assert.match(JSON.stringify((await refused.finish()).blocks), /does not let you/);
    assert.deepEqual(await feedback.fixes("Lag", 5), []);
    const kept = submit("grew the volume");
    assert.ok(kept.kind === "later");
    assert.match(JSON.stringify((await kept.finish()).blocks), /Saved/);
    assert.partialDeepStrictEqual(await feedback.fixes("Lag", 5), [
      { incidentId: "i1", text: "grew the volume", who: ALICE.user },
    ]);
    const story = await incidents.timeline("i1", 10);
    assert.ok(
      story.some((each) => each.kind === "audit" && each.detail["note"] === "grew the volume"),
    );
  });

  test("of an incident or section that is gone says so", async (t) => {
    const { click, incidents } = await setUp(t);
    await watch(incidents, "i1", { body, channel: ALICE.channel });
    assert.match(textOf(await click("useful", "gone 0 -")), /no longer have this incident/);
    assert.match(textOf(await click("cleared", "i1 0 ~gone")), /no longer in the runbooks/);
    assert.match(textOf(await click("cleared", "i1 0 itself")), /^Noted: /);
  });

  test("a section opened in a thread is about its alert, with the alert's labels", async (t) => {
    const { click, incidents } = await setUp(t);
    await watch(incidents, "i1", { body, channel: ALICE.channel });
    await incidents.setMessageTs("i1", "1.1");
    const blocksOf = async (place = {}): Promise<string> => {
      const reaction = await click("show_section", mitigation, place);
      assert.ok(reaction.kind === "message");
      return JSON.stringify(reaction.message.blocks);
    };
    assert.match(await blocksOf({ threadTs: "1.1" }), /"value":"i1 0 ~/);
    assert.match(await blocksOf(), /"value":"- 0 ~/);
  });
});

test("gaps and notes are shown to those who may, and anybody may leave a note", async (t) => {
  const { slash, click } = await setUp(t);
  assert.match(await slash("gaps", BOB), /does not let you/);
  assert.match(textOf(await click("gap_none", "1", { person: BOB })), /does not let you/);
  assert.match(await slash("feedback too short", BOB), /Noted/);
  assert.match(await slash("feedback", BOB), /does not let you/);
  assert.match(await slash("feedback"), /<@U0BOB>.*: too short/);
});

test("a question in another language is no gap in the runbooks", async (t) => {
  const { slash } = await setUp(t);
  await slash("search warum ist die floop so langsam");
  await slash("search warum ist die Platte voll");
  assert.match(await slash("gaps"), /No gaps/);
});

test("a gap comes with the lines that would lead to the nearest section", async (t) => {
  const { slash, click } = await setUp(t);
  await slash("search why is the floop lagging", BOB);
  assert.match(await slash("gaps"), /floop/);
  const reaction = await click("gap_words", "1");
  assert.ok(reaction.kind === "modal");
  assert.match(JSON.stringify(reaction.modal), /floop/);
  assert.match(textOf(await click("gap_words", "1", { person: BOB })), /does not let you/);
  assert.match(textOf(await click("gap_words", "77")), /no longer have/);
});
