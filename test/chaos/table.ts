/** Prints the results of trials as a table. */

import type { Result } from "./trial.ts";

const COLUMNS = [
  "trials",
  "notifications",
  "due",
  "posted",
  "lost",
  "doubled",
  "wrong",
  "recovery",
];
const NAME_WIDTH = 38;

export function printHead(): void {
  print("fault".padEnd(NAME_WIDTH), COLUMNS);
}

/** One line for all trials of a fault; its recovery is the longest of them. */
export function printRow(name: string, results: readonly Result[]): void {
  const sum = (of: Exclude<keyof Result, "why" | "recoveryMs">): string =>
    String(results.reduce((total, result) => total + result[of], 0));
  const numbers = [sum("notifications"), sum("due"), sum("posted"), sum("lost"), sum("doubled")];
  print(name.padEnd(NAME_WIDTH), [
    String(results.length),
    ...numbers,
    sum("wrong"),
    recoveryOf(results),
  ]);
  const why = results.flatMap((result) => result.why);
  if (why.length > 0) process.stdout.write(`    ${why.slice(0, 12).join(", ")}\n`);
}

function recoveryOf(results: readonly Result[]): string {
  const times = results.map(({ recoveryMs }) => recoveryMs ?? Number.POSITIVE_INFINITY);
  const longest = Math.max(...times);
  return Number.isFinite(longest) ? `${(longest / 1_000).toFixed(1)} s` : "never";
}

function print(name: string, cells: readonly string[]): void {
  const line = cells.map((cell, index) => cell.padStart((COLUMNS[index] ?? "").length + 2));
  process.stdout.write(`${name}${line.join("")}\n`);
}
