/**
 * How people ask in plain words -> the command that answers.
 *
 * Each form fits the whole sentence or not at all: what is not surely a command stays a search, for
 * which the words were written. Names of topics, groups and targets decide where words alone do not.
 * The forms of a command stand with its row; here is what they share.
 */

import { STOP_WORDS } from "../../search/stop-words.ts";
import { QUOTE_FAMILIES, QUOTED_NAMES } from "./typed-signs.ts";

/** What the bot knows by name at this moment. */
export interface KnownNames {
  isTarget(name: string): boolean;
  isTopic(name: string): boolean;
  isGroup(name: string): boolean;
}

export const NO_NAMES: KnownNames = {
  isTarget: () => false,
  isTopic: () => false,
  isGroup: () => false,
};

export interface SpokenForm {
  readonly pattern: RegExp;
  /** Undefined when the words fit and the names do not. */
  readonly command: (
    words: Readonly<Record<string, string>>,
    known: KnownNames,
  ) => string | undefined;
}

/** A form from the source of its pattern, whose named groups the command is given. */
export function spoken(source: string, command: SpokenForm["command"]): SpokenForm {
  // The empty group gives every match its groups.
  return { pattern: new RegExp(`^(?:${source})$(?<_>)`, "iu"), command };
}

/** Nobody asks for a command in more words than these. */
const LONGEST = 120;

/** The command that a sentence asks for; undefined for what must be searched. */
export function spokenCommand(
  forms: readonly SpokenForm[],
  sentence: string,
  known: KnownNames,
): string | undefined {
  if (sentence.length > LONGEST) return undefined;
  // Quotes keep a name of several words together; around other words they only stress them.
  for (const plain of new Set([joinedNames(sentence), sentence].map(plainSentence))) {
    for (const { pattern, command } of forms) {
      const groups = pattern.exec(plain)?.groups;
      const found = groups === undefined ? undefined : command(groups, known);
      if (found !== undefined) return separated(found).trim();
    }
  }
  return undefined;
}

/** Stands for a blank within a quoted name; of the private use area, so nobody types it. */
const JOINT = "\ue000";

/** "how far behind is 'my group'" with a name that is one word to the forms. */
function joinedNames(sentence: string): string {
  return sentence.replace(QUOTED_NAMES, (_, before: string, ...names: (string | undefined)[]) => {
    const name = names.slice(0, QUOTE_FAMILIES.length).find((each) => each !== undefined) ?? "";
    return `${before}${name.trim().replace(/\s+/g, JOINT)}`;
  });
}

/** The command with its blanks again, within quotes. */
function separated(command: string): string {
  return command.replace(/[^\s\ue000]*\ue000\S*/g, (name) => `"${name.replaceAll(JOINT, " ")}"`);
}

/** Without greeting, courtesy, quotes and the mark at the end. */
function plainSentence(sentence: string): string {
  return sentence
    .replace(/[’‘]/g, "'")
    .replace(/["`“”„]/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/(?<![?!.,;:\s])[?!.,;:\s]+$/, "")
    .replace(/^(?:hey|hi|hello|ok|okay|so|and)[, ]+/i, "")
    .replace(/^(?:please|pls|(?:can|could|would) you(?: please)?|tell me|i want to know)[, ]+/i, "")
    .replace(/(?<![, ])[, ]+(?:please|pls|right now|now|currently|at the moment|again)$/i, "")
    .replace(/^what'?s\b/i, "what is")
    .replace(/^who's\b/i, "who is")
    .replace(/^how's\b/i, "how is");
}

/** Pieces of patterns that forms of several commands have. */
export const SPOKEN_PARTS = {
  name: "(?<name>[^\\s{}]+)",
  /** The servers as a whole. */
  whole: "(?:the |our |my )?(?:server|cluster|broker|streamline|everything|system)|it|this|that",
  onTarget: "(?: (?:on|at|in|for|of) (?<target>[^\\s{}]+))?",
  /** Alerts are written as one word of several: HighProduceLatency. */
  alert: "(?<name>[A-Za-z0-9_-]+)",
} as const;

/** A word that can be a name: "the" and "it" cannot. */
export function asName(word = ""): string | undefined {
  return STOP_WORDS.has(word.toLowerCase()) ? undefined : word;
}

/** HighProduceLatency is an alert's name; "compaction" is a word. */
export function isAlertLike(word: string): boolean {
  return /^[A-Z][a-z0-9]+[A-Z]\w*$/.test(word);
}

/** The unit of a spoken span as durations are written: "minutes" is "m". */
export function spanUnit(span: string): string {
  return (span[0] ?? "m").toLowerCase();
}
