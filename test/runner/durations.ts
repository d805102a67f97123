/** How long each file took the last time, so that the longest begin first. */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

export interface Durations {
  /** In seconds; a guess for a file that never ran here. */
  expected(file: string): number;
  set(file: string, seconds: number): void;
  save(): void;
}

/** Without a memory of them: a browser, then the whole bot, then real programs, then the rest. */
function guess(file: string): number {
  if (file.startsWith("test/sandbox/page/") || file === "test/e2e/page.test.ts") return 40;
  if (file.startsWith("test/alerts-rules/")) return 30;
  if (file.startsWith("test/e2e/")) return 15;
  return 3;
}

export function readDurations(path: string): Durations {
  const known = new Map<string, number>(Object.entries(readKnown(path)));
  return {
    expected: (file) => known.get(file) ?? guess(file),
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

function readKnown(path: string): Record<string, number> {
  try {
    const known: unknown = JSON.parse(readFileSync(path, "utf8"));
    const entries = Object.entries(known ?? {}).filter(([, value]) => typeof value === "number");
    return Object.fromEntries(entries);
  } catch {
    return {};
  }
}
