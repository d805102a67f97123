/**
 * Prometheus' regular expressions (RE2, https://github.com/google/re2/wiki/Syntax) as JavaScript's.
 *
 * The two agree on nearly all that people write. What differs is rewritten here (inline flags, named
 * groups, POSIX classes, \s, \A, \z, \Q…\E, escapes of single characters); what has no counterpart,
 * or means something else in JavaScript, is refused by its name instead of being matched differently.
 */

/** Thrown for a pattern that is no valid RE2, or that cannot be expressed here. */
export class PatternError extends Error {
  override readonly name = "PatternError";
}

/** The blank characters of RE2's \s; JavaScript's \s has Unicode's spaces and \v as well. */
const BLANKS = "\\t\\n\\f\\r ";

const POSIX_CLASSES: ReadonlyMap<string, string> = new Map([
  ["alnum", "0-9A-Za-z"],
  ["alpha", "A-Za-z"],
  ["ascii", "\\x00-\\x7F"],
  ["blank", "\\t "],
  ["cntrl", "\\x00-\\x1F\\x7F"],
  ["digit", "0-9"],
  ["graph", "!-~"],
  ["lower", "a-z"],
  ["print", " -~"],
  ["punct", "!-\\/:-@\\[-`\\{-~"],
  ["space", "\\t\\n\\v\\f\\r "],
  ["upper", "A-Z"],
  ["word", "0-9A-Za-z_"],
  ["xdigit", "0-9A-Fa-f"],
]);

/** Single characters behind a backslash that both write the same way. */
const SAME_ESCAPES = /^[dDwWbBfnrtv]$/;
const PUNCTUATION = /^[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]$/;
const SYNTAX_CHARACTERS = /[\^$\\.*+?()[\]{}|/]/g;
const REPETITION = /^\{\d+(?:,\d*)?\}/;
/** RE2 refuses more repetitions than this. */
const MAX_REPETITIONS = 1000;

/** A test for whole values: as in Prometheus, the pattern is anchored at both ends. */
export function compilePattern(pattern: string): RegExp {
  const translated = translate(pattern);
  try {
    return new RegExp(`^(?:${translated})$`, "u");
  } catch (cause) {
    throw new PatternError(`"${pattern}" is not a regular expression`, { cause });
  }
}

/** The pattern in JavaScript's syntax, for the "u" flag. */
function translate(pattern: string): string {
  let rest = pattern;
  let out = "";
  while (rest !== "") {
    const [taken, written] = translateNext(rest);
    out += written;
    rest = rest.slice(taken);
  }
  return out;
}

/** How many characters of the pattern were read, and what they become. */
type Step = readonly [taken: number, written: string];

function translateNext(rest: string): Step {
  const first = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  switch (first) {
    case "\\":
      return translateEscape(rest);
    case "[":
      return translateClass(rest);
    case "(":
      return translateGroup(rest);
    case "{":
      return translateBrace(rest);
    case ".":
      return [1, "[^\\n]"];
    case "]":
    case "}":
      return [1, `\\${first}`];
    default:
      return [first.length, first];
  }
}

function translateEscape(rest: string): Step {
  const character = String.fromCodePoint(rest.codePointAt(1) ?? 0);
  if (character === "Q") {
    const end = rest.indexOf("\\E");
    const literal = rest.slice(2, end < 0 ? undefined : end);
    return [end < 0 ? rest.length : end + 2, literal.replace(SYNTAX_CHARACTERS, "\\$&")];
  }
  if (character === "A" || character === "z") {
    return [2, character === "A" ? "^" : "$"];
  }
  return translateCharacterEscape(rest, character, false);
}

/** An escape that stands for characters; inside of brackets there are fewer of them. */
function translateCharacterEscape(rest: string, character: string, inClass: boolean): Step {
  if (character === "s") {
    return [2, inClass ? BLANKS : `[${BLANKS}]`];
  }
  if (character === "S" && !inClass) {
    return [2, `[^${BLANKS}]`];
  }
  if (character === "a") {
    return [2, "\\x07"];
  }
  if (SAME_ESCAPES.test(character) && !(inClass && /[bB]/.test(character))) {
    return [2, `\\${character}`];
  }

  const code = /^\\(?:x([0-9a-fA-F]{2})|x\{([0-9a-fA-F]{1,6})\}|(0[0-7]{0,2}|[1-7][0-7]{2}))/.exec(
    rest,
  );
  if (code !== null) {
    const value =
      code[3] === undefined
        ? Number.parseInt(code[1] ?? code[2] ?? "", 16)
        : Number.parseInt(code[3], 8);
    return [code[0].length, `\\u{${value.toString(16)}}`];
  }
  const property = /^\\[pP](?:\{\^?\w+\}|\w)/.exec(rest);
  if (property !== null) {
    return [property[0].length, unicodeProperty(property[0])];
  }
  if (PUNCTUATION.test(character)) {
    return [2, inClass ? literallyInClass(character) : literally(character)];
  }
  throw new PatternError(
    `the escape "${rest.slice(0, 2)}" is not supported in regular expressions`,
  );
}

/** \pL, \p{Greek}, \p{^Greek}: general categories and scripts. */
function unicodeProperty(property: string): string {
  const name = property.replace(/^\\[pP]\{?\^?|\}$/g, "");
  const negated = property.startsWith("\\P") !== property.includes("^");
  const value = name.length <= 2 ? name : `Script=${name}`;
  return `\\${negated ? "P" : "p"}{${value}}`;
}

function translateClass(rest: string): Step {
  const open = rest.startsWith("[^") ? "[^" : "[";
  let at = open.length;
  let out = open;
  do {
    const [taken, written] = translateClassMember(rest.slice(at), at === open.length);
    out += written;
    at += taken;
  } while (at < rest.length && rest[at] !== "]");
  if (at >= rest.length) {
    throw new PatternError(`"${rest}" is a class of characters that is not closed`);
  }
  return [at + 1, `${out}]`];
}

function translateClassMember(rest: string, isFirst: boolean): Step {
  const posix = /^\[:(\^?)(\w+):\]/.exec(rest);
  if (posix !== null) {
    const members = POSIX_CLASSES.get(posix[2] ?? "");
    if (members === undefined || posix[1] === "^") {
      throw new PatternError(`the class "${posix[0]}" is not supported in regular expressions`);
    }
    return [posix[0].length, members];
  }

  const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  if (character === "\\") {
    return translateCharacterEscape(rest, String.fromCodePoint(rest.codePointAt(1) ?? 0), true);
  }
  if (character === "-") {
    // A hyphen between two members makes a range of them, at either end it is itself.
    return [1, isFirst || rest[1] === "]" ? "\\-" : "-"];
  }
  return [character.length, literallyInClass(character)];
}

function translateGroup(rest: string): Step {
  const named = /^\(\?P?<([A-Za-z_]\w*)>/.exec(rest);
  if (named !== null) {
    return [named[0].length, `(?<${named[1]}>`];
  }
  if (!rest.startsWith("(?")) {
    return [1, "("];
  }
  if (rest.startsWith("(?:")) {
    return [3, "(?:"];
  }

  const flags = /^\(\?([a-zA-Z]*)(-[a-zA-Z]+)?([:)])/.exec(rest);
  const set = flags?.[1] ?? "";
  const unset = flags?.[2] ?? "";
  if (flags === null || /[^i]/.test(set) || /[^-ims]/.test(unset) || set + unset === "") {
    throw new PatternError(`"${rest.slice(0, 4)}" is not supported in regular expressions`);
  }
  // Off is the default of every flag, so only switching "i" on or off changes anything.
  const modifiers = `(?${set === "" ? "" : "i"}${unset.includes("i") && set === "" ? "-i" : ""}:`;
  return flags[3] === ":"
    ? [flags[0].length, modifiers]
    : scopedFlags(rest, flags[0].length, modifiers);
}

/**
 * Flags without a colon hold up to the end of the group that they stand in, in every alternative:
 * `x(?i)y|z` is `x(?i:y)|(?i:z)`.
 */
function scopedFlags(rest: string, taken: number, modifiers: string): Step {
  const alternatives = [""];
  let at = taken;
  while (at < rest.length && rest[at] !== ")") {
    const end = rest[at] === "(" ? groupEnd(rest, at + 1) : at + memberLength(rest.slice(at));
    if (rest[at] === "|") {
      alternatives.push("");
    } else {
      alternatives.push((alternatives.pop() ?? "") + rest.slice(at, end));
    }
    at = end;
  }
  return [at, alternatives.map((text) => `${modifiers}${translate(text)})`).join("|")];
}

/** The position behind the parenthesis that closes the group around `from`, or the pattern's end. */
function groupEnd(pattern: string, from: number): number {
  let at = from;
  while (at < pattern.length && pattern[at] !== ")") {
    at = pattern[at] === "(" ? groupEnd(pattern, at + 1) : at + memberLength(pattern.slice(at));
  }
  return at + 1;
}

/** The length of an escape, a class or a character, which may hold parentheses that open nothing. */
function memberLength(rest: string): number {
  return rest.startsWith("\\") || rest.startsWith("[") ? translateNext(rest)[0] : 1;
}

/** A brace that is no repetition is an ordinary character in RE2. */
function translateBrace(rest: string): Step {
  const repetition = REPETITION.exec(rest)?.[0];
  if (repetition === undefined) {
    return [1, "\\{"];
  }
  if ((repetition.match(/\d+/g) ?? []).some((count) => Number(count) > MAX_REPETITIONS)) {
    throw new PatternError(`"${repetition}" repeats too often for a regular expression`);
  }
  return [repetition.length, repetition];
}

function literally(character: string): string {
  return character.replace(SYNTAX_CHARACTERS, "\\$&");
}

function literallyInClass(character: string): string {
  return character === "-" ? "\\-" : literally(character);
}
