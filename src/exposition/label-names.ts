/** Names of labels, each read once: a body has few of them, and repeats them on every line. */
import { PartHash } from "./series-hash.ts";

export interface LabelName {
  readonly text: string;
  /** What the hash of a label of this name begins with. */
  readonly high: number;
  readonly low: number;
}

/** Names that need care; the scanner takes it. */
const SPECIAL_NAMES: ReadonlySet<string> = new Set(["__name__", "__proto__"]);
/** A hostile server may write a new one on each line. */
const MOST_NAMES = 1024;

/** The names of one body. */
export class LabelNames {
  readonly #known = new Map<string, LabelName>();

  /** The name of this text; undefined for one that needs care. */
  find(text: string): LabelName | undefined {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    if (SPECIAL_NAMES.has(text)) return undefined;
    const { high, low } = new PartHash().addText(text).addSeparator();
    const name = { text: asKey(text), high, low };
    if (this.#known.size < MOST_NAMES) this.#known.set(name.text, name);
    return name;
  }
}

/** The text as objects have it for their keys: they take it several times as fast as a text just cut. */
function asKey(text: string): string {
  return Object.keys({ [text]: 0 })[0] ?? text;
}
