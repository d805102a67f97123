/** The numbers that most samples have, read from their bytes. */

const PLUS = 43;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const SMALL_E = 101;

/** So many digits always fit a double exactly, and can be added up one by one. */
const EXACT_DIGITS = 15;
/** The last power of ten that is a double. */
const EXACT_POWER = 22;
const POWERS_OF_TEN = Array.from({ length: EXACT_POWER + 1 }, (_, power) => Number(`1e${power}`));

/**
 * The number between two positions when it is digits with perhaps a point and an exponent, and not too
 * many of them; undefined for any other, and for what is none.
 *
 * A whole number below 2^53 and a power of ten up to 10^22 are exact as doubles, so their product or
 * quotient is rounded once, and is the nearest double to what is written (W. D. Clinger, "How to read
 * floating point numbers accurately", 1990).
 */
export function exactDecimal(codes: Uint8Array, start: number, end: number): number | undefined {
  let value = 0;
  let point = -1;
  let at = start;
  for (; at < end; at++) {
    const code = codes[at] ?? 0;
    if (code >= ZERO && code <= NINE) value = value * 10 + code - ZERO;
    else if (code === POINT && point < 0) point = at;
    else break;
  }
  const digits = at - start - (point < 0 ? 0 : 1);
  if (digits === 0 || digits > EXACT_DIGITS) return undefined;
  const places = point < 0 ? 0 : at - point - 1;
  return at === end ? scaled(value, -places) : scaled(value, exponent(codes, at, end) - places);
}

/** What stands between two positions as the exponent of a number; NaN when it is none, or a large one. */
function exponent(codes: Uint8Array, start: number, end: number): number {
  const sign = codes[start + 1] ?? 0;
  const first = sign === PLUS || sign === MINUS ? start + 2 : start + 1;
  if (codes[start] !== SMALL_E || end <= first || end > first + 2) return Number.NaN;
  let value = 0;
  for (let at = first; at < end; at++) {
    const code = codes[at] ?? 0;
    if (code < ZERO || code > NINE) return Number.NaN;
    value = value * 10 + code - ZERO;
  }
  return sign === MINUS ? -value : value;
}

function scaled(value: number, power: number): number | undefined {
  if (power === 0) return value;
  const factor = POWERS_OF_TEN[Math.abs(power)];
  if (factor === undefined) return undefined;
  return power < 0 ? value / factor : value * factor;
}
