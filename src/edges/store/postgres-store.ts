/** The store in PostgreSQL, which several replicas may share. */

import { createHash } from "node:crypto";
import pg from "pg";
import type { Statement, StatementResult, StoreConnection } from "./connection.ts";
import { groupCalls, type Transact } from "./grouped-calls.ts";
import { migratePostgres } from "./migrate.ts";
import { type CallStore, isOnlyReading, type OperationName, operationOf } from "./operations.ts";
import { checkPostgresAddress } from "./postgres-address.ts";
import type { OpenStore } from "./sqlite-store.ts";
import { isConnectionTrouble, isWorthRetrying } from "./store-error.ts";

/** Connections per replica: two group commits of each kind, and some for reading. */
const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 5_000;
/** A statement that waits longer, for a lock say, fails on the server: whoever asked tries again. */
const STATEMENT_TIMEOUT_MS = 10_000;
/** A server that says nothing at all (its host hangs, the network swallows) is given up after this. */
const ANSWER_TIMEOUT_MS = 15_000;
/** A transaction whose process stands still must not keep its locks. */
const IDLE_IN_TRANSACTION_MS = 10_000;

/**
 * Connects and migrates; throws a sentence where the address is none, and PostgreSQL's own error
 * otherwise.
 */
export async function openPostgres(url: string): Promise<OpenStore> {
  checkPostgresAddress(url);
  const pool = createPool(url);
  try {
    await migratePostgres(pool);
  } catch (error) {
    await pool.end().catch(() => undefined);
    throw error;
  }
  // Whoever delivers must not wait for a lock that somebody holds who writes.
  const lanes = { laneOf: (operation: string) => operation, parallel: 2 };
  const writing = groupCalls({ ...lanes, transact: transactOn(pool) });
  const reading = groupCalls({
    ...lanes,
    transact: (work) => withClient(pool, (client) => work(connectionOf(client))),
  });
  const call: CallStore = (name, argument) => {
    const calls = isOnlyReading(name) ? reading : writing;
    const once = () => calls.call(name, operationOf(name), argument);
    return (MADE_ONCE.has(name) ? once() : persistently(once)) as ReturnType<typeof call>;
  };
  return {
    call,
    read: (statements) => persistently(() => readOn(pool, statements)),
    close: () => pool.end(),
  };
}

/** Connections for the bot, or for one who only reads; the caller ends them. */
export function createPool(url: string): pg.Pool {
  const types = new pg.TypeOverrides();
  // 64-bit integers arrive as text by default; ours are times and row ids, far below 2^53.
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    // Statements go out without waiting for the answers to those before them, in their order.
    pipeline: true,
    application_name: "streamline-incident-bot",
    types,
  });
  // A connection that breaks tells everybody who listens, and ends the process when nobody does. Who
  // waits for its answer hears of it anyway, and the pool replaces it.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** For so long a call is tried again while the server restarts or fails over, in milliseconds. */
const PERSISTENCE_MS = 5_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/** Operations that add a row: an answer that was lost may have been a success. */
const MADE_ONCE: ReadonlySet<OperationName> = new Set(["addAudit", "runStatements"]);

/** The others may be run twice: they check what they were decided on, or write the same again. */
async function persistently<T>(work: () => Promise<T>): Promise<T> {
  const until = performance.now() + PERSISTENCE_MS;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    try {
      return await work();
    } catch (error) {
      if (!isWorthRetrying(error) || performance.now() + pause > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
    }
  }
}

const NOW = "select (extract(epoch from clock_timestamp()) * 1000)::bigint as now";

function transactOn(pool: pg.Pool): Transact {
  return (work) =>
    withClient(pool, async (client) => {
      // The clock is read with it: that costs no round trip.
      const begun = client.query(`begin; ${NOW}`) as unknown as Promise<readonly pg.QueryResult[]>;
      // Whoever asks something hears of its failure; when nobody does, it must not end the process.
      begun.catch(() => undefined);
      try {
        const result = await work(transactionOf(client, begun));
        await begun;
        await client.query("commit");
        return result;
      } catch (error) {
        if (!isConnectionTrouble(error)) await client.query("rollback");
        throw error;
      }
    });
}

/** A connection that met trouble is thrown away: what it would answer next is not known. */
async function withClient<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    client.release(isConnectionTrouble(error));
    throw error;
  }
}

function readOn(pool: pg.Pool, statements: readonly Statement[]): Promise<StatementResult[]> {
  return withClient(pool, async (client) => {
    const connection = connectionOf(client);
    const results: StatementResult[] = [];
    for (const each of statements) results.push(await connection.run(each));
    return results;
  });
}

function connectionOf(client: pg.PoolClient): StoreConnection {
  return {
    engine: "postgres",
    query: async <Row>(text: string, ...parameters: readonly unknown[]) => {
      const prepared = preparedOf(text);
      return (await client.query({ ...prepared, values: [...parameters] })).rows as Row[];
    },
    run: async ({ text, parameters }) => {
      const { rows, rowCount } = await client.query(text, [...parameters]);
      return { rows, changes: rowCount ?? 0 };
    },
    now: async () => {
      const { rows } = await client.query<{ now: number }>({ name: "now", text: NOW });
      return rows[0]?.now ?? Date.now();
    },
  };
}

/**
 * A connection whose transaction was begun by a statement that is on its way, too. Its first answers
 * wait for that one's, so that nothing is built on a transaction that did not begin.
 */
function transactionOf(
  client: pg.PoolClient,
  begun: Promise<readonly pg.QueryResult[]>,
): StoreConnection {
  const plain = connectionOf(client);
  const behind = async <T>(answer: Promise<T>): Promise<T> =>
    (await Promise.all([answer, begun]))[0];
  return {
    engine: plain.engine,
    query: (text, ...parameters) => behind(plain.query(text, ...parameters)),
    run: (statement) => behind(plain.run(statement)),
    now: async () => {
      const [row] = ((await begun).at(-1)?.rows ?? []) as { readonly now: number }[];
      return row?.now ?? Date.now();
    },
  };
}

const known = new Map<string, { readonly name: string; readonly text: string }>();

/** Our texts are few and fixed: each connection prepares each of them once, under its hash. */
function preparedOf(text: string): { readonly name: string; readonly text: string } {
  const found = known.get(text);
  if (found !== undefined) return found;
  const name = createHash("sha256").update(text).digest("hex").slice(0, 32);
  const prepared = { name, text: text.replaceAll(/\?(\d)/g, "$$$1") };
  known.set(text, prepared);
  return prepared;
}
