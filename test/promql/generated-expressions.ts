/** Random expressions, the same for the same seed, of the kinds that public rule files have. */

import { createDice, type Dice } from "./dice.ts";
import { operatorOf, relabelled, share } from "./generated-functions.ts";
import { duration, histogram, LABELS, selector, shift } from "./generated-selectors.ts";
import { createRandom } from "./recorded-data.ts";
import { type Generated, newer, writingsOf } from "./two-writings.ts";

/** So many expressions, nested so deep at the most. */
export function generatedExpressions(count: number, seed: number, depth = 3): Generated[] {
  const dice = createDice(createRandom(seed));
  return Array.from({ length: count }, () => {
    return writingsOf(withRemarks(dice, dice.chance(4) ? scalar(dice, 2) : vector(dice, depth)));
  });
}

/** A selector's range, or a subquery of whatever. */
function range(dice: Dice, depth: number): string {
  if (depth <= 0 || dice.chance(65)) return `${selector(dice)}[${duration(dice)}]${shift(dice)}`;
  const step = dice.pick(["", "1m", "45s", "30s", "2m"]);
  const inner = dice.chance(30)
    ? `${selector(dice)}${shift(dice)}`
    : `(${vector(dice, depth - 1)})`;
  return `${inner}[${2 + dice.below(12)}m:${step}]${shift(dice)}`;
}

const OVER_RANGE =
  "rate increase irate delta idelta deriv resets changes avg_over_time min_over_time max_over_time sum_over_time count_over_time stddev_over_time stdvar_over_time last_over_time present_over_time absent_over_time".split(
    " ",
  );

function overRange(dice: Dice, depth: number): string {
  const over = range(dice, depth);
  switch (dice.below(12)) {
    case 0:
      return `quantile_over_time(${share(dice)}, ${over})`;
    case 1:
      // With @ in a subquery, Prometheus 2.42 takes a window that moves on with the steps.
      return `predict_linear(${selector(dice)}[${duration(dice)}], ${dice.pick(["3600", "-60", "4 * 3600", newer("1h", "3600")])})`;
    case 2: {
      const smooth = newer("double_exponential_smoothing", "holt_winters");
      const name = dice.chance(50) ? smooth : "holt_winters";
      return `${name}(${over}, ${dice.pick(["0.5", "0.1", "0.99", "1", "0"])}, ${dice.pick(["0.3", "0.9"])})`;
    }
    default:
      return `${dice.pick(OVER_RANGE)}(${over})`;
  }
}

function aggregation(dice: Dice, depth: number): string {
  const label = (): string => {
    const name = dice.pick(LABELS);
    return dice.chance(5) ? newer(`"${name}"`, name) : name;
  };
  const labels = Array.from({ length: dice.below(3) }, label).join(", ");
  const grouping = dice.chance(30) ? "" : `${dice.pick(["by", "by", "without", "BY"])} (${labels})`;
  const [operator, parameter] = operatorOf(dice);
  const inner = vector(dice, depth - 1);
  // The last digit of a computed value would be the last letter of a label.
  const of = operator === "count_values" ? `round(clamp(${inner}, -1e3, 1e3), 0.5)` : inner;
  const body = `(${parameter}${of})`;
  return dice.chance(50) ? `${operator} ${grouping} ${body}` : `${operator}${body} ${grouping}`;
}

const ARITHMETIC = ["+", "-", "*", "/", "%", "^", "atan2"];
const COMPARISONS = [">", "<", ">=", "<=", "==", "!="];

function operator(dice: Dice): string {
  if (dice.chance(45)) return dice.pick(ARITHMETIC);
  return `${dice.pick(COMPARISONS)}${dice.chance(30) ? " bool" : ""}`;
}

function matching(dice: Dice): string {
  const labels = Array.from({ length: dice.below(3) }, () => dice.pick(LABELS)).join(", ");
  return dice.pick(["", "", ` on (${labels})`, " on (topic)", ` ignoring (${labels})`, " on ()"]);
}

function between(dice: Dice, depth: number): string {
  const [left, right] = [vector(dice, depth - 1), vector(dice, depth - 1)];
  switch (dice.below(4)) {
    case 0: {
      const set = dice.pick(["and", "or", "unless", "OR"]);
      return `(${left} ${set}${matching(dice)} ${right})`;
    }
    case 1:
      return `(${left} ${operator(dice)} ${scalar(dice, depth - 1)})`;
    case 2:
      return grouped(dice, depth);
    default:
      return `(${left} ${operator(dice)}${matching(dice)} ${right})`;
  }
}

/** Operators without parentheses, as precedence has them. */
function chain(dice: Dice): string {
  const part = (): string => {
    if (dice.chance(30)) return dice.pick(NUMBERS);
    return `${dice.pick(["", "", "-", "+"])}${selector(dice)}${shift(dice)}`;
  };
  const between = (): string =>
    dice.chance(20) ? dice.pick(["and", "or", "unless"]) : operator(dice);
  const more = Array.from({ length: 2 + dice.below(3) }, () => ` ${between()} ${part()}`);
  return `${part()}${more.join("")}`;
}

/** Many beside one: with groups that are unique more often than by chance. */
function grouped(dice: Dice, depth: number): string {
  const many = vector(dice, depth - 1);
  const one = dice.chance(50) ? "topic_info" : `sum by (topic) (${vector(dice, depth - 1)})`;
  const include = dice.pick(["", " ()", " (owner)", " (owner, tier)", " (missing)", " (topic)"]);
  const on = dice.pick(["on (topic)", "on (topic)", "ignoring (partition, owner, tier, group)"]);
  return dice.chance(50)
    ? `(${many} ${operator(dice)} ${on} group_left${include} ${one})`
    : `(${one} ${operator(dice)} ${on} group_right${include} ${many})`;
}

const NUMBERS =
  "0 1 2 3 7 42 100 -1 0.5 .5 5. 1e3 1E-3 0x1f 0X1F 010 09 1e1000 Inf -Inf +Inf NaN inf nan".split(
    " ",
  );

function scalar(dice: Dice, depth: number): string {
  if (depth <= 0 || dice.chance(60)) {
    if (dice.chance(10)) return newer(dice.pick(["5m", "300s", "300000ms"]), "300");
    if (dice.chance(5)) return newer("1h30m", "5400");
    if (dice.chance(5)) return newer("1_000.5", "1000.5");
    return dice.pick(NUMBERS);
  }
  switch (dice.below(5)) {
    case 0:
      return `scalar(${vector(dice, depth - 1)})`;
    case 1:
      return dice.pick(["time()", "pi()"]);
    case 2:
      return `-${scalar(dice, depth - 1)}`;
    case 3:
      return `(${scalar(dice, depth - 1)} ${dice.pick(COMPARISONS)} bool ${scalar(dice, depth - 1)})`;
    default:
      return `(${scalar(dice, depth - 1)} ${dice.pick(ARITHMETIC)} ${scalar(dice, depth - 1)})`;
  }
}

const OVER_VECTOR =
  "abs ceil floor exp ln log2 log10 sqrt sgn sin cos tan acos asinh tanh acosh atan atanh cosh sinh deg rad hour minute month year day_of_week day_of_month day_of_year days_in_month absent sort sort_desc round - +".split(
    " ",
  );

function called(dice: Dice, depth: number): string {
  const of = vector(dice, depth - 1);
  switch (dice.below(9)) {
    case 0:
    case 1:
      return relabelled(dice, of);
    case 2:
      return `histogram_quantile(${share(dice)}, ${histogram(dice)})`;
    case 3:
      return `clamp(${of}, ${scalar(dice, 0)}, ${scalar(dice, 0)})`;
    case 4:
      return `${dice.pick(["clamp_min", "clamp_max", "round"])}(${of}, ${scalar(dice, depth - 1)})`;
    case 5:
      return dice.chance(30) ? `absent(${selector(dice)})` : `vector(${scalar(dice, depth - 1)})`;
    case 6:
      // Prometheus 2.42 finds no timestamps behind @ end() in a gap.
      return `timestamp(${selector(dice)}${dice.pick(["", " offset 1m", " @ 1700001500"])})`;
    default:
      return `${dice.pick(OVER_VECTOR)}(${of})`;
  }
}

/** What came after Prometheus 2.42, or is of native histograms: refused by name on both sides. */
const REFUSED = [
  "limitk(2, records_total)",
  "limit_ratio(0.5, records_total)",
  "info(records_total)",
  "histogram_quantiles(latency_bucket, 'q', 0.5)",
  "records_total[5m] anchored",
  "rate(records_total[5m] smoothed)",
  "Sum_Over_Time(records_total[5m])",
  "sort_by_label(records_total, 'topic')",
  "sort_by_label_desc(records_total, 'topic')",
  "records_total + fill(0) records_total",
  "max_of(1, 2)",
  "records_total[2 * 5m]",
  "rate(records_total[step()])",
];

function vector(dice: Dice, depth: number): string {
  if (depth <= 0) return `${selector(dice)}${shift(dice)}`;
  switch (dice.below(12)) {
    case 0:
    case 1:
      return overRange(dice, depth);
    case 2:
    case 3:
    case 4:
      return aggregation(dice, depth);
    case 5:
    case 6:
    case 7:
      return between(dice, depth);
    case 8:
    case 9:
      return called(dice, depth);
    case 10:
      if (dice.chance(50)) return chain(dice);
      return dice.chance(8) ? dice.pick(REFUSED) : vector(dice, depth - 1);
    default:
      return `${selector(dice)}${shift(dice)}`;
  }
}

const REMARKS = ["\n", "\t", "  ", " # a (remark) of 'nobody\n", '\n  # and [more] "\n\t'];

/** Remarks and breaks in place of some blanks, where no text in quotes and no place of two writings is. */
function withRemarks(dice: Dice, text: string): string {
  if (dice.chance(75) || /["'`#\uE000]/.test(text)) return text;
  return text.replace(/ (?=[-+*/%<>=(]|and |or |unless |offset )/g, () =>
    dice.chance(40) ? dice.pick(REMARKS) : " ",
  );
}
