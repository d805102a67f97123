/** How long each file took the last time, so that the longest begin first. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

export interface Durations {
  /** In seconds; a guess for what never ran here, ours for a file where none is given. */
  expected(name: string, guessed?: number): number;
  set(file: string, seconds: number): void;
  save(): void;
}

/**
 * Without a memory of them: what a long file says of itself (`// takes: 110 s` at its top), then a
 * browser, then the whole bot, then the rest.
 */
function guess(file: string): number {
  const said = existsSync(file) ? secondsSaid(readFileSync(file, "utf8")) : undefined;
  if (said !== undefined) return said;
  if (file.startsWith("test/sandbox/page/") || file === "test/e2e/page.test.ts") return 40;
  if (file.startsWith("test/e2e/")) return 15;
  return 3;
}

export function readDurations(path: string): Durations {
  const known = new Map<string, number>(Object.entries(readKnown(path)));
  return {
    expected: (name, guessed) => known.get(name) ?? guessed ?? guess(name),
    set: (file, seconds) => void known.set(file, Math.round(seconds * 10) / 10),
    save() {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(
        path,
        `${JSON.stringify(Object.fromEntries([...known].toSorted(([a], [b]) => (a < b ? -1 : 1))), null, 1)}\n`,
      );
    },
  };
}

const TAKES = /^\/\/ takes: (\d+) s(, waiting)?$/m;

/** What a file's first lines say that it takes on two quiet cores. */
export function secondsSaid(text: string): number | undefined {
  const seconds = TAKES.exec(text.slice(0, 1_000))?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}

/** Whether a file says that it mostly waits: for a program that lets nobody hurry it. */
export function mostlyWaits(text: string): boolean {
  return TAKES.exec(text.slice(0, 1_000))?.[2] !== undefined;
}

function readKnown(path: string): Record<string, number> {
  try {
    const known: unknown = JSON.parse(readFileSync(path, "utf8"));
    const entries = Object.entries(known ?? {}).filter(([, value]) => typeof value === "number");
    return Object.fromEntries(entries);
  } catch {
    return {};
  }
}
