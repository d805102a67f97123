/** What follows a subcommand's name -> what its row is asked to do. */

import type { CommandRow, CommandWords } from "./command-row.ts";
import { isDuration, type OptionKey, type OptionValues, readValue } from "./option-keys.ts";
import type { KnownNames } from "./plain-words.ts";
import { splitSeries } from "./read-series.ts";
import { isProse, type OptionFault, type ReadWords, readWords, wordsIn } from "./read-words.ts";

export type RowReading =
  | { readonly kind: "command"; readonly options: unknown; readonly target?: string }
  | { readonly kind: "question" }
  | { readonly kind: "incomplete" }
  | ({ readonly kind: "not-understood" } & OptionFault);

/** What follows the name, by what the row takes; a question when it is a sentence. */
export function readRow(row: CommandRow, rest: string, known: KnownNames): RowReading {
  if (row.reads.kind === "text") return parsedBy(row, { text: rest, values: {} });
  const keys = keysOf(row);
  const split =
    row.reads.kind === "series"
      ? splitSeries(rest, keys, (name) => known.isTarget(name))
      : undefined;
  const read = readWords(split?.others ?? wordsIn(rest), keys);
  const words = { ...read, bare: withoutCourtesy(read.bare, known) };
  const placed = placeWords(row, words, known);
  if (placed === undefined) return beyond(row, words, known);
  const [fault] = [...words.faults, ...placed.faults];
  if (fault !== undefined) return { kind: "not-understood", ...fault };
  const series = split?.series === undefined ? {} : { series: split.series };
  if (row.target === undefined) return parsedBy(row, { text: rest, values: placed.values });
  const { target, ...values } = placed.values;
  return parsedBy(row, { text: rest, values, ...series }, target);
}

function parsedBy(row: CommandRow, words: CommandWords, target?: string): RowReading {
  const parsed = row.parse(words);
  if (parsed.kind !== "options") return parsed;
  const { options } = parsed;
  return { kind: "command", options, ...(target === undefined ? {} : { target }) };
}

function keysOf({ options = [], target }: CommandRow): readonly OptionKey[] {
  return target === undefined ? options : [...options, "target"];
}

/** More words than it takes: a sentence, as a rule, unless an option shows that the command was meant. */
function beyond(row: CommandRow, { bare, values }: ReadWords, known: KnownNames): RowReading {
  const isMeant =
    row.isNeverSentence === true ||
    Object.keys(values).length > 0 ||
    (!isProse(bare, bare.length) && bare.some((word) => isDuration(word) || known.isTarget(word)));
  if (!isMeant) return { kind: "question" };
  const beyondIts = bare.slice(namesOf(row).length).join(" ");
  return {
    kind: "not-understood",
    problem: `\`${beyondIts || bare.join(" ")}\` is not part of this command`,
  };
}

function namesOf({ reads }: CommandRow): readonly OptionKey[] {
  if (reads.kind === "names") return reads.names;
  return reads.kind === "series" ? ["target"] : [];
}

/** What people add to a command when they ask for it. */
const COURTESY = new Set(["please", "pls", "plz", "now", "thanks", "thx"]);

function withoutCourtesy(bare: readonly string[], known: KnownNames): readonly string[] {
  const last = bare.findLastIndex((word) => {
    const plain = withoutEndMarks(word).toLowerCase();
    return !COURTESY.has(plain) || known.isTarget(plain);
  });
  return bare.slice(0, last + 1);
}

/** "orders-prod?" asks about orders-prod. */
function withoutEndMarks(word: string): string {
  return word.replace(/(?<=[^?!,;])[?!,;]+$/, "");
}

interface Placed {
  readonly values: OptionValues;
  readonly faults: readonly OptionFault[];
}

/** Gives each bare word the key that it stands for; undefined when they are too many, or a sentence. */
function placeWords(
  row: CommandRow,
  { bare, values: given }: ReadWords,
  known: KnownNames,
): Placed | undefined {
  const values: Partial<Record<OptionKey, string | number>> = { ...given };
  const faults: OptionFault[] = [];
  const put = (key: OptionKey, word: string): void => {
    // In a pattern "?" stands for a character.
    const read = readValue(key, key === "pattern" ? word : withoutEndMarks(word));
    if ("value" in read) values[key] = read.value;
    else faults.push(read);
  };
  const others: string[] = [];
  const keys = keysOf(row);
  for (let at = 0; at < bare.length; at += 1) {
    const word = bare[at] ?? "";
    const named = namedBefore(word, { next: bare[at + 1], keys, known });
    const key = row.keyOf?.(word) ?? spanKey(word, { keys, known });
    if (named !== undefined && values[named.key] === undefined) {
      put(named.key, named.value);
      at += 1;
    } else if (key !== undefined && values[key] === undefined) put(key, word);
    else others.push(word);
  }
  const open = namesOf(row).filter((key) => values[key] === undefined);
  if (isProse(others, open.length)) return undefined;
  // "lag orders-prod" names a target where there is one of that name, and a group otherwise.
  const last = others.at(-1);
  if (last !== undefined && others.length < open.length && open.includes("target")) {
    const name = [last, last.replace(/[?!.,;]+$/, "")].find((each) => known.isTarget(each));
    if (name !== undefined) {
      put("target", name);
      others.pop();
    }
  }
  open
    .filter((key) => values[key] === undefined)
    .forEach((key, index) => {
      const word = others[index];
      if (word !== undefined) put(key, word);
    });
  return { values: values as OptionValues, faults };
}

interface WordPlace {
  readonly next?: string | undefined;
  readonly keys: readonly OptionKey[];
  readonly known: KnownNames;
}

/** "why-slow 6h" means "last:6h", "silence ALERT 2h" "for:2h". */
function spanKey(word: string, { keys, known }: WordPlace): OptionKey | undefined {
  if (!isDuration(word) || known.isTarget(word)) return undefined;
  return (["last", "for"] as const).find((key) => keys.includes(key));
}

/** Keys that people write as a word before the value: "last 6h", "group billing". */
const NAMED_BY_WORDS: readonly OptionKey[] = ["last", "for", "page", "target", "group", "topic"];

function namedBefore(
  word: string,
  { next, keys, known }: WordPlace,
): { readonly key: OptionKey; readonly value: string } | undefined {
  if (next === undefined || known.isTarget(word) || known.isGroup(word)) return undefined;
  const key = NAMED_BY_WORDS.find((each) => each === word.toLowerCase() && keys.includes(each));
  if (key === undefined || "problem" in readValue(key, withoutEndMarks(next))) return undefined;
  return { key, value: next };
}
