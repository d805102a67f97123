/** Which files are pages, which hold runbooks in a form that is not read, and the text of a page's bytes. */

import { withoutUnseenSigns } from "./lines/unseen-signs.ts";
import type { PageProblem } from "./page.ts";
import { decodeLegacy, decodeStrictly } from "./page-encodings.ts";

const PAGE = /\.(?:md|markdown|mdx)$/i;

/** Documents that people keep runbooks in, by the ends of their names. */
const OTHER_DOCUMENTS =
  /\.(?:adoc|asciidoc|rst|txt|html?|org|docx?|odt|rtf|pdf|csv|ipynb|textile|wiki|mediawiki)$/i;

/** Whether a file of this name is read as a page. */
export function isPageFile(name: string): boolean {
  return PAGE.test(name);
}

/** What has such an ending and is nobody's runbook: for programs, lawyers, or this bot (thesaurus.txt). */
const NO_DOCUMENTS =
  /(?:^|\/)(?:thesaurus|(?:[\w.-]*-)?requirements[\w.-]*|constraints[\w.-]*|licen[cs]es?|copying|notices?|robots|humans|llms[\w-]*|ads|cmakelists|version|cname)\.(?:txt|html?)$/i;

/** The end of a document's name that is not read, such as ".rst"; undefined for anything else. */
export function otherDocument(name: string): string | undefined {
  return NO_DOCUMENTS.test(name) ? undefined : OTHER_DOCUMENTS.exec(name)?.[0].toLowerCase();
}

/** Each ending is named once, however many folders have such files. */
export function unreadDocuments(byEnding: ReadonlyMap<string, readonly string[]>): PageProblem[] {
  return [...byEnding].flatMap(([ending, [first, ...rest]]) => {
    if (first === undefined) return [];
    const more = rest.length === 0 ? "" : ` (and ${rest.length} more here)`;
    const reason = `${ending} files are not read, only Markdown (.md, .markdown, .mdx)${more}: ${wayFor(ending)}`;
    return [{ file: first, line: 1, reason }];
  });
}

/** What makes a page of it. */
function wayFor(ending: string): string {
  if (ending === ".txt") return "give what is a page the ending .md";
  if (/^\.a(?:sciid|d)oc$/.test(ending)) return "convert what is a page, as with npx downdoc FILE";
  if (/^\.(?:pdf|doc|csv|wiki)$/.test(ending)) return "save what is a page as Markdown";
  return `convert what is a page, as with pandoc -t gfm -o FILE.md FILE${ending}`;
}

/** A page's name without its ending. */
export function withoutPageEnding(name: string): string {
  return name.replace(PAGE, "");
}

export interface DecodedPage {
  readonly text: string;
  /** What of the bytes could not be read, and where. */
  readonly doubt?: { readonly line: number; readonly reason: string };
}

/**
 * The text of a page's bytes, its lines ended by "\n": UTF-8, UTF-16, or an encoding that can be told. What a
 * mistake has put among them costs itself. Characters that nobody sees are left out, and a space that keeps
 * words on one line is a space. Undefined for what is no text at all.
 */
export function decodePage(bytes: Uint8Array): DecodedPage | undefined {
  const read = decoded(bytes);
  if (read === undefined) return undefined;
  const lines = read.text.includes("\r") ? read.text.replace(/\r\n?/g, "\n") : read.text;
  return { ...read, text: withoutUnseenSigns(lines) };
}

function decoded(bytes: Uint8Array): DecodedPage | undefined {
  const encoding = markOf(bytes);
  if (encoding !== undefined) return { text: new TextDecoder(encoding).decode(bytes) };
  if (bytes.includes(0)) return unmarkedLatin(bytes) ?? withoutNuls(bytes) ?? unmarked(bytes);
  const text = decodeStrictly(bytes, "utf-8");
  if (text !== undefined) {
    const isEscaped = ESCAPED_JAPANESE.some((begins) => text.includes(begins));
    return { text: (isEscaped ? decodeStrictly(bytes, "iso-2022-jp") : undefined) ?? text };
  }
  return isText(bytes) ? (damaged(bytes) ?? legacy(bytes)) : undefined;
}

/** ISO-2022-JP is all ASCII, with the letters between escapes. */
const ESCAPED_JAPANESE = ["\u001B$@", "\u001B$B"];

function markOf([first, second]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}

/** UTF-16 without its mark: spaces, line ends and Latin letters leave every second byte 0, and no other. */
function unmarkedLatin(bytes: Uint8Array): DecodedPage | undefined {
  const { even, odd } = zerosIn(bytes);
  const isHalf = even + odd > bytes.length * 0.3 && Math.min(even, odd) === 0;
  if (!isHalf || bytes.length % 2 === 1) return undefined;
  return { text: new TextDecoder(even > 0 ? "utf-16be" : "utf-16le").decode(bytes) };
}

/** The same of any other letters: read the wrong way round, a line's end is no character. */
function unmarked(bytes: Uint8Array): DecodedPage | undefined {
  // The first bytes of a picture may be letters.
  if (bytes.length < 2 * ENOUGH_WIDE) return undefined;
  const text = ["utf-16le", "utf-16be"]
    .map((encoding) => decodeStrictly(bytes, encoding))
    .find((each) => each?.includes("\n") === true && !NO_LETTERS.test(each));
  return text === undefined ? undefined : { text };
}

const ENOUGH_WIDE = 20;
const NO_LETTERS = /(?![\t\n\f\r])[\p{Cc}\p{Cn}\p{Co}]/u;

/** Bytes of zeros in a text come from an editor's mistake or a disk that was full: they cost themselves. */
const FEW_ZEROS = 16;

function withoutNuls(bytes: Uint8Array): DecodedPage | undefined {
  const rest = withoutZeros(bytes);
  const end = lastOf(bytes) + 1;
  const within = end - rest.length;
  const isDamage = rest.length > 0 && within <= Math.max(FEW_ZEROS, end / 10) && isText(rest);
  const text = isDamage ? decodeStrictly(rest, "utf-8") : undefined;
  if (text === undefined) return undefined;
  const zeros = bytes.length - rest.length;
  const reason = `it has ${zeros} bytes of zero, the first in this line: they are left out; is the file damaged?`;
  return { text, doubt: { line: lineAt(bytes, bytes.indexOf(0)), reason } };
}

/** UTF-8 with a few broken bytes, such as one cut off within a character; undefined for another encoding. */
function damaged(bytes: Uint8Array): DecodedPage | undefined {
  const text = new TextDecoder().decode(bytes);
  const { broken, whole } = signsOf(text);
  if (whole < 2 * broken) return undefined;
  const line = text.slice(0, text.indexOf("\uFFFD")).split("\n").length;
  const reason = `${broken} of its characters are not UTF-8, the first in this line: "\uFFFD" stands for them`;
  return { text, doubt: { line, reason } };
}

function legacy(bytes: Uint8Array): DecodedPage {
  const { text, isDoubtful } = decodeLegacy(bytes);
  if (isDoubtful !== true) return { text };
  const line = lineAt(
    bytes,
    bytes.findIndex((byte) => byte > 0x7f),
  );
  const reason =
    "it is not UTF-8, and its encoding cannot be told: letters beyond A to Z are wrong; save it as UTF-8";
  return { text, doubt: { line, reason } };
}

// Eight megabytes are read on the event loop: plain loops, without a call for each byte.

/** A program or a picture has many bytes that no text has. */
function isText(bytes: Uint8Array): boolean {
  let controls = 0;
  for (const byte of bytes) {
    if (byte < 0x20 && (byte < 8 || byte > 13) && byte !== 27) controls += 1;
  }
  return controls <= bytes.length / 100;
}

function zerosIn(bytes: Uint8Array): { even: number; odd: number } {
  let even = 0;
  let odd = 0;
  for (let at = bytes.indexOf(0); at !== -1; at = bytes.indexOf(0, at + 1)) {
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  return { even, odd };
}

function withoutZeros(bytes: Uint8Array): Uint8Array {
  const rest = new Uint8Array(bytes.length);
  let length = 0;
  for (const byte of bytes) if (byte !== 0) rest[length++] = byte;
  return rest.subarray(0, length);
}

/** Where the last byte is that is not zero. */
function lastOf(bytes: Uint8Array): number {
  let at = bytes.length - 1;
  while (at >= 0 && bytes[at] === 0) at -= 1;
  return at;
}

function lineAt(bytes: Uint8Array, end: number): number {
  let line = 1;
  for (let at = bytes.indexOf(10); at !== -1 && at < end; at = bytes.indexOf(10, at + 1)) line += 1;
  return line;
}

function signsOf(text: string): { broken: number; whole: number } {
  let broken = 0;
  let whole = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === REPLACED) broken += 1;
    else if (code > 0x7f) whole += 1;
  }
  return { broken, whole };
}

const REPLACED = 0xfffd;
