/** The numbers that most samples have, read from their bytes. */

const PLUS = 43;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const SMALL_E = 101;

/** So many digits always fit a double exactly, and can be added up one by one. */
const EXACT_DIGITS = 15;
/** So many fit 32 bits. */
const SMALL_DIGITS = 9;
/** The last power of ten that is a double. */
const EXACT_POWER = 22;
const POWERS_OF_TEN = Array.from({ length: EXACT_POWER + 1 }, (_, power) => Number(`1e${power}`));

/** Reads one number after another. */
export class DecimalReader {
  /** Where the number that was read last ends. */
  end = 0;

  /**
   * The number at a position when it is digits with perhaps a point and an exponent, and not too many of
   * them; NaN for any other, and for what is none.
   *
   * A whole number below 2^53 and a power of ten up to 10^22 are exact as doubles, so their product or
   * quotient is rounded once, and is the nearest double to what is written (W. D. Clinger, "How to read
   * floating point numbers accurately", 1990).
   */
  read(codes: Uint8Array, start: number): number {
    let [first, second, digits, point, at] = [0, 0, 0, -1, start];
    let code = codes[at] ?? 0;
    for (; ; code = codes[++at] ?? 0) {
      const digit = code - ZERO;
      if (digit >= 0 && digit <= 9) {
        // Small whole numbers: several times as fast as a double that each digit waits for.
        if (digits++ < SMALL_DIGITS) first = (first * 10 + digit) | 0;
        else second = (second * 10 + digit) | 0;
      } else if (code === POINT && point < 0) point = at;
      else break;
    }
    if (digits === 0 || digits > EXACT_DIGITS) return Number.NaN;
    const places = point < 0 ? 0 : at - point - 1;
    this.end = at;
    const power = code === SMALL_E ? this.#exponent(codes, at + 1) - places : -places;
    const rest = digits - SMALL_DIGITS;
    return scaled(rest > 0 ? first * (POWERS_OF_TEN[rest] ?? 0) + second : first, power);
  }

  /** What stands behind the "e" as an exponent; NaN when it is none, or a large one. */
  #exponent(codes: Uint8Array, start: number): number {
    const sign = codes[start] ?? 0;
    const first = sign === PLUS || sign === MINUS ? start + 1 : start;
    let at = first;
    let value = 0;
    for (; at < first + 3; at++) {
      const code = codes[at] ?? 0;
      if (code < ZERO || code > NINE) break;
      value = value * 10 + code - ZERO;
    }
    this.end = at;
    if (at === first || at === first + 3) return Number.NaN;
    return sign === MINUS ? -value : value;
  }
}

function scaled(value: number, power: number): number {
  if (power === 0) return value;
  const factor = POWERS_OF_TEN[Math.abs(power)] ?? Number.NaN;
  return power < 0 ? value / factor : value * factor;
}
