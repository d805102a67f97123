/** What every store must forget, and when. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { sql } from "kysely";
import type { RetentionConfig } from "../../../src/config/config.ts";
import { createDigestStore } from "../../../src/edges/store/digest-store.ts";
import { createFeedbackStore } from "../../../src/edges/store/feedback-store.ts";
import { createQuestionStore } from "../../../src/edges/store/question-store.ts";
import { pruneStore } from "../../../src/edges/store/retention.ts";
import { createLog } from "../../features/fakes.ts";
import { firing, HOUR, notification, resolved, T0 } from "../../incidents/notifications.ts";
import { countOf, drain, type FreshAddress, ONE, openStore, watch } from "./stores.ts";

const DAY = 24 * HOUR;

export const TIMES: RetentionConfig = {
  incidents: 400 * DAY,
  notifications: 30 * DAY,
  audit: 90 * DAY,
  notes: 365 * DAY,
  questions: 90 * DAY,
  undelivered: 7 * DAY,
};

/** Run against each database. */
export function retentionContract(fresh: FreshAddress): void {
  const setUp = async (t: TestContext) => {
    const opened = await openStore(t, await fresh(t));
    const log = createLog();
    const prune = (nowMs: number) =>
      pruneStore({ ...opened, times: TIMES, nowMs, log, sleep: async () => undefined });
    return { ...opened, log, prune };
  };

  test("notifications go after 30 days, in as many batches as it takes; their incidents stay", async (t) => {
    const { store, database, prune } = await setUp(t);
    for (let n = 0; n < 600; n += 1) {
      await watch(store, "i1", {
        at: T0 + n,
        body: notification([firing("a")], { groupKey: "g" }),
      });
    }
    await watch(store, "i2", { at: T0 + 20 * DAY });
    assert.equal(await countOf(database, "notifications"), 601);
    assert.equal((await prune(T0 + 31 * DAY)).notifications, 600);
    assert.equal(await countOf(database, "notifications"), 1);
    assert.equal((await store.incident("i1"))?.id, "i1");
  });

  test("incidents go 400 days after their last change, but not while they fire or wait to be delivered", async (t) => {
    const { store, prune } = await setUp(t);
    const over = (groupKey: string) => notification([resolved("a")], { groupKey });
    for (const id of ["old", "waiting", "recent"]) {
      const at = id === "recent" ? T0 + 10 * DAY : T0;
      await watch(store, id, { at, body: over(id), notices: id === "waiting" ? ONE : [] });
    }
    await watch(store, "fires", { notices: [] });
    assert.equal((await prune(T0 + 401 * DAY)).incidents, 1);
    const left = await store.incidentsSince(0, 10);
    assert.deepEqual(left.map(({ id }) => id).toSorted(), ["fires", "recent", "waiting"]);
  });

  test("questions, notes and the audit log go after their time", async (t) => {
    const { store, database, prune } = await setUp(t);
    const feedback = createFeedbackStore(database);
    const questions = createQuestionStore(database);
    for (const at of [T0, T0 + 100 * DAY]) {
      await feedback.note({ who: "U1", at, text: "a note" });
      await questions.asked({
        who: "U1",
        channel: "C1",
        at,
        text: `question ${at}`,
        answered: true,
      });
      await store.record({ who: "U1", action: "silence", detail: {} }, at);
    }
    const removed = await prune(T0 + 101 * DAY);
    assert.deepEqual([removed.questions, removed.audit, removed.notes], [1, 1, 0]);
    assert.equal((await prune(T0 + 366 * DAY)).notes, 1);
    assert.equal((await feedback.notes(10)).length, 1);
  });

  test("a digest goes with its incidents, what was last seen of a target after a day", async (t) => {
    const { store, database, prune } = await setUp(t);
    await watch(store, "i1", { notices: ONE });
    const limits = { threshold: 0, most: 100, openMs: HOUR };
    assert.equal(await createDigestStore(database).gather("C1", limits), 1);
    await drain(store, T0);
    await database.call("publishPolls", { target: "orders", at: T0, body: "packed" });
    const rowsOf = async (table: string): Promise<number> =>
      (await sql.raw(`select * from ${table}`).execute(database.sql)).rows.length;
    assert.equal((await prune(T0 + 2 * DAY)).shared_polls, 1);
    assert.deepEqual([await rowsOf("digests"), await rowsOf("shared_polls")], [1, 0]);
    assert.equal((await prune(T0 + 401 * DAY)).digests, 1);
    assert.deepEqual([await rowsOf("digests"), await rowsOf("digest_members")], [0, 0]);
  });

  test("what could not be delivered for a week is given up, and said in the log", async (t) => {
    const { store, prune, log } = await setUp(t);
    await watch(store, "i1");
    assert.equal((await prune(T0 + 6 * DAY)).outbox, 0);
    assert.equal((await prune(T0 + 8 * DAY)).outbox, 3);
    assert.deepEqual(await drain(store, T0 + 8 * DAY), []);
    assert.ok(log.lines.some((line) => line.startsWith("error: notices that could not")));
  });

  test("an id is never given out again, whatever was removed", async (t) => {
    const { store, database, prune } = await setUp(t);
    const questions = createQuestionStore(database);
    const first = await questions.asked({
      who: "U1",
      channel: "C1",
      at: T0,
      text: "one",
      answered: true,
    });
    assert.equal((await prune(T0 + 91 * DAY)).questions, 1);
    const second = await questions.asked({
      who: "U1",
      channel: "C1",
      at: T0,
      text: "two",
      answered: true,
    });
    assert.ok(second > first);
    await watch(store, "i1", { notices: [{ kind: "incident" }] });
    const [before] = await store.claimDue({ limit: 1, leaseMs: 1_000 });
    assert.ok(before !== undefined);
    await store.finish(before);
    await watch(store, "i2", { notices: [{ kind: "incident" }] });
    const [after] = await store.claimDue({ limit: 1, leaseMs: 1_000 });
    assert.ok(after !== undefined && after.id > before.id);
    assert.notEqual(after.key, before.key);
  });
}
