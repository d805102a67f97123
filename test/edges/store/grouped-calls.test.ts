/** Calls that wait share a transaction, and one that fails fails alone. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { StoreConnection } from "../../../src/edges/store/connection.ts";
import {
  groupCalls,
  type Operation,
  type Transact,
} from "../../../src/edges/store/grouped-calls.ts";

/** Notes what a database would do. */
function createDatabase({ failure }: { failure?: Error } = {}) {
  const done: string[] = [];
  const connection: StoreConnection = {
    engine: "sqlite",
    query: async (text) => {
      done.push(text);
      return [];
    },
    run: async () => ({ rows: [], changes: 0 }),
    now: async () => 0,
  };
  const transact: Transact = async (work) => {
    done.push("begin");
    const result = await work(connection);
    if (failure !== undefined) throw failure;
    done.push("commit");
    return result;
  };
  const count = (text: string) => done.filter((each) => each === text).length;
  return { done, count, calls: groupCalls({ transact, laneOf: () => "all", parallel: 1 }) };
}

const double: Operation<number, number> = async (_, all) => {
  const odd = all.find((each) => !Number.isInteger(each));
  if (odd !== undefined) throw new TypeError(`${odd} is no integer`);
  return all.map((each) => each * 2);
};

test("100 calls at the same moment are one transaction, and each has its own result", async () => {
  const { calls, count } = createDatabase();
  const numbers = Array.from({ length: 100 }, (_, n) => n);
  const results = await Promise.all(numbers.map((each) => calls.call("double", double, each)));
  assert.deepEqual(
    results,
    numbers.map((each) => each * 2),
  );
  assert.deepEqual([count("begin"), count("commit")], [1, 1]);
});

test("calls that come while a transaction is written are the next one", async () => {
  const { calls, count } = createDatabase();
  const late: Promise<number>[] = [];
  const slow: Operation<number, number> = async (_, all) => {
    if (late.length === 0) {
      for (let n = 0; n < 50; n += 1) late.push(calls.call("double", double, n));
    }
    return all;
  };
  await calls.call("slow", slow, 1);
  assert.equal((await Promise.all(late)).length, 50);
  assert.equal(count("begin"), 2);
});

test("a call that cannot be done is undone alone, and the others are written", async () => {
  const { calls, count } = createDatabase();
  const results = await Promise.allSettled(
    [1, 2.5, 3].map((each) => calls.call("double", double, each)),
  );
  assert.deepEqual(
    results.map((each) => (each.status === "fulfilled" ? each.value : String(each.reason))),
    [2, "TypeError: 2.5 is no integer", 6],
  );
  assert.deepEqual([count("begin"), count("commit")], [4, 2], "together, then each alone");
});

test("beside calls of another operation it is undone within their transaction", async () => {
  const { calls, count } = createDatabase();
  const same: Operation<number, number> = async (_, all) => all;
  const [other, ...results] = await Promise.allSettled([
    calls.call("same", same, 7),
    ...[1, 2.5, 3].map((each) => calls.call("double", double, each)),
  ]);
  assert.equal(other?.status === "fulfilled" ? other.value : undefined, 7);
  assert.deepEqual(
    results.map((each) => (each.status === "fulfilled" ? each.value : String(each.reason))),
    [2, "TypeError: 2.5 is no integer", 6],
  );
  assert.equal(count("commit"), 1);
  assert.equal(count("rollback to savepoint operation"), 2, "the group, and the call");
});

test("a transaction that cannot be written fails all that were in it", async () => {
  const full = Object.assign(new Error("database or disk is full"), { errcode: 13 });
  const { calls } = createDatabase({ failure: full });
  const results = await Promise.allSettled([1, 2].map((n) => calls.call("double", double, n)));
  assert.deepEqual(
    results.map((each) => each.status === "rejected" && each.reason),
    [full, full],
  );
});

test("trouble of the database ends the transaction: no call is tried again in it", async () => {
  const { calls, done } = createDatabase();
  const full = Object.assign(new Error("database or disk is full"), { errcode: 13 });
  let tries = 0;
  const failing: Operation<number, number> = async () => {
    tries += 1;
    throw full;
  };
  const results = await Promise.allSettled([1, 2].map((n) => calls.call("failing", failing, n)));
  assert.ok(results.every((each) => each.status === "rejected" && each.reason === full));
  assert.equal(tries, 1);
  assert.ok(!done.includes("commit"));
});
