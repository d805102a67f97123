/**
 * The functions of annotations: those of Go's text/template, and those that Prometheus adds
 * (https://prometheus.io/docs/prometheus/latest/configuration/template_reference/).
 */

import { compileFreePattern } from "../../history/pattern.ts";
import { parseDuration } from "../../promql/duration.ts";
import { sprintf } from "./format-verbs.ts";
import {
  goDuration,
  humanize,
  humanize1024,
  humanizeDuration,
  humanizePercentage,
  humanizeTimestamp,
  timeOf,
} from "./humanize.ts";
import { compare, isEqual } from "./template-compare.ts";
import { itemAt, lengthOf, sliced } from "./template-items.ts";
import {
  bare,
  goKindOf,
  isList,
  isTrue,
  printed,
  TemplateArguments,
  TemplateError,
  TemplateHtml,
  type TemplateTime,
  type TemplateValue,
} from "./template-value.ts";

export type TemplateFunction = (args: readonly TemplateValue[]) => TemplateValue;

/** Only Prometheus itself can answer these, or what they are given; the message names the one that was used. */
const REFUSED: ReadonlySet<string> = new Set(
  "query label value strvalue sortByLabel pathPrefix externalURL now".split(" "),
);

/** Whether Prometheus knows the function, be it refused here or not. */
export function isTemplateFunction(name: string): boolean {
  return REFUSED.has(name) || name === "call" || Object.hasOwn(FUNCTIONS, name);
}

/** Throws a TemplateError for a name that is no function, and for one that is refused. */
export function functionNamed(name: string): TemplateFunction {
  if (REFUSED.has(name)) {
    throw new TemplateError(`it uses ${name}, which only Prometheus itself can answer`);
  }
  const found = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (found === undefined) throw new TemplateError(`there is no function ${name}`);
  const { [name]: counts } = COUNTS;
  return counts === undefined ? found : (args) => found(counted(name, args, counts));
}

/** How many values a function takes, where it is not one or any number of them. */
const COUNTS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  len: [1, 1],
  not: [1, 1],
  index: [1, Infinity],
  slice: [1, 4],
  eq: [2, Infinity],
  ne: [2, 2],
  lt: [2, 2],
  le: [2, 2],
  gt: [2, 2],
  ge: [2, 2],
  match: [2, 2],
  reReplaceAll: [3, 3],
  parseDuration: [1, 1],
  first: [1, 1],
};

function counted(
  name: string,
  args: readonly TemplateValue[],
  [least, most]: readonly [number, number],
): readonly TemplateValue[] {
  if (args.length >= least && args.length <= most) return args;
  const right = args.length < least ? least : most;
  throw new TemplateError(
    `${name} takes ${right} value${right === 1 ? "" : "s"}, and this is ${args.length}`,
  );
}

const FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  print: (args) => spaced(args),
  println: (args) => `${args.map(printed).join(" ")}\n`,
  printf: ([format = null, ...args]) => sprintf(textOf("printf", format), args),
  len: ([value = null]) => lengthOf(value),
  index: ([value = null, ...keys]) => keys.reduce(itemAt, value),
  slice: ([value = null, ...bounds]) => sliced(value, bounds),
  not: ([value = null]) => !isTrue(value),
  // With values they are evaluated where their values are.
  and: () => missingValue("and"),
  or: () => missingValue("or"),
  eq: ([first = null, ...others]) => others.some((other) => isEqual(first, other)),
  ne: ([one = null, other = null]) => !isEqual(one, other),
  lt: ([one = null, other = null]) => compare(one, other) < 0,
  le: ([one = null, other = null]) => compare(one, other) <= 0,
  // Go turns the opposite round, so that NaN is greater than whatever it is compared with.
  gt: ([one = null, other = null]) => !(compare(one, other) <= 0),
  ge: ([one = null, other = null]) => !(compare(one, other) < 0),
  html: (args) => escapedHtml(spaced(args.map(named))),
  js: (args) => escapedJs(spaced(args.map(named))),
  urlquery: (args) => queryEscaped(spaced(args.map(named))),
  urlQueryEscape: text("urlQueryEscape", queryEscaped),
  graphLink: text("graphLink", (expr) => `/graph?g0.expr=${queryEscaped(expr)}&g0.tab=0`),
  tableLink: text("tableLink", (expr) => `/graph?g0.expr=${queryEscaped(expr)}&g0.tab=1`),
  humanize: number("humanize", humanize),
  humanize1024: number("humanize1024", humanize1024),
  humanizeDuration: number("humanizeDuration", humanizeDuration),
  humanizePercentage: number("humanizePercentage", humanizePercentage),
  humanizeTimestamp: number("humanizeTimestamp", humanizeTimestamp),
  toTime: number("toTime", timeOf),
  toDuration: number("toDuration", goDuration),
  title: text("title", titled),
  toUpper: text("toUpper", (value) => letterByLetter(value, (letter) => letter.toUpperCase())),
  toLower: text("toLower", (value) => letterByLetter(value, (letter) => letter.toLowerCase())),
  safeHtml: (args) => new TemplateHtml(textOf("safeHtml", onlyOf("safeHtml", args))),
  stripPort: text("stripPort", (value) => hostOf(value)?.host ?? value),
  stripDomain: text("stripDomain", withoutDomain),
  parseDuration: ([value = ""]) => secondsOf(textOf("parseDuration", value)),
  match: ([pattern = "", value = ""]) =>
    compileFreePattern(textOf("match", pattern)).isIn(textOf("match", value)),
  reReplaceAll: ([pattern = "", by = "", value = ""]) =>
    compileFreePattern(textOf("reReplaceAll", pattern)).replaceAll(
      textOf("reReplaceAll", value),
      textOf("reReplaceAll", by),
    ),
  args: (args) => new TemplateArguments(args.map((value, at) => [`arg${at}`, value])),
  first: ([value = null]) => {
    if (!isList(value)) throw new TemplateError("first takes the results of a query");
    return value[0] ?? null;
  },
};

/** No value is a text to the functions that escape. */
function named(value: TemplateValue): TemplateValue {
  return value ?? "<no value>";
}

/** fmt.Sprint: a space only between two that are no texts. */
function spaced(args: readonly TemplateValue[]): string {
  return args.map(bare).reduce<string>((line, value, at, all) => {
    const before = all[at - 1];
    const isApart = at > 0 && typeof before !== "string" && typeof value !== "string";
    return line + (isApart ? " " : "") + printed(value);
  }, "");
}

function number(name: string, write: (value: number) => string | TemplateTime): TemplateFunction {
  return (args) => write(numberOf(name, onlyOf(name, args)));
}

function text(name: string, change: (value: string) => string): TemplateFunction {
  return (args) => change(textOf(name, onlyOf(name, args)));
}

function onlyOf(name: string, args: readonly TemplateValue[]): TemplateValue {
  const [value] = args;
  if (value !== undefined && args.length === 1) return value;
  throw new TemplateError(`${name} takes one value, and this is ${args.length}`);
}

function textOf(name: string, value: TemplateValue): string {
  if (typeof value === "string") return value;
  throw new TemplateError(`${name} takes a text, and this is ${goKindOf(value)}`);
}

/** A number, or a text that is one. */
function numberOf(name: string, value: TemplateValue): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  const read = typeof value === "string" ? readNumber(value) : undefined;
  if (read === undefined) throw new TemplateError(`${name}: ${printed(value)} is not a number`);
  return read;
}

function readNumber(value: string): number | undefined {
  const special = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(value);
  if (special !== null) {
    if (special[2]?.toLowerCase() === "nan") return Number.NaN;
    return special[1] === "-" ? -Infinity : Infinity;
  }
  const plain = value.replace(/(?<=\d)_(?=\d)/g, "");
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(plain) ? Number(plain) : undefined;
}

function secondsOf(value: string): number {
  const size = value.replace(/^-/, "");
  const ms = size === "0" ? 0 : parseDuration(size);
  if (ms === undefined) throw new TemplateError(`"${value}" is not a duration`);
  return (size === value ? ms : -ms) / 1000;
}

/** strings.Title: the first letter of each word; outside ASCII only a space parts words. */
function titled(value: string): string {
  return value.replace(/(?<![\p{L}\p{N}_]|[^\p{ASCII}\p{White_Space}])\p{L}/gu, (first) =>
    letterByLetter(first, (letter) => letter.toUpperCase()),
  );
}

/** Go makes one letter of one; where there is no such letter, as for "ß", it stays, and İ is the small i. */
function letterByLetter(value: string, change: (letter: string) => string): string {
  return Array.from(value, (letter) => {
    const changed = letter === "İ" ? change("I") : change(letter);
    return Array.from(changed).length === 1 ? changed : letter;
  }).join("");
}

/** url.QueryEscape. */
function queryEscaped(value: string): string {
  const hex = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(value)
    .replace(/[!'()*]/g, hex)
    .replaceAll("%20", "+");
}

/** template.JSEscapeString. */
function escapedJs(value: string): string {
  return value
    .replace(/[\\'"]/g, (sign) => `\\${sign}`)
    .replace(/[<>&=\p{Cc}]/gu, (sign) => {
      return `\\u${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    });
}

function missingValue(name: string): never {
  throw new TemplateError(`${name} takes a value`);
}

interface Host {
  readonly host: string;
  readonly port: string;
}

/** net.SplitHostPort; undefined for what is none. */
function hostOf(value: string): Host | undefined {
  const match = /^(?:\[([^[\]]*)\]|([^[\]:]*)):([^[\]:]*)$/.exec(value);
  return match === null ? undefined : { host: match[1] ?? match[2] ?? "", port: match[3] ?? "" };
}

/** An octet has no zeros in front. */
const ADDRESS = /^(?:(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])(?:\.(?!$)|$)){4}$/;

function withoutDomain(value: string): string {
  const { host, port } = hostOf(value) ?? { host: value, port: "" };
  if (ADDRESS.test(host) || host.includes(":")) return value;
  const [first = ""] = host.split(".");
  return port === "" ? first : `${first}:${port}`;
}

function escapedHtml(value: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&#34;",
    "'": "&#39;",
  };
  return value.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
