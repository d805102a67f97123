/** Calls people into a digest's thread, as long as something of it fires that nobody has. */

import type { Claimed, DeliveryParts } from "./delivery-parts.ts";
import { postOnce } from "./post-once.ts";
import { renderDigestCall } from "./render-digest.ts";
import { settle } from "./settle.ts";

export async function deliverDigestCall(parts: DeliveryParts, claimed: Claimed): Promise<void> {
  const { row } = claimed;
  const { notice, key } = row;
  const digest = await parts.digests.digest(row.incidentId);
  if (digest === undefined || notice.kind !== "digest-call") return parts.outbox.finish(row);
  const message = renderDigestCall(notice, digest.incidents);
  if (message === undefined) return parts.outbox.finish(row);
  const { channel, messageTs } = digest;
  const thread = messageTs === undefined ? {} : { threadTs: messageTs };
  const delivered = await postOnce(parts, claimed, {
    channel,
    key,
    message,
    notice: notice.kind,
    ...thread,
  });
  if (delivered.kind === "lost-lease") return;
  if (delivered.kind === "later") {
    return parts.outbox.postpone(row, { afterMs: delivered.afterMs, isAmbiguous: true });
  }
  return settle(parts, { row, outcome: delivered, way: "post" });
}
