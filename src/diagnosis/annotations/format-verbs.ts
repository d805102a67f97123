/** fmt.Sprintf, as far as values of templates need it (https://pkg.go.dev/fmt). */

import { goQuoted } from "./go-quoted.ts";
import {
  goKindOf,
  notFinite,
  printed,
  type TemplateValue,
  withExponent,
} from "./template-value.ts";

interface Verb {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly verb: string;
}

const VERB = /%([-+# 0]{0,9})(\*|\d{0,9})(?:\.(\*|\d{0,9}))?(?:\[(\d{1,3})\])?([^\d.\s]|$)/gu;

type VerbParts = [precision: string | undefined, index: string | undefined, verb: string];

/** A width or precision beyond this is a mistake; Go's own limit is 1e6. */
const WIDEST = 1_000;

/** Never throws: what does not fit a verb is printed as Go prints it, `%!d(string=x)`. */
export function sprintf(format: string, args: readonly TemplateValue[]): string {
  let next = 0;
  // With an index, `%[2]v`, Go does not tell of values that no verb took.
  let isOutOfOrder = false;
  const text = format.replace(
    VERB,
    (_, flags: string, width: string, ...[precision, index, verb]: VerbParts) => {
      if (verb === "%") return "%";
      if (verb === "") return "%!(NOVERB)";
      // A star takes the next value.
      const given = (written: string): number => {
        if (written !== "*") return Number(written);
        next += 1;
        return Number(args[next - 1] ?? 0);
      };
      const wide = given(width);
      const precise = precision === undefined ? undefined : given(precision);
      if (index !== undefined) next = Number(index) - 1;
      isOutOfOrder ||= index !== undefined;
      const value = args[next];
      next += 1;
      if (value === undefined) return `%!${verb}(${index === undefined ? "MISSING" : "BADINDEX"})`;
      const read = {
        flags: wide < 0 ? `${flags}-` : flags,
        width: Math.min(WIDEST, Math.abs(wide)),
        precision: precise === undefined ? undefined : Math.min(WIDEST, precise),
        verb,
      };
      const isNumber = typeof value === "number" || typeof value === "bigint";
      const shown = formatted(value, read);
      return shown.startsWith(`%!${verb}(`) ? shown : padded(shown, read, isNumber);
    },
  );
  const extra = args.slice(next);
  if (extra.length === 0 || isOutOfOrder) return text;
  const shown = extra.map((value) =>
    value === null ? printed(value) : `${goKindOf(value)}=${printed(value)}`,
  );
  return `${text}%!(EXTRA ${shown.join(", ")})`;
}

function formatted(value: TemplateValue, verb: Verb): string {
  // Here a plus asks for the names of fields, not for a sign.
  if (verb.verb === "v") {
    return formattedAnyhow(value, { ...verb, flags: verb.flags.replaceAll("+", "") });
  }
  if (verb.verb === "T") return goKindOf(value) === "nil" ? "<nil>" : goKindOf(value);
  return ofKind(value, verb) ?? `%!${verb.verb}(${misplaced(value, verb)})`;
}

/** %v. */
function formattedAnyhow(value: TemplateValue, verb: Verb): string {
  if (typeof value === "string") {
    const isSource = verb.flags.includes("#");
    return formattedText(value, { ...verb, verb: isSource ? "q" : "s" }) ?? value;
  }
  if (typeof value !== "number") return signed(printed(value), verb, value);
  if (!Number.isFinite(value)) return endless(value, verb);
  const { precision } = verb;
  return signed(precision === undefined ? printed(value) : general(value, precision), verb);
}

/** What does not fit its verb is printed as %v, with the verb's flags, width and precision. */
function misplaced(value: TemplateValue, verb: Verb): string {
  if (value === null) return printed(value);
  const isNumber = typeof value === "number" || typeof value === "bigint";
  const as = typeof value === "string" ? "s" : typeof value === "bigint" ? "d" : undefined;
  const shown =
    as === undefined ? formattedAnyhow(value, verb) : formatted(value, { ...verb, verb: as });
  const text = padded(shown, verb, isNumber);
  return `${goKindOf(value)}=${text}`;
}

function ofKind(value: TemplateValue, verb: Verb): string | undefined {
  if (typeof value === "string") return formattedText(value, verb);
  if (typeof value === "number") return formattedFloat(value, verb);
  if (typeof value === "bigint") return formattedInt(value, verb);
  if (typeof value === "boolean") return verb.verb === "t" ? String(value) : undefined;
  return verb.verb === "s" && value !== null ? printed(value) : undefined;
}

function formattedText(value: string, { verb, precision, flags }: Verb): string | undefined {
  const cut = precision === undefined ? value : Array.from(value).slice(0, precision).join("");
  if (verb === "s") return cut;
  if (verb === "q") return goQuoted(cut);
  const prefix = flags.includes("#") && cut !== "" ? "0x" : "";
  const hex = prefix + Buffer.from(cut).toString("hex");
  if (verb === "x") return hex;
  return verb === "X" ? hex.toUpperCase() : undefined;
}

/** A letter by its number, or its name. */
function formattedLetter(value: bigint, { verb }: Verb): string | undefined {
  const isLetter = value >= 0n && value <= 0x10ffffn && !(value >= 0xd800n && value < 0xe000n);
  const letter = isLetter ? String.fromCodePoint(Number(value)) : "\uFFFD";
  switch (verb) {
    case "c":
      return letter;
    case "q":
      return letter === "'"
        ? "'\\''"
        : `'${letter === '"' ? letter : goQuoted(letter).slice(1, -1)}'`;
    case "U":
      return `U+${BigInt.asUintN(64, value).toString(16).toUpperCase().padStart(4, "0")}`;
    default:
      return undefined;
  }
}

function formattedInt(value: bigint, verb: Verb): string | undefined {
  const bases: Readonly<Record<string, number>> = { d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };
  const base = bases[verb.verb];
  if (base === undefined) return formattedLetter(value, verb);
  const digits = value
    .toString(base)
    .replace(/\w+/, (all) => prefixOf(verb, all) + all.padStart(verb.precision ?? 0, "0"));
  return signed(verb.verb === "X" ? digits.toUpperCase() : digits, verb, value);
}

/** What `#` asks for, and `%O` always. */
function prefixOf({ verb, flags }: Verb, digits: string): string {
  if (verb === "O") return "0o";
  if (!flags.includes("#")) return "";
  if (verb === "o") return digits.startsWith("0") ? "" : "0";
  return { b: "0b", x: "0x", X: "0x" }[verb] ?? "";
}

function formattedFloat(value: number, verb: Verb): string | undefined {
  if (!"eEfFgG".includes(verb.verb)) return undefined;
  return Number.isFinite(value) ? signed(digitsOf(value, verb), verb, value) : endless(value, verb);
}

/** Go writes the sign of an infinity always, and that of NaN when a sign is asked for. */
function endless(value: number, { flags }: Verb): string {
  const isAsked = /[+ ]/.test(flags);
  const text = Number.isNaN(value) && isAsked ? "+NaN" : notFinite(value);
  return flags.includes(" ") && !flags.includes("+") ? text.replace("+", " ") : text;
}

/** JavaScript allows this many digits behind the point. */
const MOST_DIGITS = 100;

function digitsOf(value: number, { verb, precision }: Verb): string {
  const digits = Math.min(MOST_DIGITS, precision ?? 6);
  switch (verb) {
    case "e":
      return withExponent(exponential(value, digits));
    case "E":
      return withExponent(exponential(value, digits)).toUpperCase();
    case "g":
      return precision === undefined ? printed(value) : general(value, precision);
    case "G":
      return (precision === undefined ? printed(value) : general(value, precision)).toUpperCase();
    default:
      return fixed(value, digits);
  }
}

/** toFixed gives an exponent from 1e21 on. */
function fixed(value: number, digits: number): string {
  if (Math.abs(value) < 1e21) {
    const [whole = ""] = value.toFixed(digits).split(".");
    return halfToEven(
      value.toFixed(digits),
      value.toFixed(Math.min(MOST_DIGITS, digits + TIE)),
      whole.length + 1 + digits,
    );
  }
  return `${BigInt(value)}${digits > 0 ? `.${"0".repeat(digits)}` : ""}`;
}

/** `%.4g`: so many digits, without zeros at the end, with an exponent where it has more. */
export function general(value: number, precision: number): string {
  if (!Number.isFinite(value)) return notFinite(value);
  const digits = Math.max(1, Math.min(MOST_DIGITS, precision));
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [mantissa = "", exponent = "0"] = exponential(value, digits - 1).split("e");
  const power = Number(exponent);
  if (power < -4 || power >= digits) {
    return withExponent(`${withoutZeros(mantissa)}e${exponent}`);
  }
  return withoutZeros(fixed(value, Math.max(0, digits - 1 - power)));
}

/** A number that lies in the middle of two has no more digits than these. */
const TIE = 60;

function exponential(value: number, digits: number): string {
  const exact = value.toExponential(Math.min(MOST_DIGITS, digits + TIE));
  const [mantissa = "", exponent = ""] = exact.split("e");
  const [rounded = "", power = ""] = value.toExponential(digits).split("e");
  const kept = mantissa.indexOf(".") + 1 + digits;
  const even = halfToEven(rounded, mantissa, kept);
  return even === rounded ? `${rounded}e${power}` : `${even}e${exponent}`;
}

/** Go rounds the middle of two to the even one, JavaScript away from zero; `kept` characters of `exact` stay. */
function halfToEven(rounded: string, exact: string, kept: number): string {
  if (!/^50*$/.test(exact.slice(kept).replace(/^\./, ""))) return rounded;
  const down = exact.slice(0, kept).replace(/\.$/, "");
  return /[02468]$/.test(down) ? down : rounded;
}

function withoutZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function signed(text: string, { flags }: Verb, value?: TemplateValue): string {
  const isNumber = value === undefined || typeof value === "number" || typeof value === "bigint";
  if (!isNumber || text.startsWith("-") || text.startsWith("+")) return text;
  if (flags.includes("+")) return `+${text}`;
  return flags.includes(" ") ? ` ${text}` : text;
}

function padded(text: string, { flags, width }: Verb, isNumber: boolean): string {
  const missing = width - Array.from(text).length;
  if (missing <= 0) return text;
  if (flags.includes("-")) return text + " ".repeat(missing);
  const hasDigits = !isNumber || !/(?:Inf|NaN)$/.test(text);
  if (!flags.includes("0") || !hasDigits) return " ".repeat(missing) + text;
  const sign = isNumber ? (/^[+-]/.exec(text)?.[0] ?? "") : "";
  return sign + "0".repeat(missing) + text.slice(sign.length);
}
