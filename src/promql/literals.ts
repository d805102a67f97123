/**
 * Numbers and strings as PromQL writes them
 * (https://prometheus.io/docs/prometheus/latest/querying/basics/#literals), as of Prometheus 2.42.
 */
import { parseDuration } from "./duration.ts";

const DECIMAL = /^(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const HEXADECIMAL = /^0x[0-9a-f]+$/i;

/** Escapes of a string in single or double quotes, as in Go. */
const ESCAPE =
  /\\(?:([abfnrtv\\'"])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|[\s\S])/g;
/** What Go's escapes of one letter stand for; any other sign stands for itself. */
export const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/**
 * The value of a number, perhaps with a sign, or undefined when it is none. A duration is one in seconds
 * since Prometheus 3.0; earlier versions refuse it.
 */
export function parseNumberLiteral(text: string): number | undefined {
  const number = parseNumber(text);
  if (number !== undefined) return number;
  const milliseconds = parseDuration(text);
  return milliseconds === undefined ? undefined : milliseconds / 1000;
}

function parseNumber(text: string): number | undefined {
  const sign = text.startsWith("-") ? -1 : 1;
  const written = text.replace(/^[+-]\s*/, "").toLowerCase();
  // Later versions than 2.42 let one underscore stand between two digits.
  const digits = written.replace(/(?<=[\da-f])_(?=[\da-f])/g, "");
  if (digits === "inf" || digits === "nan") {
    return digits === "inf" ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  }
  if (DECIMAL.test(digits)) {
    // As in Go, a whole number with a leading zero is octal, as long as its digits allow.
    const isOctal = /^0[0-7]+$/.test(digits);
    const value = isOctal ? Number.parseInt(digits, 8) : Number(digits);
    return Number.isFinite(value) ? sign * value : undefined;
  }
  return HEXADECIMAL.test(digits) ? sign * Number(digits) : undefined;
}

/** The content of a string with its quotes, or undefined when it is not closed or badly escaped. */
export function parseStringLiteral(text: string): string | undefined {
  const quote = text[0];
  if (text.length < 2 || text.at(-1) !== quote) {
    return undefined;
  }
  const body = text.slice(1, -1);
  if (quote === "`") {
    return body;
  }

  let isSound = true;
  const value = body.replace(ESCAPE, (written, named: string | undefined, ...codes: unknown[]) => {
    const [x, u, long, octal] = codes;
    if (named !== undefined) {
      // Only the quotes that enclose the string need an escape, the others may not have one.
      isSound &&= !/['"]/.test(named) || named === quote;
      return NAMED_ESCAPES[named] ?? named;
    }
    const code = escapedCodePoint(x ?? u ?? long, octal);
    isSound &&= code !== undefined;
    return code === undefined ? written : String.fromCodePoint(code);
  });
  return isSound && !endsInEscape(body) ? value : undefined;
}

/** "\" behind an even number of others does not escape the closing quote. */
function endsInEscape(body: string): boolean {
  return (/(?<!\\)\\*$/.exec(body)?.[0].length ?? 0) % 2 === 1;
}

/** The number of what an escape of Go names by its digits; undefined for halves of letters, and for none. */
export function escapedCodePoint(hexadecimal: unknown, octal: unknown): number | undefined {
  const code =
    typeof hexadecimal === "string"
      ? Number.parseInt(hexadecimal, 16)
      : typeof octal === "string"
        ? Number.parseInt(octal, 8)
        : Number.NaN;
  return code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? code : undefined;
}

/** A text as a string of PromQL, whose strings are written as in Go. */
export function promqlString(value: string): string {
  const text = value.toWellFormed().replace(/["\\]/g, (char) => `\\${char}`);
  return `"${text.replace(/\n/g, "\\n").replace(/\r/g, "\\r")}"`;
}
