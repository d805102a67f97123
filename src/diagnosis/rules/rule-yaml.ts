/**
 * The YAML of a rule file, read as Prometheus reads it (gopkg.in/yaml.v3, model/rulefmt): the first
 * document counts, a scalar that stands where a text belongs is that text, and a quoted text may go on
 * at any indentation.
 */

import {
  type CollectionTag,
  type Document,
  LineCounter,
  parseAllDocuments,
  type ScalarTag,
  type YAMLError,
} from "yaml";
import { earlyEnd } from "./early-end.ts";
import { indentQuotedLines } from "./quoted-lines.ts";
import { type RulePart, rulePartsOf } from "./rule-parts.ts";
import { ContentReader } from "./yaml-content.ts";
import { fileOddities, type Oddity, tabOddities } from "./yaml-signs.ts";

interface RuleYaml {
  /** Of the documents that count: the first, and of objects of Kubernetes, which share a file, all. An empty file is "". */
  readonly contents: readonly unknown[];
  /** What Prometheus refuses the file for, though the rest of it was read. */
  readonly oddities: readonly Oddity[];
  /** Where a list or map begins. */
  lineOf(content: unknown): number | undefined;
}

/** Also those that only that parser takes for breaks of a line. */
const LINE_BREAK = /\r\n?|[\u0085\u2028\u2029]/g;
/** What stands on the line that ends the document, which nobody reads. */
const BEHIND_END = /^\.\.\.[ \t]+[^\s#][\s\S]*/m;

/** Throws an UnreadYamlError when nothing can be read. */
export function readRuleYaml(written: string): RuleYaml {
  const text = written.replace(LINE_BREAK, "\n").replace(BEHIND_END, "");
  const read = readWhole(text);
  return read.error === undefined ? contentsOf(read) : withoutBroken(text, read.error);
}

interface WholeText {
  readonly text: string;
  readonly documents: readonly Document.Parsed[];
  readonly error: YAMLError | undefined;
  /** What Prometheus refuses or passes over, though all was read. */
  readonly oddities: readonly Oddity[];
}

/** The first of some ways to read the text that is YAML; else as it is written. */
function readWhole(written: string): WholeText {
  const asWritten = readAsIs(written);
  if (asWritten.error === undefined) return asWritten;
  const indented = readAsIs(indentQuotedLines(written));
  if (indented.error === undefined) return indented;
  return readToEnd(asWritten) ?? readToEnd(indented) ?? asWritten;
}

function readAsIs(text: string): WholeText {
  const documents = documentsOf(text);
  const error = firstError(documents);
  const plain = error === undefined ? text : withPlainQuotes(text, documents);
  return plain === text ? { text, documents, error, oddities: [] } : readAsIs(plain);
}

/** To Prometheus' parser `\\'` in double quotes is the sign alone. */
function withPlainQuotes(text: string, [first]: readonly Document.Parsed[]): string {
  const escapes = (first?.errors ?? [])
    .map(({ pos }) => pos[0])
    .filter((at) => text.startsWith("\\'", at));
  return escapes
    .toSorted((a, b) => b - a)
    .reduce((rest, at) => rest.slice(0, at) + rest.slice(at + 1), text);
}

/** A document that ends early. */
function readToEnd({ text, documents: [document], error }: WholeText): WholeText | undefined {
  const end = error === undefined ? undefined : earlyEnd(text, document, error);
  const read = end?.texts.map(readAsIs).find((each) => each.error === undefined);
  const words = `Prometheus reads nothing from here on: ${end?.words}`;
  return read === undefined ? undefined : { ...read, oddities: [{ line: end?.line, words }] };
}

/** Nothing of the file can be read. */
export class UnreadYamlError extends Error {
  readonly line: number | undefined;

  constructor(cause: YAMLError | undefined) {
    super(cause === undefined ? "it is not YAML" : wordsOf(cause));
    this.line = oddityOf(cause, 0).line;
  }
}

type ReadPart = RulePart & WholeText;

/** The file without the rules that are no YAML; if it is none without them either, its rules alone. */
function withoutBroken(text: string, wrong: YAMLError): RuleYaml {
  const lines = text.split("\n");
  const parts = rulePartsOf(lines).map((part): ReadPart => ({ ...part, ...readWhole(part.text) }));
  const lost = parts.filter(({ error }) => error !== undefined);
  const oddities = lost.map(({ from, error }) => oddityOf(error, from));
  const rest = readWhole(withoutLines(lines, lost));
  if (lost.length > 0 && rest.error === undefined) {
    const read = contentsOf(rest);
    return { ...read, oddities: [...oddities, ...read.oddities] };
  }
  const kept = parts.filter(({ error }) => error === undefined);
  if (kept.length === 0) throw new UnreadYamlError(wrong);
  return gathered(kept, [oddityOf(wrong, 0), ...oddities, ...fileOddities(text)]);
}

/** With empty lines in their place: every other one is where it was. */
function withoutLines(lines: readonly string[], parts: readonly RulePart[]): string {
  const rest = [...lines];
  for (const { from, to } of parts) rest.fill("", from, to);
  return rest.join("\n");
}

function gathered(parts: readonly ReadPart[], before: readonly Oddity[]): RuleYaml {
  const lines = new WeakMap<object, number>();
  const oddities = [...before];
  const groups = new Map<string, unknown[]>();
  for (const { text, from, group = "without a name", documents } of parts) {
    const counter = lineCounterOf(text);
    // The file goes on behind a part.
    const lineAt = (at: number) => from + counter.linePos(at).line;
    const reader = new ContentReader(`${text}\n`, lineAt, lines);
    const rules = reader.contentOf(documents[0]?.contents);
    oddities.push(...reader.oddities);
    groups.set(group, [...(groups.get(group) ?? []), ...(Array.isArray(rules) ? rules : [])]);
  }
  const content = { groups: Array.from(groups, ([name, rules]) => ({ name, rules })) };
  return { contents: [content], oddities, lineOf: (part) => lineIn(lines, part) };
}

/** Without the place: the line is told before it, and the text around it is none of a sentence. */
function wordsOf({ message }: Error): string {
  return (
    message.split("\n")[0]?.replace(/(?: at line \d+, column \d+)?:?$/, "") ?? "it is not YAML"
  );
}

/** Of a text that begins behind so many lines. */
function oddityOf(error: YAMLError | undefined, before: number): Oddity {
  if (error === undefined) return { line: undefined, words: "it is not YAML" };
  return { line: before + (error.linePos?.[0].line ?? 1), words: wordsOf(error) };
}

const NOTHING_FIRST: Oddity = {
  line: 1,
  words: "the first document is empty, and Prometheus reads no other",
};

function contentsOf({ text, documents, oddities: before }: WholeText): RuleYaml {
  const counter = lineCounterOf(text);
  const lines = new WeakMap<object, number>();
  const oddities = [...before, ...fileOddities(text)];
  const spans: [number, number][] = [];
  const read = (document: Document.Parsed | undefined): unknown => {
    const reader = new ContentReader(text, (offset) => counter.linePos(offset).line, lines);
    const content = document?.contents == null ? "" : reader.contentOf(document.contents);
    oddities.push(...reader.oddities);
    spans.push(...reader.spans);
    return content ?? "";
  };
  const [first, ...others] = documents;
  const content = read(first);
  if (content === "" && others.length > 0) oddities.push(NOTHING_FIRST);
  const contents = isOfKubernetes(content) ? [content, ...others.map(read)] : [content];
  return {
    contents,
    oddities: [...oddities, ...tabOddities(text, spans)],
    lineOf: (part) => lineIn(lines, part),
  };
}

function lineIn(lines: WeakMap<object, number>, part: unknown): number | undefined {
  return typeof part === "object" && part !== null ? lines.get(part) : undefined;
}

function lineCounterOf(text: string): LineCounter {
  const counter = new LineCounter();
  counter.addNewLine(0);
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) {
    counter.addNewLine(at + 1);
  }
  return counter;
}

function isOfKubernetes(content: unknown): boolean {
  return typeof content === "object" && content !== null && "kind" in content;
}

/** Of what Prometheus' parser takes, whatever ours says of it. */
const TAKEN = /^Comments must be separated/;

function firstError([first]: readonly Document.Parsed[]): YAMLError | undefined {
  return first?.errors.find(({ message }) => !TAKEN.test(message));
}

/** `!!binary` is a text in base64. */
const BINARY: ScalarTag = {
  tag: "tag:yaml.org,2002:binary",
  resolve: (base64, onError) => {
    if (!/^[\w+/\s]*={0,2}\s*$/.test(base64)) onError("it is no text in base64");
    return Buffer.from(base64, "base64").toString();
  },
};

/** A set's values are nothing to the parser, and a map's to Prometheus. */
const SET: CollectionTag = { tag: "tag:yaml.org,2002:set", collection: "map", default: false };

/** With the failsafe schema every scalar is a text: `severity: 1` is "1", and `for: 0` is "0". */
function documentsOf(text: string): readonly Document.Parsed[] {
  const documents = parseAllDocuments(text, {
    schema: "failsafe",
    uniqueKeys: false,
    logLevel: "silent",
    customTags: [BINARY, SET],
  });
  return Array.isArray(documents) ? documents : [];
}
