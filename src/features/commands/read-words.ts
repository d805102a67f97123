/**
 * What follows a subcommand -> its options and bare words, for all commands alike.
 *
 * Options stand in any order. Quotes and backticks around a word are how people mark it, and Slack
 * makes straight quotes curly: all pass, around a value as well as around the whole option.
 */

import { STOP_WORDS } from "../../search/stop-words.ts";
import { editDistance } from "../../spelling/edit-distance.ts";
import { OPTION_KEYS, type OptionKey, type OptionValues, readValue } from "./option-keys.ts";
import { QUOTE_FAMILIES, QUOTES } from "./typed-signs.ts";

export interface ReadWords {
  readonly values: OptionValues;
  /** Words that are no options. */
  readonly bare: readonly string[];
  /** What is wrong with the options, the first one first. */
  readonly faults: readonly OptionFault[];
}

export interface OptionFault {
  /** In words for the person; what stands between backticks is shown as code. */
  readonly problem: string;
  /** What was written, and what was probably meant. */
  readonly correction?: { readonly typed: string; readonly meant: string };
}

const QUOTED = new RegExp(`^[${QUOTES}]+|(?<![${QUOTES}])[${QUOTES}]+$`, "gu");
/** A word: anything but blanks; a part in quotes, at its begin or behind a colon, may have blanks. */
const WORD = new RegExp(
  `(?:[^\\s${QUOTES}:：]*[:：])?(?:${QUOTE_FAMILIES.map(
    (family) => `[${family}]+[^${family}]*[${family}]+`,
  ).join("|")})(?=\\s|$)|\\S+`,
  "gu",
);
/** The mark of a question behind a quoted name. */
const ASKED = new RegExp(`(?<=[${QUOTES}])[?!]+(?=\\s*$)`, "u");

/** Splits at blanks, outside of quotes. */
export function wordsIn(text: string): string[] {
  return text.replace(ASKED, "").match(WORD) ?? [];
}

/** The word without the quotes or backticks around it. */
export function unquoted(word: string): string {
  return word.replace(QUOTED, "");
}

/** Reads words, of which those with one of the keys are options. */
export function readWords(words: readonly string[], keys: readonly OptionKey[]): ReadWords {
  const values: Partial<Record<OptionKey, string | number>> = {};
  const bare: string[] = [];
  const faults: OptionFault[] = [];
  words.forEach((marked, index) => {
    const word = unquoted(marked);
    const read = readOption(word, { keys, next: words[index + 1] });
    if (read === undefined) {
      if (word !== "") bare.push(word);
    } else if ("problem" in read) faults.push(read);
    else if (values[read.key] !== undefined && values[read.key] !== read.value) {
      faults.push(twice(read.key));
    } else values[read.key] = read.value;
  });
  return { values: values as OptionValues, bare, faults };
}

interface WordContext {
  readonly keys: readonly OptionKey[];
  /** The word behind it. */
  readonly next: string | undefined;
}

type ReadOption = { readonly key: OptionKey; readonly value: string | number } | OptionFault;

/** Undefined for a word that is no option. */
function readOption(word: string, { keys, next }: WordContext): ReadOption | undefined {
  const option = optionIn(word);
  if (option === undefined) return otherSpelling(word, { keys, next });
  const key = keys.find((each) => each === option.key);
  if (key === undefined) return unknownOption(option, keys);
  if (option.value === "" && next !== undefined && optionIn(unquoted(next)) === undefined) {
    return {
      problem: `\`${key}:\` needs its value right behind the colon, without a blank`,
      correction: { typed: `${key}: `, meant: `${key}:` },
    };
  }
  const read = readValue(key, option.value);
  return "problem" in read ? { problem: read.problem } : { key, value: read.value };
}

interface Option {
  readonly key: string;
  readonly value: string;
}

/** `key:value`; an address such as http://… is none, and neither is a time such as 14:02. */
function optionIn(word: string): Option | undefined {
  const [, key, value] = /^([a-z][a-z-]*)[:：](?!\/\/)(.*)$/isu.exec(word) ?? [];
  return key === undefined || value === undefined
    ? undefined
    : { key: key.toLowerCase(), value: unquoted(value) };
}

/** How other programs write options: `--key value`, with dashes as phones make them, and `key=value`. */
const FLAG = /^(--|—|–|-)([a-z][a-z-]*)(?:([=:])(.*))?$/isu;
const ASSIGNED = /^([a-z][a-z-]*)=(.*)$/isu;

function otherSpelling(word: string, { keys, next }: WordContext): OptionFault | undefined {
  const [, key = "", value = ""] = ASSIGNED.exec(word) ?? [];
  const assigned = meantKey(key.toLowerCase(), keys);
  if (assigned !== undefined) return written(assigned, value, `${key.toLowerCase()}=`);
  const [, dashes = "", name = "", sign, joined] = FLAG.exec(word) ?? [];
  if (name === "") return undefined;
  const typed = `${dashes}${name.toLowerCase()}`;
  const meant = meantKey(name.toLowerCase(), keys);
  if (meant !== undefined) {
    return written(meant, joined ?? unquoted(next ?? ""), `${typed}${sign ?? " "}`);
  }
  // One dash alone may begin a name.
  return dashes === "-" ? undefined : notOfThis(word, keys);
}

function meantKey(typed: string, keys: readonly OptionKey[]): OptionKey | undefined {
  return typed === "" ? undefined : (keys.find((each) => each === typed) ?? nearKey(typed, keys));
}

function written(key: OptionKey, value: string, typed: string): OptionFault {
  return {
    problem: `options are written with a colon: \`${key}:${value || "…"}\``,
    correction: { typed, meant: `${key}:` },
  };
}

function twice(key: OptionKey): OptionFault {
  return { problem: `\`${key}:\` is given twice, with different values: give it once` };
}

/** Short keys are easily mistaken for words: `ping:` is no `topic:`. */
const MOST_MISTAKES = 2;

/** Undefined for what is a name with a colon in it. */
function unknownOption(
  { key, value }: Option,
  keys: readonly OptionKey[],
): OptionFault | undefined {
  const near = nearKey(key, keys);
  if (near !== undefined) {
    const meant = `${near}:${value}`;
    return {
      problem: `\`${key}:\` is not an option; did you mean \`${meant}\`?`,
      correction: { typed: `${key}:`, meant: `${near}:` },
    };
  }
  return OPTION_KEYS.has(key) ? notOfThis(`${key}:`, keys) : undefined;
}

function notOfThis(written: string, keys: readonly OptionKey[]): OptionFault {
  const own = keys.map((each) => `\`${each}:\``).join(", ");
  const takes = keys.length === 0 ? "This command has no options" : `It has ${own}`;
  return { problem: `\`${written}\` is not an option of this command. ${takes}` };
}

/** What other programs call the same. */
const OTHER_NAMES: Readonly<Record<string, OptionKey>> = {
  since: "last",
  for: "last",
  over: "last",
  window: "last",
  range: "last",
  server: "target",
  cluster: "target",
  broker: "target",
  host: "target",
  sev: "severity",
  grp: "group",
  consumer: "group",
};

/** The key that was meant by another name, or mistyped: one mistake in a short one, two in a longer one. */
export function nearKey(typed: string, keys: readonly OptionKey[]): OptionKey | undefined {
  const other = OTHER_NAMES[typed];
  if (other !== undefined && keys.includes(other)) return other;
  return keys
    .map((key) => ({ key, mistakes: editDistance(typed, key, MOST_MISTAKES) }))
    .filter(({ key, mistakes }) => mistakes > 0 && mistakes <= (key.length < 6 ? 1 : MOST_MISTAKES))
    .toSorted((a, b) => a.mistakes - b.mistakes)[0]?.key;
}

/** Negations and verbs that the search keeps, since runbooks turn on them. */
const OF_SENTENCES = new Set(["not", "no", "never", "down", "full", "grows", "growing", "keeps"]);

/** "lag is growing" and "topics are gone" are questions, not names of groups and topics. */
export function isProse(names: readonly string[], most: number): boolean {
  return (
    names.length > most ||
    names.some((name) => {
      const word = name.toLowerCase().replace(/(?<![?!.,])[?!.,]+$/, "");
      return STOP_WORDS.has(word) || OF_SENTENCES.has(word);
    })
  );
}
