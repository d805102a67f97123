/** The rows of the outbox that tell subscribers of an incident that begins. */

import { randomUUID } from "node:crypto";
import { type StoreConnection, valuesOf } from "./connection.ts";
import type { NoticeDraft } from "./notice-rows.ts";

/** What is to be told of an incident, before it is known to whom. */
export interface Telling
  extends Pick<NoticeDraft, "incidentId" | "notice" | "priority" | "delayMs" | "createdAt"> {
  /** Hashes of what people may have subscribed to. */
  readonly topics: readonly string[];
}

/** People notified of one incident; a team that wants more of them has a channel. */
const MOST_TOLD = 200;

/**
 * A notice for each subscriber, in a lane of its own: a person whom Slack cannot reach holds up
 * neither the incident's thread nor anybody else.
 */
export async function toSubscribers(
  connection: StoreConnection,
  tellings: readonly Telling[],
): Promise<NoticeDraft[]> {
  if (tellings.length === 0) return [];
  const topics = tellings.flatMap((telling) => telling.topics);
  const rows = await connection.query<{ topic: string; who: string }>(
    `select topic, who from subscriptions
     where topic in (select value from ${valuesOf(connection, "?1")}) order by who`,
    JSON.stringify([...new Set(topics)]),
  );
  return tellings.flatMap((telling) => draftsOf(telling, rows));
}

function draftsOf(
  { topics, incidentId, ...told }: Telling,
  rows: readonly { readonly topic: string; readonly who: string }[],
): NoticeDraft[] {
  const met = new Set(topics);
  const people = new Set(rows.filter(({ topic }) => met.has(topic)).map(({ who }) => who));
  return [...people].slice(0, MOST_TOLD).map((who) => ({
    ...told,
    key: noticeKey(incidentId),
    incidentId,
    lane: `${incidentId} ${who}`,
    channel: who,
    kind: "subscribed",
  }));
}

/** Random, so that no two notices share it, whatever becomes of their rows. */
export function noticeKey(incidentId: string): string {
  return `${incidentId}.${randomUUID()}`;
}
