/** One value and its verb -> text, as fmt prints it. */

import { goFloat } from "./format-floats.ts";
import { asciiQuoted, goQuoted } from "./go-quoted.ts";
import {
  goKindOf,
  isList,
  isMap,
  printed,
  sortedKeys,
  TemplateComplex,
  TemplateData,
  TemplateError,
  TemplateHtml,
  TemplateTime,
  type TemplateValue,
} from "./template-value.ts";

export interface Verb {
  readonly verb: string;
  /** `%#v`. */
  readonly isSource: boolean;
  readonly plus: boolean;
  readonly minus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  readonly width: number | undefined;
  readonly precision: number | undefined;
}

/** Lists and maps are printed by their parts, each with the verb. */
export function formatValue(value: TemplateValue, verb: Verb): string {
  if (value === null && /[vT]/.test(verb.verb)) return padded("<nil>", verb);
  if (value === null) return `%!${verb.verb}(<nil>)`;
  if (verb.verb === "T") return textOf(goKindOf(value), verb);
  if (verb.verb === "p") return refusedAddress(value) ?? misplaced(value, verb);
  if (verb.verb === "w") return misplaced(value, verb);
  if (value instanceof TemplateTime)
    return formattedText(value.text, verb) ?? misplaced(value, verb);
  if (isList(value)) return listed(value, verb);
  if (isMap(value)) return mapped(value, verb);
  return ofKind(value instanceof TemplateHtml ? value.html : value, verb) ?? misplaced(value, verb);
}

/** Of a map, a list and a moment %p writes where Prometheus keeps it. */
function refusedAddress(value: TemplateValue): undefined {
  const isKeptSomewhere = isList(value) || isMap(value) || value instanceof TemplateTime;
  if (!isKeptSomewhere || value instanceof TemplateData) return undefined;
  throw new TemplateError("it uses %p, an address in the memory of Prometheus");
}

/** A value that no verb took. */
export function typed(value: TemplateValue): string {
  return value === null ? printed(value) : `${goKindOf(value)}=${formatValue(value, PLAIN)}`;
}

const PLAIN: Verb = {
  verb: "v",
  isSource: false,
  plus: false,
  minus: false,
  sharp: false,
  space: false,
  zero: false,
  width: undefined,
  precision: undefined,
};

/** Printed as %v, with the verb's flags, width and precision. */
function misplaced(value: TemplateValue, verb: Verb): string {
  return `%!${verb.verb}(${goKindOf(value)}=${formatValue(value, { ...verb, verb: "v" })})`;
}

function listed(values: readonly TemplateValue[], verb: Verb): string {
  const parts = values.map((each) => formatValue(each, verb));
  return verb.isSource ? `[]interface {}{${parts.join(", ")}}` : `[${parts.join(" ")}]`;
}

function mapped(map: ReadonlyMap<string, TemplateValue>, verb: Verb): string {
  const of = (key: string): string => formatValue(map.get(key) ?? null, verb);
  // A struct of Go, in the order of its fields.
  if (map instanceof TemplateData) return `{${[...map.keys()].map(of).join(" ")}}`;
  const parts = sortedKeys(map).map((key) => `${formatValue(key, verb)}:${of(key)}`);
  return verb.isSource ? `${goKindOf(map)}{${parts.join(", ")}}` : `map[${parts.join(" ")}]`;
}

type Plain = string | number | bigint | boolean | TemplateComplex;

function ofKind(value: Plain, verb: Verb): string | undefined {
  if (value instanceof TemplateComplex) return formattedComplex(value, verb);
  if (typeof value === "string") return formattedText(value, verb);
  if (typeof value === "number") return formattedFloat(value, verb);
  if (typeof value === "bigint") return formattedInt(value, verb);
  return /[tv]/.test(verb.verb) ? padded(String(value), verb) : undefined;
}

function formattedText(value: string, verb: Verb): string | undefined {
  switch (verb.verb) {
    case "v":
      return verb.isSource ? quoted(value, verb) : textOf(value, verb);
    case "s":
      return textOf(value, verb);
    case "q":
      return quoted(value, verb);
    case "x":
      return bytesOf(value, verb);
    case "X":
      return bytesOf(value, verb).toUpperCase();
    default:
      return undefined;
  }
}

function cut(value: string, { precision }: Verb): string {
  return precision === undefined ? value : Array.from(value).slice(0, precision).join("");
}

function textOf(value: string, verb: Verb): string {
  return padded(cut(value, verb), verb);
}

/** What Go writes between backquotes: one line without signs that cannot be seen. */
const NO_RAW = /[^\t\P{Cc}]|[`\x7f\uFEFF]/u;

function quoted(value: string, verb: Verb): string {
  const text = cut(value, verb);
  if (verb.sharp && !NO_RAW.test(text)) return padded(`\`${text}\``, verb);
  return padded(verb.plus ? asciiQuoted(text) : goQuoted(text), verb);
}

/** A precision counts bytes here. */
function bytesOf(value: string, verb: Verb): string {
  const bytes = [...Buffer.from(value).subarray(0, verb.precision)];
  const prefix = verb.sharp ? "0x" : "";
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0"));
  if (hex.length === 0) return padded("", { ...verb, minus: false });
  const text = verb.space ? hex.map((each) => prefix + each).join(" ") : prefix + hex.join("");
  return padded(text, verb);
}

const BASES: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };

function formattedInt(value: bigint, verb: Verb): string | undefined {
  const base = BASES[verb.verb];
  if (base === undefined) return formattedLetter(value, verb);
  const sign = value < 0n ? "-" : verb.plus ? "+" : verb.space ? " " : "";
  const isFilled = verb.zero && verb.width !== undefined && verb.precision === undefined;
  const fewest = isFilled ? (verb.width ?? 0) - sign.length : (verb.precision ?? 0);
  if (verb.precision === 0 && value === 0n)
    return padded("", { ...verb, zero: false, minus: false });
  const all = (value < 0n ? -value : value).toString(base).padStart(fewest, "0");
  const digits = `${sign}${prefixOf(verb, all)}${all}`;
  return padded(verb.verb === "X" ? digits.toUpperCase() : digits, { ...verb, zero: false });
}

/** What `#` asks for, and `%O` always. */
function prefixOf({ verb, sharp }: Verb, digits: string): string {
  if (verb === "O") return sharp && !digits.startsWith("0") ? "0o0" : "0o";
  if (!sharp) return "";
  if (verb === "o") return digits.startsWith("0") ? "" : "0";
  return { b: "0b", x: "0x", X: "0x" }[verb] ?? "";
}

/** A letter by its number, or its name. */
function formattedLetter(value: bigint, verb: Verb): string | undefined {
  const isLetter = value >= 0n && value <= 0x10ffffn && !(value >= 0xd800n && value < 0xe000n);
  const letter = isLetter ? String.fromCodePoint(Number(value)) : "\uFFFD";
  switch (verb.verb) {
    case "c":
      return padded(letter, verb);
    case "q":
      return padded(quotedLetter(letter, verb), verb);
    case "U":
      return padded(codePoint(value, letter, verb), { ...verb, zero: false });
    default:
      return undefined;
  }
}

function quotedLetter(letter: string, { plus }: Verb): string {
  if (letter === "'") return "'\\''";
  if (letter === '"') return `'"'`;
  return `'${(plus ? asciiQuoted(letter) : goQuoted(letter)).slice(1, -1)}'`;
}

function codePoint(value: bigint, letter: string, { sharp, precision = 4 }: Verb): string {
  const hex = BigInt.asUintN(64, value).toString(16).toUpperCase();
  const code = `U+${hex.padStart(Math.max(4, precision), "0")}`;
  const isSeen =
    sharp && value >= 0n && value <= 0x10ffffn && goQuoted(letter).length === letter.length + 2;
  return isSeen ? `${code} '${letter}'` : code;
}

const FLOATS: Readonly<Record<string, [format: string, precision?: number]>> = {
  v: ["g"],
  b: ["b"],
  g: ["g"],
  G: ["g"],
  x: ["x"],
  X: ["x"],
  f: ["f", 6],
  F: ["f", 6],
  e: ["e", 6],
  E: ["e", 6],
};

function formattedFloat(value: number, verb: Verb): string | undefined {
  const [format, usual] = FLOATS[verb.verb] ?? [];
  if (format === undefined) return undefined;
  const precision = verb.precision ?? usual;
  const plain = goFloat(value, format, precision).replace(/^(?![-+])/, "+");
  const sign = plain.startsWith("+") && verb.space && !verb.plus ? " " : (plain[0] ?? "");
  const size = plain.slice(1);
  if (!Number.isFinite(value)) return endless(sign, size, verb);
  const filled =
    verb.sharp && format !== "b" ? withPoint(size, { verb: verb.verb, precision }) : size;
  const digits = /[EGX]/.test(verb.verb) ? filled.toUpperCase() : filled;
  const shownSign = sign === "+" && !verb.plus ? "" : sign;
  const missing = (verb.width ?? 0) - shownSign.length - digits.length;
  if (verb.zero && !verb.minus && missing > 0) return shownSign + "0".repeat(missing) + digits;
  return padded(shownSign + digits, verb);
}

/** Each part with the verb's width. */
function formattedComplex({ real, imaginary }: TemplateComplex, verb: Verb): string | undefined {
  const first = formattedFloat(real, verb);
  const second = formattedFloat(imaginary, { ...verb, plus: true });
  return first === undefined ? undefined : `(${first}${second}i)`;
}

/** An infinity has its sign always, and NaN where one is asked for. */
function endless(sign: string, size: string, verb: Verb): string {
  const isBare = size === "NaN" && !verb.space && !verb.plus;
  return padded(isBare ? size : sign + size, { ...verb, zero: false });
}

type Sharp = { readonly verb: string; readonly precision: number | undefined };

/** `#`: always a point, and for %g the zeros that its precision asks for. */
function withPoint(size: string, { verb, precision }: Sharp): string {
  const exponent = /^[xX]$/.test(verb) ? /p.*$/ : /[ep].*$/;
  const tail = exponent.exec(size)?.[0] ?? "";
  const digits = size.slice(0, size.length - tail.length);
  const written = digits.replace(".", "").replace(/^0+/, "").replace(/^x/, "x").length;
  const wanted = /^[vgGx]$/.test(verb) ? (precision ?? 6) : 0;
  const isZero = digits === "0";
  const missing = Math.max(0, wanted - written - (isZero ? 1 : 0));
  return `${digits}${digits.includes(".") ? "" : "."}${"0".repeat(missing)}${tail}`;
}

function padded(text: string, { width = 0, minus, zero }: Verb): string {
  const missing = width - Array.from(text).length;
  if (missing <= 0) return text;
  if (minus) return text + " ".repeat(missing);
  return (zero ? "0" : " ").repeat(missing) + text;
}
