/**
 * Says what the outbox holds, row by row, until it is empty.
 *
 * Rows of one incident go out in order; incidents do not wait for each other, only for their
 * channel's pace.
 */

import { backoffOf } from "./backoff.ts";
import { deliverRow } from "./deliver-row.ts";
import type { DeliveryPorts, OutboxRow } from "./delivery-ports.ts";
import { createPace, type Pace } from "./pace.ts";

export interface Delivery {
  start(): void;
  /** The outbox has something: look now instead of at the next turn. */
  wake(): void;
  /** Lets what is under way finish, then resolves. */
  stop(): Promise<void>;
}

/** Incidents that are told of at the same time. */
const PARALLEL = 8;
/** A worker that takes longer than this with one row is taken for dead. */
const LEASE_MS = 60_000;
/** The outbox is looked at this often even if nobody wakes the delivery. */
const IDLE_MS = 5_000;
const SHORTEST_WAIT_MS = 20;

export function createDelivery(ports: DeliveryPorts): Delivery {
  const pace = createPace(ports.clock);
  const under = new Set<Promise<void>>();
  let isStopped = false;
  let woken = new AbortController();
  let loop: Promise<void> = Promise.resolve();

  const wake = (): void => woken.abort();
  const begin = (row: OutboxRow): void => {
    pace.note(row.channel);
    const work = deliverRow(ports, pace, row)
      .catch((error: unknown) => giveBack(ports, row, error))
      .finally(() => {
        under.delete(work);
        wake();
      });
    under.add(work);
  };
  const run = async (): Promise<void> => {
    while (!isStopped) {
      woken = new AbortController();
      const isFull = under.size >= PARALLEL;
      const row = isFull ? undefined : await nextRow(ports, pace);
      if (row !== undefined) begin(row);
      else await ports.clock.sleep(isFull ? IDLE_MS : await waitTime(ports, pace), woken.signal);
    }
  };
  return {
    start() {
      loop = run();
    },
    wake,
    async stop() {
      isStopped = true;
      wake();
      await loop;
      await Promise.all(under);
    },
  };
}

/** A store that fails for a moment must not end the loop. */
async function nextRow(ports: DeliveryPorts, pace: Pace): Promise<OutboxRow | undefined> {
  try {
    const [row] = await ports.outbox.claimDue({
      limit: 1,
      leaseMs: LEASE_MS,
      except: [...pace.waiting().keys()],
    });
    return row;
  } catch (error) {
    ports.log.error({ err: error }, "the outbox cannot be read");
    return undefined;
  }
}

/** Until the next row falls due or the next channel may be posted to. */
async function waitTime(ports: DeliveryPorts, pace: Pace): Promise<number> {
  const waiting = pace.waiting();
  const due = await ports.outbox.nextDueIn([...waiting.keys()]).catch(() => undefined);
  const paced = Math.min(...waiting.values()) - ports.clock.now();
  const next = Math.min(paced, due ?? Number.POSITIVE_INFINITY);
  return Math.min(IDLE_MS, Math.max(SHORTEST_WAIT_MS, next));
}

/** A row that cannot be rendered or settled waits for its next turn; the others go on. */
async function giveBack(ports: DeliveryPorts, row: OutboxRow, error: unknown): Promise<void> {
  ports.log.error({ err: error, key: row.key }, "delivery failed, it is tried again");
  const retry = { afterMs: backoffOf(row), isAmbiguous: true };
  // Should this fail, too, the row comes back when its lease ends.
  await ports.outbox.postpone(row, retry).catch(() => undefined);
}
