/**
 * Takes the rows of the outbox, the most urgent first, and has them delivered.
 *
 * Rows of one lane go out in order; lanes do not wait for each other, only for their channel's pace
 * and for what keeps their channel, the token or Slack from working.
 */

import type { Log, MonotonicClock } from "../shared/ports.ts";
import type { Causes } from "./causes.ts";
import { createClaimPace } from "./claim-pace.ts";
import type { Deliver } from "./claimed.ts";
import { type ClaimedRow, claimedRow, LEASE_MS } from "./claimed-row.ts";
import { ALL_CHANNELS, type HeldBack, type Outbox, type OutboxRow } from "./delivery-ports.ts";
import type { Messenger } from "./messenger.ts";
import type { Pace } from "./pace.ts";
import { createSlackProbe } from "./probe-slack.ts";
import { createRowsUnderWay } from "./rows-under-way.ts";

export interface OutboxLoop {
  start(): void;
  /** The outbox has something, or Slack is there again: check now instead of at the next turn. */
  wake(): void;
  /** Lets what is under way finish, then resolves. */
  stop(): Promise<void>;
}

interface LoopPorts {
  readonly outbox: Outbox;
  readonly deliver: Deliver;
  /** Before each check: what waits may become one row. */
  readonly gather: () => Promise<void>;
  readonly pace: Pace;
  readonly causes: Causes;
  readonly reach: Messenger["reach"];
  readonly clock: MonotonicClock;
  readonly log: Log;
}

/** The outbox is read this often even if nobody wakes the delivery. */
const IDLE_MS = 5_000;
const SHORTEST_WAIT_MS = 20;
/** A row that cannot be rendered or settled waits for this. */
const FAILURE_WAIT_MS = 1_000;
const LONGEST_FAILURE_WAIT_MS = 60_000;

/** Nothing is taken before `start`. */
export function createOutboxLoop(ports: LoopPorts): OutboxLoop {
  const { outbox, pace, causes, reach, clock } = ports;
  const elapsed = (): number => clock.elapsed();
  const rows = createRowsUnderWay();
  const claims = createClaimPace(elapsed);
  let isStopped = false;
  let woken = new AbortController();
  /** What ended here made room: that is checked at once. */
  let hurried = new AbortController();
  let loop: Promise<void> = Promise.resolve();

  const wake = (): void => woken.abort();
  const hurry = (): void => {
    hurried.abort();
    wake();
  };
  const probe = createSlackProbe({ causes, reach, clock, onAnswer: hurry });
  const begin = (row: OutboxRow, askedAt: number): void => {
    pace.share(row.sharers);
    const claimed = claimedRow({ outbox, pace, elapsed }, row, askedAt);
    causes.began(row.channel);
    const work = ports.deliver(claimed).catch((error: unknown) => giveBack(ports, claimed, error));
    rows.add(row.channel, work, () => {
      claimed.end();
      causes.ended(row.channel);
      hurry();
    });
  };
  const run = async (): Promise<void> => {
    while (!isStopped) {
      [woken, hurried] = [new AbortController(), new AbortController()];
      await gatherOr(ports);
      const held = heldBack(ports, rows.full());
      const askedAt = elapsed();
      const { row, dueInMs } = rows.isFull() ? NO_ROW : await claimNext(ports, held);
      if (row !== undefined) {
        begin(row, askedAt);
        continue;
      }
      claims.tried();
      await clock.sleep(Math.min(probe.ask(), waitTime(ports, dueInMs)), woken.signal);
      const earlyMs = claims.waitMs();
      if (earlyMs > 0) await clock.sleep(earlyMs, hurried.signal);
    }
  };
  return {
    start() {
      loop = run();
    },
    wake,
    async stop() {
      isStopped = true;
      hurry();
      await loop;
      await rows.settled();
      await probe.settled();
    },
  };
}

/** What must not be taken now: by pace, by cause, and channels with enough under way. */
function heldBack(
  { pace, causes }: Pick<LoopPorts, "pace" | "causes">,
  full: readonly string[],
): HeldBack[] {
  const whole = (channel: string): HeldBack => ({
    channel,
    from: 0,
    to: Number.MAX_SAFE_INTEGER,
  });
  return [
    ...full.map(whole),
    ...causes.waiting().map(({ channel }) => whole(channel ?? ALL_CHANNELS)),
    ...pace.waiting().map(({ channel, from, to }) => ({ channel, from, to })),
  ];
}

/** A storm that cannot be gathered is posted one by one. */
async function gatherOr({ gather, log }: LoopPorts): Promise<void> {
  try {
    await gather();
  } catch (error) {
    log.error({ err: error }, "new incidents cannot be gathered in a digest");
  }
}

interface NextClaim {
  readonly row: OutboxRow | undefined;
  /** Without a row: in how many milliseconds the next one may be taken, as far as is known. */
  readonly dueInMs: number | undefined;
}

const NO_ROW: NextClaim = { row: undefined, dueInMs: undefined };

/** Both are asked at once, which is one turn of the store. One that fails for a moment ends no loop. */
async function claimNext(
  { outbox, log }: LoopPorts,
  except: readonly HeldBack[],
): Promise<NextClaim> {
  const due = outbox.nextDueIn(except).catch(() => undefined);
  try {
    const [row] = await outbox.claimDue({ limit: 1, leaseMs: LEASE_MS, except });
    return row === undefined ? { row, dueInMs: await due } : { row, dueInMs: undefined };
  } catch (error) {
    log.error({ err: error }, "the outbox cannot be read");
    return NO_ROW;
  }
}

/** Until the next row falls due, or the next wait is over. */
function waitTime(
  { pace, causes }: Pick<LoopPorts, "pace" | "causes">,
  dueInMs: number | undefined,
): number {
  const waits = [...pace.waiting(), ...causes.waiting()].flatMap(({ ms }) => ms ?? []);
  const next = Math.min(...waits, dueInMs ?? Number.POSITIVE_INFINITY);
  return Math.min(IDLE_MS, Math.max(SHORTEST_WAIT_MS, next));
}

/** A row that cannot be rendered or settled waits for its next turn; the others go on. */
async function giveBack(
  { outbox, log }: LoopPorts,
  { row, isWritten }: Pick<ClaimedRow, "row" | "isWritten">,
  error: unknown,
): Promise<void> {
  log.error({ err: error, key: row.key }, "delivery failed, it is tried again");
  const afterMs = Math.min(LONGEST_FAILURE_WAIT_MS, FAILURE_WAIT_MS * 2 ** row.attempts);
  // Should this fail, too, the row comes back when its lease ends.
  await outbox
    .postpone(row, { afterMs, isAmbiguous: isWritten || row.isAmbiguous })
    .catch(() => undefined);
}
