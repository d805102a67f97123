/** The bytes of a webhook -> what they report. */

import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { type Received, readWebhook, type WebhookResult } from "../../alerts/parse-webhook.ts";
import { shortenJson, TOO_MANY_VALUES } from "../../exposition/shorten-json.ts";
import { letOthersRun } from "../let-others-run.ts";

/** Larger than what may be sent, once it is unpacked. */
class UnpackedTooLarge extends Error {
  readonly statusCode = 413;
}

/** By the names of RFC 9110, 8.4.1. */
const UNPACK = new Map([
  ["gzip", promisify(gunzip)],
  ["x-gzip", promisify(gunzip)],
  ["deflate", promisify(inflate)],
  ["br", promisify(brotliDecompress)],
]);

/** Whether what arrives is smaller than what it holds. */
export function isPacked(encoding: string): boolean {
  return !["", "identity"].includes(encoding);
}

export interface SentBody {
  readonly bytes: unknown;
  /** The header Content-Encoding. */
  readonly encoding: string;
  readonly maxBytes: number;
}

/** Ten thousand alerts are read in turns, so that people are answered meanwhile. */
export async function readWebhookBody(sent: SentBody, received: Received): Promise<WebhookResult> {
  const { bytes } = sent;
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) return malformed("the body is empty");
  const unpacked = await unpack(bytes, sent);
  if (typeof unpacked === "string") return malformed(unpacked);
  try {
    const { text, cutKeys } = shortenJson(unpacked);
    await letOthersRun();
    const reading = readWebhook(parseBody(text), received);
    for (;;) {
      const { done, value } = reading.next();
      if (done === true) return withCutKeys(value, cutKeys);
      await letOthersRun();
    }
  } catch (error) {
    if (error instanceof SyntaxError) return malformed("the body is not JSON");
    // A body nested a hundred thousand deep runs the parser out of stack.
    if (error instanceof RangeError) return malformed(whyTooMuch(error));
    throw error;
  }
}

/** What was cut is counted where somebody reads what could not be read. */
function withCutKeys(result: WebhookResult, cutKeys: number): WebhookResult {
  if (result.kind === "malformed" || result.notification.unread === undefined) return result;
  if (cutKeys === 0) return result;
  const { unread } = result.notification;
  const problems = [...unread.problems, `the body: ${cutKeys} more keys are not read`];
  return {
    ...result,
    notification: { ...result.notification, unread: { ...unread, problems } },
  };
}

function whyTooMuch({ message }: RangeError): string {
  return message === TOO_MANY_VALUES
    ? `the body holds ${TOO_MANY_VALUES}`
    : "the body is nested too deeply";
}

function malformed(reason: string): WebhookResult {
  return { kind: "malformed", reason };
}

/** The reason in words where they cannot be unpacked. */
async function unpack(
  bytes: Buffer,
  { encoding, maxBytes }: Omit<SentBody, "bytes">,
): Promise<Buffer | string> {
  if (!isPacked(encoding)) return bytes;
  const unpackedBy = UNPACK.get(encoding);
  if (unpackedBy === undefined) {
    return `its Content-Encoding is ${encoding.slice(0, 40)}: send it as it is, or as ${[...UNPACK.keys()].join(", ")}`;
  }
  try {
    return await unpackedBy(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof RangeError) throw new UnpackedTooLarge("too large", { cause: error });
    return `the body is not ${encoding}, as its Content-Encoding says`;
  }
}

/** Outside of texts: what Python writes for values that JSON has no word for. */
const NO_NUMBERS = /("(?:[^"\\]|\\.)*")|-?\b(?:NaN|Infinity)\b/g;

/** Characters in which such values are searched for; what is longer is refused at once. */
const MOST_SEARCHED = 2 * 1024 ** 2;

function parseBody(sent: string): unknown {
  // Some senders begin with a byte order mark, which is no JSON.
  const text = sent.replace(/^\uFEFF/, "");
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError) || text.length > MOST_SEARCHED) throw error;
    if (!/NaN|Infinity/.test(text)) throw error;
    return JSON.parse(
      text.replace(NO_NUMBERS, (word, quoted: string | undefined) => quoted ?? `"${word}"`),
    );
  }
}
