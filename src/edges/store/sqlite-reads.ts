/**
 * Who reads the SQLite file. The writer's thread does, beside its commits, as long as reads are short: a
 * thread of their own would be 11 MB that an idle bot carries. Once one is long, further ones go to such
 * a thread, so that long lists hold up no alert, until nothing long was read for a while.
 */

import type { Statement, StatementResult } from "./connection.ts";
import type { TimedRead } from "./sqlite-messages.ts";
import type { StoreThread } from "./store-thread.ts";

export interface SqliteReadsOptions {
  readonly writer: Pick<StoreThread, "read">;
  readonly startReader: () => Pick<StoreThread, "read" | "close">;
  /** The reader ends when nothing long was read for so long. */
  readonly idleMs?: number;
}

export interface SqliteReads {
  read(statements: readonly Statement[]): Promise<readonly StatementResult[]>;
  close(): Promise<void>;
}

/** Rows of one read; the lists of an idle bot have a handful. */
const LONG_ROWS = 100;
const LONG_MS = 50;
const IDLE_MS = 60_000;

/** Readers over one file; `idleMs` is how long nothing long must be read until the thread ends. */
export function readSqlite(options: SqliteReadsOptions): SqliteReads {
  const { writer, startReader, idleMs = IDLE_MS } = options;
  let reader: Pick<StoreThread, "read" | "close"> | undefined;
  let starting: Promise<unknown> | undefined;
  let isClosed = false;
  let idle: NodeJS.Timeout | undefined;

  const end = async (): Promise<void> => {
    clearTimeout(idle);
    const ending = reader;
    reader = undefined;
    await ending?.close();
  };
  const endWhenIdle = (): void => {
    clearTimeout(idle);
    idle = setTimeout(() => void end(), idleMs).unref();
  };
  const start = async (): Promise<void> => {
    const started = startReader();
    // A thread takes some time to start; meanwhile the writer's goes on reading.
    await started.read([]);
    reader = started;
    endWhenIdle();
  };
  const wantReader = (): void => {
    if (reader !== undefined) endWhenIdle();
    if (reader !== undefined || starting !== undefined || isClosed) return;
    // One that does not start leaves the reads where they are; the next long one tries again.
    starting = start()
      .catch(() => undefined)
      .finally(() => {
        starting = undefined;
      });
  };
  return {
    async read(statements) {
      const read = await (reader ?? writer).read(statements);
      if (isLong(read)) wantReader();
      return read.results;
    },
    async close() {
      isClosed = true;
      await starting;
      await end();
    },
  };
}

function isLong({ results, ms }: TimedRead): boolean {
  return ms > LONG_MS || results.some(({ rows }) => rows.length > LONG_ROWS);
}
