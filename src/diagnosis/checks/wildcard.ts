/**
 * Wildcards over names and label values, in time proportional to both lengths.
 *
 * People's patterns meet a stranger's label values here, so regular expressions are not used: one
 * with nested repetition could stop the process for minutes.
 */

/** One character as it is, any one character, or any run of characters. */
type Token = { readonly char: string } | "any" | "run";

export type Wildcard = readonly Token[];

/** A shell's pattern: `*` is any run, `?` any one character. */
export function globWildcard(glob: string): Wildcard {
  return Array.from(glob, (char) => (char === "*" ? "run" : char === "?" ? "any" : { char }));
}

/**
 * The alternatives of a simple regular expression: literal text, `.`, `.*`, `.+`, `|` and escaped
 * characters. Undefined for anything beyond that.
 */
export function simpleRegex(source: string): readonly Wildcard[] | undefined {
  const alternatives: Token[][] = [[]];
  let rest = source;
  while (rest !== "") {
    const part = /^(?:\.\*|\.\+|\\[^A-Za-z0-9]|[^\\*+?()[\]{}^$])/u.exec(rest)?.[0];
    if (part === undefined) return undefined;
    rest = rest.slice(part.length);
    if (part === "|") alternatives.push([]);
    else alternatives.at(-1)?.push(...tokensOf(part));
  }
  return alternatives;
}

function tokensOf(part: string): Token[] {
  switch (part) {
    case ".":
      return ["any"];
    case ".*":
      return ["run"];
    case ".+":
      return ["any", "run"];
    default:
      return [{ char: part.startsWith("\\") ? part.slice(1) : part }];
  }
}

/** Whether the whole text matches. Falls back to the last run only, which is enough and linear. */
export function matchesWildcard(wildcard: Wildcard, text: string): boolean {
  const chars = Array.from(text);
  let at = 0;
  let token = 0;
  let runToken = -1;
  let runAt = 0;
  while (at < chars.length) {
    const wanted = wildcard[token];
    if (wanted === "run") {
      runToken = token++;
      runAt = at;
    } else if (wanted === "any" || (wanted !== undefined && wanted.char === chars[at])) {
      token++;
      at++;
    } else if (runToken >= 0) {
      token = runToken + 1;
      at = ++runAt;
    } else return false;
  }
  return wildcard.slice(token).every((each) => each === "run");
}
