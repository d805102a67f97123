/**
 * YAML with a mistake in it -> all of it that can be read. A parser gives a text up at its first mistake, and
 * one missing quote would cost the words of a hundred sections. So a text that is refused is cut at its keys,
 * and at the items of its lists, and only what is refused by itself is left out.
 */

import { LineCounter, parseDocument } from "yaml";
import { yamlOffsetOf } from "./yaml-offsets.ts";
import { joinTwins } from "./yaml-twins.ts";

/** A part of a text that is no YAML. */
type YamlMistake = {
  /** Counted from 1. */
  line: number;
  /** The keys that lead to it. */
  path: readonly string[];
  reason: string;
};

/** What could be read of a text, and what could not. */
export type YamlPiece = {
  value: unknown;
  /** The line of the deepest part of the path that there is, counted from 1. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
  mistakes: readonly YamlMistake[];
};

/** A text, and where it stands in the whole one. */
type YamlPart = {
  text: string;
  line: number;
  path: readonly string[];
  patience: { left: number };
};

/** A text with more was not meant to be YAML; what follows them is not read. */
const MOST_MISTAKES = 200;

/** Never throws. A text that is right has no mistakes. */
export function readYamlPieces(text: string): YamlPiece {
  return readPart({ text, line: 1, path: [], patience: { left: MOST_MISTAKES } });
}

function readPart(part: YamlPart): YamlPiece {
  const whole = parsePart(part);
  if (whole.mistakes.length === 0 || whole.value !== undefined) return whole;
  const keys = cutAtKeys(part);
  if (keys.length > 1) return joinKeys(keys.map(readPart), whole);
  const [only] = keys;
  if (only !== undefined) return readKey(only, whole);
  const items = cutAtDashes(part);
  return items.length > 0 ? joinItems(items.map(readPart)) : whole;
}

/** The text by itself; its value is undefined when the parser refuses it. */
function parsePart({ text, line, path, patience }: YamlPart): YamlPiece {
  if (patience.left <= 0) return { value: undefined, lineOf: () => line, mistakes: [] };
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    logLevel: "error",
    prettyErrors: false,
    // The library compares each key with all before it: two seconds for ten thousand.
    uniqueKeys: false,
  });
  const lineAt = (offset: number): number => line + Math.max(1, lines.linePos(offset).line) - 1;
  const [error] = document.errors;
  if (error === undefined) {
    try {
      const twice = joinTwins(document.contents);
      const value: unknown = document.toJS();
      const lineOf = (at: readonly PropertyKey[]): number =>
        lineAt(yamlOffsetOf(document.contents, at));
      const mistakes = twice.map((each) => ({
        line: lineAt(each.offset),
        path: [...path, ...each.path],
        reason: "Map keys must be unique",
      }));
      return { value, lineOf, mistakes };
    } catch (thrown) {
      // YAML aliases can blow a few lines up to gigabytes; the library's own limit throws.
      return refusedPart({ line, path, reason: firstLine(String(thrown)) });
    }
  }
  patience.left -= 1;
  return refusedPart({ line: lineAt(error.pos[0]), path, reason: firstLine(error.message) });
}

function refusedPart(mistake: YamlMistake): YamlPiece {
  return { value: undefined, lineOf: () => mistake.line, mistakes: [mistake] };
}

/** A key at the very start of a line; a text in quotes may be one. */
const KEY = /^("[^"]*"|'[^']*'|[^\s#"'[\]{},-][^#]*?):(?=\s|$)/;

/** The parts that begin with a key at the start of a line, each with all that follows it. */
function cutAtKeys({ text, line, ...part }: YamlPart): YamlPart[] {
  return cutAt(text, (each) => KEY.test(each)).map(({ text: own, line: at }) => ({
    text: own,
    line: line + at,
    ...part,
  }));
}

/** The items of a list, a line of its own each, without their dashes. */
function cutAtDashes({ text, line, ...part }: YamlPart): YamlPart[] {
  return cutAt(text, (each) => each.startsWith("- ")).map(({ text: own, line: at }) => ({
    text: ` ${own.slice(1)}`,
    line: line + at,
    ...part,
  }));
}

function cutAt(text: string, begins: (line: string) => boolean): { text: string; line: number }[] {
  const cut: { lines: string[]; line: number }[] = [];
  for (const [number, line] of text.split("\n").entries()) {
    if (begins(line)) cut.push({ lines: [line], line: number });
    else cut.at(-1)?.lines.push(line);
  }
  return cut.map(({ lines, line }) => ({ text: lines.join("\n"), line }));
}

/** One key whose value has the mistake: what stands below it, or between its brackets. */
function readKey({ text, line, path, patience }: YamlPart, whole: YamlPiece): YamlPiece {
  const [head = "", written = ""] = KEY.exec(text) ?? [];
  const name = written.replace(/^["']|["']$/g, "");
  const inside = { line, path: [...path, name], patience };
  const value = readValue({ ...inside, text: text.slice(head.length) });
  const own = whole.mistakes.map((each) => ({ ...each, path: inside.path }));
  if (value === undefined) return { ...whole, mistakes: own };
  const mistakes = value.mistakes.length > 0 ? value.mistakes : own;
  return keyed(name, { ...value, mistakes }, line);
}

/** What stands behind a key's colon; undefined when there is nothing to cut. */
function readValue(part: YamlPart): YamlPiece | undefined {
  const [first = "", ...below] = part.text.split("\n");
  if (/^\s*\[/.test(first)) return readFlowList(part);
  const isBelow = /^\s*(?:#.*)?$/.test(first) && below.some((each) => each.trim() !== "");
  return isBelow ? readPart({ ...part, line: part.line + 1, text: outdented(below) }) : undefined;
}

function outdented(lines: readonly string[]): string {
  const indent = lines.reduce(
    (least, line) => (line.trim() === "" ? least : Math.min(least, line.search(/\S/))),
    Number.POSITIVE_INFINITY,
  );
  return lines.map((line) => line.slice(indent)).join("\n");
}

/** A text in quotes up to the next comma, or anything up to it. */
const ITEM = /\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]*)\s*(?:,|$)/gy;

/** A list whose quotes may be open is cut by hand: of one that is longer nobody can tell which. */
const MOST_LETTERS = 20_000;

/** `[a, "b, c]` -> a and c; "b is the mistake. */
function readFlowList({ text, line, path, patience }: YamlPart): YamlPiece | undefined {
  if (text.length > MOST_LETTERS) return undefined;
  const inner = text.replace(/^\s*\[/, "").replace(/\]?\s*(?:#[^\n]*)?\s*$/, "");
  const items: YamlPiece[] = [];
  for (const { 0: all, 1: own = "", index } of inner.matchAll(ITEM)) {
    if (all === "") break;
    if (own.trim() === "") continue;
    const at = line + inner.slice(0, index).split("\n").length - 1;
    const item = parsePart({
      text: `[${own}]`,
      line: at,
      path: [...path, own.trim().slice(0, 60)],
      patience,
    });
    const [value] = Array.isArray(item.value) ? item.value : [];
    items.push({ ...item, value: item.mistakes.length > 0 ? undefined : value, lineOf: () => at });
  }
  return joinItems(items);
}

function keyed(name: string, { value, lineOf, mistakes }: YamlPiece, line: number): YamlPiece {
  return {
    value: value === undefined ? {} : { [name]: value },
    lineOf: ([key, ...rest]) => (key === name && rest.length > 0 ? lineOf(rest) : line),
    mistakes,
  };
}

function joinItems(items: readonly YamlPiece[]): YamlPiece {
  const read = items.filter(({ value }) => value !== undefined);
  const first = items[0]?.lineOf([]) ?? 1;
  return {
    value: read.length === 0 ? undefined : read.map(({ value }) => value),
    lineOf: ([key, ...rest]) => read[Number(key)]?.lineOf(rest) ?? first,
    mistakes: items.flatMap(({ mistakes }) => mistakes),
  };
}

function joinKeys(pieces: readonly YamlPiece[], whole: YamlPiece): YamlPiece {
  const mistakes = pieces.flatMap((piece) => piece.mistakes);
  const owners = new Map<PropertyKey, YamlPiece>();
  const values = new Map<string, unknown>();
  for (const piece of pieces) {
    for (const [key, value] of Object.entries(isRecord(piece.value) ? piece.value : {})) {
      if (!owners.has(key)) owners.set(key, piece);
      values.set(key, merged(values.get(key), value));
    }
  }
  return {
    value: Object.fromEntries(values),
    lineOf: (path) => (owners.get(path[0] ?? "") ?? pieces[0])?.lineOf(path) ?? 1,
    mistakes: mistakes.length > 0 ? mistakes : whole.mistakes,
  };
}

/** A key that stands twice has what both say. */
function merged(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) return [...one, ...other];
  if (!isRecord(one) || !isRecord(other)) return other ?? one;
  const both = new Map(Object.entries(one));
  for (const [key, value] of Object.entries(other)) both.set(key, merged(both.get(key), value));
  return Object.fromEntries(both);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
