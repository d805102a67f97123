/** A moment in a template, as toTime gives it: its text and its methods (https://pkg.go.dev/time#Time). */

import { TemplateError, type TemplateTime, type TemplateValue } from "./template-value.ts";

const LAYOUT =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|0[1-6]|002|15|1|_?2006|_?_?2|[345]|PM|pm|-07(?:0000|:00:00|00|:00)?|Z07(?:0000|:00:00|00|:00)?|[.,](?:0+|9+)(?!\d)/g;

type Method = (time: Date, args: readonly TemplateValue[]) => TemplateValue;

const METHODS: Readonly<Record<string, Method>> = {
  Format: (time, [layout = null]) => formatted(time, layout),
  Unix: (time) => BigInt(Math.floor(time.getTime() / 1000)),
  UnixMilli: (time) => BigInt(time.getTime()),
  UnixMicro: (time) => BigInt(time.getTime()) * 1_000n,
  UnixNano: (time) => BigInt(time.getTime()) * 1_000_000n,
  Year: (time) => BigInt(time.getUTCFullYear()),
  Month: (time) => nameOf(time, "month"),
  Day: (time) => BigInt(time.getUTCDate()),
  Hour: (time) => BigInt(time.getUTCHours()),
  Minute: (time) => BigInt(time.getUTCMinutes()),
  Second: (time) => BigInt(time.getUTCSeconds()),
  Weekday: (time) => nameOf(time, "weekday"),
  YearDay: (time) => BigInt(dayOfYear(time)),
};

/** Throws a TemplateError for a method that is not known here. */
export function timeMethod(
  time: TemplateTime,
  name: string,
  args: readonly TemplateValue[],
): TemplateValue {
  if (name === "UTC" && args.length === 0) return time;
  if (name === "String" && args.length === 0) return time.text;
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (method === undefined) throw new TemplateError(`*time.Time has no .${name} here`);
  if (args.length !== Number(name === "Format")) {
    throw new TemplateError(`${name} of a time takes other values than these`);
  }
  return method(new Date(time.ms), args);
}

function formatted(time: Date, layout: TemplateValue): string {
  if (typeof layout !== "string") throw new TemplateError("Format takes a text");
  return layout.replace(LAYOUT, (part) => partOf(time, part));
}

function partOf(time: Date, part: string): string {
  if (/^[.,]/.test(part)) return fractionOf(time, part);
  if (part.startsWith("Z07")) return "Z";
  if (part.startsWith("-07")) return part.replace("-07", "+00");
  return PARTS[part]?.(time) ?? part;
}

const PARTS: Readonly<Record<string, (time: Date) => string>> = {
  January: (time) => nameOf(time, "month"),
  Jan: (time) => nameOf(time, "month").slice(0, 3),
  Monday: (time) => nameOf(time, "weekday"),
  Mon: (time) => nameOf(time, "weekday").slice(0, 3),
  MST: () => "UTC",
  "1": (time) => String(time.getUTCMonth() + 1),
  "01": (time) => padded(time.getUTCMonth() + 1),
  "2": (time) => String(time.getUTCDate()),
  _2: (time) => padded(time.getUTCDate(), 2, " "),
  "02": (time) => padded(time.getUTCDate()),
  __2: (time) => padded(dayOfYear(time), 3, " "),
  "002": (time) => padded(dayOfYear(time), 3),
  "15": (time) => padded(time.getUTCHours()),
  "3": (time) => String(clockHour(time)),
  "03": (time) => padded(clockHour(time)),
  "4": (time) => String(time.getUTCMinutes()),
  "04": (time) => padded(time.getUTCMinutes()),
  "5": (time) => String(time.getUTCSeconds()),
  "05": (time) => padded(time.getUTCSeconds()),
  "2006": (time) => padded(time.getUTCFullYear(), 4),
  _2006: (time) => `_${padded(time.getUTCFullYear(), 4)}`,
  "06": (time) => padded(time.getUTCFullYear() % 100),
  PM: (time) => (time.getUTCHours() < 12 ? "AM" : "PM"),
  pm: (time) => (time.getUTCHours() < 12 ? "am" : "pm"),
};

/** As many digits as there are zeros; of nines those that say something. */
function fractionOf(time: Date, part: string): string {
  const digits = padded(time.getUTCMilliseconds(), 3).padEnd(part.length - 1, "0");
  const cut = digits.slice(0, part.length - 1);
  if (part.charAt(1) === "0") return part.charAt(0) + cut;
  const rest = cut.replace(/0+$/, "");
  return rest === "" ? "" : part.charAt(0) + rest;
}

function nameOf(time: Date, of: "month" | "weekday"): string {
  return new Intl.DateTimeFormat("en-US", { [of]: "long", timeZone: "UTC" }).format(time);
}

function clockHour(time: Date): number {
  return time.getUTCHours() % 12 || 12;
}

const DAY_MS = 86_400_000;

function dayOfYear(time: Date): number {
  const first = Date.UTC(time.getUTCFullYear(), 0, 1);
  return Math.floor((time.getTime() - first) / DAY_MS) + 1;
}

function padded(value: number, width = 2, sign = "0"): string {
  return String(value).padStart(width, sign);
}
