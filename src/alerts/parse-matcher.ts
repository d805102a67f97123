/** A matcher as people write it for Alertmanager -> SilenceMatcher, or what is wrong with it. */

import { canJudge, type SilenceMatcher } from "./silence.ts";

export type MatcherResult =
  | { readonly kind: "matcher"; readonly matcher: SilenceMatcher }
  | { readonly kind: "problem"; readonly problem: string };

/** `name = value`, where the name and the value may be in quotes; a value in quotes has escapes. */
const MATCHER =
  /^(?:([a-zA-Z_][\w.]*)|"((?:[^"\\]|\\.)+)")\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|([^"\s]*))$/s;

/**
 * One matcher as people and Alertmanager write it; a problem is the end of a sentence that begins with the
 * text.
 */
export function parseMatcher(text: string): MatcherResult {
  const match = MATCHER.exec(text.trim());
  if (match === null) {
    return {
      kind: "problem",
      problem: 'is not a matcher such as severity="critical" or team=~"db|web"',
    };
  }
  const [, bareName = "", quotedName, operator = "=", quotedValue, bareValue = ""] = match;
  const matcher: SilenceMatcher = {
    name: quotedName === undefined ? bareName : unescaped(quotedName),
    value: quotedValue === undefined ? bareValue : unescaped(quotedValue),
    isRegex: operator.endsWith("~"),
    isEqual: operator.startsWith("="),
  };
  return canJudge([matcher])
    ? { kind: "matcher", matcher }
    : { kind: "problem", problem: "holds a pattern that is not a regular expression of RE2" };
}

/** `\n`, `\"` and `\\`, as in Alertmanager's labels. */
function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, (_, each: string) => (each === "n" ? "\n" : each));
}
