/**
 * Delivers one row of the outbox: at least once, and once only by looking before a doubtful retry.
 *
 *   render -> post (looking first, when an attempt is in doubt) or edit -> settle
 */

import type { Message } from "../../block-kit/message.ts";
import type { Incident } from "../../incidents/incident.ts";
import { renderBrief } from "../incidents/render-incident.ts";
import { deliverDigest } from "./deliver-digest.ts";
import { deliverDigestCall } from "./deliver-digest-call.ts";
import { deliverDirect } from "./deliver-direct.ts";
import { deliverRerouted } from "./deliver-rerouted.ts";
import type { Claimed, DeliveryParts } from "./delivery-parts.ts";
import type { OutboxRow } from "./delivery-ports.ts";
import type { Way } from "./pace.ts";
import { type Delivered, postOnce } from "./post-once.ts";
import { settle } from "./settle.ts";

/** Delivers the row and settles it in the store; throws when the store or the rendering fails. */
export async function deliverRow(parts: DeliveryParts, claimed: Claimed): Promise<void> {
  const { row } = claimed;
  if (row.notice.kind === "digest") return deliverDigest(parts, claimed);
  if (row.notice.kind === "digest-call") return deliverDigestCall(parts, claimed);
  const incident = await parts.incidents.incident(row.incidentId);
  if (row.notice.kind === "subscribed") return deliverDirect(parts, claimed, incident);
  if (row.notice.kind === "rerouted") return deliverRerouted(parts, claimed, incident);
  // Whoever deleted the other app's post wants no thread of it.
  const isUnwanted = incident?.isExternal === true && incident.messageTs === undefined;
  // What was under way when the incident left the channel is said anew in its new one.
  const isElsewhere = incident !== undefined && incident.channel !== row.channel;
  if (incident === undefined || isUnwanted || isElsewhere) return parts.outbox.finish(row);
  const message = await messageFor(parts, row, incident);
  if (message === undefined) return parts.outbox.finish(row);
  const { delivered, way } = await inPlace(parts, claimed, { incident, message });
  if (delivered.kind === "lost-lease") return;
  if (delivered.kind === "later") {
    return parts.outbox.postpone(row, { afterMs: delivered.afterMs, isAmbiguous: true });
  }
  if (delivered.kind === "posted") {
    const seconds = (parts.clock.now() - row.createdAt) / 1_000;
    parts.meter.answered(`thread_${row.notice.kind}`, seconds);
  }
  if (delivered.kind === "gone") {
    await parts.incidents.setMessageTs(incident.id, undefined);
    if (incident.isExternal === true) return parts.outbox.finish(row);
  }
  return settle(parts, { row, outcome: delivered, way });
}

/** Renderings that fail this often will fail forever, and must not hold up their thread. */
const RENDER_ATTEMPTS = 3;

async function messageFor(
  parts: DeliveryParts,
  row: OutboxRow,
  incident: Incident,
): Promise<Message | undefined> {
  try {
    return await parts.render(row, incident);
  } catch (error) {
    if (row.attempts + 1 < RENDER_ATTEMPTS) throw error;
    parts.log.error(
      { err: error, key: row.key },
      "a message cannot be rendered; a short one is posted instead",
    );
    return renderBrief(incident);
  }
}

interface ToSay {
  readonly incident: Incident;
  readonly message: Message;
}

interface InPlace {
  readonly delivered: Delivered;
  readonly way: Way;
}

async function inPlace(
  parts: DeliveryParts,
  claimed: Claimed,
  { incident, message }: ToSay,
): Promise<InPlace> {
  const { key, notice } = claimed.row;
  if (notice.kind === "incident") return ownMessage(parts, claimed, { incident, message, key });
  if (incident.messageTs !== undefined) {
    return reply(parts, claimed, { incident, message, threadTs: incident.messageTs });
  }
  // The incident's own row comes first, so its message is missing only when somebody deleted it.
  const row: OutboxRow = { ...claimed.row, notice: { kind: "incident" } };
  const parent = await ownMessage(parts, claimed, {
    incident,
    message: (await messageFor(parts, row, incident)) ?? renderBrief(incident),
    key: `${key}:parent`,
  });
  if (parent.delivered.kind !== "posted") return parent;
  return reply(parts, claimed, { incident, message, threadTs: parent.delivered.ts });
}

type Own = ToSay & { readonly key: string };

/** Posts the incident's message, or edits the one that stands. */
async function ownMessage(parts: DeliveryParts, claimed: Claimed, own: Own): Promise<InPlace> {
  const { messageTs: ts } = own.incident;
  if (ts !== undefined)
    return { way: "edit", delivered: await edit(parts, claimed, { ...own, ts }) };
  return parts.parents(own.incident.id, async () => {
    const now = await parts.incidents.incident(own.incident.id);
    if (now?.messageTs === undefined) return newMessage(parts, claimed, own);
    const place = { ...own, ts: now.messageTs };
    return { way: "edit", delivered: await edit(parts, claimed, place) };
  });
}

async function newMessage(
  parts: DeliveryParts,
  claimed: Claimed,
  { incident, message, key }: Own,
): Promise<InPlace> {
  const { isAmbiguous } = claimed.row;
  const delivered = await refined(incident, message, (form) =>
    postOnce(parts, claimed, { channel: incident.channel, message: form, key, notice: "incident" }),
  );
  if (delivered.kind !== "posted") return { way: "post", delivered };
  await parts.incidents.setMessageTs(incident.id, delivered.ts);
  if (!isAmbiguous) return { way: "post", delivered };
  // What was found may show what the incident was like then.
  return {
    way: "edit",
    delivered: await edit(parts, claimed, { incident, message, ts: delivered.ts }),
  };
}

async function edit(
  { messenger }: DeliveryParts,
  claimed: Claimed,
  { incident, message, ts }: ToSay & { readonly ts: string },
): Promise<Delivered> {
  if (!(await claimed.mayWrite("edit"))) return { kind: "lost-lease" };
  const { channel } = incident;
  return refined(incident, message, (form) => messenger.update({ channel, message: form, ts }));
}

async function reply(
  parts: DeliveryParts,
  claimed: Claimed,
  { incident, message, threadTs }: ToSay & { readonly threadTs: string },
): Promise<InPlace> {
  const { key, notice, channel } = claimed.row;
  // What another app posts again is seen in the channel anyway.
  const broadcast = notice.kind === "reopened" && incident.isExternal !== true;
  const post = { channel, key, notice: notice.kind, threadTs, broadcast };
  const delivered = await refined(incident, message, (form) =>
    postOnce(parts, claimed, { ...post, message: form }),
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
