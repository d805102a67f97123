/**
 * A position in a text, and how to step over the words of the exposition formats.
 *
 * While it steps over a name or a quoted string it hashes the characters, so that a series can be
 * recognised later without its text being kept.
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

/** Which characters a name consists of: metric names may hold colons, label names may not. */
export const METRIC_NAME = 1;
export const LABEL_NAME = 2;
const STARTS = nameCharacters(/[a-zA-Z_]/);
const PARTS = nameCharacters(/[a-zA-Z0-9_]/);

/** Start values and multipliers of two FNV-like hashes that run side by side. */
const SEED_HIGH = 0x811c9dc5;
const SEED_LOW = 0x9747b28c;
const PRIME_HIGH = 0x01000193;
const PRIME_LOW = 0x85ebca6b;

export class TextCursor {
  text = "";
  at = 0;
  end = 0;
  high = 0;
  low = 0;

  reset(text: string, start: number, end: number): void {
    this.text = text;
    this.at = start;
    this.end = end;
    this.seed();
  }

  seed(): void {
    this.high = SEED_HIGH;
    this.low = SEED_LOW;
  }

  /** The character code at the position, or -1 at the end. */
  code(): number {
    return this.at < this.end ? this.text.charCodeAt(this.at) : -1;
  }

  skipBlanks(): void {
    let code = this.code();
    while (code === SPACE || code === TAB) {
      this.at++;
      code = this.code();
    }
  }

  /** Steps to the next blank or the end. */
  skipWord(): void {
    let code = this.code();
    while (code !== SPACE && code !== TAB && code !== -1) {
      this.at++;
      code = this.code();
    }
  }

  /** Steps over a name without quotes; false when there is none. */
  skipName(kind: number): boolean {
    const { text, end } = this;
    let at = this.at;
    if (at >= end || ((STARTS[text.charCodeAt(at)] ?? 0) & kind) === 0) {
      return false;
    }
    let { high, low } = this;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (((PARTS[code] ?? 0) & kind) === 0) {
        break;
      }
      high = Math.imul(high ^ code, PRIME_HIGH);
      low = Math.imul(low ^ code, PRIME_LOW);
    }
    this.at = at;
    this.high = high;
    this.low = low;
    return true;
  }

  /** Steps over a string in double quotes; undefined when it is not closed, else its text. */
  takeString(): string | undefined {
    const { text, end } = this;
    const start = this.at + 1;
    let { high, low } = this;
    let escaped = false;
    for (let at = start; at < end; at++) {
      let code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.at = at + 1;
        this.high = high;
        this.low = low;
        const raw = text.substring(start, at);
        return escaped ? resolveEscapes(raw) : raw;
      }
      if (code === BACKSLASH) {
        escaped = true;
        at++;
        // The character behind a backslash never ends the string.
        code = at < end ? text.charCodeAt(at) ^ BACKSLASH : BACKSLASH;
      }
      high = Math.imul(high ^ code, PRIME_HIGH);
      low = Math.imul(low ^ code, PRIME_LOW);
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
