/** Opens the bot's database: a SQLite file, or PostgreSQL when several replicas share it. */

import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { StoreAddress } from "../../config/config.ts";
import { nodeSqliteDialect } from "./node-sqlite-dialect.ts";
import { type Engine, migrate, type Schema } from "./schema.ts";

export interface Database {
  readonly engine: Engine;
  readonly sql: Kysely<Schema>;
  close(): Promise<void>;
}

/** Connections per replica; the bot's own concurrency is small. */
const POOL_SIZE = 5;
const CONNECT_TIMEOUT_MS = 10_000;
/** A statement that waits longer, for a lock say, fails: Alertmanager sends its webhook again. */
const STATEMENT_TIMEOUT_MS = 10_000;

/** Opens and migrates; throws with the path or host when that fails, never with a password. */
export async function openDatabase(address: StoreAddress): Promise<Database> {
  try {
    const sql = await openMigrated(address);
    return { engine: address.engine, sql, close: () => sql.destroy() };
  } catch (error) {
    // A host name with several addresses fails with one error for each, and no words of its own.
    const cause: unknown = error instanceof AggregateError ? error.errors[0] : error;
    throw new Error(`cannot open the store ${describe(address)}`, { cause });
  }
}

async function openMigrated(address: StoreAddress): Promise<Kysely<Schema>> {
  const sql = new Kysely<Schema>({ dialect: dialectOf(address) });
  try {
    await migrate(sql, address.engine);
    return sql;
  } catch (error) {
    await sql.destroy().catch(() => undefined);
    throw error;
  }
}

function dialectOf(address: StoreAddress): ReturnType<typeof nodeSqliteDialect> | PostgresDialect {
  if (address.engine === "sqlite") {
    if (address.path !== ":memory:") mkdirSync(dirname(address.path), { recursive: true });
    return nodeSqliteDialect(address.path);
  }
  const types = new pg.TypeOverrides();
  // 64-bit integers arrive as text by default; ours are times and row ids, far below 2^53.
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({
    connectionString: address.url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    types,
  });
  // An idle connection that breaks, as in a restart of the server, would end the process. The pool
  // replaces it; a query that meets the trouble throws where somebody waits for it.
  pool.on("error", () => undefined);
  return new PostgresDialect({ pool });
}

function describe(address: StoreAddress): string {
  if (address.engine === "sqlite") return address.path;
  const host = URL.canParse(address.url) ? new URL(address.url).host : "";
  return host === "" ? "named in DATABASE_URL" : host;
}
