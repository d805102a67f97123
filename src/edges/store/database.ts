/** Opens the bot's database: a SQLite file, or PostgreSQL when several replicas share it. */

import { type Compilable, Kysely } from "kysely";
import type { StoreAddress } from "../../config/config.ts";
import type { Engine } from "./connection.ts";
import { type CallStore, isReading } from "./operations.ts";
import { hostOf } from "./postgres-address.ts";
import { queryDialect } from "./query-dialect.ts";
import type { Schema } from "./schema.ts";
import { type OpenStore, openSqlite } from "./sqlite-store.ts";
import { type StoreLog, watchHealth } from "./store-health.ts";

export interface Database {
  readonly engine: Engine;
  /** For what is asked, and for single statements; transactions are operations. */
  readonly sql: Kysely<Schema>;
  /** Runs an operation, in one transaction with what waits at the same time. */
  readonly call: CallStore;
  /** Writes some statements together, or none of them. */
  together(statements: readonly Compilable[]): Promise<void>;
  /** Why it cannot write; undefined when it can. */
  problem(): Promise<string | undefined>;
  /** For tests: the time by which rows of the outbox fall due. Unset, the database's clock counts. */
  readonly now?: (() => number) | undefined;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly log?: StoreLog;
  readonly now?: () => number;
}

const SILENT: StoreLog = { info: () => undefined, error: () => undefined };

/** Opens and migrates; throws with the path or host when that fails, never with a password. */
export async function openDatabase(
  address: StoreAddress,
  { log = SILENT, now }: OpenOptions = {},
): Promise<Database> {
  let opened: OpenStore;
  try {
    opened = await open(address);
  } catch (error) {
    // A host name with several addresses fails with one error for each, and no words of its own.
    const cause: unknown = error instanceof AggregateError ? error.errors[0] : error;
    throw new Error(`cannot open the store ${describe(address)}`, { cause });
  }
  const health = watchHealth(opened.call, log);
  const store: OpenStore = {
    call: (name, argument) =>
      health.watch(isReading(name) ? "reads" : "writes", () => opened.call(name, argument)),
    read: (statements) => health.watch("reads", () => opened.read(statements)),
    close: () => opened.close(),
  };
  const sql = new Kysely<Schema>({ dialect: queryDialect(address.engine, store) });
  return {
    engine: address.engine,
    sql,
    call: store.call,
    async together(statements) {
      const compiled = statements.map((each) => each.compile());
      await store.call(
        "runStatements",
        compiled.map(({ sql: text, parameters }) => ({ text, parameters })),
      );
    },
    problem: () => health.problem(),
    now,
    close: () => store.close(),
  };
}

/** The client of PostgreSQL is loaded for those who have one. */
async function open(address: StoreAddress): Promise<OpenStore> {
  if (address.engine === "sqlite") return openSqlite(address.path);
  return (await import("./postgres-store.ts")).openPostgres(address.url);
}

function describe(address: StoreAddress): string {
  if (address.engine === "sqlite") return address.path;
  const host = hostOf(address.url) ?? "";
  return host === "" ? "named in DATABASE_URL" : host;
}
