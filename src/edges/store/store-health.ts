/**
 * What is known of the store's health: whether it can write, since when not, and why.
 *
 * Everybody who needs the store meets its trouble at the same time. It is logged here, once when it
 * begins, now and then while it lasts, and once when it is over; they only hear that it is there.
 */

import type { CallStore } from "./operations.ts";
import { StoreUnavailable, troubleOf } from "./store-error.ts";

/** The part of pino's logger that the store uses. */
export interface StoreLog {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface StoreHealth {
  /**
   * Watches calls: what fails for the store as a whole becomes `StoreUnavailable`. Only what writes
   * proves that a trouble is over: a full disk can still be read.
   */
  watch<T>(kind: "reads" | "writes", work: () => Promise<T>): Promise<T>;
  /** Why the store cannot write; undefined when it can. Tries it, but not more often than it says. */
  problem(): Promise<string | undefined>;
}

/** A trouble that lasts is logged again after this time, with how many met it. */
const REPEAT_MS = 60_000;
/** When a sender may try again: the store's trouble is mended by people, or by a restart of PostgreSQL. */
const RETRY_AFTER_MS = 5_000;
/** A trouble that nobody has met for so long is over, if the probe says so, too. */
const QUIET_MS = 15_000;
const PROBE_EVERY_MS = 2_000;
/** A store that does not answer for so long is as good as none. */
const PROBE_TIMEOUT_MS = 3_000;

interface Trouble {
  readonly reason: string;
  readonly since: number;
  /** The last one who met it. */
  metAt: number;
  refused: number;
}

/** Nothing is wrong at first; whoever calls the store says what failed and what went well. */
export function watchHealth(call: CallStore, log: StoreLog): StoreHealth {
  let trouble: Trouble | undefined;
  /** A store at its limit fails and works by turns: the log need not follow. */
  let lastLogged = { reason: "", at: Number.NEGATIVE_INFINITY };
  let probedAt = Number.NEGATIVE_INFINITY;
  let probed: string | undefined;

  const failed = (reason: string, error: unknown): void => {
    const now = performance.now();
    trouble ??= { reason, since: now, metAt: now, refused: 0 };
    trouble.refused += 1;
    trouble.metAt = now;
    if (reason === lastLogged.reason && now - lastLogged.at < REPEAT_MS) return;
    lastLogged = { reason, at: now };
    log.error(
      {
        err: error,
        refused: trouble.refused,
        forSeconds: Math.round((now - trouble.since) / 1000),
      },
      `the store cannot work: ${reason}`,
    );
  };
  const worked = (): void => {
    if (trouble === undefined) return;
    const forSeconds = Math.round((performance.now() - trouble.since) / 1000);
    log.info({ forSeconds, refused: trouble.refused }, "the store works again");
    trouble = undefined;
  };
  const watch = async <T>(kind: "reads" | "writes", work: () => Promise<T>): Promise<T> => {
    try {
      const result = await work();
      if (kind === "writes") worked();
      return result;
    } catch (error) {
      const reason = error instanceof StoreUnavailable ? undefined : troubleOf(error);
      if (reason === undefined) throw error;
      failed(reason, error);
      throw new StoreUnavailable(reason, { retryAfterMs: RETRY_AFTER_MS, cause: error });
    }
  };
  /** The probe is small: it may find room where an alert finds none. */
  const stillTroubled = (): string | undefined => {
    if (trouble === undefined) return undefined;
    if (performance.now() - trouble.metAt < QUIET_MS) return trouble.reason;
    worked();
    return undefined;
  };
  const probe = async (): Promise<string | undefined> => {
    const late = Promise.withResolvers<string>();
    const timer = setTimeout(
      () => late.resolve(`it does not answer for ${PROBE_TIMEOUT_MS / 1000} s`),
      PROBE_TIMEOUT_MS,
    );
    const writing = call("probeWriting", undefined).then(
      () => undefined,
      (error: unknown) => {
        const reason = troubleOf(error) ?? (error instanceof Error ? error.message : String(error));
        failed(reason, error);
        return reason;
      },
    );
    const problem = await Promise.race([writing, late.promise]);
    clearTimeout(timer);
    return problem;
  };
  return {
    watch,
    async problem() {
      const now = performance.now();
      if (now - probedAt >= PROBE_EVERY_MS) {
        probedAt = now;
        probed = await probe();
        if (probed === undefined) probed = stillTroubled();
      }
      return probed === undefined ? undefined : `cannot write: ${probed}`;
    },
  };
}
