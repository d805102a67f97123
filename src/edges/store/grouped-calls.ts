/**
 * Group commit: calls that wait at the same time share one transaction, and so one wait for the disk.
 *
 * While a transaction is being written, further calls gather; they are the next one. Calls of one
 * operation run together, as sets. One that fails fails alone: its group is undone and run again
 * call by call, in the same transaction when others are in it, else in one for each.
 */

import type { StoreConnection } from "./connection.ts";

/** What is done to the tables, for all calls that wait: one result per call, in their order. */
export type Operation<Argument, Result> = (
  connection: StoreConnection,
  calls: readonly Argument[],
) => Promise<readonly Result[]>;

/** Runs work in a transaction, which is written when it returns and undone when it throws. */
export type Transact = <T>(work: (connection: StoreConnection) => Promise<T>) => Promise<T>;

export interface GroupingOptions {
  readonly transact: Transact;
  /** Operations under the same name here share transactions. */
  readonly laneOf: (operation: string) => string;
  /** Transactions of one lane that may be under way at the same time. */
  readonly parallel: number;
}

/** Calls in one transaction: more of them would make the first wait for the last. */
const MOST_CALLS = 256;

interface WaitingCall {
  readonly name: string;
  readonly operation: Operation<unknown, unknown>;
  readonly argument: unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Lane {
  waiting: WaitingCall[];
  underWay: number;
}

export interface GroupedCalls {
  call<Argument, Result>(
    name: string,
    operation: Operation<Argument, Result>,
    argument: Argument,
  ): Promise<Result>;
}

/**
 * `transact` runs one transaction. What a call gives, or why it failed, is its own, whoever shared its
 * transaction.
 */
export function groupCalls({ transact, laneOf, parallel }: GroupingOptions): GroupedCalls {
  const lanes = new Map<string, Lane>();

  const flush = async (lane: Lane): Promise<void> => {
    const calls = lane.waiting.splice(0, MOST_CALLS);
    if (calls.length > 0) await runAll(transact, calls);
    lane.underWay -= 1;
    if (lane.waiting.length > 0) schedule(lane);
  };
  const schedule = (lane: Lane): void => {
    if (lane.underWay >= parallel) return;
    lane.underWay += 1;
    // After this turn of the event loop, in which others may call, too.
    setImmediate(() => void flush(lane));
  };
  return {
    call: (name, operation, argument) =>
      new Promise((resolve, reject) => {
        const key = laneOf(name);
        const lane = lanes.get(key) ?? { waiting: [], underWay: 0 };
        lanes.set(key, lane);
        lane.waiting.push({ name, operation, argument, resolve, reject } as WaitingCall);
        schedule(lane);
      }),
  };
}

type Settled = { readonly result: unknown } | { readonly error: unknown };

/** Never rejects: every call is settled, those of a transaction that fails with its error. */
async function runAll(transact: Transact, calls: readonly WaitingCall[]): Promise<void> {
  const groups = [...Map.groupBy(calls, ({ name }) => name).values()];
  const isAlone = groups.length === 1;
  try {
    const settled = await transact(async (connection) => {
      const all: (readonly [WaitingCall, Settled])[] = [];
      for (const group of groups) {
        const results = isAlone
          ? await runTogether(connection, group)
          : await runGroup(connection, group);
        for (const [index, call] of group.entries()) all.push([call, results[index] ?? LOST]);
      }
      return all;
    });
    for (const [call, outcome] of settled) {
      if ("error" in outcome) call.reject(outcome.error);
      else call.resolve(outcome.result);
    }
  } catch (error) {
    if (isAlone && calls.length > 1 && !isOfTheDatabase(error)) {
      for (const call of calls) await runAll(transact, [call]);
      return;
    }
    for (const call of calls) call.reject(error);
  }
}

async function runTogether(
  connection: StoreConnection,
  group: readonly WaitingCall[],
): Promise<Settled[]> {
  const [first] = group;
  if (first === undefined) return [];
  const all = group.map(({ argument }) => argument);
  return (await first.operation(connection, all)).map((result) => ({ result }));
}

const LOST: Settled = { error: new Error("an operation of the store gave no result") };

async function runGroup(
  connection: StoreConnection,
  group: readonly WaitingCall[],
): Promise<Settled[]> {
  try {
    return await undoable(connection, () => runTogether(connection, group));
  } catch (error) {
    if (isOfTheDatabase(error)) throw error;
    if (group.length === 1) return [{ error }];
    const alone: Settled[] = [];
    for (const call of group) alone.push(...(await runGroup(connection, [call])));
    return alone;
  }
}

async function undoable<T>(connection: StoreConnection, work: () => Promise<T>): Promise<T> {
  await connection.query("savepoint operation");
  try {
    const result = await work();
    await connection.query("release savepoint operation");
    return result;
  } catch (error) {
    if (!isOfTheDatabase(error)) await connection.query("rollback to savepoint operation");
    throw error;
  }
}

/**
 * Trouble of the database as a whole (it is full, it went away) ends the transaction: no other call
 * could do better. What is wrong with one call's rows concerns that call alone.
 */
function isOfTheDatabase(error: unknown): boolean {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  // sqlite.org/rescode.html: CONSTRAINT 19, MISMATCH 20, RANGE 25, TOOBIG 18, ERROR 1.
  if (typeof errcode === "number") return ![1, 18, 19, 20, 25].includes(errcode & 0xff);
  // SQLSTATE: 22 data, 23 constraint, 42 names and syntax; an Error of our own has none.
  if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code)) return !/^(?:22|23|42)/.test(code);
  return typeof code === "string" && !code.startsWith("ERR_");
}
