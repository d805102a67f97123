/**
 * Says what the outbox holds: at least once, and once only by looking before a doubtful retry.
 *
 *   claim -> render -> (was an attempt doubtful? look for it in Slack) -> post or edit -> finish
 *                                        |                                    |
 *                                        +---- found: finish                  +-- later: postpone
 *
 * Rows of one incident go out in order; incidents do not wait for each other, only for their
 * channel's pace.
 */

import type { Incident } from "../incidents/incident.ts";
import type { Message } from "../messages/message.ts";
import { createPace, type Pace } from "./pace.ts";
import type {
  Clock,
  IncidentStore,
  Log,
  Messenger,
  Meter,
  OutboxRow,
  PostOutcome,
} from "./ports.ts";

export interface DeliveryPorts {
  readonly store: IncidentStore;
  readonly messenger: Messenger;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
  /** What a row says now; undefined when there is nothing to say any more. */
  readonly render: (row: OutboxRow, incident: Incident) => Promise<Message | undefined>;
}

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
const LONGEST_WAIT_MS = 5 * 60_000;

export function createDelivery(ports: DeliveryPorts): Delivery {
  const pace = createPace(ports.clock);
  const under = new Set<Promise<void>>();
  let stopped = false;
  let woken = new AbortController();
  let loop: Promise<void> = Promise.resolve();

  const wake = (): void => woken.abort();
  const take = async (): Promise<boolean> => {
    const rows = await ports.store.claimDue({
      nowMs: ports.clock.now(),
      limit: PARALLEL - under.size,
      leaseMs: LEASE_MS,
    });
    for (const row of rows) {
      const work = deliver(ports, pace, row)
        .catch((error: unknown) => giveBack(ports, row, error))
        .finally(() => {
          under.delete(work);
          wake();
        });
      under.add(work);
    }
    return rows.length > 0;
  };
  const run = async (): Promise<void> => {
    while (!stopped) {
      woken = new AbortController();
      const busy = under.size < PARALLEL && (await takeSafely(take, ports.log));
      if (!busy) await ports.clock.sleep(await waitTime(ports), woken.signal);
    }
  };
  return {
    start() {
      loop = run();
    },
    wake,
    async stop() {
      stopped = true;
      wake();
      await loop;
      await Promise.all(under);
    },
  };
}

/** A store that fails for a moment must not end the loop. */
async function takeSafely(take: () => Promise<boolean>, log: Log): Promise<boolean> {
  try {
    return await take();
  } catch (error) {
    log.error({ error }, "the outbox cannot be read");
    return false;
  }
}

async function waitTime(ports: DeliveryPorts): Promise<number> {
  const due = await ports.store.nextDue().catch(() => undefined);
  if (due === undefined) return IDLE_MS;
  return Math.min(IDLE_MS, Math.max(20, due - ports.clock.now()));
}

/** A row that cannot be rendered or settled waits for its next turn; the others go on. */
async function giveBack(ports: DeliveryPorts, row: OutboxRow, error: unknown): Promise<void> {
  ports.log.error({ err: error, key: row.key }, "delivery failed, it is tried again");
  const retry = { dueAt: ports.clock.now() + backoffOf(row), isAmbiguous: true };
  await ports.store.postpone(row.id, retry).catch(() => undefined);
}

async function deliver(ports: DeliveryPorts, pace: Pace, row: OutboxRow): Promise<void> {
  const heldMs = pace.heldFor(row.channel);
  if (heldMs > 0) {
    const dueAt = ports.clock.now() + heldMs;
    return ports.store.postpone(row.id, { dueAt, isAmbiguous: row.isAmbiguous });
  }
  const stored = await ports.store.incident(row.incidentId);
  const incident = stored === undefined ? undefined : await withParent(ports, row, stored);
  const message = incident === undefined ? undefined : await ports.render(row, incident);
  if (incident === undefined || message === undefined) return ports.store.finish(row.id);
  await pace.turn(row.channel);
  const outcome = await say(ports, { row, incident, message });
  ports.meter.post(outcome.kind);
  await settle(ports, pace, { row, outcome });
}

/**
 * A thread needs its parent. The incident's own row comes first, so it is missing only when
 * somebody deleted the message: then it is posted anew.
 */
async function withParent(
  ports: DeliveryPorts,
  row: OutboxRow,
  incident: Incident,
): Promise<Incident> {
  if (row.saying.kind === "incident" || incident.messageTs !== undefined) return incident;
  const parent: OutboxRow = { ...row, saying: { kind: "incident" }, key: `${row.key}:parent` };
  const message = await ports.render(parent, incident);
  if (message === undefined) return incident;
  const outcome = await say(ports, { row: parent, incident, message });
  return outcome.kind === "posted" ? { ...incident, messageTs: outcome.ts } : incident;
}

interface Say {
  readonly row: OutboxRow;
  readonly incident: Incident;
  readonly message: Message;
}

async function say(ports: DeliveryPorts, { row, incident, message }: Say): Promise<PostOutcome> {
  const isParent = row.saying.kind === "incident";
  const found = row.isAmbiguous ? await lookFor(ports, row, incident) : undefined;
  if (found?.kind === "unknown") return found;
  const ts = isParent ? (incident.messageTs ?? found?.ts) : found?.ts;
  const outcome =
    ts !== undefined && !isParent
      ? ({ kind: "posted", ts } as const)
      : await send(ports.messenger, {
          row,
          incident,
          message,
          ...(ts === undefined ? {} : { ts }),
        });
  if (isParent && outcome.kind === "posted" && incident.messageTs !== outcome.ts) {
    await ports.store.setMessageTs(incident.id, outcome.ts);
  }
  if (outcome.kind === "gone") await ports.store.setMessageTs(incident.id, undefined);
  return outcome;
}

async function lookFor(
  ports: DeliveryPorts,
  row: OutboxRow,
  incident: Incident,
): Promise<
  { kind: "posted"; ts: string } | { kind: "unknown"; error: string; ts?: never } | undefined
> {
  const threadTs = row.saying.kind === "incident" ? undefined : incident.messageTs;
  try {
    const ts = await ports.messenger.find({
      channel: row.channel,
      key: row.key,
      sinceMs: row.createdAt,
      ...(threadTs === undefined ? {} : { threadTs }),
    });
    return ts === undefined ? undefined : { kind: "posted", ts };
  } catch (error) {
    return { kind: "unknown", error: `cannot look for an earlier attempt: ${String(error)}` };
  }
}

function send(
  messenger: Messenger,
  { row, incident, message, ts }: Say & { readonly ts?: string },
): Promise<PostOutcome> {
  const post = { channel: row.channel, message, key: row.key };
  if (ts !== undefined) return messenger.update({ ...post, ts });
  if (row.saying.kind === "incident") return messenger.post(post);
  if (incident.messageTs === undefined) {
    return Promise.resolve({ kind: "gone", error: "the incident has no message yet" });
  }
  const broadcast = row.saying.kind === "reopened";
  return messenger.post({ ...post, threadTs: incident.messageTs, broadcast });
}

interface Settled {
  readonly row: OutboxRow;
  readonly outcome: PostOutcome;
}

async function settle(ports: DeliveryPorts, pace: Pace, { row, outcome }: Settled): Promise<void> {
  const now = ports.clock.now();
  const backoff = backoffOf(row);
  switch (outcome.kind) {
    case "posted":
      ports.meter.answered(`thread_${row.saying.kind}`, (now - row.createdAt) / 1000);
      return ports.store.finish(row.id);
    case "rate-limited":
      pace.hold(row.channel, outcome.retryAfterMs);
      return ports.store.postpone(row.id, {
        dueAt: now + outcome.retryAfterMs,
        isAmbiguous: false,
      });
    case "unknown":
      ports.log.warn(
        { key: row.key, reason: outcome.error },
        "Slack gave no answer, looking again",
      );
      return ports.store.postpone(row.id, { dueAt: now + backoff, isAmbiguous: true });
    case "gone":
    case "rejected":
    case "refused":
      ports.log.error(
        { key: row.key, channel: row.channel, reason: outcome.error, retryInMs: backoff },
        refusalHelp(outcome.error),
      );
      return ports.store.postpone(row.id, { dueAt: now + backoff, isAmbiguous: false });
  }
}

function backoffOf(row: OutboxRow): number {
  return Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** row.attempts);
}

/** What somebody has to do so that the message can be delivered. */
const REFUSALS: Readonly<Record<string, string>> = {
  channel_not_found: "Slack knows no such channel: check the route's channel id, or invite the bot",
  not_in_channel: "the bot is not in the channel: invite it with /invite @Streamline",
  is_archived: "the channel is archived: unarchive it, or route its alerts elsewhere",
  invalid_auth: "Slack does not accept SLACK_BOT_TOKEN: reinstall the app and set the new token",
  missing_scope: "the Slack app lacks a permission: update it from the manifest and reinstall it",
};

function refusalHelp(error: string): string {
  return REFUSALS[error] ?? "Slack refused the message; it stays in the outbox and is tried again";
}
