/** Delivers a digest: posts its message once, and edits it as its incidents change. */

import type { Claimed } from "./claimed.ts";
import type { DigestPorts, Outbox } from "./delivery-ports.ts";
import type { Digest } from "./digest-ports.ts";
import type { RowWriter } from "./row-writer.ts";
import type { LastWrite, MeasureDelivery, Settle } from "./settle.ts";

export interface DigestDeliveryPorts {
  readonly outbox: Pick<Outbox, "finish">;
  readonly digests: Pick<DigestPorts, "store" | "render">;
  readonly writer: RowWriter;
  readonly settle: Settle;
  readonly measure: MeasureDelivery;
}

/**
 * Settles the claimed row. A message that is gone from Slack is forgotten, so that it can be posted again.
 */
export async function deliverDigest(ports: DigestDeliveryPorts, claimed: Claimed): Promise<void> {
  const { outbox, digests, settle, measure } = ports;
  const { row } = claimed;
  const digest = await digests.store.digest(row.incidentId);
  if (digest === undefined) return outbox.finish(row);
  const written = await write(ports, claimed, digest);
  const { kind } = written.delivered;
  if (kind === "gone") await digests.store.setMessage(digest.id, undefined);
  if (kind === "posted") measure("digest", row);
  return settle({ row, ...written });
}

async function write(
  { digests, writer }: DigestDeliveryPorts,
  claimed: Claimed,
  digest: Digest,
): Promise<LastWrite> {
  const { channel, messageTs } = digest;
  const message = digests.render(digest);
  const edit = (ts: string) => writer.edit(claimed, { channel, message, ts });
  if (messageTs !== undefined) return { way: "edit", delivered: await edit(messageTs) };
  const { key, isAmbiguous } = claimed.row;
  const delivered = await writer.post(claimed, { channel, key, message, notice: "digest" });
  if (delivered.kind !== "posted") return { way: "post", delivered };
  await digests.store.setMessage(digest.id, delivered.ts);
  if (!isAmbiguous) return { way: "post", delivered };
  // What was found may show what was known then.
  return { way: "edit", delivered: await edit(delivered.ts) };
}
