/** The values of a template, with the kinds that Go tells apart, and how Go prints them. */

/** Whole numbers as they stand in a template are bigint; every sample is a float64. */
export type TemplateValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | TemplateTime
  | TemplateHtml
  | TemplateComplex
  | readonly TemplateValue[]
  | ReadonlyMap<string, TemplateValue>;

/** What `.` is at first: Go's struct, whose fields are known, where a label that is not there is empty. */
export class TemplateData extends Map<string, TemplateValue> {}

/** What the function args gives: its values are of any kind, and what it has not is no value. */
export class TemplateArguments extends Map<string, TemplateValue> {}

/** A moment in milliseconds since 1970, and how Go prints it. */
export class TemplateTime {
  readonly ms: number;
  readonly text: string;

  constructor(ms: number, text: string) {
    this.ms = ms;
    this.text = text;
  }
}

/** What safeHtml gives: a text of another type, which functions that take a text refuse. */
export class TemplateHtml {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

/** `2i` and `1+2i`, as Go reads them. */
export class TemplateComplex {
  readonly real: number;
  readonly imaginary: number;

  constructor(real: number, imaginary: number) {
    this.real = real;
    this.imaginary = imaginary;
  }
}

/** The value itself, and of safeHtml's the text: what asks for a kind and not for a type takes both. */
export function bare(value: TemplateValue): Exclude<TemplateValue, TemplateHtml> {
  return value instanceof TemplateHtml ? value.html : value;
}

/** What is wrong with a template, or with what it is given; the message says what. */
export class TemplateError extends Error {}

const DATA_KIND =
  "struct { Labels map[string]string; ExternalLabels map[string]string; ExternalURL string; Value float64 }";

/** Go's name of the value's kind. */
export function goKindOf(value: TemplateValue): string {
  if (value === null) return "nil";
  if (typeof value === "bigint") return "int";
  if (typeof value === "number") return "float64";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "string") return "string";
  if (value instanceof TemplateData) return DATA_KIND;
  if (value instanceof TemplateTime) return "*time.Time";
  if (value instanceof TemplateHtml) return "template.HTML";
  if (value instanceof TemplateComplex) return "complex128";
  if (value instanceof TemplateArguments) return "map[string]interface {}";
  return isList(value) ? "[]interface {}" : "map[string]string";
}

/** Whether it is a list to a template. */
export function isList(value: TemplateValue): value is readonly TemplateValue[] {
  return Array.isArray(value);
}

/** Whether it is a map to a template. */
export function isMap(value: TemplateValue): value is ReadonlyMap<string, TemplateValue> {
  return value instanceof Map;
}

/** text/template: an empty value is false. */
export function isTrue(value: TemplateValue): boolean {
  if (isList(value)) return value.length > 0;
  if (isMap(value)) return value.size > 0;
  if (value instanceof TemplateHtml) return value.html !== "";
  if (value instanceof TemplateComplex) return value.real !== 0 || value.imaginary !== 0;
  return Boolean(value) || Number.isNaN(value);
}

/** As fmt's %v prints it. */
export function printed(value: TemplateValue): string {
  if (value === null) return "<nil>";
  if (typeof value === "number") return printedFloat(value);
  if (value instanceof TemplateTime) return value.text;
  if (value instanceof TemplateHtml) return value.html;
  if (value instanceof TemplateComplex) return printedComplex(value);
  if (isList(value)) return `[${value.map(printed).join(" ")}]`;
  // A struct of Go, in the order of its fields.
  if (value instanceof TemplateData) return `{${[...value.values()].map(printed).join(" ")}}`;
  if (isMap(value)) {
    return `map[${sortedKeys(value)
      .map((key) => `${key}:${printed(value.get(key) ?? null)}`)
      .join(" ")}]`;
  }
  return String(value);
}

/** By bytes, as Go sorts them. */
export function sortedKeys(map: ReadonlyMap<string, TemplateValue>): string[] {
  return [...map.keys()].toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** strconv decides by six digits when it writes as few as it can. */
const FEWEST_DIGITS = 6;

/** strconv's format 'g' with the fewest digits: an exponent below -4, and from there on. */
function printedFloat(value: number): string {
  if (!Number.isFinite(value)) return notFinite(value);
  if (Object.is(value, -0)) return "-0";
  const exponent = value === 0 ? 0 : Number(value.toExponential().split("e")[1]);
  if (exponent >= -4 && exponent < FEWEST_DIGITS) return plainDigits(value);
  return withExponent(value.toExponential());
}

function printedComplex({ real, imaginary }: TemplateComplex): string {
  return `(${printedFloat(real)}${printedFloat(imaginary).replace(/^(?![-+])/, "+")}i)`;
}

/** NaN and the infinities as Go writes them. */
export function notFinite(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "+Inf" : "-Inf";
}

/** JavaScript writes an exponent from 1e-6 on downwards; Go does below 1e-4 only. */
function plainDigits(value: number): string {
  const text = String(value);
  if (!text.includes("e")) return text;
  const digits = value.toExponential().replace(/^-?(\d)\.?(\d*)e.*$/, "$1$2").length;
  return value.toFixed(digits + Math.abs(Number(text.split("e")[1])) - 1);
}

/** Go's exponents have two digits at least. */
export function withExponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}
