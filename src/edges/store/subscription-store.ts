/** Who wants to hear of what, and what tells them. */

import { type Kysely, sql } from "kysely";
import type { SubscriptionStore } from "../../features/search/learning-ports.ts";
import { noticePriority } from "../../incidents/notice-priority.ts";
import {
  isWorthTelling,
  MOST_SUBSCRIPTIONS,
  type Subscription,
  subscriptionsMet,
} from "../../incidents/subscription.ts";
import type { Database } from "./database.ts";
import { hashOf } from "./hash-of.ts";
import type { Entry } from "./rows.ts";
import type { Schema } from "./schema.ts";
import type { Telling } from "./subscriber-operations.ts";

/** Over one database; a person has a limited number of them. */
export function createSubscriptionStore({ sql: db }: Database): SubscriptionStore {
  return {
    subscribe: async (who, what, at) => {
      const topic = topicOf(what);
      const had = db.selectFrom("subscriptions").where("who", "=", who);
      // One statement, so that two clicks at the same moment do not make one too many.
      await db
        .insertInto("subscriptions")
        .columns(["who", "what", "topic", "at"])
        .expression(
          db
            .selectNoFrom([
              sql<string>`cast(${who} as text)`.as("who"),
              sql<string>`cast(${textOf(what)} as text)`.as("what"),
              sql<string>`cast(${topic} as text)`.as("topic"),
              sql<number>`cast(${at} as bigint)`.as("at"),
            ])
            .where(
              had.select((each) => each.fn.countAll().as("count")),
              "<",
              MOST_SUBSCRIPTIONS,
            ),
        )
        .onConflict((conflict) => conflict.columns(["who", "topic"]).doNothing())
        .execute();
      return (await subscriptionsOf(db, who)).some((each) => each.topic === topic);
    },
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

/** What tells the subscribers of an incident that begins; undefined where nobody is to be told. */
export function tellingOf({
  outcome: { incident, reason },
  receivedAt,
  delayMs,
}: Entry): Telling | undefined {
  if (!isWorthTelling(reason, incident, receivedAt)) return undefined;
  const notice = { kind: "subscribed" } as const;
  return {
    topics: subscriptionsMet(incident).map(topicOf),
    incidentId: incident.id,
    notice: JSON.stringify(notice),
    priority: noticePriority(notice, incident),
    delayMs,
    createdAt: receivedAt,
  };
}
