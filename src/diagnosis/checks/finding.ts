/** The verdict of one check on one target, with the numbers behind it and its times. */

import type { Check } from "./check.ts";
import type { EvidenceRow } from "./evidence.ts";

/** What a check says of one moment. */
export type Finding = Active | Healthy | Unknown;

/** It is so now. */
export interface Active {
  readonly verdict: "active";
  readonly check: Check;
  /** What the check found, the worst first; never empty. */
  readonly rows: readonly EvidenceRow[];
  /** The finding in words, one sentence for each of the first rows. */
  readonly sentences: readonly string[];
  readonly since: Since;
  /** How far past the threshold the worst row is; 1 is just at it. */
  readonly excess: number;
}

/** It was so, and is no more. */
export interface Recovered {
  readonly verdict: "recovered";
  readonly check: Check;
  readonly rows: readonly EvidenceRow[];
  /** As they were said when it was last so. */
  readonly sentences: readonly string[];
  readonly since: Since;
  /** The first poll at which it was no more. */
  readonly untilMs: number;
}

export interface Since {
  readonly ms: number;
  /** It was so already when the history begins: it may have begun earlier. */
  readonly orEarlier: boolean;
}

export interface Healthy {
  readonly verdict: "healthy";
  readonly check: Check;
}

/** It could not be judged; a check with an active row is never this. */
export interface Unknown {
  readonly verdict: "unknown";
  readonly check: Check;
  readonly reason: MissingEvidence;
}

/** Why a check cannot be judged. */
export type MissingEvidence =
  /** The series has not been seen in the whole history. */
  | { readonly kind: "missing"; readonly series: string }
  /** It was there and has not come for so long. */
  | { readonly kind: "stale"; readonly series: string; readonly freshMs: number }
  /** It is there, but not for as long as the check looks back; from `readyMs` on it will be. */
  | {
      readonly kind: "short";
      readonly series: string;
      readonly neededMs: number;
      readonly readyMs: number;
    }
  /** Polls were lost, or it is asked in turns: of that time there are not the two samples that a change takes. */
  | {
      readonly kind: "sparse";
      readonly series: string;
      readonly overMs: number;
      readonly least: number;
    }
  /** It stood still all the time: nothing happened that could have been slow or failed. */
  | { readonly kind: "idle"; readonly series: string; readonly overMs: number }
  /** The expression cannot be evaluated over these data. */
  | { readonly kind: "failed"; readonly message: string }
  /** Prometheus, which was asked for it, did not answer it; `says` ends the sentence. */
  | { readonly kind: "unanswered"; readonly says: string };
