/**
 * The server's in-memory log: the last 10,000 entries at INFO or above.
 *
 * Lost at a restart, ids begin at 1 again. Fields are strings, and the search looks at message
 * and target only, never at fields (streamline-facts 1.3; src/server/log_buffer.rs:188-245,
 * src/server/log_layer.rs).
 */

export const LOG_RING_ENTRIES = 10_000;

/** So many lines of one kind are logged in one step; the rest only move the ids on. */
export const LOGGED_PER_STEP = 200;

/** The module of the real server that logs its life and its connections. */
export const SERVER_LOG = "streamline::server";

export const LOG_LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LogLine {
  readonly level: "INFO" | "WARN" | "ERROR";
  /** The Rust module that logs it, e.g. `streamline::server`. */
  readonly target: string;
  readonly message: string;
  readonly fields?: Readonly<Record<string, string>>;
}

interface RingEntry extends LogLine {
  readonly id: number;
  /** Unix milliseconds of the server's own clock. */
  readonly timestamp: number;
}

interface LogFilter {
  readonly minLevel: LogLevel | undefined;
  readonly limit: number;
  readonly afterId?: number;
  /** Polled for in message and target, ignoring case. */
  readonly pattern?: string;
}

export interface LogRing {
  write(line: LogLine, timestamp: number): void;
  /** Entries that came and went unseen: ids move on, nothing is kept. */
  skip(entries: number): void;
  /** The newest matching entries, oldest first. */
  read(filter: LogFilter): RingEntry[];
  /** One that goes on from here by itself. */
  copy(): LogRing;
  readonly size: number;
  readonly latestId: number | undefined;
}

/** A ring with the entries of `from`; the next line gets the id `firstId`. */
export function createLogRing(from: readonly RingEntry[] = [], firstId = 1): LogRing {
  let entries = [...from];
  let nextId = firstId;
  const kept = () => entries.slice(-LOG_RING_ENTRIES);
  /** From the newest back, no further than what is asked for. */
  function newestOf({ limit, ...filter }: LogFilter): RingEntry[] {
    const isWanted = testOf(filter);
    const found: RingEntry[] = [];
    const oldest = Math.max(0, entries.length - LOG_RING_ENTRIES);
    for (let at = entries.length - 1; at >= oldest && found.length < limit; at -= 1) {
      const entry = entries[at];
      // Ids only rise: what is older is no news either.
      if (entry === undefined || entry.id <= (filter.afterId ?? 0)) break;
      if (isWanted(entry)) found.push(entry);
    }
    return found.reverse();
  }
  return {
    write(line, timestamp) {
      entries.push({ id: nextId, timestamp, ...line });
      nextId += 1;
      if (entries.length >= 2 * LOG_RING_ENTRIES) entries = kept();
    },
    skip(count) {
      nextId += count;
    },
    read: newestOf,
    copy: () => createLogRing(entries, nextId),
    get size() {
      return Math.min(entries.length, LOG_RING_ENTRIES);
    },
    get latestId() {
      return entries.at(-1)?.id;
    },
  };
}

function testOf({ minLevel, pattern }: Omit<LogFilter, "limit">): (entry: LogLine) => boolean {
  const lowest = minLevel === undefined ? 0 : LOG_LEVELS.indexOf(minLevel);
  const wanted = pattern?.toLowerCase();
  return ({ level, message, target }) =>
    LOG_LEVELS.indexOf(level) >= lowest &&
    (wanted === undefined ||
      message.toLowerCase().includes(wanted) ||
      target.toLowerCase().includes(wanted));
}
