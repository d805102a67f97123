/**
 * What people asked and what other apps posted is stored before Slack hears that it arrived, and
 * answered once, by whichever replica is there, also after a restart.
 *
 * Slack repeats an event whose acknowledgement it does not get; from then on it is ours to lose.
 */

import type { App, ReceiverEvent } from "@slack/bolt";
import type { Logger } from "pino";
import type { EventInbox } from "../../features/missed-events/event-inbox.ts";
import { recordOf, type SeenMessage, seenIn } from "./event-record.ts";

/** A replica that takes longer than this with one event is taken for dead. */
const LEASE_MS = 120_000;
/** Events that are taken over at a time. */
const AT_ONCE = 20;

export interface KeptEventsOptions {
  readonly inbox: EventInbox;
  /** Channels whose posts of other apps are read. */
  readonly watched: ReadonlySet<string>;
  /** Each message that came, whoever wrote it. */
  readonly seen: (message: SeenMessage) => void;
  readonly log: Logger;
}

export interface KeptEvents {
  /** Deals with what nobody dealt with in time. */
  resume(): Promise<void>;
}

/** Takes the app's events over: from now on each is stored before it is acknowledged. */
export function keepEvents(app: App, { inbox, watched, seen, log }: KeptEventsOptions): KeptEvents {
  const process = app.processEvent.bind(app);
  const dealWith = async (id: string, body: ReceiverEvent["body"]): Promise<void> => {
    await process({ body, ack: async () => undefined });
    await inbox.done(id);
  };
  app.processEvent = async (event) => {
    const message = seenIn(event.body);
    if (message !== undefined) seen(message);
    const record = recordOf(event.body, watched);
    if (record === undefined) return process(event);
    // Should this throw, Slack gets no acknowledgement, and sends the event again.
    const isNew = await inbox.take(record, LEASE_MS);
    await event.ack();
    if (isNew) await dealWith(record.id, event.body);
  };
  return {
    async resume() {
      for (const { id, body } of await inbox.leftOver({ limit: AT_ONCE, leaseMs: LEASE_MS })) {
        log.info({ event: id }, "an unanswered event is handled again");
        await dealWith(id, JSON.parse(body) as ReceiverEvent["body"]);
      }
    },
  };
}
