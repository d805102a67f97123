/**
 * How much one evaluation may compute.
 *
 * An expression of thirty characters can ask for a thousand million steps, in a range, a subquery or
 * one inside of the other. Whoever evaluates says how much is enough; what needs more is refused
 * before it is computed, wherever in the expression it is. Counting instead of timing makes the same
 * expression over the same data pass or fail on every machine.
 */
import { PromqlError, type TextRange } from "./promql-error.ts";

/** An expression needs more computing than it may. */
export class BudgetError extends PromqlError {}

export interface Budget {
  /** Takes units; throws a BudgetError when there are not so many left. */
  spend(units: number, range: TextRange): void;
}

/** Units for going to another moment, in a chart or a subquery: finding its snapshot is most of it. */
export const UNITS_OF_MOMENT = 50;

/** Units for a part of an expression at one moment, besides the values that it comes to. */
export const UNITS_OF_PART = 10;

/**
 * Units for one evaluation: a value that is read or computed, or 64 characters of label text that
 * is written, and those above. A rate over five minutes of 10,000 series polled every
 * 15 s takes 260,000. Prometheus allows 50 million samples (--query.max-samples) on a machine of its
 * own; this is what one thread computes in about a fifth of a second.
 */
const EVALUATION_UNITS = 3_000_000;

/** Longest text of one label that an expression may write. */
export const MAX_LABEL_LENGTH = 65_536;

/** What several evaluations may compute together. */
export interface Allowance {
  /** Takes units; throws an AllowanceSpentError when there are not so many left. */
  spend(units: number): void;
  /** It is whole again. */
  refill(): void;
}

/** Many evaluations together needed too much: none of them is to blame, so it is no PromqlError. */
export class AllowanceSpentError extends Error {
  override readonly name = "AllowanceSpentError";
}

/** So many steps of computing for all expressions together; throws an AllowanceSpentError beyond them. */
export function createAllowance(units: number): Allowance {
  let left = units;
  return {
    spend(wanted) {
      left -= wanted;
      if (!(left >= 0)) {
        throw new AllowanceSpentError(`more than ${units.toLocaleString("en")} steps of computing`);
      }
    },
    refill() {
      left = units;
    },
  };
}

/** The budget of one evaluation; what it takes is taken from the allowance as well. */
export function createBudget(units = EVALUATION_UNITS, allowance?: Allowance): Budget {
  let left = units;
  return {
    spend(wanted, range) {
      left -= wanted;
      if (!(left >= 0)) {
        const problem = `the expression needs more than ${units.toLocaleString("en")} steps of computing`;
        throw new BudgetError(
          `${problem}; ask for fewer series, a shorter range or a longer step`,
          range,
        );
      }
      allowance?.spend(wanted);
    },
  };
}

/** Units for a series whose labels are written: its key has to be made, too. */
const UNITS_OF_LABELS = 16;

/** Units for finding partners or groups of samples by so many labels. */
export function unitsOfGrouping(samples: number, labels: number): number {
  return samples * (4 + labels);
}

/** Units for a label that a match takes over: the labels are copied for each. */
export const UNITS_OF_TAKEN_LABEL = 4;

/** Units for a value of a subquery, besides computing it: it is put to its series. */
export const UNITS_OF_COLLECTED = 4;

/** Units for a group of a pattern, and for a reference to one. */
export const UNITS_OF_GROUP = 4;

/** Units for labels that are written for so many series. */
export function unitsOfNames(series: number): number {
  return series * UNITS_OF_LABELS;
}

/** Units for texts that an expression writes into labels. */
export function unitsOfText(length: number): number {
  return Math.ceil(length / 64);
}
