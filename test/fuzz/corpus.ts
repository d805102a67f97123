/** The seeds of a fuzzer: the files of its folder under test/fuzz/corpus, by their names. */

import { readdirSync, readFileSync } from "node:fs";

export function seedsOf(name: string): readonly Buffer[] {
  const folder = new URL(`./corpus/${name}/`, import.meta.url);
  const seeds = readdirSync(folder)
    .toSorted()
    .map((file) => readFileSync(new URL(file, folder)));
  if (seeds.length === 0) throw new Error(`test/fuzz/corpus/${name} is empty`);
  return seeds;
}
