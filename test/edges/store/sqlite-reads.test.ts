/** Who reads the SQLite file: the writer's thread, and one of its own while lists are long. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Statement } from "../../../src/edges/store/connection.ts";
import type { TimedRead } from "../../../src/edges/store/sqlite-messages.ts";
import { readSqlite } from "../../../src/edges/store/sqlite-reads.ts";
import { eventually } from "../../support/eventually.ts";

/** A thread whose statements say how many rows they give; those of `slow` take long for them. */
function thread() {
  const state = { reads: 0, isEnded: false };
  const read = async (statements: readonly Statement[]): Promise<TimedRead> => {
    assert.ok(!state.isEnded, "nothing is asked of a thread that has ended");
    state.reads += statements.length;
    const results = statements.map(({ text }) => ({
      rows: Array(Number.parseInt(text, 10)).fill({}),
      changes: 0,
    }));
    return { results, ms: statements.some(({ text }) => text.endsWith("slow")) ? 1_000 : 1 };
  };
  const close = async (): Promise<void> => {
    state.isEnded = true;
  };
  return { state, read, close };
}

const rows = (count: number): Statement[] => [{ text: String(count), parameters: [] }];

function reading(idleMs: number) {
  const writer = thread();
  const started: ReturnType<typeof thread>[] = [];
  const startReader = () => {
    const reader = thread();
    started.push(reader);
    return reader;
  };
  return { writer, started, reads: readSqlite({ writer, startReader, idleMs }) };
}

const NEVER = 2 ** 30;

test("short reads need no thread of their own", async () => {
  const { reads, writer, started } = reading(NEVER);
  for (let n = 0; n < 5; n++) await reads.read(rows(3));
  assert.equal(writer.state.reads, 5);
  assert.equal(started.length, 0);
});

test("after a long one, one thread reads; it ends when nothing long is read any more", async () => {
  const { reads, writer, started } = reading(1);
  await Promise.all([reads.read(rows(1_000)), reads.read(rows(1_000))]);
  await eventually("the end of the reader", async () => {
    await reads.read(rows(3));
    return started[0]?.state.isEnded;
  });
  assert.equal(started.length, 1);
  const before = writer.state.reads;
  await reads.read(rows(3));
  assert.equal(writer.state.reads, before + 1, "the writer reads again");
});

test("a read of few rows that takes long is long", async () => {
  const { reads, started } = reading(NEVER);
  await reads.read([{ text: "1 slow", parameters: [] }]);
  assert.equal(started.length, 1);
  await reads.close();
});

test("long reads keep the thread, and closing ends it", async () => {
  const { reads, started } = reading(NEVER);
  await eventually("reads of the reader", async () => {
    await reads.read(rows(1_000));
    return (started[0]?.state.reads ?? 0) > 3;
  });
  assert.equal(started.length, 1);
  await reads.close();
  assert.equal(started[0]?.state.isEnded, true);
});
