/** A SQLite file as the bot opens it: for itself alone, readable by its owner only, safe at a power cut. */

import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import type { Statement, StatementResult } from "./connection.ts";

/**
 * Waits this long for another connection of this process; another process has no business here,
 * see `lockFile`. In milliseconds.
 */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens for writing. Write-ahead log with synchronous FULL: what is committed survives a power cut
 * (sqlite.org/pragma.html#pragma_synchronous). Free pages are given back in small steps.
 */
export function openForWriting(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  database.exec("PRAGMA auto_vacuum = INCREMENTAL");
  database.exec("PRAGMA journal_mode = WAL");
  database.exec("PRAGMA synchronous = FULL");
  database.exec("PRAGMA foreign_keys = ON");
  // A checkpoint of so many pages takes some 10 ms; the log is cut to this size after a burst.
  database.exec("PRAGMA wal_autocheckpoint = 2000");
  database.exec("PRAGMA journal_size_limit = 67108864");
  return database;
}

/** A connection that cannot write; throws SQLite's error where there is no such file. */
export function openForReading(path: string): DatabaseSync {
  return new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, readOnly: true });
}

/** Statements that are kept ready; those of variable length push out the oldest. */
const MOST_PREPARED = 200;

/** Runs statements, each text prepared once. Throws SQLite's error, with its `errcode`. */
export function statementRunner(database: DatabaseSync): (statement: Statement) => StatementResult {
  const prepared = new Map<string, StatementSync>();
  const prepare = (text: string): StatementSync => {
    const known = prepared.get(text);
    if (known !== undefined) return known;
    const statement = database.prepare(text);
    prepared.set(text, statement);
    const [oldest] = prepared.keys();
    if (prepared.size > MOST_PREPARED && oldest !== undefined) prepared.delete(oldest);
    return statement;
  };
  return ({ text, parameters }) => {
    const statement = prepare(text);
    const values = parameters.map(toSql);
    // incremental_vacuum gives back a page with each step, and run() takes one step.
    const isStepped = statement.columns().length > 0 || text.startsWith("pragma ");
    if (isStepped) return { rows: statement.all(...values), changes: 0 };
    return { rows: [], changes: Number(statement.run(...values).changes) };
  };
}

function toSql(value: unknown): SQLInputValue {
  if (value === undefined) return null;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value === null || typeof value === "number" || typeof value === "bigint") return value;
  if (typeof value === "string" || value instanceof Uint8Array) return value;
  throw new TypeError(`SQLite cannot store a ${typeof value}`);
}
