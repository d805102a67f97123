/**
 * Delivers what the outbox holds, the most urgent first, until it is empty.
 *
 * Rows of one lane go out in order; lanes do not wait for each other, only for their channel's pace
 * and for what keeps their channel, the token or Slack from working.
 */

import { createCauses } from "./causes.ts";
import { type ClaimedRow, claimedRow, LEASE_MS } from "./claimed-row.ts";
import { deliverRow } from "./deliver-row.ts";
import type { DeliveryParts } from "./delivery-parts.ts";
import {
  ALL_CHANNELS,
  type DeliveryPorts,
  type HeldBack,
  type OutboxRow,
} from "./delivery-ports.ts";
import { createEarlierAttempts } from "./earlier-attempts.ts";
import { createGathering } from "./gather-digests.ts";
import { watchLateCopies } from "./late-copies.ts";
import { createLookPace } from "./look-pace.ts";
import { createOneAtATime } from "./one-at-a-time.ts";
import { createPace } from "./pace.ts";
import { createRowsUnderWay } from "./rows-under-way.ts";
import { refusedChannelText } from "./settle.ts";

export interface Delivery {
  start(): void;
  /** The outbox has something, or Slack is there again: look now instead of at the next turn. */
  wake(): void;
  /** Channels that take no messages, each in a sentence with what to do. */
  problems(): readonly string[];
  /** Lets what is under way finish, then resolves. */
  stop(): Promise<void>;
}

/** The outbox is read this often even if nobody wakes the delivery. */
const IDLE_MS = 5_000;
const SHORTEST_WAIT_MS = 20;
/** A row that cannot be rendered or settled waits for this. */
const FAILURE_WAIT_MS = 1_000;
/** A Slack that refuses connections answers at once: without a pause it would be asked without end. */
const PROBE_PAUSE_MS = 500;
const LONGEST_FAILURE_WAIT_MS = 60_000;

export function createDelivery(ports: DeliveryPorts): Delivery {
  const parts = assemble(ports);
  const rows = createRowsUnderWay();
  const elapsed = (): number => ports.clock.elapsed();
  const gather = createGathering({ ...parts, elapsed, threshold: ports.digestAbove });
  const looks = createLookPace(elapsed);
  let isStopped = false;
  let woken = new AbortController();
  /** What ended here made room: that is looked into at once. */
  let hurried = new AbortController();
  let loop: Promise<void> = Promise.resolve();
  let probe: Promise<void> | undefined;
  let probedAt = Number.NEGATIVE_INFINITY;

  const wake = (): void => woken.abort();
  const hurry = (): void => {
    hurried.abort();
    wake();
  };
  const begin = (row: OutboxRow, askedAt: number): void => {
    const { pace, causes, clock } = parts;
    pace.share(row.sharers);
    const claimed = claimedRow({ ...parts, pace, elapsed: () => clock.elapsed() }, row, askedAt);
    causes.began(row.channel);
    const work = deliverRow(parts, claimed).catch((error: unknown) =>
      giveBack(parts, claimed, error),
    );
    rows.add(row.channel, work, () => {
      claimed.end();
      causes.ended(row.channel);
      hurry();
    });
  };
  /** Asks Slack where that is needed; the milliseconds until it may be asked again. */
  const askSlack = (): number => {
    if (parts.causes.general().length === 0) return Number.POSITIVE_INFINITY;
    const pauseMs = probedAt + PROBE_PAUSE_MS - ports.clock.elapsed();
    // The end of a probe under way wakes the loop.
    if (probe !== undefined) return Number.POSITIVE_INFINITY;
    if (pauseMs > 0) return pauseMs;
    probedAt = ports.clock.elapsed();
    probe = probeSlack(parts, hurry)?.finally(() => {
      probe = undefined;
    });
    return PROBE_PAUSE_MS;
  };
  const run = async (): Promise<void> => {
    while (!isStopped) {
      [woken, hurried] = [new AbortController(), new AbortController()];
      await gatherOr(parts, gather);
      const held = heldBack(parts, rows.full());
      const askedAt = ports.clock.elapsed();
      const { row, dueInMs } = rows.isFull() ? NO_ROW : await look(ports, held);
      if (row !== undefined) {
        begin(row, askedAt);
        continue;
      }
      looks.looked();
      const pauseMs = askSlack();
      await ports.clock.sleep(Math.min(pauseMs, waitTime(parts, dueInMs)), woken.signal);
      const earlyMs = looks.waitMs();
      if (earlyMs > 0) await ports.clock.sleep(earlyMs, hurried.signal);
    }
  };
  return {
    start() {
      loop = run();
      parts.copies.start();
    },
    wake,
    problems: () => parts.causes.refused().map(refusedChannelText),
    async stop() {
      isStopped = true;
      hurry();
      await loop;
      await rows.settled();
      await parts.copies.stop();
      await probe;
    },
  };
}

function assemble(ports: DeliveryPorts): DeliveryParts {
  const elapsed = (): number => ports.clock.elapsed();
  const attempts = createEarlierAttempts(ports.messenger, elapsed);
  return {
    ...ports,
    pace: createPace(elapsed),
    causes: createCauses(elapsed),
    attempts,
    copies: watchLateCopies({ ...ports, store: ports.lateCopies, attempts }),
    parents: createOneAtATime(),
  };
}

/** What must not be taken now: by pace, by cause, and channels with enough under way. */
function heldBack({ pace, causes }: DeliveryParts, full: readonly string[]): HeldBack[] {
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
async function gatherOr({ log }: DeliveryPorts, gather: () => Promise<void>): Promise<void> {
  try {
    await gather();
  } catch (error) {
    log.error({ err: error }, "new incidents cannot be gathered in a digest");
  }
}

interface Look {
  readonly row: OutboxRow | undefined;
  /** Without a row: in how many milliseconds the next one may be taken, as far as is known. */
  readonly dueInMs: number | undefined;
}

const NO_ROW: Look = { row: undefined, dueInMs: undefined };

/** Both are asked at once, which is one turn of the store. One that fails for a moment ends no loop. */
async function look({ outbox, log }: DeliveryPorts, except: readonly HeldBack[]): Promise<Look> {
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
function waitTime({ pace, causes }: DeliveryParts, dueInMs: number | undefined): number {
  const waits = [...pace.waiting(), ...causes.waiting()].flatMap(({ ms }) => ms ?? []);
  const next = Math.min(...waits, dueInMs ?? Number.POSITIVE_INFINITY);
  return Math.min(IDLE_MS, Math.max(SHORTEST_WAIT_MS, next));
}

/**
 * While Slack is away or the token is refused, Slack is asked for an answer, which harms nobody, and
 * not given a message whose fate would be in doubt.
 */
function probeSlack(
  { causes, messenger }: DeliveryParts,
  wake: () => void,
): Promise<void> | undefined {
  const kinds = causes.general();
  if (kinds.length === 0) return undefined;
  return messenger.reach().then((outcome) => {
    for (const kind of kinds) {
      if (outcome.kind === "posted") causes.mayTry(kind);
      else causes.failed({ kind });
    }
    wake();
  });
}

/** A row that cannot be rendered or settled waits for its next turn; the others go on. */
async function giveBack(
  ports: DeliveryPorts,
  { row, isWritten }: Pick<ClaimedRow, "row" | "isWritten">,
  error: unknown,
): Promise<void> {
  ports.log.error({ err: error, key: row.key }, "delivery failed, it is tried again");
  const afterMs = Math.min(LONGEST_FAILURE_WAIT_MS, FAILURE_WAIT_MS * 2 ** row.attempts);
  // Should this fail, too, the row comes back when its lease ends.
  await ports.outbox
    .postpone(row, { afterMs, isAmbiguous: isWritten || row.isAmbiguous })
    .catch(() => undefined);
}
