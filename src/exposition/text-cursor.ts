/**
 * A position in a line, and how to step over the words of the exposition formats.
 *
 * The text is read through an array of its character codes, which is several times as fast as
 * asking a string for each of them. Names and strings are hashed on the way, so that a series can
 * be recognised without its text being kept.
 */

export const BRACE_OPEN = 123;
export const BRACE_CLOSE = 125;
export const COMMA = 44;
export const EQUALS = 61;
export const HASH_SIGN = 35;
export const QUOTE = 34;
const BACKSLASH = 92;
const SPACE = 32;
const TAB = 9;
const POINT = 46;
const ZERO = 48;
const NINE = 57;

/** Which characters a name consists of: metric names may hold colons, label names may not. */
export const METRIC_NAME = 1;
export const LABEL_NAME = 2;
const STARTS = nameCharacters(/[a-zA-Z_]/);
const PARTS = nameCharacters(/[a-zA-Z0-9_]/);

/** Start values and multipliers of two FNV-like hashes that run side by side. */
const SEED_HIGH = 0x011c9dc5;
const SEED_LOW = 0x1747b28c;
const PRIME_HIGH = 0x01000193;
const PRIME_LOW = 0x85ebca6b;

/** So many digits always fit a double exactly, and can be added up one by one. */
const EXACT_DIGITS = 15;
const POWERS_OF_TEN = Array.from({ length: EXACT_DIGITS + 1 }, (_, power) => 10 ** power);

export type Codes = Uint8Array | Uint16Array;

/** The codes of a text: bytes when it is plain ASCII, which metrics nearly always are. */
export function codesOf(text: string): Codes {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length === text.length) {
    return bytes;
  }
  return Uint16Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}

export class TextCursor {
  text = "";
  codes: Codes = new Uint8Array(0);
  at = 0;
  end = 0;
  /** The hash of the name or string that was taken last. */
  high = 0;
  low = 0;

  /** The character code at the position, or -1 at the end. */
  code(): number {
    return this.at < this.end ? (this.codes[this.at] ?? -1) : -1;
  }

  skipBlanks(): void {
    let code = this.code();
    while (code === SPACE || code === TAB) {
      this.at++;
      code = this.code();
    }
  }

  /** The text up to the next blank or the end. */
  takeWord(): string {
    const start = this.at;
    let code = this.code();
    while (code !== SPACE && code !== TAB && code !== -1) {
      this.at++;
      code = this.code();
    }
    return this.text.substring(start, this.at);
  }

  /**
   * A word of few digits, perhaps with a point, as a number; -1, without a step, for anything else.
   *
   * A whole number below 2^53 and a power of ten up to 10^22 are exact as doubles, so their quotient
   * is rounded once, and is the nearest double to what is written (W. D. Clinger, "How to read
   * floating point numbers accurately", 1990).
   */
  takeDecimal(): number {
    const { codes, at: start, end } = this;
    const last = Math.min(end, start + EXACT_DIGITS + 1);
    let value = 0;
    let point = -1;
    let at = start;
    for (; at < last; at++) {
      const code = codes[at] ?? 0;
      if (code >= ZERO && code <= NINE) {
        value = value * 10 + code - ZERO;
      } else if (code === POINT && point < 0) {
        point = at;
      } else {
        break;
      }
    }

    const digits = at - start - (point < 0 ? 0 : 1);
    if (digits === 0 || digits > EXACT_DIGITS || (at < end && codes[at] !== SPACE)) {
      return -1;
    }
    this.at = at;
    return point < 0 ? value : value / (POWERS_OF_TEN[at - point - 1] ?? 1);
  }

  /** A name without quotes, or "" when there is none. */
  takeName(kind: number): string {
    const { codes, end, at: start } = this;
    if (start >= end || ((STARTS[codes[start] ?? 0] ?? 0) & kind) === 0) {
      return "";
    }

    let high = SEED_HIGH;
    let low = SEED_LOW;
    let at = start;
    for (; at < end; at++) {
      const code = codes[at] ?? 0;
      if (((PARTS[code] ?? 0) & kind) === 0) {
        break;
      }
      high = Math.imul(high ^ code, PRIME_HIGH);
      low = Math.imul(low ^ code, PRIME_LOW);
    }
    this.at = at;
    this.high = high;
    this.low = low;
    return this.text.substring(start, at);
  }

  /** Steps over a label name if it is the one that stands at another position of the codes. */
  skipSameName(before: number, length: number): boolean {
    const { codes, at: start } = this;
    const after = start + length;
    if (after >= this.end || ((PARTS[codes[after] ?? 0] ?? 0) & LABEL_NAME) !== 0) {
      return false;
    }

    let high = SEED_HIGH;
    let low = SEED_LOW;
    for (let step = 0; step < length; step++) {
      const code = codes[start + step] ?? 0;
      if (code !== codes[before + step]) {
        return false;
      }
      high = Math.imul(high ^ code, PRIME_HIGH);
      low = Math.imul(low ^ code, PRIME_LOW);
    }
    this.at = after;
    this.high = high;
    this.low = low;
    return true;
  }

  /** The content of a string in double quotes, or undefined when it is not closed. */
  takeString(): string | undefined {
    const { codes, end, at: start } = this;
    let high = SEED_HIGH;
    let low = SEED_LOW;
    let escaped = false;
    for (let at = start + 1; at < end; at++) {
      const code = codes[at] ?? 0;
      if (code === QUOTE) {
        const raw = this.text.substring(start + 1, at);
        this.at = at + 1;
        this.high = high;
        this.low = low;
        return escaped ? resolveEscapes(raw) : raw;
      }
      high = Math.imul(high ^ code, PRIME_HIGH);
      low = Math.imul(low ^ code, PRIME_LOW);
      if (code === BACKSLASH) {
        // The character behind a backslash never ends the string.
        escaped = true;
        at++;
        high = Math.imul(high ^ (codes[at] ?? 0), PRIME_HIGH);
        low = Math.imul(low ^ (codes[at] ?? 0), PRIME_LOW);
      }
    }
    return undefined;
  }
}

/**
 * Resolves `\\`, `\"` and `\n`. Any other escape is kept as it is written, as the Prometheus server
 * does with label values.
 */
export function resolveEscapes(raw: string): string {
  return raw.replace(/\\([\\"n])/g, (_, character: string) =>
    character === "n" ? "\n" : character,
  );
}

function nameCharacters(labelCharacters: RegExp): Uint8Array {
  const classes = new Uint8Array(128);
  for (let code = 0; code < classes.length; code++) {
    const character = String.fromCharCode(code);
    if (labelCharacters.test(character)) {
      classes[code] = METRIC_NAME | LABEL_NAME;
    } else if (character === ":") {
      classes[code] = METRIC_NAME;
    }
  }
  return classes;
}
