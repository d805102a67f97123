/** What waits in the outbox, for the bot's own metrics and /readyz. */

import type { WaitingNotices } from "../../features/delivery/delivery-ports.ts";
import { PRIORITY } from "../../incidents/notice-priority.ts";
import type { Database } from "./database.ts";

/** Since when the oldest notice waits, and the oldest incident that no message names. */
export async function waitingNotices({ sql }: Database): Promise<WaitingNotices> {
  const [oldest, unnamed] = await Promise.all([
    sql
      .selectFrom("outbox")
      .select(({ fn }) => fn.min("created_at").as("at"))
      .executeTakeFirst(),
    sql
      .selectFrom("outbox")
      .select(({ fn }) => fn.min("created_at").as("at"))
      .where("priority", "<", PRIORITY.edit)
      .executeTakeFirst(),
  ]);
  const at = (row: { at: number | null } | undefined) =>
    row?.at === null || row?.at === undefined ? undefined : Number(row.at);
  return { oldestAt: at(oldest), unnamedAt: at(unnamed) };
}
