/** What follows a subcommand's name -> what its row is asked to do. */

import type { CommandRow, CommandWords } from "./command-row.ts";
import { type OptionKey, type OptionValues, readValue } from "./option-keys.ts";
import type { KnownNames } from "./plain-words.ts";
import { splitSeries } from "./read-series.ts";
import { isProse, type OptionFault, type ReadWords, readWords, wordsIn } from "./read-words.ts";

export type RowReading =
  | { readonly kind: "command"; readonly options: unknown; readonly target?: string }
  | { readonly kind: "question" }
  | { readonly kind: "incomplete" }
  | ({ readonly kind: "not-understood" } & OptionFault);

export function readRow(row: CommandRow, rest: string, known: KnownNames): RowReading {
  if (row.reads.kind === "text") return parsedBy(row, { text: rest, values: {} });
  const keys = keysOf(row);
  const split =
    row.reads.kind === "series"
      ? splitSeries(rest, keys, (name) => known.isTarget(name))
      : undefined;
  const words = readWords(split?.others ?? wordsIn(rest), keys);
  const placed = placeWords(row, words, known);
  if (placed === undefined) return beyond(row, words);
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
function beyond(row: CommandRow, { bare, values }: ReadWords): RowReading {
  const isMeant = row.isNeverSentence === true || Object.keys(values).length > 0;
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
    const read = readValue(key, word);
    if ("value" in read) values[key] = read.value;
    else faults.push(read);
  };
  const others: string[] = [];
  for (const word of bare) {
    const key = row.keyOf?.(word);
    if (key !== undefined && values[key] === undefined) put(key, word);
    else others.push(word);
  }
  const open = namesOf(row).filter((key) => values[key] === undefined);
  if (isProse(others, open.length)) return undefined;
  // "lag orders-prod" names a target where there is one of that name, and a group otherwise.
  const last = others.at(-1);
  if (last !== undefined && others.length < open.length && open.includes("target")) {
    if (known.isTarget(last)) {
      put("target", last);
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
