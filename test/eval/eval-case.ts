/** What a case of the evaluation is, and what belongs to all of them. */

import type { Scenario } from "../../src/sandbox/streamline/scenarios/scenario.ts";
import type { ShapeName } from "../../src/sandbox/streamline/shape.ts";

export type Half = "seen" | "unseen";

export interface EvalCase {
  readonly id: string;
  /** What the case is of: the scenario's id, or the kind of a mixed case. */
  readonly class: string;
  readonly half: Half;
  readonly seed: number;
  readonly shape: ShapeName;
  readonly switches: readonly Switch[];
  /** What the server was until `OWN_MIN` before the first switch. */
  readonly past: Past;
  /** From the first switch to the question, in minutes. */
  readonly pollMin: number;
  /** All the time, or, as without a history, twice at the end. */
  readonly polls: "always" | "twice";
  readonly expected: Expected;
}

/**
 * A server without a fault, which several cases go on from: half an hour of it differs from another
 * only by chance.
 */
interface Past {
  readonly seed: number;
  readonly minutes: number;
}

/** So long before its first switch a case is on its own, with its own chance, in minutes. */
export const OWN_MIN = 2;

/** So many servers of a shape each half goes on from. */
const PASTS = 4;

interface Switch {
  readonly scenario: string;
  readonly magnitude: number;
  /** After the first switch, in minutes. */
  readonly afterMin: number;
}

export type Expected =
  /**
   * One of `first` first. All of `all` among the first three when several are at work; none of
   * `never` as a cause of its own.
   */
  | {
      readonly kind: "cause";
      readonly first: readonly string[];
      readonly all?: readonly string[];
      readonly never?: readonly string[];
    }
  | { readonly kind: "clean" }
  /** Not to name any cause: the evidence is spoiled and nothing else is wrong. */
  | { readonly kind: "no-cause" }
  /** Something is wrong, and what would show it is gone: to say that these could not be checked. */
  | { readonly kind: "unknowable"; readonly checks: readonly string[] };

/** So far on the way from mild to severe, by ratio where there is one. */
export function magnitudeAt({ magnitudes }: Scenario, share: number): number {
  const { mild, severe } = magnitudes;
  const value =
    mild > 0 && severe > 0 ? mild ** (1 - share) * severe ** share : mild + (severe - mild) * share;
  return Number.isInteger(mild) && Number.isInteger(severe) ? Math.round(value) : value;
}

/** A seed and a past for each case, by its name: the same every time. */
export function timesOf(half: Half, name: string): Pick<EvalCase, "seed" | "past"> {
  const codes = Array.from(name, (char) => char.charCodeAt(0));
  const spread = codes.reduce((sum, code) => (sum * 31 + code) % 997, 7);
  const place = spread % PASTS;
  return half === "seen"
    ? { seed: 11 + spread, past: { seed: 2_001 + place, minutes: 28 } }
    : { seed: 5_000 + spread, past: { seed: 7_001 + place, minutes: 22 + 5 * place } };
}

/**
 * Checks that say the same of a fault as its own: a server that frees no connection shows a leak of more
 * than one a second as it shows clients that come and go.
 */
export function alikeOf(scenario: string): readonly string[] {
  return scenario === "connection-growth" ? ["connection-churn"] : [];
}
