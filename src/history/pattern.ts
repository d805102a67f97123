/**
 * Patterns that people and other systems write, matched in time that grows with the text alone.
 *
 * JavaScript's own engine tries again and again (backtracking): one pattern in a chat message, a rule
 * or a silence could keep it busy for hours. RE2 cannot be kept so
 * (https://github.com/google/re2/wiki/WhyRE2), and it is what Prometheus and Alertmanager use, so a
 * pattern means the same here. What is mere text is compared, which is far quicker still.
 */
import { RE2JS } from "re2js";

/** Thrown for a pattern that is no valid RE2, with the reason. */
export class PatternError extends Error {
  override readonly name = "PatternError";
}

/** A pattern that matches values as a whole: as in Prometheus, it is anchored at both ends. */
export interface Pattern {
  readonly test: (value: string) => boolean;
  /** The value with its groups, for references in a replacement; null when it does not match. */
  readonly exec: (value: string) => RegExpExecArray | null;
}

/** A pattern that is searched for anywhere in a text. */
export interface FreePattern {
  readonly isIn: (text: string) => boolean;
  /** In the replacement `$1` and `${name}` stand for groups; one that is not there is empty. */
  readonly replaceAll: (text: string, by: string) => string;
}

/** Reads a pattern without anchors. Throws a PatternError for one that is no valid RE2, or too long. */
export function compileFreePattern(pattern: string): FreePattern {
  if (pattern.length > MAX_LENGTH) {
    throw new PatternError(`a regular expression has at most ${MAX_LENGTH} characters`);
  }
  const free = compiled(pattern);
  return {
    isIn: (text) => free.matcher(text).find(),
    replaceAll: (text, by) => replaced(free, text, by),
  };
}

/** Far more than people write; only lists of names are longer, and those need no engine. */
const MAX_LENGTH = 16_384;

/** Label values are few and come again with every series. */
const MAX_REMEMBERED = 4_096;

/** Reads a pattern. Throws a PatternError for one that is no valid RE2, or too long. */
export function compilePattern(pattern: string): Pattern {
  const test = literalTest(pattern) ?? engineTest(pattern);
  let anchored: RE2JS | undefined;
  return {
    test,
    exec: (value) => {
      anchored ??= compiled(`^(?:${pattern})$`);
      return anchored.exec(value) as RegExpExecArray | null;
    },
  };
}

function engineTest(pattern: string): (value: string) => boolean {
  if (pattern.length > MAX_LENGTH) {
    throw new PatternError(`a regular expression has at most ${MAX_LENGTH} characters`);
  }
  // Compiled alone: inside of the anchors, a stray parenthesis could close their group.
  const whole = compiled(pattern);
  return remembering((value) => whole.testExact(value));
}

/** `$1`, `${1}`, `$name`, and `$$` for a dollar, as Go's Expand reads them: the longest name counts. */
const REFERENCE = /\$(?:(\$)|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu;

function replaced(pattern: RE2JS, text: string, by: string): string {
  const names = pattern.namedGroups();
  const matcher = pattern.matcher(text);
  let [written, from] = ["", 0];
  while (matcher.find()) {
    const groupOf = (name: string): string => {
      const number = /^\d+$/.test(name) ? Number(name) : names[name];
      const isThere = number !== undefined && number <= matcher.groupCount();
      return isThere ? (matcher.group(number) ?? "") : "";
    };
    // To Go nothing is no match right behind another one.
    if (matcher.end() === from && matcher.start() > 0) continue;
    written += text.slice(from, matcher.start());
    written += by.replace(REFERENCE, (_, dollar?: string, braced?: string, bare?: string) =>
      dollar === undefined ? groupOf(braced ?? bare ?? "") : "$",
    );
    from = matcher.end();
  }
  return written + text.slice(from);
}

function compiled(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : "it cannot be read";
    const short = pattern.length > 80 ? `${pattern.slice(0, 80)}…` : pattern;
    throw new PatternError(
      `"${short}" is not a regular expression: ${reason.replace("error parsing regexp: ", "")}`,
      { cause },
    );
  }
}

function remembering(test: (value: string) => boolean): (value: string) => boolean {
  const known = new Map<string, boolean>();
  return (value) => {
    const found = known.get(value);
    if (found !== undefined) return found;
    if (known.size >= MAX_REMEMBERED) known.clear();
    const matches = test(value);
    known.set(value, matches);
    return matches;
  };
}

/**
 * Text, with what may stand before and behind it: nothing, `.*`, or `.+` on one side. RE2 takes a backslash
 * before signs of ASCII alone.
 */
const LITERAL = /^(\.\*|\.\+)?((?:[\w :\-/,@#%&=~'"<>!;]|\\[!-/:-@[-^`{-~])*)(\.\*|\.\+)?$/;

/** A test without an engine for alternatives of text, or undefined where the pattern says more. */
function literalTest(pattern: string): ((value: string) => boolean) | undefined {
  const values = new Set<string>();
  const tests: ((value: string) => boolean)[] = [];
  for (const alternative of pattern.split(/(?<!\\)\|/)) {
    const parts = LITERAL.exec(alternative);
    if (parts === null) return undefined;
    const text = (parts[2] ?? "").replace(/\\(.)/g, "$1");
    if (parts[1] === undefined && parts[3] === undefined) values.add(text);
    else tests.push(affixTest(text, parts[1], parts[3]));
  }
  return tests.length === 0
    ? (value) => values.has(value)
    : (value) => values.has(value) || tests.some((test) => test(value));
}

/** `.` matches everything but the end of a line, which the text itself never holds. */
function affixTest(
  text: string,
  before: string | undefined,
  behind: string | undefined,
): (value: string) => boolean {
  const least = Number(before === ".+");
  const most = Number(behind === ".+");
  const found = (value: string): boolean => {
    if (before === undefined) return value.startsWith(text);
    if (behind === undefined) return value.endsWith(text);
    return value.slice(least, value.length - most).includes(text);
  };
  return (value) =>
    value.length >= least + text.length + most && !value.includes("\n") && found(value);
}
