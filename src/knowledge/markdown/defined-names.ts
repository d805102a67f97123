/**
 * Names of definitions and footnotes that the parser takes for known, since they are defined in another
 * piece of the page: a reference to what it does not know is words to it.
 */

import type { MarkdownExtension } from "./markdown.ts";

/** Identifiers as the tree has them. */
export interface DefinedNames {
  readonly definitions: ReadonlySet<string>;
  readonly footnotes: ReadonlySet<string>;
}

const DEFINED = /^[ \t>*+\-\d.)]*\[((?:[^[\]\\]|\\[\s\S]){1,999})\]:/gm;

/** What looks like a definition anywhere, also in code. */
export function namesIn(markdown: string): DefinedNames {
  const labels = Array.from(markdown.matchAll(DEFINED), ([, label = ""]) => label);
  const notes = labels.filter((label) => label.startsWith("^")).map((label) => label.slice(1));
  return {
    definitions: new Set(labels.map(identifierOf)),
    footnotes: new Set(notes.map(identifierOf)),
  };
}

/** As micromark compares labels. */
function identifierOf(label: string): string {
  return label
    .replace(/[\t\n\r ]+/g, " ")
    .replace(/^ | $/g, "")
    .toLowerCase()
    .toUpperCase();
}

/** The parser looks through its list for each reference; of a hundred thousand names that takes minutes. */
class NameList extends Array<string> {
  readonly #known: Set<string>;

  constructor(known: ReadonlySet<string>) {
    super();
    this.#known = new Set(known);
  }

  override includes(name: string): boolean {
    return this.#known.has(name);
  }

  override push(...names: string[]): number {
    for (const name of names) this.#known.add(name);
    return this.#known.size;
  }
}

type Parser = { defined?: string[]; gfmFootnotes?: string[] };

/** Makes one parsing know the names from its first line on. */
export function knowing({ definitions, footnotes }: DefinedNames): MarkdownExtension {
  const told = new WeakSet<Parser>();
  return {
    document: {
      // "null" stands for any character; the construct itself never is there.
      null: {
        name: "knownNames",
        tokenize(_effects, _ok, nok) {
          const parser: Parser = this.parser;
          if (!told.has(parser)) {
            parser.defined = new NameList(definitions);
            parser.gfmFootnotes = new NameList(footnotes);
            told.add(parser);
          }
          return nok;
        },
      },
    },
  };
}
