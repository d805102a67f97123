/** The numbers that most samples have, read from their bytes. */

const POINT = 46;
const ZERO = 48;
const NINE = 57;

/** So many digits always fit a double exactly, and can be added up one by one. */
const EXACT_DIGITS = 15;
const POWERS_OF_TEN = Array.from({ length: EXACT_DIGITS + 1 }, (_, power) => 10 ** power);

/**
 * The number between two positions when it is digits with perhaps a point, and not too many of them;
 * undefined for any other, and for what is none.
 *
 * A whole number below 2^53 and a power of ten up to 10^22 are exact as doubles, so their quotient is
 * rounded once, and is the nearest double to what is written (W. D. Clinger, "How to read floating point
 * numbers accurately", 1990).
 */
export function exactDecimal(codes: Uint8Array, start: number, end: number): number | undefined {
  let value = 0;
  let point = -1;
  for (let at = start; at < end; at++) {
    const code = codes[at] ?? 0;
    if (code >= ZERO && code <= NINE) {
      value = value * 10 + code - ZERO;
    } else if (code === POINT && point < 0) {
      point = at;
    } else {
      return undefined;
    }
  }
  const digits = end - start - (point < 0 ? 0 : 1);
  if (digits === 0 || digits > EXACT_DIGITS) return undefined;
  return point < 0 ? value : value / (POWERS_OF_TEN[end - point - 1] ?? 1);
}
