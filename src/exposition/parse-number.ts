/**
 * Numbers as the text formats write them: what Go's strconv.ParseFloat accepts, without
 * hexadecimal floats and underscores, which Prometheus refuses too
 * (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format).
 *
 * JavaScript's Number() is no substitute: it takes "", " 1", "0x10" and "1e999", and does not take
 * "+Inf" or "nan".
 */

export const DECIMAL_NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const INFINITY = /^([+-]?)inf(?:inity)?$/i;
const NOT_A_NUMBER = /^nan$/i;
const WHOLE = /^[+-]?\d+$/;

/**
 * The number that a word is, or undefined when it is none. A finite number too large for a double
 * is none either, as for ParseFloat.
 */
export function parseNumber(word: string): number | undefined {
  if (DECIMAL_NUMBER.test(word)) {
    const value = Number(word);
    return Number.isFinite(value) ? value : undefined;
  }

  const infinity = INFINITY.exec(word);
  if (infinity !== null) {
    return infinity[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }

  return NOT_A_NUMBER.test(word) ? Number.NaN : undefined;
}

/**
 * Whole milliseconds, as 0.0.4 writes a timestamp; undefined when it is anything else. Infinite for one
 * that 64 bits hold, as they do Go's largest, and that is no time which anybody meant.
 */
export function parseMilliseconds(word: string): number | undefined {
  if (!WHOLE.test(word)) {
    return undefined;
  }

  const value = Number(word);
  if (Number.isSafeInteger(value)) return value;
  // Zeros in front apart, a longer one is none of 64 bits; a long word as BigInt would take its time.
  const isHeld = word.length <= 32 && BigInt.asIntN(64, BigInt(word)) === BigInt(word);
  return isHeld ? Number.POSITIVE_INFINITY : undefined;
}

/**
 * Seconds with an optional fraction, as OpenMetrics writes a timestamp, in milliseconds: what is less than
 * one is cut off, as Prometheus does (`int64(ts * 1000)`, model/textparse/openmetricsparse.go). Infinite
 * for a number that is no time which anybody meant.
 */
export function parseSeconds(word: string): number | undefined {
  const seconds = parseNumber(word);
  if (seconds === undefined || !Number.isFinite(seconds)) {
    return undefined;
  }

  const milliseconds = Math.trunc(seconds * 1000);
  return Number.isSafeInteger(milliseconds) ? milliseconds : Number.POSITIVE_INFINITY;
}
