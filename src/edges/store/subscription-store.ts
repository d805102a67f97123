/** Who wants to hear of what, and the rows of the outbox that tell them. */

import type { Kysely, Transaction } from "kysely";
import type { SubscriptionStore } from "../../features/search/learning-ports.ts";
import type { Outcome } from "../../incidents/apply-notification.ts";
import {
  isWorthTelling,
  MOST_SUBSCRIPTIONS,
  type Subscription,
  subscriptionsMet,
} from "../../incidents/subscription.ts";
import type { Database } from "./database.ts";
import { hashOf } from "./hash-of.ts";
import type { Schema } from "./schema.ts";

export function createSubscriptionStore({ sql: db }: Database): SubscriptionStore {
  return {
    subscribe: (who, what, at) =>
      db.transaction().execute(async (transaction) => {
        const had = await subscriptionsOf(transaction, who);
        if (had.some((each) => each.topic === topicOf(what))) return true;
        if (had.length >= MOST_SUBSCRIPTIONS) return false;
        await transaction
          .insertInto("subscriptions")
          .values({ who, what: textOf(what), topic: topicOf(what), at })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        return true;
      }),
    unsubscribe: async (who, what) => {
      const { numDeletedRows } = await db
        .deleteFrom("subscriptions")
        .where("who", "=", who)
        .where("topic", "=", topicOf(what))
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    subscriptions: async (who) =>
      (await subscriptionsOf(db, who)).map(({ id, what }) => ({
        id,
        what: JSON.parse(what) as Subscription,
      })),
  };
}

function subscriptionsOf(db: Kysely<Schema>, who: string) {
  return db
    .selectFrom("subscriptions")
    .select(["id", "what", "topic"])
    .where("who", "=", who)
    .orderBy("id")
    .execute();
}

/** Names are written in any case; in JSON, so that no database minds what stands in them. */
function textOf({ kind, name }: Subscription): string {
  return JSON.stringify({ kind, name });
}

function topicOf({ kind, name }: Subscription): string {
  return hashOf(`${kind} ${name.toLowerCase()}`);
}

/** People told of one incident; a team that wants more of them has a channel. */
const MOST_TOLD = 200;

/**
 * A row for each subscriber of an incident that begins, in a lane of its own: a person whom Slack
 * cannot reach holds up neither the incident's thread nor anybody else. Call it in the transaction
 * that writes the incident.
 */
export async function enqueueSubscribers(
  transaction: Transaction<Schema>,
  { outcome, receivedAt }: { readonly outcome: Outcome; readonly receivedAt: number },
): Promise<void> {
  const { incident, reason } = outcome;
  if (!isWorthTelling(reason, incident, receivedAt)) return;
  const topics = subscriptionsMet(incident).map(topicOf);
  const people = await transaction
    .selectFrom("subscriptions")
    .select("who")
    .distinct()
    .where("topic", "in", topics)
    .orderBy("who")
    .limit(MOST_TOLD)
    .execute();
  if (people.length === 0) return;
  const rows = people.map(({ who }) => ({
    incident_id: incident.id,
    lane: `${incident.id} ${who}`,
    channel: who,
    kind: "subscribed",
    notice: JSON.stringify({ kind: "subscribed" }),
    attempts: 0,
    settled: 0,
    due_at: receivedAt,
    leased_until: 0,
    created_at: receivedAt,
  }));
  await transaction.insertInto("outbox").values(rows).execute();
}
