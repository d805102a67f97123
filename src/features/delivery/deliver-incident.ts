/**
 * Delivers a row about one incident, into its channel: its message, which is posted once and edited
 * then, or a reply in its thread.
 *
 *   render -> post or edit -> settle
 */

import type { Message } from "../../block-kit/message.ts";
import type { Incident } from "../../incidents/incident.ts";
import { renderBrief } from "../incidents/render-incident.ts";
import type { OneAtATime } from "../shared/one-at-a-time.ts";
import type { Log } from "../shared/ports.ts";
import type { Claimed } from "./claimed.ts";
import type { DeliveredIncidents, IncidentNotices, Outbox, OutboxRow } from "./delivery-ports.ts";
import type { Delivered, RowWriter } from "./row-writer.ts";
import type { LastWrite, MeasureDelivery, Settle } from "./settle.ts";

export interface IncidentDeliveryPorts {
  readonly outbox: Pick<Outbox, "finish">;
  readonly incidents: DeliveredIncidents;
  readonly notices: Pick<IncidentNotices, "render">;
  readonly writer: RowWriter;
  /** Posting an incident's message, by its id: two rows must not both find that there is none. */
  readonly parents: OneAtATime;
  readonly settle: Settle;
  readonly measure: MeasureDelivery;
  readonly log: Log;
}

/** Settles the claimed row; one whose incident is gone is finished. */
export async function deliverIncident(
  ports: IncidentDeliveryPorts,
  claimed: Claimed,
  incident: Incident | undefined,
): Promise<void> {
  const { outbox, incidents, settle, measure } = ports;
  const { row } = claimed;
  // Whoever deleted the other app's post wants no thread of it.
  const isUnwanted = incident?.isExternal === true && incident.messageTs === undefined;
  // What was under way when the incident left the channel is posted again in its new one.
  const isElsewhere = incident !== undefined && incident.channel !== row.channel;
  if (incident === undefined || isUnwanted || isElsewhere) return outbox.finish(row);
  const message = await messageFor(ports, row, incident);
  if (message === undefined) return outbox.finish(row);
  const written = await inPlace(ports, claimed, { incident, message });
  const { kind } = written.delivered;
  if (kind === "posted") measure(`thread_${row.notice.kind}`, row);
  if (kind === "gone") {
    await incidents.setMessageTs(incident.id, undefined);
    if (incident.isExternal === true) return outbox.finish(row);
  }
  return settle({ row, ...written });
}

/** Renderings that fail this often will fail forever, and must not hold up their thread. */
const RENDER_ATTEMPTS = 3;

async function messageFor(
  ports: IncidentDeliveryPorts,
  row: OutboxRow,
  incident: Incident,
): Promise<Message | undefined> {
  try {
    return await ports.notices.render(row, incident);
  } catch (error) {
    if (row.attempts + 1 < RENDER_ATTEMPTS) throw error;
    ports.log.error(
      { err: error, key: row.key },
      "a message cannot be rendered; a short one is posted instead",
    );
    return renderBrief(incident);
  }
}

interface Rendered {
  readonly incident: Incident;
  readonly message: Message;
}

async function inPlace(
  ports: IncidentDeliveryPorts,
  claimed: Claimed,
  { incident, message }: Rendered,
): Promise<LastWrite> {
  const { key, notice } = claimed.row;
  if (notice.kind === "incident") return ownMessage(ports, claimed, { incident, message, key });
  if (incident.messageTs !== undefined) {
    return reply(ports, claimed, { incident, message, threadTs: incident.messageTs });
  }
  // The incident's own row comes first, so its message is missing only when somebody deleted it.
  const row: OutboxRow = { ...claimed.row, notice: { kind: "incident" } };
  const parent = await ownMessage(ports, claimed, {
    incident,
    message: (await messageFor(ports, row, incident)) ?? renderBrief(incident),
    key: `${key}:parent`,
  });
  if (parent.delivered.kind !== "posted") return parent;
  return reply(ports, claimed, { incident, message, threadTs: parent.delivered.ts });
}

type Own = Rendered & { readonly key: string };

/** Posts the incident's message, or edits the one that stands. */
async function ownMessage(
  ports: IncidentDeliveryPorts,
  claimed: Claimed,
  own: Own,
): Promise<LastWrite> {
  const { messageTs: ts } = own.incident;
  if (ts !== undefined)
    return { way: "edit", delivered: await edit(ports, claimed, { ...own, ts }) };
  return ports.parents(own.incident.id, async () => {
    const now = await ports.incidents.incident(own.incident.id);
    if (now?.messageTs === undefined) return newMessage(ports, claimed, own);
    const place = { ...own, ts: now.messageTs };
    return { way: "edit", delivered: await edit(ports, claimed, place) };
  });
}

async function newMessage(
  ports: IncidentDeliveryPorts,
  claimed: Claimed,
  { incident, message, key }: Own,
): Promise<LastWrite> {
  const { isAmbiguous } = claimed.row;
  const delivered = await refined(incident, message, (form) =>
    ports.writer.post(claimed, {
      channel: incident.channel,
      message: form,
      key,
      notice: "incident",
    }),
  );
  if (delivered.kind !== "posted") return { way: "post", delivered };
  await ports.incidents.setMessageTs(incident.id, delivered.ts);
  if (!isAmbiguous) return { way: "post", delivered };
  // What was found may show what the incident was like then.
  return {
    way: "edit",
    delivered: await edit(ports, claimed, { incident, message, ts: delivered.ts }),
  };
}

async function edit(
  { writer }: IncidentDeliveryPorts,
  claimed: Claimed,
  { incident, message, ts }: Rendered & { readonly ts: string },
): Promise<Delivered> {
  const { channel } = incident;
  return refined(incident, message, (form) => writer.edit(claimed, { channel, message: form, ts }));
}

async function reply(
  ports: IncidentDeliveryPorts,
  claimed: Claimed,
  { incident, message, threadTs }: Rendered & { readonly threadTs: string },
): Promise<LastWrite> {
  const { key, notice, channel } = claimed.row;
  // What another app posts again is seen in the channel anyway.
  const broadcast = notice.kind === "reopened" && incident.isExternal !== true;
  const post = { channel, key, notice: notice.kind, threadTs, broadcast };
  const delivered = await refined(incident, message, (form) =>
    ports.writer.post(claimed, { ...post, message: form }),
  );
  return { way: "post", delivered };
}

/** What Slack refuses in every form is said in brief. */
async function refined(
  incident: Incident,
  message: Message,
  send: (form: Message) => Promise<Delivered>,
): Promise<Delivered> {
  const outcome = await send(message);
  return outcome.kind === "rejected" ? send(renderBrief(incident)) : outcome;
}
