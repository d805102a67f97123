/** When a check was active within a window: each time with its beginning and its end. */

import type { Check } from "../checks/check.ts";
import { GAP_MS } from "../checks/check-needs.ts";
import type { EvidenceRow } from "../checks/evidence.ts";
import { excessOf, type MomentOfCheck } from "../checks/judge-check.ts";

/** One time that a check was active without a break. */
export interface Spell {
  readonly fromMs: number;
  /** Nothing is known of the time before. */
  readonly orEarlier: boolean;
  /** The last moment at which it was so. */
  readonly lastMs: number;
  /** "now": it is so; "over": at `untilMs` it was no more; "unseen": nobody could tell any more. */
  readonly end: "now" | "over" | "unseen";
  readonly untilMs: number;
  /** When it was worst. */
  readonly worstMs: number;
}

export interface SeenMoment {
  readonly timeMs: number;
  readonly seen: MomentOfCheck;
}

/** The times in order, the first one first; `moments` are in order, too. */
export function spellsOf(check: Check, moments: readonly SeenMoment[], stepMs: number): Spell[] {
  const spells: Spell[] = [];
  const longestGapMs = Math.max(GAP_MS, 2 * stepMs);
  let open: Open | undefined;
  let isKnownBefore = false;
  const close = (end: Spell["end"], untilMs: number): void => {
    if (open !== undefined) spells.push(spellOf(open, end, untilMs));
    open = undefined;
  };
  for (const { timeMs, seen } of moments) {
    if (seen.kind === "active") {
      const excess = worstOf(check, seen.rows);
      open ??= { fromMs: timeMs, lastMs: timeMs, worstMs: timeMs, excess, isKnownBefore };
      open.lastMs = timeMs;
      if (excess > open.excess) Object.assign(open, { excess, worstMs: timeMs });
    } else if (seen.kind === "healthy" || seen.reason.kind === "idle") {
      // Without traffic nothing can be slow.
      close("over", timeMs);
    } else if (open !== undefined && timeMs - open.lastMs > longestGapMs) {
      close("unseen", open.lastMs);
    }
    isKnownBefore ||= seen.kind !== "unknown";
  }
  if (open === undefined) return spells;
  const endMs = moments.at(-1)?.timeMs ?? open.lastMs;
  close(open.lastMs === endMs ? "now" : "unseen", open.lastMs);
  return spells;
}

interface Open {
  readonly fromMs: number;
  lastMs: number;
  worstMs: number;
  excess: number;
  readonly isKnownBefore: boolean;
}

function spellOf(
  { fromMs, lastMs, worstMs, isKnownBefore }: Open,
  end: Spell["end"],
  untilMs: number,
): Spell {
  return { fromMs, lastMs, worstMs, orEarlier: !isKnownBefore, end, untilMs };
}

function worstOf(check: Check, rows: readonly EvidenceRow[]): number {
  return rows.reduce((most, { value }) => Math.max(most, excessOf(check, value)), 0);
}
