/**
 * Says in the old thread of an incident where it went, if that can be posted: a channel that is gone, or
 * where the bot is no longer, keeps nobody waiting.
 */

import type { Incident } from "../../incidents/incident.ts";
import type { Claimed } from "./claimed.ts";
import type { IncidentNotices, Outbox } from "./delivery-ports.ts";
import type { RowWriter } from "./row-writer.ts";
import type { PlaceSettlement } from "./settle-at-place.ts";

export interface ReroutedPorts {
  readonly outbox: Pick<Outbox, "finish">;
  readonly notices: Pick<IncidentNotices, "renderRerouted">;
  readonly writer: RowWriter;
  readonly place: PlaceSettlement;
}

/** Settles the claimed row; where the old place takes nothing, it is given up with a warning. */
export async function deliverRerouted(
  { outbox, notices, writer, place }: ReroutedPorts,
  claimed: Claimed,
  incident: Incident | undefined,
): Promise<void> {
  const { row } = claimed;
  const { notice, channel, key } = row;
  if (incident === undefined || notice.kind !== "rerouted") return outbox.finish(row);
  if (await place.waitForMessage(row, incident)) return;
  const rendered = notices.renderRerouted(incident);
  const { ts } = notice.from;
  const edited = await writer.edit(claimed, { channel, message: rendered.place, ts });
  const reply = { channel, key, message: rendered.reply, threadTs: ts, notice: notice.kind };
  const delivered = edited.kind === "posted" ? await writer.post(claimed, reply) : edited;
  const warning = "the old thread of an incident cannot get a link to the new one";
  await place.settle(row, delivered, warning);
}
