/** A JSON value that was well formed -> the same with parts of another kind, lost, doubled or renamed. */

import type { Random } from "../../src/sandbox/streamline/random.ts";
import { oddText, pick, type Stock, whole } from "./mutate.ts";

const MOST_CHANGES = 4;

export function mutatedJson({ seeds, words, longest }: Stock, random: Random): Buffer {
  const text = (pick(seeds, random) ?? Buffer.from("null")).toString("utf8");
  let value: unknown = JSON.parse(text);
  const changes = 1 + whole(random, MOST_CHANGES);
  for (let n = 0; n < changes; n += 1) value = changed(value, { words, longest, random });
  return Buffer.from(JSON.stringify(value) ?? "null");
}

interface Changing extends Pick<Stock, "words" | "longest"> {
  readonly random: Random;
}

/** Goes down a random way, and changes what is there. */
function changed(value: unknown, changing: Changing): unknown {
  const { random } = changing;
  if (typeof value !== "object" || value === null) return oddValue(changing);
  const entries = Object.entries(value);
  if (entries.length === 0 || random.uniform() < 0.08) return oddValue(changing);
  const at = whole(random, entries.length);
  const [key, inner] = entries[at] ?? ["", null];
  const next = changedEntries(entries, { at, key, inner }, changing);
  // A key that is there twice, or called __proto__, must come out as it would from a sender.
  return Array.isArray(value) ? next.map(([, each]) => each) : fromEntries(next);
}

interface ChosenEntry {
  readonly at: number;
  readonly key: string;
  readonly inner: unknown;
}

function changedEntries(
  entries: readonly [string, unknown][],
  { at, key, inner }: ChosenEntry,
  changing: Changing,
): [string, unknown][] {
  const { words, random } = changing;
  const others = entries.filter((_, index) => index !== at);
  const choice = random.uniform();
  if (choice < 0.08) return others;
  if (choice < 0.14) return [...others, [oddText(words, random), inner]];
  if (choice < 0.2) return [...entries, [`${key}${whole(random, 9)}`, inner]];
  if (choice < 0.22) return [...entries, ...many(key, inner, random)];
  return entries.map(([name, each], index) => [
    name,
    index === at ? changed(each, changing) : each,
  ]);
}

function many(key: string, inner: unknown, random: Random): [string, unknown][] {
  return Array.from({ length: whole(random, 300) }, (_, n) => [`${key}_${n}`, inner]);
}

function fromEntries(entries: readonly [string, unknown][]): Record<string, unknown> {
  const object = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of entries) object[name] = value;
  return object;
}

function oddValue({ words, longest, random }: Changing): unknown {
  const odd = oddText(words, random);
  const values = [
    odd,
    `${odd}${odd}${oddText(words, random)}`,
    null,
    true,
    -1,
    1e308,
    2 ** 53,
    [],
    {},
    [[odd]],
    { [odd]: odd },
    ...(random.uniform() < 0.05 ? [odd.repeat(longest / 3 / Math.max(1, odd.length))] : []),
  ];
  return pick(values, random);
}
