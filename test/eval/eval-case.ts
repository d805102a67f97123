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
  /** How long the server runs before the first switch, in minutes. */
  readonly warmUpMin: number;
  /** From the first switch to the question, in minutes. */
  readonly pollMin: number;
  /** All the time, or, as without a history, twice at the end. */
  readonly polls: "always" | "twice";
  readonly expected: Expected;
}

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
export function timesOf(half: Half, name: string): { seed: number; warmUpMin: number } {
  const codes = Array.from(name, (char) => char.charCodeAt(0));
  const spread = codes.reduce((sum, code) => (sum * 31 + code) % 997, 7);
  return half === "seen"
    ? { seed: 11 + spread, warmUpMin: 30 }
    : { seed: 5_000 + spread, warmUpMin: 24 + (spread % 20) };
}

/**
 * Checks that say the same of a fault as its own: a server that frees no connection shows a leak of more
 * than one a second as it shows clients that come and go.
 */
export function alikeOf(scenario: string): readonly string[] {
  return scenario === "connection-growth" ? ["connection-churn"] : [];
}
