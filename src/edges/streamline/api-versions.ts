/**
 * The one Kafka request that we send, ApiVersions in version 3, and its answer.
 * Source: the message definitions ApiVersionsRequest.json and ApiVersionsResponse.json of Apache
 * Kafka, and KIP-482 for the compact forms. A client library would bring 50 MB for these few bytes.
 */

const API_KEY = 18;
const API_VERSION = 3;

/** No field is tagged. */
const NO_TAGS = Buffer.from([0]);

export interface ApiVersionsClient {
  /** Both at most 100 characters of ASCII; a server refuses others with error 42 (KIP-511). */
  readonly name: string;
  readonly version: string;
}

/** The whole frame: length, request header in version 2, body. */
export function apiVersionsRequest(correlationId: number, client: ApiVersionsClient): Buffer {
  const head = Buffer.alloc(10);
  head.writeInt16BE(API_KEY, 0);
  head.writeInt16BE(API_VERSION, 2);
  head.writeInt32BE(correlationId, 4);
  head.writeInt16BE(client.name.length, 8);
  const frame = Buffer.concat([
    head,
    Buffer.from(client.name, "latin1"),
    NO_TAGS,
    compactString(client.name),
    compactString(client.version),
    NO_TAGS,
  ]);
  const length = Buffer.alloc(4);
  length.writeInt32BE(frame.length);
  return Buffer.concat([length, frame]);
}

/** Its length plus one in one byte, which holds up to 126 characters, and the text. */
function compactString(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length + 1]), Buffer.from(text, "latin1")]);
}

/**
 * Whether a body (behind the correlation id) of version 3 without an error can be read to its end:
 * error code, the list of APIs (key, least and greatest version, tags), throttle time, tags.
 */
export function isApiVersionsBody(body: Buffer): boolean {
  try {
    const after = skipApis(body, 2);
    const end = skipTags(body, after + 4);
    return end <= body.length;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function skipApis(body: Buffer, offset: number): number {
  const list = varint(body, offset);
  let at = list.next;
  // Length plus one; zero is a list that is null, which this answer cannot have.
  if (list.value === 0) throw new RangeError("no list of APIs");
  for (let left = list.value - 1; left > 0; left -= 1) at = skipTags(body, at + 6);
  return at;
}

function skipTags(body: Buffer, offset: number): number {
  const count = varint(body, offset);
  let at = count.next;
  for (let left = count.value; left > 0; left -= 1) {
    const size = varint(body, varint(body, at).next);
    at = size.next + size.value;
  }
  return at;
}

/** An unsigned number in groups of seven bits, the lowest first; throws a RangeError at the end. */
function varint(body: Buffer, offset: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let n = 0; n < 5; n += 1) {
    const byte = body.readUInt8(offset + n);
    value += (byte & 0x7f) * 2 ** (7 * n);
    if (byte < 0x80) return { value, next: offset + n + 1 };
  }
  throw new RangeError("a number of more than five bytes");
}
