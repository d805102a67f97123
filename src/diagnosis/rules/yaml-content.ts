/**
 * The parts of a YAML document -> values, as gopkg.in/yaml.v3 decodes them for Prometheus: scalars are
 * texts, a null key is none, `<<` gives what the map does not have itself. What that refuses is named with
 * its line, and everything around it is read.
 */

import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair, type Scalar } from "yaml";
import { type Oddity, scalarOddity } from "./yaml-signs.ts";

/** What a plain scalar is written as where nothing is meant; `"null"` in quotes is a text. */
const NULLS: ReadonlySet<unknown> = new Set(["", "null", "Null", "NULL", "~"]);

/** How a scalar is written that has a tag, by the tag's last part. */
const TAGGED: Readonly<Record<string, RegExp>> = {
  null: /^(?:null|~|)$/i,
  bool: /^(?:true|false)$/i,
  int: /^[-+]?[\dA-Fa-f_xob]+$/,
  float: /^[-+]?[\d.][\dA-Fa-f_xob.+-]*$|^[-+]?\.(?:inf|nan)$/i,
};

/** Reads the parts of one document, in the order of its text. */
export class ContentReader {
  readonly oddities: Oddity[] = [];
  /** What goes on over lines, where a tab may begin one. */
  readonly spans: [from: number, to: number][] = [];
  readonly #text: string;
  readonly #lineAt: (offset: number) => number;
  readonly #lines: WeakMap<object, number>;
  readonly #anchors = new Map<string, Node>();
  readonly #read = new Map<Node, unknown>();
  readonly #open = new Set<Node>();

  constructor(text: string, lineAt: (offset: number) => number, lines: WeakMap<object, number>) {
    this.#text = text;
    this.#lineAt = lineAt;
    this.#lines = lines;
  }

  /** A part's value; the lists and maps within it are found again in the lines. */
  contentOf(node: unknown): unknown {
    if (isAlias(node)) return this.#aliased(node.source, node);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return null;
    this.#span(node);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (/[^\w-]/.test(node.anchor ?? "")) this.#note(node, `the anchor &${node.anchor}`);
    if (isScalar(node)) return this.#textOf(node);
    this.#open.add(node);
    const content = isMap(node)
      ? this.#mapOf(node.items)
      : node.items.map((item) => this.contentOf(item));
    this.#open.delete(node);
    this.#lines.set(content, this.#lineOf(node) ?? 1);
    // What an alias names again is the same object, however often: no alias makes anything larger.
    this.#read.set(node, content);
    return content;
  }

  #span(node: Node): void {
    const isFlow = isScalar(node) || ("flow" in node && node.flow === true);
    if (isFlow && node.range) this.spans.push([node.range[0], node.range[1]]);
  }

  #aliased(name: string, alias: Node): unknown {
    const node = this.#anchors.get(name);
    if (node === undefined) this.#note(alias, `there is no anchor &${name} before *${name}`);
    else if (this.#open.has(node)) this.#note(alias, `&${name} contains itself`);
    else return isScalar(node) ? this.#textOf(node) : this.#read.get(node);
    return null;
  }

  #textOf(node: Scalar): string | null {
    const { type, tag, range } = node;
    if (type === "PLAIN" && tag === undefined && NULLS.has(node.value)) return null;
    const value = writtenOf(node);
    if (TAGGED[tag?.split(":").at(-1) ?? ""]?.test(value) === false) {
      this.#note(node, `"${value}" is not what its tag says`);
    }
    const odd = scalarOddity(this.#text.slice(range?.[0], range?.[1]), type);
    if (odd !== undefined) this.#note(node, odd);
    return this.#isCutOff(node) ? value.replace(/\n$/, "") : value;
  }

  /** A block whose last line is the file's, and has no end: it ends its text, too. */
  #isCutOff({ type, range }: Scalar): boolean {
    const isBlock = type === "BLOCK_LITERAL" || type === "BLOCK_FOLDED";
    const lastLine = this.#text.slice(this.#text.lastIndexOf("\n") + 1);
    return isBlock && range?.[1] === this.#text.length && /\S/.test(lastLine);
  }

  #mapOf(pairs: readonly Pair[]): Record<string, unknown> {
    const own = new Map<string, unknown>();
    const merged: unknown[] = [];
    const names = new Set<unknown>();
    for (const { key, value } of pairs) {
      if (!isScalar(key)) {
        this.#note(key, "a key must be text");
        this.contentOf(value);
        continue;
      }
      const name = this.contentOf(key);
      if (key.source === "" && key.type === "PLAIN" && !this.#isAsked(key)) {
        this.#note(value, "a key is missing");
      }
      if (names.has(name)) this.#note(key, `the key ${writtenOf(key)} stands there twice`);
      names.add(name);
      const content = this.contentOf(value);
      if (name === "limit" && isScalar(value) && isText(value) && isGroup(pairs)) {
        this.#note(
          value,
          `limit: "${writtenOf(value)}" is a text: write the number without quotes`,
        );
      }
      if (isMerge(key)) merged.push(...this.#mergedBy(key, value, content));
      else if (typeof name === "string") own.set(name, content);
    }
    return this.#withMerged(own, merged);
  }

  /** Behind `?` nothing is a key, to which nobody listens. */
  #isAsked({ range }: Scalar): boolean {
    return this.#text.slice(0, range?.[0]).trimEnd().endsWith("?");
  }

  /** The maps that `<<` gives. */
  #mergedBy(key: Scalar, value: unknown, content: unknown): unknown[] {
    const maps = Array.isArray(content) && isSeq(value) ? content : [content];
    if (maps.every(isRecord)) return maps;
    this.#note(key, "<< takes a map, or a list of maps");
    return [];
  }

  /** What a map has itself goes before what it is given, and the first of those before the others. */
  #withMerged(own: Map<string, unknown>, merged: readonly unknown[]): Record<string, unknown> {
    for (const [name, content] of merged.flatMap((map) => Object.entries(map ?? {}))) {
      if (!own.has(name)) own.set(name, content);
    }
    return Object.fromEntries(own);
  }

  #note(node: unknown, words: string): void {
    this.oddities.push({ line: this.#lineOf(node), words });
  }

  #lineOf(node: unknown): number | undefined {
    const offset = isNode(node) ? node.range?.[0] : undefined;
    return offset === undefined ? undefined : this.#lineAt(offset);
  }
}

/** A tag such as `!!int` makes a number of it. */
function writtenOf({ value, source }: Scalar): string {
  return typeof value === "string" ? value : (source ?? "");
}

function isText({ type, tag }: Scalar): boolean {
  return tag === undefined ? type !== "PLAIN" : tag.endsWith(":str");
}

/** A map with rules is none of labels, which may have any name and any text. */
function isGroup(pairs: readonly Pair[]): boolean {
  return pairs.some(({ key, value }) => isScalar(key) && key.value === "rules" && isSeq(value));
}

function isMerge({ source, type, tag }: Scalar): boolean {
  return source === "<<" && type === "PLAIN" && (tag === undefined || tag.endsWith("merge"));
}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
