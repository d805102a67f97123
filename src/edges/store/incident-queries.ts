/** Looking incidents up: by id, by message, by alert, by time. */

import type { Kysely, Selectable } from "kysely";
import type { Notification } from "../../alerts/alert.ts";
import type { IncidentReader, TimelineEntry } from "../../features/incidents/incident-ports.ts";
import type { AuditEntry, Outcome } from "../../incidents/change.ts";
import type { Incident } from "../../incidents/incident.ts";
import { hashOf } from "./hash-of.ts";
import { incidentOf } from "./rows.ts";
import type { Schema } from "./schema.ts";

/** Reads outside of transactions: what they give may be changed a moment later. */
export function incidentQueries(db: Kysely<Schema>): IncidentReader {
  const incidents = () => db.selectFrom("incidents").selectAll("incidents");
  const latestFirst = () => incidents().orderBy("changed_at", "desc").orderBy("id", "desc");
  return {
    incident: async (id) => one(await incidents().where("id", "=", id).executeTakeFirst()),
    incidentAt: async (channel, messageTs) =>
      one(
        await latestFirst()
          .where("channel", "=", channel)
          .where("message_ts", "=", messageTs)
          .executeTakeFirst(),
      ) ?? (await externalIncidentAt(db, channel, messageTs)),
    openIncidents: async (limit) =>
      (await latestFirst().where("status", "=", "firing").limit(limit).execute()).map(incidentOf),
    incidentsSince: async (sinceMs, limit) =>
      (await latestFirst().where("changed_at", ">=", sinceMs).limit(limit).execute()).map(
        incidentOf,
      ),
    incidentsOf: async (alert, limit) =>
      (
        await incidents()
          .innerJoin("incident_alerts", "incident_alerts.incident_id", "incidents.id")
          .where("incident_alerts.alert", "=", hashOf(alert))
          .orderBy("incident_alerts.changed_at", "desc")
          .orderBy("incident_alerts.incident_id", "desc")
          .limit(limit)
          .execute()
      ).map(incidentOf),
    dueIncidents: async (nowMs, limit) => {
      const rows = await db
        .selectFrom("incidents")
        .select("id")
        .where("due_at", "<=", nowMs)
        .orderBy("due_at")
        .limit(limit)
        .execute();
      return rows.map(({ id }) => id);
    },
    timeline: (incidentId, limit) => timelineOf(db, incidentId, limit),
  };
}

/** A group of external posts has several posts, and one thread. */
const HEARD_LATELY = 50;

async function externalIncidentAt(
  db: Kysely<Schema>,
  channel: string,
  postTs: string,
): Promise<Incident | undefined> {
  const rows = await db
    .selectFrom("incidents")
    .selectAll()
    .where("channel", "=", channel)
    .where("external", "=", 1)
    .orderBy("changed_at", "desc")
    .limit(HEARD_LATELY)
    .execute();
  return rows.map(incidentOf).find(({ external }) => external?.posts.includes(postTs));
}

function one(row: Selectable<Schema["incidents"]> | undefined): Incident | undefined {
  return row === undefined ? undefined : incidentOf(row);
}

/** The last entries, oldest first. */
async function timelineOf(
  db: Kysely<Schema>,
  incidentId: string,
  limit: number,
): Promise<TimelineEntry[]> {
  const notifications = await db
    .selectFrom("notifications")
    .selectAll()
    .where("incident_id", "=", incidentId)
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  const audit = await db
    .selectFrom("audit")
    .selectAll()
    .where("incident_id", "=", incidentId)
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  const entries: TimelineEntry[] = [
    ...notifications.map(({ received_at: at, reason, body }) => ({
      kind: "notification" as const,
      at,
      reason: reason as Outcome["reason"],
      notification: JSON.parse(body) as Notification,
    })),
    ...audit.map(({ at, who, action, detail }) => ({
      kind: "audit" as const,
      at,
      who,
      action,
      detail: JSON.parse(detail) as AuditEntry["detail"],
    })),
  ];
  return entries.toSorted((a, b) => a.at - b.at).slice(-limit);
}
