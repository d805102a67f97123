/** Searching, sharing and telling, over a real store and search, and a Slack held in hand. */

import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { openDatabase } from "../../../src/edges/store/database.ts";
import { createFeedbackStore } from "../../../src/edges/store/feedback-store.ts";
import { createIncidentStore } from "../../../src/edges/store/incident-store.ts";
import { createQuestionStore } from "../../../src/edges/store/question-store.ts";
import { createSubscriptionStore } from "../../../src/edges/store/subscription-store.ts";
import {
  type PeoplePorts,
  peopleCommands,
} from "../../../src/features/commands/people-commands.ts";
import {
  type Click,
  joinInteractions,
  type Reaction,
} from "../../../src/features/shared/interactions.ts";
import { createPermission } from "../../../src/features/shared/permission.ts";
import { sectionKey } from "../../../src/knowledge/section-key.ts";
import { createSearch } from "../../../src/search/create-search.ts";
import { searchSections } from "../../../src/search/library-sections.ts";
import { libraryOf } from "../../block-kit/sections.ts";
import { watch } from "../../edges/store/stores.ts";
import { firing, notification, T0 } from "../../incidents/notifications.ts";
import { createClock, createLog, createMeter, createSlack } from "../fakes.ts";

const library = libraryOf({
  "runbooks/Lag.md":
    "---\ntitle: Lag\nalerts: [Lag]\n---\n## Meaning\n\nBehind.\n\n## Mitigation\n\nAdd.\n",
  "GUIDE.md": "# Guide\n\n## Disk is full\n\nDelete old segments.\n\n## Disk is slow\n\nWait.\n",
});
const search = await createSearch(searchSections(library));
const FULL = sectionKey("GUIDE.md#disk-is-full");
const ALICE = { user: "U0ALICE", channel: "C1" };

async function setUp(t: TestContext, change: Partial<PeoplePorts> = {}) {
  const database = await openDatabase({ engine: "sqlite", path: ":memory:" });
  t.after(() => database.close());
  const [clock, log] = [createClock(T0), createLog()];
  const incidents = createIncidentStore(database);
  const feedback = createFeedbackStore(database);
  const slack = createSlack(clock);
  const onCall = { users: ["U0ALICE"], groups: [] };
  const people = peopleCommands({
    knowledge: {
      library: () => library,
      ask: (question, options) => search.ask(question, options),
    },
    questions: createQuestionStore(database),
    feedback,
    subscriptions: createSubscriptionStore(database),
    incidents,
    messenger: slack,
    permission: createPermission(
      { ask: { users: [], channels: [] }, acknowledge: onCall, silence: onCall },
      { members: async () => [] },
    ),
    targets: [],
    clock,
    log,
    meter: createMeter(),
    ...change,
  });
  const { clicks } = joinInteractions(people.interactions);
  const click = (action: string, value: string, rest: Partial<Click> = {}): Promise<Reaction> => {
    const handle = clicks[action];
    assert.ok(handle !== undefined, action);
    return handle({ person: ALICE, action, actionId: action, value, fields: {}, ...rest });
  };
  const { commands } = people;
  return { commands, click, slack, incidents, feedback, log, clock };
}

function textOf(reaction: Reaction): string {
  assert.ok(reaction.kind === "message" || reaction.kind === "replacement", reaction.kind);
  return reaction.message.text;
}

describe("sharing", () => {
  test("that Slack refuses says what to do, and works once that is done", async (t) => {
    const { click, slack } = await setUp(t);
    slack.trouble("post", [{ kind: "refused", error: "not_in_channel" }]);
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
    assert.match(textOf(await click("search_share", "~gone")), /not in the runbooks any more/);
    assert.deepEqual(slack.messages, []);
  });
});

describe("a search", () => {
  test("is answered also when it cannot be remembered", async (t) => {
    const { commands, log } = await setUp(t, {
      questions: {
        ...createNoQuestions(),
        asked: () => Promise.reject(new Error("disk full")),
      },
    });
    const { text } = await commands.search("disk full", { person: ALICE, isPrivate: true });
    assert.match(text, /Delete old segments/);
    assert.ok(log.lines.includes("error: a question could not be kept"));
  });

  test("that others see offers no sharing, and a click in it answers the person alone", async (t) => {
    const { commands, click } = await setUp(t);
    const message = await commands.search("disk", { person: ALICE, isPrivate: false });
    assert.doesNotMatch(JSON.stringify(message.blocks), /Share/);
    assert.equal((await click("search_open", `1 0 ${FULL}`)).kind, "message");
    const own = await click("search_open", `1 0 ${FULL}`, { isPrivate: true });
    assert.equal(own.kind, "replacement");
  });

  test("of another person is not run again, and values that are none find nothing", async (t) => {
    const { commands, click } = await setUp(t);
    await commands.search("disk", { person: { ...ALICE, user: "U0BOB" }, isPrivate: true });
    for (const value of ["1", "", "x", "1e3", "9".repeat(40)]) {
      assert.match(textOf(await click("search_again", value)), /do not remember/, value);
    }
    assert.match(textOf(await click("search_page", "99 1")), /do not remember/);
  });
});

describe("feedback in a thread", () => {
  const body = notification([firing("a", { labels: { alertname: "Lag" } })]);
  const mitigation = "runbooks/Lag.md#mitigation";

  test("is kept for the alert, by those who may acknowledge", async (t) => {
    const { click, incidents, feedback } = await setUp(t);
    await watch(incidents, "i1", { body });
    const value = `i1 0 ${sectionKey(mitigation)}`;
    const bob = { person: { user: "U0BOB", channel: "C1" } };
    assert.match(textOf(await click("cleared", value, bob)), /does not let you/);
    assert.match(textOf(await click("useful", "i1 0 -", bob)), /does not let you/);
    assert.deepEqual(await feedback.verdicts("Lag"), []);
    assert.match(textOf(await click("cleared", value)), /Lag › Mitigation\* cleared it/);
    assert.partialDeepStrictEqual(await feedback.verdicts("Lag"), [
      { sectionId: mitigation, cleared: 1, incidents: 1 },
    ]);
  });

  test("of an incident or section that is gone says so", async (t) => {
    const { click, incidents } = await setUp(t);
    await watch(incidents, "i1", { body });
    assert.match(textOf(await click("useful", "gone 0 -")), /do not know this incident/);
    assert.match(textOf(await click("cleared", "i1 0 ~gone")), /not in the runbooks any more/);
    assert.match(textOf(await click("cleared", "i1 0 itself")), /went by itself/);
  });

  test("a section opened in a thread is about its alert, with the alert's labels", async (t) => {
    const { commands, incidents } = await setUp(t);
    await watch(incidents, "i1", { body });
    await incidents.setMessageTs("i1", "1.1");
    const opened = { person: ALICE, action: "show_section", actionId: "show_section", fields: {} };
    const message = await commands.section({ ...opened, value: mitigation, threadTs: "1.1" });
    assert.match(JSON.stringify(message.blocks), /"value":"i1 0 ~/);
    const outside = await commands.section({ ...opened, value: mitigation });
    assert.match(JSON.stringify(outside.blocks), /"value":"- 0 ~/);
  });
});

test("gaps and notes are shown to those who may, and anybody may leave a note", async (t) => {
  const { commands, click } = await setUp(t);
  const bob = { user: "U0BOB", channel: "C1" };
  assert.match((await commands.gaps(bob)).text, /does not let you/);
  assert.match(textOf(await click("gap_none", "1", { person: bob })), /does not let you/);
  assert.match((await commands.feedback("too short", bob)).text, /Noted/);
  assert.match((await commands.feedback("", bob)).text, /does not let you/);
  assert.match((await commands.feedback("", ALICE)).text, /<@U0BOB>.*: too short/);
});

function createNoQuestions(): PeoplePorts["questions"] {
  return {
    asked: async () => 0,
    question: async () => undefined,
    recent: async () => [],
    gaps: async () => [],
    gapsSince: async () => [],
    answered: async () => undefined,
    notAGap: async () => undefined,
    prune: async () => 0,
  };
}
