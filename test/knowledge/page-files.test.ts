/** Pages in the encodings that editors write. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { decodePage } from "../../src/knowledge/page-files.ts";

const PAGE = "# Größe\n\nStop – then “wait”.\n";
const swapped = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();

describe("a page is read in", () => {
  const encodings: readonly [string, Buffer][] = [
    ["UTF-8", Buffer.from(PAGE)],
    ["UTF-16 LE with its mark", Buffer.from(`\uFEFF${PAGE}`, "utf16le")],
    ["UTF-16 BE with its mark", swapped(`\uFEFF${PAGE}`)],
    ["UTF-16 LE without it", Buffer.from(PAGE, "utf16le")],
    ["UTF-16 BE without it", swapped(PAGE)],
    ["lines ended by CR LF", Buffer.from(PAGE.replace(/\n/g, "\r\n"))],
    ["lines ended by CR", Buffer.from(PAGE.replace(/\n/g, "\r"))],
    [
      "characters that nobody sees",
      Buffer.from("# Grö\u00ADße\n\nSt\u200Bop – then\u00A0“wait”.\n"),
    ],
    ["Windows-1252", Buffer.from("# Gr\xf6\xdfe\n\nStop \x96 then \x93wait\x94.\n", "latin1")],
  ];
  for (const [name, bytes] of encodings) {
    test(name, () => assert.equal(decodePage(bytes), PAGE));
  }
});

test("what is no text is none", () => {
  assert.equal(decodePage(Buffer.from("# A\0b\n\nx\n")), undefined);
  assert.equal(decodePage(Uint8Array.from({ length: 512 }, (_, at) => at % 256)), undefined);
});
