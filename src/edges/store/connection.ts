/**
 * A connection to the database inside a transaction: what the store's operations run on, whichever
 * database it is and whichever thread they run in.
 *
 * Statements are fixed texts with `?1`, `?2` for parameters, so that either database prepares each
 * of them once; many rows travel as one JSON parameter (`rowsOf`).
 */

export type Engine = "sqlite" | "postgres";

type SqlValue = string | number | null;

/** A statement as the query builder makes it, with the database's own form of parameters. */
export interface Statement {
  readonly text: string;
  readonly parameters: readonly unknown[];
}

export interface StatementResult {
  readonly rows: readonly unknown[];
  /** Rows that were written. */
  readonly changes: number;
}

export interface StoreConnection {
  readonly engine: Engine;
  /**
   * Runs one statement and returns its rows: what it selects, or its `returning` clause. Statements run
   * in the order in which they are given; whoever needs no answer before the next one gives several at
   * once (`Promise.all`), which PostgreSQL answers in one round trip.
   */
  query<Row>(text: string, ...parameters: readonly SqlValue[]): Promise<Row[]>;
  run(statement: Statement): Promise<StatementResult>;
  /** Milliseconds since 1970 by the clock that all users of the database share. */
  now(): Promise<number>;
}

/** Columns of rows in a JSON parameter, by name, with their types. */
export type Columns = Readonly<Record<string, "text" | "bigint" | "integer">>;

/**
 * The rows of a JSON array in a parameter, as a source for `from`, under the name `given`.
 *
 * Texts must be free of NUL and of half surrogate pairs: whatever strangers write is stored as JSON
 * or as a hash.
 */
export function rowsOf({ engine }: StoreConnection, parameter: string, columns: Columns): string {
  const entries = Object.entries(columns);
  if (engine === "postgres") {
    const typed = entries.map(([name, type]) => `${name} ${type}`).join(", ");
    return `json_to_recordset(${parameter}::json) as given(${typed})`;
  }
  const picked = entries.map(([name]) => `value->>'${name}' as ${name}`).join(", ");
  return `(select ${picked} from json_each(${parameter})) as given`;
}

/** The texts of a JSON array in a parameter, as a source with the one column `value`. */
export function valuesOf({ engine }: StoreConnection, parameter: string): string {
  return engine === "postgres"
    ? `json_array_elements_text(${parameter}::json) as given(value)`
    : `(select value from json_each(${parameter})) as given`;
}

/** Locks the rows that a select finds; SQLite has one writer, whose transactions follow each other. */
export function forUpdate({ engine }: StoreConnection, how = ""): string {
  return engine === "postgres" ? ` for update ${how}` : "";
}
