/** Plays a folder of recordings and prints the score, with a line per moment where it is wanted. */

import { readLabels } from "./labels.ts";
import { playFolder } from "./play-folder.ts";
import type { MomentLine } from "./play-labelled.ts";
import { countOf, isAfter, isFault, recordingsTable } from "./recordings-table.ts";

export interface Wanted {
  /** Which lines are printed: all moments as JSON or as text, or only the table. */
  readonly lines: "json" | "text" | "none";
}

/** Of the moments from which on the labels ask for an answer so many are right or a true symptom. */
const FLOOR = 0.95;

/**
 * True when the floor is held: nothing wrong, missed or stale, no false alarm. Throws when the
 * folder or its labels cannot be read.
 */
export async function evaluateRecordings(folder: string, { lines }: Wanted): Promise<boolean> {
  const startedMs = performance.now();
  const { recordings, moments, problems } = await momentsOfFolder(folder);
  for (const problem of problems) warn(problem);
  if (lines === "json") for (const each of moments) print(JSON.stringify(jsonLine(each)));
  if (lines === "text") for (const each of moments) print(textLine(each));
  if (lines !== "json") {
    print(`\n${recordingsTable(moments)}\n`);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    print(`${recordings} recordings, ${moments.length} moments, ${seconds} s`);
  }
  return isAboveFloor(moments);
}

interface PlayedFolder {
  /** How many were played. */
  readonly recordings: number;
  readonly moments: readonly MomentLine[];
  /** Files that are not there, and what of the others cannot be read. */
  readonly problems: readonly string[];
}

/** Of a folder as it is, or as a variant has it; throws when the folder or its labels cannot be read. */
export async function momentsOfFolder(folder: string, variant?: string): Promise<PlayedFolder> {
  const { recordings, missing } = readLabels(folder);
  const played = await playFolder(recordings, variant);
  return {
    recordings: recordings.length,
    moments: played.flatMap(({ lines }) => lines),
    problems: [
      ...missing.map((name) => `${name}: its file is not in ${folder}`),
      ...played.flatMap(({ problems }) => problems),
    ],
  };
}

/** Exactly these keys, in this order: other programs read them. */
function jsonLine(each: MomentLine): Omit<MomentLine, "isDue" | "details"> {
  const { scenario, phase, fault, at, ms, verdict, first, second, tense, judged } = each;
  return { scenario, phase, fault, at, ms, verdict, first, second, tense, judged };
}

export function textLine(each: MomentLine): string {
  const { scenario, phase, fault, at, ms, verdict, first, second, tense, judged, details } = each;
  const when = new Date(ms).toISOString();
  const said = `${verdict} first=${first ?? "-"} second=${second ?? "-"} tense=${tense ?? "-"}`;
  return `${judged} ${scenario} phase=${phase} fault=${fault ?? "-"} at=${at} ${when} ${said} ${details}`;
}

/**
 * After a fault something else may truly be wrong that the labels do not know, such as a consumer that
 * stays behind: so there, and there alone, a few wrong moments are let pass.
 */
export function isAboveFloor(moments: readonly MomentLine[]): boolean {
  const after = moments.filter(isAfter);
  const rest = moments.filter((each) => !isAfter(each));
  const never = ["wrong", "missed", "stale", "false-alarm"] as const;
  if (never.some((judged) => countOf(rest, judged) > 0)) return false;
  if (countOf(after, "stale") > 0 || countOf(after, "right") < FLOOR * after.length) return false;
  const due = moments.filter((each) => isFault(each) && each.isDue && each.judged !== "abstained");
  return countOf(due, "right") + countOf(due, "symptom") >= FLOOR * due.length;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Beside the lines, never among them. */
function warn(text: string): void {
  process.stderr.write(`${text}\n`);
}
