/** Which silences somebody may have forgotten, and why one would think so. */

import { DAY_MS } from "../promql/duration.ts";
import type { HeldAlert, Silence } from "./silence.ts";

export type ForgottenReason = "hides-nothing" | "made-long-ago" | "lasts-long";

export interface ListedSilence {
  readonly silence: Silence;
  /** What it hides now. */
  readonly hidden: readonly HeldAlert[];
  /** Empty for one that is as it should be. */
  readonly reasons: readonly ForgottenReason[];
}

/** A silence for longer than a day outlives the shift of whoever made it. */
const LONG_AGO_MS = DAY_MS;
const LONG_MS = 3 * DAY_MS;
/** Whoever silences ahead of a change must not read at once that it hides nothing. */
const MAY_HIDE_NOTHING_MS = 30 * 60_000;

/** Silences that hold or will hold: the forgotten ones first, of those the oldest first. */
export function listSilences(
  silences: readonly Silence[],
  alerts: readonly HeldAlert[],
  nowMs: number,
): ListedSilence[] {
  return silences
    .filter(({ state }) => state !== "expired")
    .map((silence) => {
      const hidden = alerts.filter(({ silencedBy }) => silencedBy.includes(silence.id));
      return { silence, hidden, reasons: reasonsOf(silence, hidden.length, nowMs) };
    })
    .toSorted(
      (a, b) => b.reasons.length - a.reasons.length || a.silence.startsAt - b.silence.startsAt,
    );
}

function reasonsOf(silence: Silence, hidden: number, nowMs: number): ForgottenReason[] {
  const age = nowMs - silence.startsAt;
  const reasons: ForgottenReason[] = [];
  if (silence.state === "active" && hidden === 0 && age > MAY_HIDE_NOTHING_MS) {
    reasons.push("hides-nothing");
  }
  if (age > LONG_AGO_MS) reasons.push("made-long-ago");
  if (silence.endsAt - Math.max(nowMs, silence.startsAt) > LONG_MS) reasons.push("lasts-long");
  return reasons;
}
