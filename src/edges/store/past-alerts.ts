/** Which alerts the notifications of some time named, for "what would this have hidden". */

import type { Kysely } from "kysely";
import type { Notification } from "../../alerts/alert.ts";
import type { PastAlert, PastAlertReader, PastAlerts } from "../../features/silences/ports.ts";
import { letOthersRun } from "../let-others-run.ts";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

/** Notifications read at once; between them others have their turn. */
const PAGE = 100;
/** More than these, or than so many characters, are not read: a week of a storm has no end. */
const MOST_NOTIFICATIONS = 10_000;
const MOST_CHARACTERS = 100_000_000;

/** The port of past alerts over one database. */
export function createPastAlerts(database: Database): PastAlertReader {
  return { since: (sinceMs) => pastAlerts(database.sql, sinceMs) };
}

/** Reads at most so many notifications, the latest first, and says whether some were left out. */
export async function pastAlerts(
  db: Kysely<Schema>,
  sinceMs: number,
  most = MOST_NOTIFICATIONS,
): Promise<PastAlerts> {
  const found = new Map<string, PastAlert>();
  let before = Number.MAX_SAFE_INTEGER;
  let room = MOST_CHARACTERS;
  for (let read = 0; read < most; read += PAGE) {
    const rows = await db
      .selectFrom("notifications")
      .select(["id", "incident_id", "body", "received_at"])
      .where("id", "<", before)
      .orderBy("id", "desc")
      .limit(PAGE)
      .execute();
    for (const { id, incident_id: incidentId, body, received_at: receivedAt } of rows) {
      before = id;
      // They were numbered as they came.
      if (receivedAt < sinceMs) return { alerts: [...found.values()], isComplete: true };
      room -= body.length;
      // Written by saveNotification only, so its shape is known.
      const { alerts } = JSON.parse(body) as Notification;
      for (const { fingerprint, labels } of alerts) {
        found.set(`${incidentId} ${fingerprint}`, { incidentId, labels });
      }
    }
    if (rows.length < PAGE) return { alerts: [...found.values()], isComplete: true };
    if (room <= 0) break;
    await letOthersRun();
  }
  return { alerts: [...found.values()], isComplete: false };
}
