/**
 * JSON whose objects are of a size that can be parsed.
 *
 * To parse an object of 300,000 keys takes half a second, in which nobody else is answered: each key
 * is a name that the engine keeps. Searching its text takes a thirtieth of that. Lists are cheap, but
 * not without end: five million of nothing take as long.
 */

/** Keys of one object that are kept; whoever reads labels takes far fewer. */
const MOST_KEYS = 5_000;
/** Levels of the deepest object or list; nothing that is read here has ten. */
const DEEPEST = 500;
/** Values in all; ten thousand alerts, or series of a chart, have half as many. */
const MOST_VALUES = 1_000_000;

export const TOO_MANY_VALUES = `more than ${MOST_VALUES.toLocaleString("en")} values`;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

export interface ShortJson {
  readonly text: string;
  /** Keys that were cut, with their values. */
  readonly cutKeys: number;
}

interface Level {
  readonly isObject: boolean;
  commas: number;
  /** Where the keys begin that are too many. */
  cutFrom: number | undefined;
}

/** Bytes of a list's items that are parsed at once: some ten milliseconds. */
const PIECE_BYTES = 1024 ** 2;

/** The text without what is too much. Throws a RangeError when it is nested too deeply, or is too many values. */
export function shortenJson(bytes: Buffer): ShortJson {
  const { pieces, cutKeys } = cut(bytes);
  return { text: pieces.join(","), cutKeys };
}

/**
 * The same as lists of about a megabyte that together have the items of the list that the text is, so that they
 * can be parsed in turns; one piece for what is no list. Throws as {@link shortenJson} does.
 */
export function shortenedList(bytes: Buffer): readonly string[] {
  const { pieces } = cut(bytes);
  const last = pieces.length - 1;
  return pieces.map((piece, at) => `${at === 0 ? "" : "["}${piece}${at === last ? "" : "]"}`);
}

/** Pieces of the text, between which a comma of the outermost list was. */
function cut(bytes: Buffer): { readonly pieces: readonly string[]; readonly cutKeys: number } {
  const pieces: string[] = [];
  const levels: Level[] = [];
  const kept: string[] = [];
  let [from, begun, cutKeys, values] = [0, 0, 0, 0];
  // Looked up where it changes alone: most of the millions of bytes change nothing.
  let level: Level | undefined;
  for (let at = 0; at < bytes.length; at++) {
    switch (bytes[at]) {
      case undefined:
        break;
      case QUOTE:
        at = endOfText(bytes, at);
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        if (levels.length >= DEEPEST) throw new RangeError("nested too deeply");
        level = { isObject: bytes[at] === OPEN_OBJECT, commas: 0, cutFrom: undefined };
        levels.push(level);
        break;
      case COMMA:
        values += 1;
        if (values > MOST_VALUES) throw new RangeError(TOO_MANY_VALUES);
        if (level?.isObject !== true) {
          if (levels.length !== 1 || at - begun < PIECE_BYTES) break;
          kept.push(bytes.toString("utf8", from, at));
          pieces.push(kept.splice(0).join(""));
          from = begun = at + 1;
          break;
        }
        level.commas += 1;
        if (level.commas === MOST_KEYS) level.cutFrom = at;
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT: {
        const closed = levels.pop();
        level = levels.at(-1);
        // Within an object that is cut itself there is nothing left to cut.
        if (closed?.cutFrom === undefined || closed.cutFrom < from) break;
        if (levels.some(({ cutFrom }) => cutFrom !== undefined)) break;
        kept.push(bytes.toString("utf8", from, closed.cutFrom));
        cutKeys += closed.commas - MOST_KEYS + 1;
        from = at;
      }
    }
  }
  kept.push(bytes.toString("utf8", from));
  pieces.push(kept.join(""));
  return { pieces, cutKeys };
}

/** The place of the quote that ends a text, or the end of everything. */
function endOfText(bytes: Buffer, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}
