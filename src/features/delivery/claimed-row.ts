/** A row that was taken: its lease, checked when its effect happens, and its token of the pace. */

import type { Claimed } from "./claimed.ts";
import type { Outbox, OutboxRow } from "./delivery-ports.ts";
import { type Pace, type Way, wayOf } from "./pace.ts";

/** A worker that takes longer than this with one row is taken for dead. */
export const LEASE_MS = 60_000;
/** A write takes up to ten seconds; with less left than this the lease is renewed before. */
const ENOUGH_MS = 30_000;

export interface ClaimPorts {
  readonly outbox: Pick<Outbox, "renew">;
  readonly pace: Pick<Pace, "take" | "giveBack">;
  readonly elapsed: () => number;
}

export interface ClaimedRow extends Claimed {
  /** Whether something may have been written to Slack in the row's name. */
  readonly isWritten: boolean;
  /** Gives back what was not used of the pace. */
  end(): void;
}

/** `askedAt` is the monotonic time before the row was asked for, from which its lease counts. */
export function claimedRow(
  { outbox, pace, elapsed }: ClaimPorts,
  row: OutboxRow,
  askedAt: number,
): ClaimedRow {
  let leasedUntil = askedAt + LEASE_MS;
  let isWritten = false;
  let reserved: Way | undefined = wayOf(row.priority);
  pace.take(row.channel, reserved);
  const release = (): void => {
    if (reserved !== undefined) pace.giveBack(row.channel, reserved);
    reserved = undefined;
  };
  return {
    row,
    end: release,
    get isWritten() {
      return isWritten;
    },
    async mayWrite(way) {
      if (leasedUntil - elapsed() < ENOUGH_MS) {
        const renewedAt = elapsed();
        if (!(await outbox.renew(row, LEASE_MS))) return false;
        leasedUntil = renewedAt + LEASE_MS;
      }
      if (reserved === way) {
        reserved = undefined;
      } else {
        release();
        pace.take(row.channel, way);
      }
      isWritten = leasedUntil > elapsed();
      return isWritten;
    },
  };
}
