/** Calls people into a digest's thread, as long as something of it fires that nobody has. */

import type { Claimed } from "./claimed.ts";
import type { Outbox } from "./delivery-ports.ts";
import type { DigestStore } from "./digest-ports.ts";
import { renderDigestCall } from "./render-digest.ts";
import type { RowWriter } from "./row-writer.ts";
import type { Settle } from "./settle.ts";

export interface DigestCallPorts {
  readonly outbox: Pick<Outbox, "finish">;
  readonly store: Pick<DigestStore, "digest">;
  readonly writer: Pick<RowWriter, "post">;
  readonly settle: Settle;
}

/** Settles the claimed row: posted, put off, or finished without a post where nobody needs to be called. */
export async function deliverDigestCall(
  { outbox, store, writer, settle }: DigestCallPorts,
  claimed: Claimed,
): Promise<void> {
  const { row } = claimed;
  const { notice, key } = row;
  const digest = await store.digest(row.incidentId);
  if (digest === undefined || notice.kind !== "digest-call") return outbox.finish(row);
  const message = renderDigestCall(notice, digest.incidents);
  if (message === undefined) return outbox.finish(row);
  const { channel, messageTs } = digest;
  const thread = messageTs === undefined ? {} : { threadTs: messageTs };
  const post = { channel, key, message, notice: notice.kind, ...thread };
  await settle({ row, delivered: await writer.post(claimed, post), way: "post" });
}
