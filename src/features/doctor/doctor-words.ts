/** The doctor's report as text for a terminal: the verdict first, then what to do, then the rest. */

import { count } from "../../block-kit/text.ts";
import type { SetupCheck } from "./setup-check.ts";

/** Said in a terminal, and in the log of the running bot after its first check and when all is mended. */
export const READY = "Ready: nothing is wrong.";

type DoctorVerdict = "ready" | "not-ready";

/** Notes keep nothing from working. */
export function doctorVerdict(checks: readonly SetupCheck[]): DoctorVerdict {
  return checks.some(({ state }) => state === "wrong") ? "not-ready" : "ready";
}

const MARKS: Readonly<Record<SetupCheck["state"], string>> = {
  wrong: "WRONG",
  note: "note ",
  "not-checked": "?    ",
  ok: "ok   ",
};

const ORDER: readonly SetupCheck["state"][] = ["wrong", "note", "not-checked", "ok"];

/** Lines for a terminal, without colours. */
export function doctorText(checks: readonly SetupCheck[]): string {
  const sorted = ORDER.flatMap((state) => checks.filter((check) => check.state === state));
  const wrongs = checks.filter(({ state }) => state === "wrong").length;
  const verdict = wrongs === 0 ? READY : `Not ready: ${count(wrongs, "problem")} to fix.`;
  return [verdict, "", ...sorted.flatMap(linesOf)].join("\n");
}

function linesOf({ state, area, where, says, remedy }: SetupCheck): string[] {
  const line = `${MARKS[state]}  ${area}, ${where}: ${says}`;
  return remedy === undefined ? [line] : [line, `         -> ${remedy}`];
}
