/** The YAML file -> its values, or every problem in it with its path. */

import {
  type Document,
  isCollection,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type YAMLError,
  type YAMLWarning,
} from "yaml";
import type { z } from "zod";
import { nearestNames } from "../spelling/nearest-names.ts";
import type { ConfigProblem } from "./config.ts";
import { KEY_TEXTS } from "./config-key-texts.ts";
import { crossProblems, field } from "./cross-problems.ts";
import { type FileConfig, fileSchema } from "./file-schema.ts";

export interface ParsedFile {
  readonly value?: FileConfig;
  /** Known even when the rest of the file is wrong; undefined when nobody can tell. */
  readonly slackMode?: "socket" | "http";
  readonly problems: readonly ConfigProblem[];
}

const PLACE = "(file)";
const LONGEST_QUOTE = 60;

/** Checks the file's text, undefined when there is none; never throws. */
export function parseConfigFile(yaml: string | undefined): ParsedFile {
  if (yaml === undefined) {
    return { problems: [{ path: PLACE, message: "there is no configuration file" }] };
  }
  try {
    return parseText(yaml);
  } catch (error) {
    // The parser calls itself for each level, and runs out of stack.
    if (!(error instanceof RangeError)) throw error;
    return { problems: [{ path: PLACE, message: "it is nested too deeply" }] };
  }
}

function parseText(yaml: string): ParsedFile {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines });
  const broken = yamlProblems(document, lines, yaml);
  return broken.length > 0 ? { problems: broken } : parseValues(document);
}

/** The parser's own sentences speak of YAML's grammar; what to write instead is said here. */
function yamlWords({ code, message }: YAMLError | YAMLWarning, line: string): string {
  const written = line.trim().slice(0, LONGEST_QUOTE);
  if (code === "TAB_AS_INDENT") {
    return `begins with a tab, and YAML takes blanks only: write two blanks for each level: ${written}`;
  }
  if (code === "DUPLICATE_KEY") {
    return `has a key that stands there already: keep one of the two: ${written}`;
  }
  const isOneWord = code === "MISSING_CHAR" || code === "BLOCK_IN_FLOW";
  return isOneWord && /^[^:#[\]{}]*$/.test(written)
    ? `is neither "key: value" nor "- value": ${written}`
    : ownWords(message);
}

/** Without the place, which stands before it. */
function ownWords(message: string): string {
  return message.split(/ at line \d|\n/)[0] ?? message;
}

function yamlProblems(
  document: Document.Parsed,
  lines: LineCounter,
  yaml: string,
): ConfigProblem[] {
  const problemAt = (offset: number, message: string): ConfigProblem => ({
    path: `${PLACE} line ${lines.linePos(offset).line}`,
    message,
  });
  const lineAt = (offset: number): string =>
    yaml.split(/\r?\n/)[lines.linePos(offset).line - 1] ?? "";
  // One mistake often breaks what follows it in the same line, too.
  const found = [...document.errors, ...document.warnings];
  const firstOfLine = new Map(
    found.toReversed().map((problem) => [lines.linePos(problem.pos[0]).line, problem]),
  );
  const problems = found
    .filter((problem) => firstOfLine.get(lines.linePos(problem.pos[0]).line) === problem)
    .map((problem) => problemAt(problem.pos[0], yamlWords(problem, lineAt(problem.pos[0]))));
  visit(document, {
    Pair(_, { key }) {
      // As an object's key it would be passed over instead of refused.
      if (isScalar(key) && key.value === "__proto__") {
        problems.push(problemAt(key.range?.[0] ?? 0, "__proto__ is not a known key"));
      }
      // Unfolded it would be written out whole, into a warning of the parser's own.
      if (isCollection(key)) {
        problems.push(
          problemAt(key.range?.[0] ?? 0, "a key must be a word, and is a list or a map"),
        );
      }
    },
  });
  return problems;
}

function parseValues(document: Document.Parsed): ParsedFile {
  let raw: unknown;
  try {
    raw = document.toJS() ?? {};
  } catch (error) {
    // Aliases that refer to aliases, which would unfold without end.
    const message = error instanceof Error ? error.message : String(error);
    return { problems: [{ path: PLACE, message }] };
  }
  const mode = fileSchema.shape.slack.safeParse(field(raw, "slack"));
  const slackMode = mode.success ? { slackMode: mode.data.mode } : {};
  const parsed = fileSchema.safeParse(raw, { error: messageOf });
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap(problemsOfIssue);
    return { ...slackMode, problems: [...problems, ...crossProblems(raw)] };
  }
  return { ...slackMode, value: parsed.data, problems: crossProblems(raw) };
}

const EXPECTATIONS: ReadonlyMap<string, string> = new Map([
  ["array", "must be a list"],
  ["object", "must hold keys with values"],
  ["record", "must hold keys with values"],
]);

/** Our own words where zod's would speak of types. */
function messageOf(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== "invalid_type") return undefined;
  if (issue.input === undefined) return "is missing";
  return issue.expected === "string"
    ? textInsteadOf(issue.input)
    : EXPECTATIONS.get(issue.expected);
}

/** `channel: #incidents` is nothing at all: what follows the # is a remark. */
function textInsteadOf(input: unknown): string {
  if (input === null) return "is empty; a value that begins with # needs quotes";
  return typeof input === "object" ? "must be text" : "must be text; put a number in quotes";
}

function problemsOfIssue(issue: z.core.$ZodIssue): ConfigProblem[] {
  const path = pathText(issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: pathText([...issue.path, key]),
      message: `is not a known key${meantKey(issue.path, key)}`,
    }));
  }
  if (issue.code === "invalid_key") return [{ path, message: "is not the name of a label" }];
  if (issue.code === "invalid_value") {
    return [{ path, message: `must be one of ${issue.values.map(String).join(", ")}` }];
  }
  return [{ path, message: issue.message }];
}

/** The key of the same place that was most likely meant. */
function meantKey(path: readonly PropertyKey[], key: string): string {
  const place = pathText(path).replace(/\[\d+\]/g, "[]");
  const before = path.length === 0 ? "" : `${place}.`;
  const siblings = Object.keys(KEY_TEXTS).flatMap((known) => {
    const name = known.startsWith(before) ? known.slice(before.length) : "";
    return /^\w+$/.test(name) ? [name] : [];
  });
  const [near] = nearestNames(key, siblings);
  return near === undefined ? "" : `: did you mean ${near}?`;
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("");
  return text.replace(/^\./, "") || PLACE;
}
