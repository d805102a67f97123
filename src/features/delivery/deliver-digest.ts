/** Delivers a digest: posts its message once, and edits it as its incidents change. */

import type { Claimed, DeliveryParts } from "./delivery-parts.ts";
import type { Digest } from "./digest-ports.ts";
import type { Post } from "./messenger.ts";
import type { Way } from "./pace.ts";
import { type Delivered, postOnce } from "./post-once.ts";
import { settle } from "./settle.ts";

export async function deliverDigest(parts: DeliveryParts, claimed: Claimed): Promise<void> {
  const { row } = claimed;
  const digest = await parts.digests.digest(row.incidentId);
  if (digest === undefined) return parts.outbox.finish(row);
  const { delivered, way } = await write(parts, claimed, digest);
  if (delivered.kind === "lost-lease") return;
  if (delivered.kind === "later") {
    return parts.outbox.postpone(row, { afterMs: delivered.afterMs, isAmbiguous: true });
  }
  if (delivered.kind === "gone") await parts.digests.setMessage(digest.id, undefined);
  if (delivered.kind === "posted") {
    parts.meter.answered("digest", (parts.clock.now() - row.createdAt) / 1_000);
  }
  return settle(parts, { row, outcome: delivered, way });
}

interface DigestWrite {
  readonly delivered: Delivered;
  readonly way: Way;
}

async function write(parts: DeliveryParts, claimed: Claimed, digest: Digest): Promise<DigestWrite> {
  const { channel, messageTs } = digest;
  const message = parts.renderDigest(digest);
  if (messageTs !== undefined) {
    const delivered = await edit(parts, claimed, { channel, message, ts: messageTs });
    return { way: "edit", delivered };
  }
  const { key, isAmbiguous } = claimed.row;
  const delivered = await postOnce(parts, claimed, { channel, key, message, notice: "digest" });
  if (delivered.kind !== "posted") return { way: "post", delivered };
  await parts.digests.setMessage(digest.id, delivered.ts);
  if (!isAmbiguous) return { way: "post", delivered };
  // What was found may show what was known then.
  const { ts } = delivered;
  return { way: "edit", delivered: await edit(parts, claimed, { channel, message, ts }) };
}

async function edit(
  { messenger }: DeliveryParts,
  claimed: Claimed,
  shown: Post & { readonly ts: string },
): Promise<Delivered> {
  return (await claimed.mayWrite("edit")) ? messenger.update(shown) : { kind: "lost-lease" };
}
