/**
 * Functions that compute each value of a vector by itself
 * (https://prometheus.io/docs/prometheus/2.42/querying/functions/).
 */

export const MATH_FUNCTIONS: ReadonlyMap<string, (value: number) => number> = new Map([
  ["abs", Math.abs],
  ["acos", Math.acos],
  ["acosh", Math.acosh],
  ["asin", Math.asin],
  ["asinh", Math.asinh],
  ["atan", Math.atan],
  ["atanh", Math.atanh],
  ["ceil", Math.ceil],
  ["cos", Math.cos],
  ["cosh", Math.cosh],
  ["deg", (value: number) => (value * 180) / Math.PI],
  ["exp", Math.exp],
  ["floor", Math.floor],
  ["ln", Math.log],
  ["log10", Math.log10],
  ["log2", Math.log2],
  ["rad", (value: number) => (value * Math.PI) / 180],
  ["sgn", Math.sign],
  ["sin", Math.sin],
  ["sinh", Math.sinh],
  ["sqrt", Math.sqrt],
  ["tan", Math.tan],
  ["tanh", Math.tanh],
]);

/** The calendar in UTC, of a value in seconds since 1970. */
export const TIME_FUNCTIONS: ReadonlyMap<string, (seconds: number) => number> = new Map([
  ["day_of_month", onDate((date) => date.getUTCDate())],
  ["day_of_week", onDate((date) => date.getUTCDay())],
  ["day_of_year", onDate(dayOfYear)],
  ["days_in_month", onDate(daysInMonth)],
  ["hour", onDate((date) => date.getUTCHours())],
  ["minute", onDate((date) => date.getUTCMinutes())],
  ["month", onDate((date) => date.getUTCMonth() + 1)],
  ["year", onDate((date) => date.getUTCFullYear(), 400)],
]);

/**
 * The larger of two numbers as Go's math.Max has it: an infinity wins even over a value that is no
 * number.
 */
export function largerOf(left: number, right: number): number {
  const { POSITIVE_INFINITY } = Number;
  return left === POSITIVE_INFINITY || right === POSITIVE_INFINITY
    ? POSITIVE_INFINITY
    : Math.max(left, right);
}

/** The counterpart of largerOf. */
export function smallerOf(left: number, right: number): number {
  return -largerOf(-left, -right);
}

/** Rounds to the nearest multiple; half-way goes up. */
export function roundTo(value: number, multiple: number): number {
  // Dividing by the inverse is what Prometheus does, "as it seems to cause fewer … accuracy issues".
  const inverse = 1 / multiple;
  return Math.floor(value * inverse + 0.5) / inverse;
}

/** The calendar is the same every 400 years, of which a Date knows less than Go does. */
const CYCLE_S = 146_097 * 86_400;
/** What does not fit 64 bits, or is no number, is this moment in Go on amd64. */
const BEYOND_S = 2 ** 63;

function onDate(
  compute: (date: Date) => number,
  perCycle: number = 0,
): (seconds: number) => number {
  return (seconds) => {
    const whole = Math.abs(seconds) < BEYOND_S ? Math.trunc(seconds) : BEYOND_S;
    const rest = ((whole % CYCLE_S) + CYCLE_S) % CYCLE_S;
    const cycles = Math.round((whole - rest) / CYCLE_S);
    return compute(new Date(rest * 1000)) + perCycle * cycles;
  };
}

function dayOfYear(date: Date): number {
  const newYear = Date.UTC(date.getUTCFullYear(), 0, 1);
  return Math.floor((date.getTime() - newYear) / 86_400_000) + 1;
}

/** The day before the first of the next month. */
function daysInMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}
