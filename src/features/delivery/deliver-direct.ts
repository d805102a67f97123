/**
 * Notifies one subscriber of an incident in a direct message, once. It may fail for reasons that concern
 * nobody but the person: messages turned off, an account that is gone.
 */

import type { Incident } from "../../incidents/incident.ts";
import type { Claimed } from "./claimed.ts";
import type { IncidentNotices, Outbox } from "./delivery-ports.ts";
import type { RowWriter } from "./row-writer.ts";
import type { PlaceSettlement } from "./settle-at-place.ts";

export interface DirectPorts {
  readonly outbox: Pick<Outbox, "finish" | "postpone">;
  readonly notices: Pick<IncidentNotices, "mayBeNotified" | "render">;
  readonly writer: Pick<RowWriter, "post">;
  readonly place: PlaceSettlement;
}

/** Slack is asked again whether somebody may be notified, for some minutes in all. */
const MOST_ATTEMPTS = 30;
const WAIT_MS = 2_000;

/** Settles the claimed row. It waits for the incident's message, to which it leads. */
export async function deliverDirect(
  { outbox, notices, writer, place }: DirectPorts,
  claimed: Claimed,
  incident: Incident | undefined,
): Promise<void> {
  const { row } = claimed;
  if (incident === undefined) return outbox.finish(row);
  if (await place.waitForMessage(row, incident)) return;
  // A right may have gone since they subscribed. While Slack does not tell, nothing is said.
  const may = await notices.mayBeNotified(row.channel, incident);
  if (may === "unknown" && row.attempts < MOST_ATTEMPTS) {
    return outbox.postpone(row, { afterMs: WAIT_MS, isAmbiguous: row.isAmbiguous });
  }
  const message = may === "yes" ? await notices.render(row, incident) : undefined;
  if (message === undefined) return outbox.finish(row);
  const { channel, key } = row;
  const delivered = await writer.post(claimed, { channel, key, message, notice: "subscribed" });
  await place.settle(row, delivered, "a subscriber cannot be notified by direct message");
}
