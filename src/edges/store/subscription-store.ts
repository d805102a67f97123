/** Who wants to hear of what, and the rows of the outbox that tell them. */

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
import type { NoticeDraft } from "./notice-rows.ts";
import { type Entry, noticeKey } from "./rows.ts";
import type { Schema } from "./schema.ts";

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

/** People notified of one incident; a team that wants more of them has a channel. */
const MOST_TOLD = 200;

/**
 * A notice for each subscriber of an incident that begins, in a lane of its own: a person whom Slack
 * cannot reach holds up neither the incident's thread nor anybody else.
 */
export async function subscriberDrafts(
  db: Kysely<Schema>,
  { outcome: { incident, reason }, receivedAt, delayMs }: Entry,
): Promise<NoticeDraft[]> {
  if (!isWorthTelling(reason, incident, receivedAt)) return [];
  const topics = subscriptionsMet(incident).map(topicOf);
  const people = await db
    .selectFrom("subscriptions")
    .select("who")
    .distinct()
    .where("topic", "in", topics)
    .orderBy("who")
    .limit(MOST_TOLD)
    .execute();
  const notice = { kind: "subscribed" } as const;
  return people.map(({ who }) => ({
    key: noticeKey(incident.id),
    incidentId: incident.id,
    lane: `${incident.id} ${who}`,
    channel: who,
    kind: notice.kind,
    notice: JSON.stringify(notice),
    priority: noticePriority(notice, incident),
    delayMs,
    createdAt: receivedAt,
  }));
}
