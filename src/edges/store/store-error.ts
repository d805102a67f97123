/** Errors of the store: which of them pass, and what an operator can do about the others. */

/** The store cannot do it now; whoever asked may try again after some time. */
export class StoreUnavailable extends Error {
  readonly retryAfterMs: number;
  /** The store itself has logged it, once for all who met it. */
  readonly isReported = true;

  constructor(message: string, options: { retryAfterMs: number; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = "StoreUnavailable";
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** An error as it crosses from a thread, which would lose SQLite's number of it. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly errcode?: number;
}

/** An error as it crosses between threads. */
export function toPlainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  return {
    name: error.name,
    message: error.message,
    ...(typeof code === "string" ? { code } : {}),
    ...(typeof errcode === "number" ? { errcode } : {}),
  };
}

/** The error again; its stack is of this thread. */
export function fromPlainError({ name, message, ...rest }: PlainError): Error {
  return Object.assign(new Error(message), { name }, rest);
}

/** sqlite.org/rescode.html, by primary code: what an operator can do something about. */
const SQLITE_TROUBLE: ReadonlyMap<number, string> = new Map([
  [5, "another process has it locked"],
  [8, "it is read-only: check the file's owner and mode, and how the disk is mounted"],
  [10, "the disk fails to read or write: see the kernel's log (dmesg)"],
  [11, "the file is damaged: stop the bot and restore the last backup"],
  [13, "the disk is full: free some space"],
  [14, "the file cannot be opened"],
  [26, "the file is not a database"],
]);

/** What keeps the store from working, in words; undefined when the error is about one call's data. */
export function troubleOf(error: unknown): string | undefined {
  const { code, errcode, message } = error as {
    code?: unknown;
    errcode?: unknown;
    message?: string;
  };
  if (typeof errcode === "number") {
    const words = SQLITE_TROUBLE.get(errcode & 0xff);
    return words === undefined ? undefined : `${words} (${message ?? ""})`;
  }
  return isConnectionTrouble(error)
    ? `PostgreSQL is not available (${message ?? String(code)})`
    : undefined;
}

/**
 * postgresql.org/docs/current/errcodes-appendix.html. 08: the connection; 57P: the server shuts
 * down or starts; 25006: it is read-only, so another one is the primary now; 53: it has no room.
 */
const PASSING = /^(?:08...|57P0[1-5]|25006|53...)$/;
/** 40001 and 40P01: another transaction was in the way; 55P03 and 57014: it took too long. */
const CONTENTION = /^(?:40001|40P01|55P03|57014)$/;
const SOCKET = /^(?:ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_|ENOENT)/;
/** pg has no code for these. */
const PG_WORDS =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Cannot use a pool after|Client was closed)/;

/** PostgreSQL went away, or is not there yet: the same may succeed on another connection. */
export function isConnectionTrouble(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isConnectionTrouble);
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code !== "string") return PG_WORDS.test(error.message);
  return PASSING.test(code) || SOCKET.test(code);
}

/** It may succeed when it is run again, as it is. */
export function isWorthRetrying(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return isConnectionTrouble(error) || (typeof code === "string" && CONTENTION.test(code));
}
