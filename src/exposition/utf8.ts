/**
 * UTF-8 bytes and the texts in them.
 *
 * Lines are read by their bytes, and texts are cut from a string that has one character for each byte:
 * positions in both are the same, and text in plain ASCII, as metrics nearly always are, is cut
 * without being decoded. Only a piece with characters outside ASCII is decoded, by itself.
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

const HAS_BEYOND_ASCII = /[\x80-\xff]/;

/** One character for each byte. */
export function textOfBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/** The text as UTF-8. */
export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

/** How many bytes more than characters of a JavaScript string there are between two positions. */
export function surplusOf(bytes: Uint8Array, start: number, end: number): number {
  let surplus = 0;
  for (let at = start; at < end; at++) {
    const code = bytes[at] ?? 0;
    // A byte that continues a character makes none; four bytes make two halves of one.
    if ((code & 0xc0) === 0x80) surplus++;
    else if (code >= 0xf0) surplus--;
  }
  return surplus;
}

/** The text between two positions, of a string with one character for each byte. */
export function cutText(text: string, bytes: Uint8Array, start: number, end: number): string {
  const cut = text.slice(start, end);
  return HAS_BEYOND_ASCII.test(cut) ? decodeText(bytes, start, end) : cut;
}

/** The text of the bytes between two positions. */
function decodeText(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}
