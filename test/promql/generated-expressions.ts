/**
 * Random expressions, the same for the same seed, of the kinds that public rule files have.
 *
 * Some are written as only later versions read them (`{"name"}`, `[300]`, `> 5m`). Each of these has a
 * writing of the same meaning that Prometheus 2.42 reads, so that every expression can be compared with it.
 */
import { createRandom } from "./recorded-data.ts";

/** One expression in two writings, mostly the same. */
export interface Generated {
  readonly ours: string;
  /** What Prometheus 2.42 is asked. */
  readonly theirs: string;
}

type Random = () => number;

interface Dice {
  pick(choices: readonly string[]): string;
  /** True in so many of a hundred. */
  chance(percent: number): boolean;
  /** A whole number below. */
  below(limit: number): number;
}

/** The two writings of a place in one text, between marks that no expression has. */
const PLACE = /\uE000([^\uE001]*)\uE001([^\uE002]*)\uE002/g;
const newer = (later: string, earlier: string): string => `\uE000${later}\uE001${earlier}\uE002`;

export function generatedExpressions(count: number, seed: number, depth = 3): Generated[] {
  const dice = createDice(createRandom(seed));
  return Array.from({ length: count }, () => {
    const text = withRemarks(dice, dice.chance(4) ? scalar(dice, 2) : vector(dice, depth));
    return { ours: text.replace(PLACE, "$1"), theirs: text.replace(PLACE, "$2") };
  });
}

function createDice(random: Random): Dice {
  // The low bits of a linear congruential generator are poor, so whole numbers come from the high ones.
  const below = (limit: number): number => Math.floor(random() * limit);
  return {
    below,
    pick: (choices) => choices[below(choices.length)] ?? "",
    chance: (percent) => below(100) < percent,
  };
}

const FAMILIES = [
  "records_total",
  "records_total",
  "end_offset",
  "group_lag",
  "temperature",
  "odd",
  "odd",
  "tied",
  "tied",
  "constant",
  "topic_info",
  "flaky",
  "free_bytes",
  "probe_success",
  "latency_bucket",
  "twice_bucket",
  "request_seconds",
  "missing_metric",
];
const LABELS = ["topic", "partition", "group", "kind", "room", "owner", "le", "missing"];
const CONDITIONS = [
  'topic="orders"',
  "topic!='orders'",
  'topic=~"or.*|audit"',
  "topic!~'a.*'",
  'partition=~"[01]"',
  'topic!=""',
  'topic=""',
  "missing=''",
  'kind=~"nan|inf|.*s.*"',
  'topic=~"(?i:ORDERS)"',
  "topic=~`\\w+s`",
  'topic=~"^orders$"',
  'topic=~"|orders"',
  'topic=~".+", topic!="audit"',
  'room=~"[ab]"',
  'city="Łódź"',
  'city=~"M.nchen|.*ź"',
  'city!~"\\\\p{L}+"',
  'topic="\\x6frders"',
  "topic='\\u006frd\\145rs'",
  'topic!="\\U0000006frders\\t"',
  "topic=~'or\\\\w{4}'",
  "topic=~`(?s)or.+`",
  newer("'topic'='orders'", "topic='orders'"),
  newer('"topic"=~`a.*`', "topic=~`a.*`"),
  'topic="orders", topic!=""',
];

function selector(dice: Dice): string {
  const name = dice.pick(FAMILIES);
  if (dice.chance(45)) return name;
  const conditions = Array.from({ length: 1 + dice.below(2) }, () => dice.pick(CONDITIONS));
  const list = conditions.join(dice.pick([",", ", ", " , "])) + dice.pick(["", "", ","]);
  if (dice.chance(12)) return `{__name__=~"${name}|${dice.pick(FAMILIES)}",${list}}`;
  if (dice.chance(12)) return newer(`{"${name}", ${list}}`, `{__name__="${name}",${list}}`);
  return `${name}${dice.pick(["", "", " "])}{${list}}`;
}

const SHIFTS = [
  " offset 1m",
  " offset -2m",
  " offset 90s",
  " @ 1700001500",
  " @ start()",
  " @ end()",
  " @ end() offset 2m",
  " offset 7m @ 1700001800.5",
  " @ 1.7000015e9 offset -30s",
  " offset 1h30m",
  " offset -1d",
  " @ 0x6553f5dc",
  " @ -1",
  " @ 1700001500.0004",
];

function shift(dice: Dice): string {
  if (dice.chance(70)) return "";
  if (dice.chance(3)) return newer(" offset 0m", "");
  return dice.chance(8) ? newer(" offset 60", " offset 1m") : dice.pick(SHIFTS);
}

function duration(dice: Dice): string {
  const minutes = 1 + dice.below(20);
  if (dice.chance(6)) return newer(`${minutes * 60}`, `${minutes}m`);
  return dice.pick([
    `${minutes}m`,
    `${minutes}m`,
    `${minutes * 60}s`,
    `${minutes}m30s`,
    "1h",
    "1h30m",
    "1d",
    "99999ms",
    "1h0m30s",
  ]);
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

function share(dice: Dice): string {
  return dice.pick(["0.5", "0.9", "0.99", "0", "1", "-1", "2", "NaN", ".25", "1 / 3"]);
}

const PLAIN = "sum avg min max count group stddev stdvar".split(" ");

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

function operatorOf(dice: Dice): [operator: string, parameter: string] {
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

function relabelled(dice: Dice, of: string): string {
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

function histogram(dice: Dice): string {
  const buckets = `${dice.pick(["latency_bucket", "twice_bucket"])}${dice.pick(["", '{le!="+Inf"}', "{le=~'1|1.0|.Inf'}"])}`;
  return dice.pick([
    buckets,
    `rate(${buckets}[5m])`,
    `sum by (le) (rate(${buckets}[10m]))`,
    `sum(increase(${buckets}[7m])) by (le, api)`,
    `sum without (api) (${buckets})`,
  ]);
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
