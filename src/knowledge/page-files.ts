/** Which files are pages, and which hold runbooks in a form that is not read. */

const PAGE = /\.(?:md|markdown|mdx)$/i;

/** Documents that people keep runbooks in, by the ends of their names. */
const OTHER_DOCUMENTS =
  /\.(?:adoc|asciidoc|rst|txt|html?|org|docx?|odt|rtf|pdf|csv|ipynb|textile|wiki|mediawiki)$/i;

/** Whether a file of this name is read as a page. */
export function isPageFile(name: string): boolean {
  return PAGE.test(name);
}

/** The end of a document's name that is not read, such as ".rst"; undefined for anything else. */
export function otherDocument(name: string): string | undefined {
  return OTHER_DOCUMENTS.exec(name)?.[0].toLowerCase();
}

/** A page's name without its ending. */
export function withoutPageEnding(name: string): string {
  return name.replace(PAGE, "");
}

/**
 * The text of a page's bytes, its lines ended by "\n": UTF-8, UTF-16, or, for bytes that are neither,
 * Windows-1252, which is what editors wrote before (it has a character for nearly every byte).
 * Characters that nobody sees are left out, and a space that keeps words on one line is a space.
 * Undefined for what is no text at all.
 */
export function decodePage(bytes: Uint8Array): string | undefined {
  const text = decoded(bytes);
  const lines = text?.includes("\r") === true ? text.replace(/\r\n?/g, "\n") : text;
  return lines?.replace(UNSEEN, "").replace(HARD_SPACE, " ");
}

/** Editors and wikis leave them behind; in a command that is copied, they break it, and in a word, its search. */
const UNSEEN = /[\u00AD\u200B\u2060\uFEFF]/g;
const HARD_SPACE = /\u00A0/g;

function decoded(bytes: Uint8Array): string | undefined {
  const encoding = markOf(bytes);
  if (encoding !== undefined) return new TextDecoder(encoding).decode(bytes);
  if (bytes.includes(0)) return unmarked(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function markOf([first, second]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}

/** UTF-16 without its mark: spaces, line ends and Latin letters leave every second byte 0, and no other. */
function unmarked(bytes: Uint8Array): string | undefined {
  if (bytes.length % 2 === 1) return undefined;
  let even = 0;
  let odd = 0;
  for (const [at, byte] of bytes.entries()) {
    if (byte !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  if (Math.min(even, odd) > 0 || even + odd < bytes.length / 20) return undefined;
  return new TextDecoder(even > 0 ? "utf-16be" : "utf-16le").decode(bytes);
}
