/**
 * What people type after `metrics`: part of a name or a glob, and label matchers if they like.
 *
 *     lag        *_bytes_total       requests{api_key="produce"}       {topic=~"orders|payments"}
 *
 * Not PromQL, in which `*_bytes_total` and `lag` for `…_lag` cannot be said; the matchers are.
 */

import { type Labels, labelValue } from "../exposition/sample.ts";
import { promqlString } from "../promql/literals.ts";
import { globWildcard, matchesWildcard, simpleRegex } from "./checks/wildcard.ts";

export interface SeriesQuery {
  /** The pattern as it was understood. */
  readonly text: string;
  /** The name part; empty matches every name. */
  readonly name: string;
  readonly matchesName: (name: string) => boolean;
  readonly matchers: readonly LabelMatcher[];
}

export interface LabelMatcher {
  readonly label: string;
  /** The same in PromQL, which reads these matchers alike. */
  readonly promql: string;
  readonly matches: (labels: Labels) => boolean;
}

export type ParsedQuery =
  | { readonly kind: "query"; readonly query: SeriesQuery }
  | { readonly kind: "not-understood"; readonly text: string; readonly problem: string };

/** Longer than any sensible pattern; beyond it, something was pasted by mistake. */
const MAX_LENGTH = 500;

const MATCHER =
  /^\s*([A-Za-z_][A-Za-z0-9_]*)\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s",'{}]+))\s*(?:,|$)/;

/** Reads a pattern. Slack turns straight quotes into curly ones and people add backticks; both pass. */
export function parseSeriesQuery(input: string): ParsedQuery {
  const text = input.replace(/[“”„]/g, '"').replace(/[‘’]/g, "'").replace(/`/g, "").trim();
  const problem = (message: string): ParsedQuery => {
    return { kind: "not-understood", text: text.slice(0, MAX_LENGTH), problem: message };
  };
  if (text === "")
    return problem("Say which metric: part of its name, or a pattern such as `*lag*`.");
  if (text.length > MAX_LENGTH)
    return problem(`The pattern is longer than ${MAX_LENGTH} characters.`);

  const parts = /^([^{}\s]*)\s*(?:\{([\s\S]*)\})?$/.exec(text);
  if (parts === null) {
    return problem(
      'Write the pattern as `NAME` or `NAME{label="value"}`, without spaces in the name.',
    );
  }
  const matchers = parseMatchers(parts[2] ?? "");
  if (typeof matchers === "string") return problem(matchers);
  const name = (parts[1] ?? "").toLowerCase();
  return { kind: "query", query: { text, name, matchesName: nameMatcher(name), matchers } };
}

function nameMatcher(name: string): (candidate: string) => boolean {
  if (!/[*?]/.test(name)) return (candidate) => candidate.toLowerCase().includes(name);
  const glob = globWildcard(name);
  return (candidate) => matchesWildcard(glob, candidate.toLowerCase());
}

/** The matchers between the braces, or what is wrong with them. */
function parseMatchers(text: string): LabelMatcher[] | string {
  const matchers: LabelMatcher[] = [];
  let rest = text.trim();
  while (rest !== "") {
    const found = MATCHER.exec(rest);
    if (found === null) return `This label matcher is not understood: ${rest.slice(0, 60)}`;
    const [whole, label = "", operator = "=", double, single, bare] = found;
    const value = double ?? single;
    const matcher = matcherOf(
      label,
      operator,
      value === undefined ? (bare ?? "") : unescaped(value),
    );
    if (typeof matcher === "string") return matcher;
    matchers.push(matcher);
    rest = rest.slice(whole.length).trimStart();
  }
  return matchers;
}

function unescaped(value: string): string {
  return value.replace(/\\(["'])/g, "$1").replace(/\\\\/g, "\\");
}

/** As in PromQL, a label that is not set has the value "", and a regular expression is anchored. */
function matcherOf(label: string, operator: string, value: string): LabelMatcher | string {
  const promql = `${label}${operator}${promqlString(value)}`;
  if (operator === "=" || operator === "!=") {
    return {
      label,
      promql,
      matches: (labels) => (labelValue(labels, label) === value) === (operator === "="),
    };
  }
  const alternatives = simpleRegex(value);
  if (alternatives === undefined) {
    return `The regular expression ${value} is not supported here: only text, \`.\`, \`.*\`, \`.+\` and \`|\`.`;
  }
  return {
    label,
    promql,
    matches: (labels) => {
      const actual = labelValue(labels, label);
      return alternatives.some((each) => matchesWildcard(each, actual)) === (operator === "=~");
    },
  };
}
