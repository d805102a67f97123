/** What every store must do with posts that were heard, whichever database keeps them. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { parseSlackPost } from "../../../src/alerts/parse-slack-post.ts";
import {
  applyExternalPost,
  type ExternalReading,
  groupKeyOf,
} from "../../../src/incidents/apply-external-post.ts";
import { byDefault } from "../../alerts/slack-posts.ts";
import { HOUR, MINUTE, SECOND, T0 } from "../../incidents/notifications.ts";
import { countOf, drain, dueFrom, type FreshAddress, openStore, type Store } from "./stores.ts";

export interface ExternalPostRow {
  readonly id: string;
  readonly subject?: string;
  /** When it was posted, and when it was heard; Slack's timestamp follows from it. */
  readonly at?: number;
  readonly now?: number;
  readonly dueAt?: number;
  readonly channel?: string;
}

/** A post in Alertmanager's own form is heard. */
export async function hearIn(
  store: Store,
  external: ExternalPostRow,
): Promise<ExternalReading["reason"]> {
  const { id, at = T0, now = at, channel = "C1" } = external;
  const subject = external.subject ?? "[FIRING:1] ConsumerLag orders";
  const result = parseSlackPost(byDefault(subject), () => false);
  assert.ok(result.kind === "alerts");
  const post = { channel, ts: String(at / 1_000), version: now / 1_000, posted: result.posted };
  let reason: ExternalReading["reason"] = "unchanged";
  store.setTime(now);
  await store.watch(
    {
      channel,
      groupKey: groupKeyOf(post),
      receivedAt: now,
      sinceMs: now - HOUR,
      dueAt: external.dueAt ?? now,
    },
    (known) => {
      const applied = applyExternalPost(known, post, { id, nowMs: now });
      reason = applied.reason;
      return applied.outcomes;
    },
  );
  return reason;
}

/** Run against each database. */
export function externalPostContract(fresh: FreshAddress): void {
  const setUp = async (t: TestContext) => openStore(t, await fresh(t));

  test("a heard post is an incident at its own message, told of in its thread", async (t) => {
    const { store } = await setUp(t);
    assert.equal(await hearIn(store, { id: "i1" }), "opened");
    const incident = await store.incidentAt("C1", String(T0 / 1_000));
    assert.deepEqual([incident?.id, incident?.isExternal], ["i1", true]);
    assert.deepEqual(await drain(store, T0), ["i1 diagnosis", "i1 runbook"]);
  });

  test("a copy of a heard post writes nothing", async (t) => {
    const { store, database } = await setUp(t);
    await hearIn(store, { id: "i1" });
    assert.equal(await hearIn(store, { id: "i2" }), "stale");
    assert.deepEqual(
      [await countOf(database, "incidents"), await countOf(database, "notifications")],
      [1, 1],
    );
  });

  test("a group's later post takes its incident along and ends it, in this channel only", async (t) => {
    const { store } = await setUp(t);
    await hearIn(store, { id: "i1" });
    const later = T0 + 3 * HOUR;
    assert.equal(await hearIn(store, { id: "i2", at: later }), "moved");
    assert.equal((await store.incident("i1"))?.messageTs, String(later / 1_000));
    assert.equal((await store.incidentAt("C1", String(T0 / 1_000)))?.id, "i1");
    await hearIn(store, { id: "elsewhere", channel: "C2" });
    await drain(store, T0 + 3 * HOUR);
    const subject = "[RESOLVED] ConsumerLag orders";
    assert.equal(await hearIn(store, { id: "i3", at: T0 + 4 * HOUR, subject }), "resolved");
    assert.deepEqual(await drain(store, T0 + 4 * HOUR), ["i1 resolved"]);
    assert.equal((await store.incident("elsewhere"))?.status, "firing");
    assert.equal(await store.incident("i3"), undefined);
  });

  test("below a group's later posts people ask about the incident, too", async (t) => {
    const { store } = await setUp(t);
    await hearIn(store, { id: "i1" });
    const later = T0 + 5 * MINUTE;
    assert.equal(await hearIn(store, { id: "i2", at: later }), "joined");
    const found = (channel: string) => store.incidentAt(channel, String(later / 1_000));
    assert.equal((await found("C1"))?.id, "i1");
    assert.equal(await found("C2"), undefined);
  });

  test("what follows of a post may be said a little later", async (t) => {
    const { store } = await setUp(t);
    await hearIn(store, { id: "i1", dueAt: T0 + 2 * SECOND });
    assert.deepEqual(await drain(store, T0 + SECOND), []);
    assert.equal(await dueFrom(store, T0 + SECOND), T0 + 2 * SECOND);
    assert.equal((await drain(store, T0 + 2 * SECOND)).length, 2);
  });

  test("a decision that fails leaves nothing behind", async (t) => {
    const { store, database } = await setUp(t);
    const at = { channel: "C1", groupKey: "g", receivedAt: T0, sinceMs: 0, dueAt: T0 };
    const failing = store.watch(at, () => {
      throw new Error("no");
    });
    await assert.rejects(failing, /no/);
    await hearIn(store, { id: "i1", at: T0 + MINUTE });
    assert.equal(await countOf(database, "incidents"), 1);
  });
}
