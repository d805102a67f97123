/**
 * Bytes that are not UTF-8 -> their text, where the encoding is declared or certain: it decodes without a mistake,
 * and what comes out is made of the letters that such a language mostly has. Anything else is read as
 * Windows-1252, and doubted where no Western language would look so.
 */

export interface LegacyText {
  readonly text: string;
  /** The encoding could not be told, and this one does not look right. */
  readonly isDoubtful?: true;
}

/** So many characters beyond ASCII make it certain; a few fit into any encoding. */
const ENOUGH = 20;

/**
 * Never fails, since Windows-1252 takes nearly any bytes: where the encoding could not be told, the text
 * is marked as doubtful.
 */
export function decodeLegacy(bytes: Uint8Array): LegacyText {
  const sample = linesBeyondAscii(bytes);
  const encoding =
    declared(bytes) ??
    japanese(sample) ??
    cyrillic(sample) ??
    turkish(sample) ??
    eastAsian(sample) ??
    "";
  const text = decodeStrictly(bytes, encoding);
  if (text !== undefined) return { text };
  const western = new TextDecoder("windows-1252");
  const isSure = encoding === "" && isWestern(western.decode(sample));
  const read = { text: western.decode(bytes) };
  return isSure ? read : { ...read, isDoubtful: true };
}

/** Enough to tell by, whatever the page's length. */
const SAMPLE = 64_000;

/** No encoding has a line's end within a character. */
function linesBeyondAscii(bytes: Uint8Array): Uint8Array {
  const lines: Uint8Array[] = [];
  let length = 0;
  let from = 0;
  while (from < bytes.length && length < SAMPLE) {
    const end = bytes.indexOf(10, from);
    const line = bytes.subarray(from, end === -1 ? bytes.length : end + 1);
    from += line.length;
    if (!line.some((byte) => byte > 0x7f)) continue;
    lines.push(line.subarray(0, SAMPLE));
    length += line.length;
  }
  return Buffer.concat(lines);
}

/** Undefined for bytes that are not of this encoding, and for an encoding that nobody knows. */
export function decodeStrictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const HEAD = 2_048;
/** `<meta charset="…">`, XML's declaration, front matter, and the lines that Emacs and Vim read. */
const DECLARED =
  /(?:<meta\s[^<>]*charset=|<\?xml\s[^<>]*encoding=|^(?:encoding|charset):\s*|-\*-.*coding:\s*|(?:fileencoding|fenc)=)["']?([\w:-]+)/im;

function declared(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, HEAD));
  const label = DECLARED.exec(head)?.[1];
  return label === undefined || decodeStrictly(bytes, label) === undefined ? undefined : label;
}

/** No other language has kana; bytes of another encoding would show as their narrow forms. */
function japanese(bytes: Uint8Array): string | undefined {
  return ["euc-jp", "shift_jis"].find((encoding) => {
    const text = decodeStrictly(bytes, encoding);
    const all = count(text, BEYOND_ASCII);
    return (
      all >= ENOUGH / 2 &&
      count(text, /[\u3041-\u30FF]/g) > all * 0.15 &&
      count(text, /[\uFF61-\uFF9F]/g) < all * 0.1
    );
  });
}

const BEYOND_ASCII = /[^\0-\x7F]/g;

/** Half of what Russian, Ukrainian or Bulgarian says are ten letters, and most of it is no capital. */
function cyrillic(bytes: Uint8Array): string | undefined {
  return ["windows-1251", "koi8-r", "ibm866", "iso-8859-5"].find((encoding) => {
    const text = new TextDecoder(encoding).decode(bytes);
    const all = count(text, BEYOND_ASCII);
    const letters = count(text, /\p{Script=Cyrillic}/gu);
    return (
      all >= ENOUGH &&
      letters > all * 0.9 &&
      count(text, MIXED) < letters * 0.1 &&
      count(text, /[а-яёіїєґ]/g) > letters * 0.7 &&
      count(text, /[оеаинтсрвлі]/gi) > letters * 0.45
    );
  });
}

/** A Latin letter beside a Cyrillic one: words of a Western language, with their accents. */
const MIXED = /[a-z](?=\p{Script=Cyrillic})|\p{Script=Cyrillic}(?=[a-z])/giu;

/** Six letters, where Western languages but Icelandic have none: `Ğ İ Ş ğ ı ş`. */
const TURKISH_BYTES = /[\u00D0\u00DD\u00DE\u00F0\u00FD\u00FE]/g;
/** What else beyond ASCII a Turkish text has, read as Windows-1252; Icelandic has vowels that are not here. */
const NOT_TURKISH =
  /(?![\u00C7\u00D6\u00DC\u00E7\u00F6\u00FC\u00C2\u00CE\u00DB\u00E2\u00EE\u00FB])[\u00C0-\u00FF]/;

/** Windows-1254 is Windows-1252 but for these letters. */
function turkish(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder("windows-1252").decode(bytes);
  return isLikeTurkish(text) && count(text, TURKISH_BYTES) >= ENOUGH / 2
    ? "windows-1254"
    : undefined;
}

function isLikeTurkish(text: string): boolean {
  return count(text, TURKISH_BYTES) > 0 && !NOT_TURKISH.test(text.replace(TURKISH_BYTES, ""));
}

/** Each has its usual characters in another part of its table. */
function eastAsian(bytes: Uint8Array): string | undefined {
  const pairs = pairsOf(bytes);
  if (pairs.length < ENOUGH) return undefined;
  const share = (isUsual: (lead: number, trail: number) => boolean): number =>
    pairs.filter(([lead, trail]) => isUsual(lead, trail)).length / pairs.length;
  const isHangul = share((lead, trail) => lead <= 0xc8 && trail >= 0xa1) > 0.95;
  const isSimplified = share((lead, trail) => lead <= 0xd7 && trail >= 0xa1) > 0.9;
  if (isHangul) return "euc-kr";
  if (isSimplified) return "gb18030";
  const isTraditional = share((lead) => lead <= 0xc6) > 0.9 && share((_, low) => low < 0xa1) > 0.2;
  return isTraditional ? "big5" : undefined;
}

/** The pairs of bytes that stand for a letter each; none for what is no text of pairs. */
function pairsOf(bytes: Uint8Array): (readonly [lead: number, trail: number])[] {
  const pairs: (readonly [number, number])[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    at += 1;
    const trail = bytes[at] ?? 0;
    if (trail < 0x40) return [];
    // Signs and full-width letters.
    if (lead > 0xa3) pairs.push([lead, trail]);
  }
  return pairs;
}

/**
 * Bytes for which Windows-1252 has no character, and signs that stand within no word: for MS-DOS, whose letters
 * begin with them, the quotes, daggers and bullets, too.
 */
const NOT_WESTERN =
  /[\x81\x8D\x8F\x90\x9D]|\p{L}[\u201A\u201E\u201C\u201D\u2020\u2021\u2022\u2030\u2039\u203A\u02C6\u02DC\u0192\u2122¡¢£¤¥¦§©¬®¯±²³¶¸¹º»¼½¾¿×÷]+\p{L}/u;

/** Western words have a letter with an accent here and there, and no word is all of them. */
function isWestern(text: string): boolean {
  if (NOT_WESTERN.test(text) || isLikeTurkish(text)) return false;
  const runs = text.match(/[\u00C0-\u00FF]{3,}/g) ?? [];
  const inRuns = runs.reduce((sum, run) => sum + run.length, 0);
  return inRuns <= count(text, /[\u00C0-\u00FF]/g) / 2;
}

function count(text: string | undefined, sign: RegExp): number {
  return text?.match(sign)?.length ?? 0;
}
