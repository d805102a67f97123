/** Names in an expression that no series of a history has, with those that were probably meant. */

import { selectedName, selectorsOf } from "../promql/expression.ts";
import { parsePromql } from "../promql/parse.ts";
import { PromqlError } from "../promql/promql-error.ts";
import { distanceWithin } from "../spelling/edit-distance.ts";
import { nearestNames } from "../spelling/nearest-names.ts";

export interface UnknownName {
  readonly name: string;
  /** Names that look most like it, nearest first; none when nothing is near. */
  readonly nearest: readonly string[];
}

/** Of the names that an expression selects, those that are not among the known ones. */
export function unknownNames(expr: string, known: ReadonlySet<string>): UnknownName[] {
  return selectedNames(expr)
    .filter((name) => !known.has(name))
    .map((name) => ({ name, nearest: nearTo(name, known) }));
}

/** A shorter name, such as `up`, is a part of many and near to none. */
const SHORTEST = 4;

function nearTo(name: string, known: ReadonlySet<string>): string[] {
  return name.length < SHORTEST ? [] : nearestNames(name, known, distanceWithin);
}

/** What cannot be parsed selects nothing that can be named. */
function selectedNames(expr: string): string[] {
  try {
    const names = selectorsOf(parsePromql(expr)).flatMap((each) => selectedName(each) ?? []);
    return [...new Set(names)];
  } catch (error) {
    if (error instanceof PromqlError) return [];
    throw error;
  }
}
