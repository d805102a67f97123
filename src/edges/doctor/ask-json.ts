/** GET of a small JSON answer, bounded in time and size, with what failed in words. */

import { failureText } from "../../diagnosis/reply.ts";
import { createBoundedClient } from "../http-client/bounded-request.ts";
import { readLongJson } from "../http-client/long-json.ts";
import { addressOfUrl } from "../streamline/address.ts";
import { mayBeOtherProtocol, protocolOf } from "../streamline/port-protocol.ts";

type JsonAnswer =
  | { readonly kind: "answered"; readonly json: unknown; readonly aheadMs: number | undefined }
  | { readonly kind: "failed"; readonly problem: string };

const TIMEOUT_MS = 5_000;
const LIMIT_BYTES = 8 * 1024 ** 2;

export interface JsonRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON with POST. */
  readonly body?: unknown;
}

/** `aheadMs`: how far the other clock, by its Date header, is ahead of ours. */
export async function askJson({ url, headers, body }: JsonRequest): Promise<JsonAnswer> {
  const client = createBoundedClient({ timeoutMs: TIMEOUT_MS });
  const chunks: Uint8Array[] = [];
  try {
    const result = await client.request(new URL(url), {
      method: body === undefined ? "GET" : "POST",
      headers: body === undefined ? headers : { ...headers, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      limitBytes: LIMIT_BYTES,
      onHead: () => (chunk) => void chunks.push(chunk),
    });
    const asked = url.startsWith("https:") ? "https" : "http";
    const spoken = mayBeOtherProtocol(asked, result)
      ? await protocolOf(asked, addressOfUrl(url), { timeoutMs: TIMEOUT_MS })
      : undefined;
    if (spoken !== undefined) {
      const speaks = { kind: "other-protocol", ms: result.ms, asked, speaks: spoken } as const;
      return { kind: "failed", problem: failureText(speaks) };
    }
    if (result.kind !== "answered") return { kind: "failed", problem: failureText(result) };
    if (result.status !== 200) {
      return { kind: "failed", problem: `answers with status ${result.status}` };
    }
    const theirs = Date.parse(result.headers["date"] ?? "");
    const aheadMs = Number.isFinite(theirs) ? theirs - Date.now() : undefined;
    return { kind: "answered", json: await readLongJson(chunks), aheadMs };
  } finally {
    await client.close();
  }
}
