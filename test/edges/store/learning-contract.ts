/** What every store must do with verdicts, questions and subscriptions, whichever database keeps them. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { createFeedbackStore } from "../../../src/edges/store/feedback-store.ts";
import { createQuestionStore } from "../../../src/edges/store/question-store.ts";
import { createSubscriptionStore } from "../../../src/edges/store/subscription-store.ts";
import type { Feedback } from "../../../src/features/search/learning-ports.ts";
import { MOST_SUBSCRIPTIONS } from "../../../src/incidents/subscription.ts";
import { firing, HOUR, notification, resolved, T0 } from "../../incidents/notifications.ts";
import { claim, type FreshAddress, kindsOf, openStore, watch } from "./stores.ts";

const DAY = 24 * HOUR;
const STRANGE = `NUL \u0000, half \uD83D, 'quotes" ${"x".repeat(3_000)}`;

/** Run against each database. */
export function learningContract(fresh: FreshAddress): void {
  const setUp = async (t: TestContext) => {
    const { store, database } = await openStore(t, await fresh(t));
    return {
      store,
      database,
      feedback: createFeedbackStore(database),
      questions: createQuestionStore(database),
      subscriptions: createSubscriptionStore(database),
    };
  };
  const said = (change: Partial<Feedback>): Feedback => ({
    who: "U1",
    at: T0,
    incidentId: "i1",
    alert: "Lag",
    sectionId: "a.md#one",
    verdict: "useful",
    ...change,
  });

  test("of a person's verdicts on a section in an incident the last counts", async (t) => {
    const { feedback } = await setUp(t);
    await feedback.record(said({}));
    await feedback.record(said({ verdict: "not-useful" }));
    await feedback.record(said({ who: "U2" }));
    await feedback.record(said({ alert: "Other", incidentId: "i9" }));
    assert.deepEqual(await feedback.verdicts("Lag"), [
      { sectionId: "a.md#one", useful: 1, notUseful: 1, cleared: 0, incidents: 0 },
    ]);
  });

  test("what cleared incidents is counted by incident, one answer per person", async (t) => {
    const { feedback } = await setUp(t);
    await feedback.record(said({ verdict: "cleared", sectionId: "a.md#wrong" }));
    await feedback.record(said({ verdict: "cleared" }));
    await feedback.record(said({ verdict: "cleared", who: "U2" }));
    await feedback.record(said({ verdict: "cleared", incidentId: "i2" }));
    await feedback.record(said({ verdict: "itself", incidentId: "i3", sectionId: "" }));
    await feedback.record(said({ verdict: "other", incidentId: "i4", sectionId: "" }));
    assert.deepEqual(await feedback.verdicts("Lag"), [
      { sectionId: "a.md#one", useful: 0, notUseful: 0, cleared: 2, incidents: 4 },
    ]);
  });

  test("a note of how an incident was ended is found by its alert, and a later answer takes its place", async (t) => {
    const { feedback } = await setUp(t);
    const note = (change: Partial<Feedback>) =>
      feedback.record(said({ verdict: "other", sectionId: "", ...change }));
    await note({ note: "grew the volume, password=hunter2hunter2" });
    await note({ incidentId: "i2", who: "U2", note: "moved the backup" });
    await note({ alert: "Other", incidentId: "i3", note: "of another alert" });
    await feedback.note({ who: "U1", at: T0, text: "about no incident" });
    const texts = async () => (await feedback.fixes("Lag", 10)).map(({ text }) => text);
    assert.deepEqual(await texts(), ["moved the backup", "grew the volume, password=[secret]"]);
    assert.deepEqual(
      (await feedback.fixes("Lag", 1)).map(({ incidentId, who }) => [incidentId, who]),
      [["i2", "U2"]],
    );
    await feedback.record(said({ verdict: "itself", sectionId: "" }));
    assert.deepEqual(await texts(), ["moved the backup"]);
    // What was written of an incident is for those who see it.
    assert.deepEqual(
      (await feedback.notes(10)).map(({ text }) => text),
      ["about no incident"],
    );
  });

  test("a verdict of an incident leaves a row in the audit log, one of a search does not", async (t) => {
    const { feedback, store } = await setUp(t);
    await watch(store, "i1");
    await feedback.record(said({}));
    const { incidentId: _, alert: __, ...ofSearch } = said({});
    await feedback.record(ofSearch);
    const entries = (await store.timeline("i1", 10)).filter(({ kind }) => kind === "audit");
    assert.partialDeepStrictEqual(entries, [
      { who: "U1", action: "feedback", detail: { verdict: "useful", section: "a.md#one" } },
    ]);
    assert.equal(entries.length, 1);
  });

  test("the page's order is wanted until it is no more, for that alert alone", async (t) => {
    const { feedback } = await setUp(t);
    await feedback.setPageOrder(STRANGE, { who: "U1", at: T0, on: true });
    await feedback.setPageOrder(STRANGE, { who: "U2", at: T0, on: true });
    assert.deepEqual(
      [await feedback.isPageOrder(STRANGE), await feedback.isPageOrder("Lag")],
      [true, false],
    );
    await feedback.setPageOrder(STRANGE, { who: "U1", at: T0, on: false });
    assert.equal(await feedback.isPageOrder(STRANGE), false);
  });

  test("notes come back the last first", async (t) => {
    const { feedback } = await setUp(t);
    await feedback.note({ who: "U1", at: T0, text: "old" });
    await feedback.note({ who: "U2", at: T0 + 300 * DAY, text: STRANGE });
    assert.equal((await feedback.notes(10)).length, 2);
    const [note, ...others] = await feedback.notes(10);
    assert.deepEqual([note?.who, others.length], ["U2", 1]);
    assert.match(note?.text ?? "", /^NUL , half \uFFFD, 'quotes" x+$/);
  });

  test("a question is kept without its secrets, in bounded length", async (t) => {
    const { questions } = await setUp(t);
    const asked = { who: "U1", channel: "C1", at: T0, answered: true };
    const secrets = [
      "login with xoxb-123-abc fails",
      "sasl.password = hunter2 is refused",
      'config {"api_key": "abcdefgh"}',
      "postgres://bot:hunter2@db/x",
      "AKIAABCDEFGHIJKLMNOP denied",
    ];
    for (const text of secrets) {
      const kept = await questions.question(await questions.asked({ ...asked, text }));
      assert.doesNotMatch(kept?.text ?? "", /xoxb-1|hunter2|abcdefgh|AKIAA/, text);
      assert.match(kept?.text ?? "", /\[secret\]/);
    }
    const long = await questions.asked({ ...asked, text: STRANGE.repeat(5) });
    assert.equal((await questions.question(long))?.text.length, 2_000);
    assert.equal(await questions.question(0), undefined);
  });

  test("recent searches are a person's own, each once, the last first", async (t) => {
    const { questions } = await setUp(t);
    const ask = (who: string, text: string, at: number) =>
      questions.asked({ who, channel: "C1", at, text, answered: true });
    await ask("U1", "disk full", T0);
    await ask("U1", "lag", T0 + DAY);
    await ask("U1", "Disk  full?", T0 + 2 * DAY);
    await ask("U2", "other", T0 + 2 * DAY);
    const textsOf = async () => (await questions.recent("U1", 5)).map(({ text }) => text);
    assert.deepEqual(await textsOf(), ["Disk  full?", "lag"]);
  });

  test("gaps are questions without an answer, by how many people asked, until something covers them", async (t) => {
    const { questions } = await setUp(t);
    const ask = (who: string, text: string, channel = "C1") =>
      questions.asked({ who, channel, at: T0, text, answered: false });
    await ask("U1", "apple pie");
    const pie = await ask("U1", "Apple pie?");
    await ask("U1", "coffee");
    const coffee = await ask("U2", "coffee", "D2");
    await questions.asked({ who: "U1", channel: "C1", at: T0, text: "disk", answered: true });
    const gaps = await questions.gaps(10);
    assert.equal(gaps.length, 2);
    assert.partialDeepStrictEqual(gaps, [
      { id: coffee, text: "coffee", times: 2, people: 2, lastAt: T0 },
      { id: pie, text: "Apple pie?", times: 2, people: 1, lastAt: T0 },
    ]);
    assert.deepEqual(
      new Set(gaps[0]?.askings.map(({ who, channel }) => `${who} ${channel}`)),
      new Set(["U1 C1", "U2 D2"]),
    );
    assert.deepEqual(gaps[1]?.askings, [{ who: "U1", channel: "C1" }]);
    const since = await questions.gapsSince(T0, 10);
    assert.deepEqual(
      since.map(({ text, who, channel }) => [text, who, channel]),
      [
        ["coffee", "U2", "D2"],
        ["coffee", "U1", "C1"],
        ["Apple pie?", "U1", "C1"],
      ],
    );
    assert.equal(new Set(since.map(({ gap }) => gap)).size, 2);
    assert.deepEqual(await questions.gapsSince(T0 + 1, 10), []);
    await questions.answered(coffee);
    await questions.notAGap(pie, "U3", T0);
    await ask("U9", "APPLE PIE");
    assert.deepEqual(await questions.gaps(10), []);
    await ask("U9", "coffee");
    assert.equal((await questions.gaps(10)).length, 1, "asked again, and uncovered again");
  });

  test("subscriptions are a person's own, each once, whatever its case, and limited", async (t) => {
    const { subscriptions } = await setUp(t);
    const lag = { kind: "alert", name: "Lag" } as const;
    assert.ok(await subscriptions.subscribe("U1", lag, T0));
    assert.ok(await subscriptions.subscribe("U1", { kind: "alert", name: "lag" }, T0));
    await subscriptions.subscribe("U2", { kind: "target", name: STRANGE }, T0);
    assert.deepEqual(
      (await subscriptions.subscriptions("U1")).map(({ what }) => what),
      [lag],
    );
    for (let n = 1; n < MOST_SUBSCRIPTIONS; n += 1) {
      assert.ok(await subscriptions.subscribe("U1", { kind: "alert", name: `A${n}` }, T0));
    }
    assert.equal(await subscriptions.subscribe("U1", { kind: "alert", name: "more" }, T0), false);
    assert.equal(await subscriptions.unsubscribe("U1", { kind: "alert", name: "LAG" }), true);
    assert.equal(await subscriptions.unsubscribe("U1", lag), false);
  });

  test("an incident that begins has a row for each subscriber, which waits for no other and holds up none", async (t) => {
    const { subscriptions, store } = await setUp(t);
    const alert = { alertname: "Lag", severity: "Critical" };
    await subscriptions.subscribe("U1", { kind: "alert", name: "lag" }, T0);
    await subscriptions.subscribe("U1", { kind: "severity", name: "critical" }, T0);
    await subscriptions.subscribe("U2", { kind: "severity", name: "critical" }, T0);
    await subscriptions.subscribe("U3", { kind: "alert", name: "Other" }, T0);
    const body = notification([firing("a", { labels: alert })]);
    await watch(store, "i1", { body });
    const rows = await claim(store, T0);
    assert.deepEqual(kindsOf(rows), ["i1 incident", "i1 subscribed", "i1 subscribed"]);
    assert.deepEqual(
      rows.slice(1).map(({ channel }) => channel),
      ["U1", "U2"],
    );
    // Nobody settles the subscribers' rows: the incident's own go on.
    const [first] = rows;
    assert.ok(first !== undefined);
    await store.finish(first);
    assert.deepEqual(kindsOf(await claim(store, T0)), ["i1 diagnosis"]);
    await watch(store, "i1", { body, at: T0 + 1 });
    await watch(store, "i1", {
      body: notification([resolved("a", { labels: alert })]),
      at: T0 + 2,
    });
    assert.deepEqual(kindsOf(await claim(store, T0 + 2)), []);
  });
}
