/** Random operators of aggregations, and labels that are made of others. */

import type { Dice } from "./dice.ts";
import { LABELS } from "./generated-selectors.ts";

/** A quantile's parameter, within 0 and 1 and beyond. */
export function share(dice: Dice): string {
  return dice.pick(["0.5", "0.9", "0.99", "0", "1", "-1", "2", "NaN", ".25", "1 / 3"]);
}

const PLAIN = "sum avg min max count group stddev stdvar".split(" ");

/** An aggregation's operator, and the parameter with its comma that goes before the vector. */
export function operatorOf(dice: Dice): [operator: string, parameter: string] {
  const count = (): string =>
    dice.pick([
      "1",
      "2",
      "3",
      "5",
      "0",
      "-1",
      "1.9",
      "40",
      "0.99",
      "NaN",
      "1e19",
      "scalar(vector(2))",
    ]);
  switch (dice.below(12)) {
    case 0:
    case 1:
      return ["topk", `${count()}, `];
    case 2:
      return ["bottomk", `${count()}, `];
    case 3:
      return ["quantile", `${share(dice)}, `];
    case 4:
      return ["count_values", `${dice.pick(["'value'", '"topic"', "`v`", "'no-label'"])}, `];
    default:
      return [dice.chance(5) ? "SUM" : dice.pick(PLAIN), ""];
  }
}

/** `@` stands for `$`, so that no text looks like a template. */
const REPLACEMENTS =
  "@1 @2 @{1}x @1x @10 @@1 @ @name @{name}-@0 @{nothing} @{ x- @{1 @é @_ @{1}@{2}"
    .replaceAll("@", "$")
    .split(" ");
const PATTERNS = [
  "(.*)",
  "(.)(.*)",
  "(o)|(a)",
  "(or)?(.*)",
  "((a)|b)*.*",
  "(?P<name>.).*",
  "(?:o)(.*)",
  "(?P<name>a)|.*",
  "",
  ".+",
  "()",
  "(?s:(.)).*",
  "(?i)O(.*)",
  "[[:alpha:]]+(.*)",
  "o.*$|^a",
  "(",
];

/** `label_join` or `label_replace` over the expression `of`, often with what both refuse. */
export function relabelled(dice: Dice, of: string): string {
  if (dice.chance(25)) {
    const sources = Array.from({ length: dice.below(4) }, () => `, '${dice.pick(LABELS)}'`).join(
      "",
    );
    return `label_join(${of}, '${dice.pick(["id", "topic", "bad-one"])}', '${dice.pick(["/", "", "ź"])}'${sources})`;
  }
  const target = dice.pick(["part", "topic", "kind", "__name__", "bad-label", ""]);
  const source = dice.pick(["topic", "kind", "missing", "__name__", ""]);
  return `label_replace(${of}, '${target}', '${dice.pick(REPLACEMENTS)}', '${source}', '${dice.pick(PATTERNS)}')`;
}
