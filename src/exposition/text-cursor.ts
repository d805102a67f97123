/** A position in a line, and how to step over the words of the exposition formats. */

export const TAB = 9;
export const LINE_FEED = 10;
export const SPACE = 32;
export const QUOTE = 34;
export const HASH_SIGN = 35;
export const COMMA = 44;
export const COLON = 58;
export const EQUALS = 61;
export const BACKSLASH = 92;
export const BRACE_OPEN = 123;
export const BRACE_CLOSE = 125;

/** Which characters a name consists of: metric names may hold colons, label names may not. */
export const METRIC_NAME = 1;
export const LABEL_NAME = 2;
const STARTS = nameCharacters(/[a-zA-Z_]/);
const PARTS = nameCharacters(/[a-zA-Z0-9_]/);

/** Whether a name of this kind may begin with the character. */
export function isNameStart(code: number, kind: number): boolean {
  return ((STARTS[code] ?? 0) & kind) !== 0;
}

/** Whether a name of this kind may go on with the character. */
export function isNamePart(code: number, kind: number): boolean {
  return ((PARTS[code] ?? 0) & kind) !== 0;
}

/** A place in a text that moves on as it is read. */
export class TextCursor {
  readonly text: string;
  at: number;
  readonly end: number;

  constructor(text: string, at = 0, end = text.length) {
    this.text = text;
    this.at = at;
    this.end = end;
  }

  /** The character code at the position, or -1 at the end. */
  code(): number {
    return this.at < this.end ? this.text.charCodeAt(this.at) : -1;
  }

  skipBlanks(): void {
    while (this.code() === SPACE || this.code() === TAB) {
      this.at++;
    }
  }

  /** Steps over one character if it is the given one. */
  skip(code: number): boolean {
    const isThere = this.code() === code;
    this.at += isThere ? 1 : 0;
    return isThere;
  }

  /** The text up to the next blank or the end. */
  takeWord(): string {
    const start = this.at;
    while (this.at < this.end && this.code() !== SPACE && this.code() !== TAB) {
      this.at++;
    }
    return this.text.slice(start, this.at);
  }

  /** A name without quotes, or "" when there is none. */
  takeName(kind: number): string {
    const start = this.at;
    if (isNameStart(this.code(), kind)) {
      while (isNamePart(this.code(), kind)) {
        this.at++;
      }
    }
    return this.text.slice(start, this.at);
  }

  /** The content of a string in double quotes, or undefined when it is not closed. */
  takeString(): string | undefined {
    const start = this.at + 1;
    for (let at = start; at < this.end; at++) {
      const code = this.text.charCodeAt(at);
      if (code === QUOTE) {
        this.at = at + 1;
        return resolveEscapes(this.text.slice(start, at));
      }
      // The character behind a backslash never ends the string.
      at += code === BACKSLASH ? 1 : 0;
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
