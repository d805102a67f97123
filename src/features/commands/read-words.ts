/** The words of a command: names, and options written as `key:value`. */

import { STOP_WORDS } from "../../search/stop-words.ts";

export interface Words {
  readonly names: readonly string[];
  readonly options: Readonly<Record<string, string>>;
}

/** Quotes and backticks around a name are how people mark it; Slack makes quotes curly. */
export function readWords(rest: string, keys: readonly string[] = []): Words {
  const names: string[] = [];
  const options: Record<string, string> = {};
  for (const word of rest.split(/\s+/).map(unquoted)) {
    const [, key = "", value = ""] = /^([a-z]+):(.+)$/i.exec(word) ?? [];
    if (keys.includes(key.toLowerCase())) options[key.toLowerCase()] = value;
    else if (word !== "") names.push(word);
  }
  return { names, options };
}

function unquoted(word: string): string {
  return word.replace(/^["'`“”‘’„]+|["'`“”‘’]+$/gu, "");
}

/** Negations and verbs that the search keeps, since runbooks turn on them. */
const OF_SENTENCES = new Set(["not", "no", "never", "down", "full", "grows", "growing", "keeps"]);

/** "lag is growing" and "topics are gone" are questions, not names of groups and topics. */
export function isProse({ names }: Words, most: number): boolean {
  return (
    names.length > most ||
    names.some((name) => {
      const word = name.toLowerCase().replace(/[?!.,]+$/, "");
      return STOP_WORDS.has(word) || OF_SENTENCES.has(word);
    })
  );
}

/** A page's number; anything else is the first. */
export function pageOf({ options }: Words): number {
  const page = Number(options["page"]);
  return Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1;
}
