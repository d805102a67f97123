/** Numbers, letters and texts as they stand in a template -> their values, as Go reads them. */

import { escapedCodePoint, NAMED_ESCAPES } from "../../promql/literals.ts";
import { TemplateComplex, TemplateError } from "./template-value.ts";

/** Underscores stand between digits, or behind the sign of a base. */
const UNDERSCORES = /^[+-]?(?:0[xob]_?[\da-f]+(?:_[\da-f]+)*(?:[.p].*)?|\d+(?:_\d+)*(?:[.e].*)?)$/i;
const WHOLE = /^([+-]?)(\d+|0x[\da-f]+|0b[01]+|0o[0-7]+)$/i;
/** Beyond 64 bits. */
const TOO_LARGE = 2n ** 64n;

/** Throws a TemplateError for what is no number to Go. */
export function literalNumber(text: string): bigint | number {
  if (text.includes("_") && !UNDERSCORES.test(text)) throw noNumber(text);
  const plain = text.replaceAll("_", "");
  const [, sign, digits = ""] = WHOLE.exec(plain) ?? [];
  if (sign === undefined) return hexFloat(plain) ?? Number(plain);
  if (/^0\d*[89]/.test(digits)) throw noNumber(text);
  const size = BigInt(digits.replace(/^0(?=\d)/, "0o"));
  if (size >= TOO_LARGE || (sign === "-" && size > 2n ** 63n)) throw noNumber(text);
  return sign === "-" ? -size : size;
}

function noNumber(text: string): TemplateError {
  return new TemplateError(`${text} is not a number`);
}

/** `0x1.8p3`. */
function hexFloat(text: string): number | undefined {
  const [, sign, whole = "", part = "", power] =
    /^([+-]?)0x([\da-f]*)\.?([\da-f]*)p([+-]?\d+)$/i.exec(text) ?? [];
  if (power === undefined) return undefined;
  const mantissa = Number.parseInt(`0${whole}${part}`, 16);
  return (sign === "-" ? -1 : 1) * mantissa * 2 ** (Number(power) - 4 * part.length);
}

/** `2i`, `1+2i`: a sign within that is none of an exponent begins the second part. */
export function literalComplex(text: string): TemplateComplex {
  const parts = text.slice(0, -1).split(/(?<![eE]|^)(?=[+-])/);
  const [imaginary = 0, real = 0] = parts.map(decimalPart).toReversed();
  return new TemplateComplex(real, imaginary);
}

function decimalPart(text: string): number {
  if (text.includes("_") && !UNDERSCORES.test(text)) throw noNumber(text);
  return Number(text.replaceAll("_", ""));
}

/** A letter in single quotes is its number. */
export function literalLetter(text: string): bigint {
  const byte = /^'\\(?:x([\da-f]{2})|([0-7]{3}))'$/i.exec(text);
  if (byte !== null) return BigInt(escapedCodePoint(byte[1], byte[2]) ?? 0);
  const letters = Array.from(literalText(text));
  const [letter] = letters;
  if (letter === undefined || letters.length > 1) {
    throw new TemplateError(`${text} is not one letter`);
  }
  return BigInt(letter.codePointAt(0) ?? 0);
}

const ESCAPE =
  /\\(?:x([\da-fA-F]{2})|([0-3][0-7]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([abfnrtv\\"'])|)/g;

/** A text in quotes, without them; several bytes that it names may be one letter. */
export function literalText(text: string): string {
  const quote = text[0];
  const inner = text.slice(1, -1);
  const parts: Buffer[] = [];
  let from = 0;
  for (const match of inner.matchAll(ESCAPE)) {
    const [all, hex, octal, short, long, sign] = match;
    const isOtherQuote = (sign === "'" || sign === '"') && sign !== quote;
    const code = escapedCodePoint(hex ?? short ?? long, octal);
    if (isOtherQuote || (sign === undefined && code === undefined)) {
      throw new TemplateError(`${inner.slice(match.index, match.index + 2)} is not a valid escape`);
    }
    const isByte = hex !== undefined || octal !== undefined;
    const letter = sign === undefined ? String.fromCodePoint(code ?? 0) : NAMED_ESCAPES[sign];
    parts.push(Buffer.from(inner.slice(from, match.index)));
    parts.push(isByte ? Buffer.from([code ?? 0]) : Buffer.from(letter ?? sign ?? ""));
    from = match.index + all.length;
  }
  return Buffer.concat([...parts, Buffer.from(inner.slice(from))]).toString();
}
