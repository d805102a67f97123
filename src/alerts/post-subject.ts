/**
 * The subject of a post, such as `[FIRING:2] ConsumerLag orders (warning broker-1:9094)`.
 *
 * Alertmanager's and Grafana's default templates write values without their names: first those that
 * the group is formed by, then, in parentheses, those that all of its alerts share; in both,
 * `alertname` comes first when it is there (template `__subject`).
 */

import type { AlertStatus } from "./alert.ts";

export interface PostSubject {
  readonly status: AlertStatus;
  /** How many fire, or are over; 0 when it does not say. */
  readonly count: number;
  /** What stands before the parentheses: the same for all posts of one group. */
  readonly group: string;
  /** Which alert it is; unset when no word of it is known for one or looks like one. */
  readonly name?: string;
  /** The other values. */
  readonly words: readonly string[];
}

const BRACKETED =
  /\[\s{0,9}(FIRING|RESOLVED)\s{0,9}(?::\s{0,9}(\d{1,6}))?\s{0,9}(?:,\s{0,9}RESOLVED\s{0,9}:\s{0,9}\d{1,6}\s{0,9})?\]/i;
/** Without brackets only in capitals: "the issue was resolved" is no alert. */
const BARE = /^\W*\b(FIRING|RESOLVED)\b(?:\s{0,20}[:(]?\s{0,20}(\d{1,6})\b\)?)?/;

/** In other letters only as a heading, "Firing: ConsumerLag", of an alert that a runbook answers. */
const HEADING = /^\W*\b(?:alert\s)?(firing|resolved)\s?[:|–-]\s/i;
/** Slack keeps a picture as its name, `:fire:`; `job:up:sum` is none. */
const EMOJI = /(?<![\w:]):[a-z0-9_+'-]{1,60}:(?![\w:])/g;

/** Undefined for a line that does not say whether something fires or is over. */
export function parseSubject(
  line: string,
  isKnown: (name: string) => boolean,
): PostSubject | undefined {
  const text = line.replace(EMOJI, " ");
  const match = BRACKETED.exec(text) ?? BARE.exec(text);
  if (match !== null) return subjectOf(text, match, isKnown);
  const heading = HEADING.exec(text);
  const subject = heading === null ? undefined : subjectOf(text, heading, isKnown);
  return subject?.name !== undefined && isKnown(subject.name) ? subject : undefined;
}

function subjectOf(
  text: string,
  match: RegExpExecArray,
  isKnown: (name: string) => boolean,
): PostSubject {
  const rest = withoutLink(text.slice(match.index + match[0].length)).replace(/^[\s:|–-]+/, "");
  const { group, shared } = groupAndShared(rest.trim());
  const words = [group, shared].map(wordsOf);
  const name = nameIn(group, words.flat(), isKnown);
  return {
    status: match[1]?.toUpperCase() === "RESOLVED" ? "resolved" : "firing",
    count: Number(match[2] ?? 0),
    group,
    ...(name === undefined ? {} : { name }),
    words: words.flat().filter((word) => word !== name),
  };
}

/** Some templates write an address behind a bar. */
function withoutLink(text: string): string {
  const bar = text.lastIndexOf("|");
  const isLink = bar > 0 && /^\s+https?:\S*\s*$/.test(text.slice(bar + 1));
  return isLink && /\s/.test(text.charAt(bar - 1)) ? text.slice(0, bar).trimEnd() : text;
}

/** What stands before the parentheses, and in them. */
function groupAndShared(text: string): { readonly group: string; readonly shared: string } {
  const open = text.endsWith(")") ? text.indexOf("(") : -1;
  if (open === -1) return { group: text, shared: "" };
  return { group: text.slice(0, open).trim(), shared: text.slice(open + 1, -1) };
}

function wordsOf(text: string): string[] {
  return text
    .split(/\s+/)
    .map((word) => word.replace(/^[*_`"']+|(?<![*_`"',:;])[*_`"',:;]+$/g, ""))
    .filter((word) => word !== "");
}

/** `ConsumerLag`, as rules are named. */
const LIKE_A_NAME = /^[A-Z][a-z0-9]+[A-Z][A-Za-z0-9]*$|^[A-Z]{2,}[a-z]\w*$/;
const WORD = /^[A-Za-z]\w*$/;

/** Some rules have names of several words. */
function nameIn(
  group: string,
  words: readonly string[],
  isKnown: (name: string) => boolean,
): string | undefined {
  if (group !== "" && isKnown(group)) return group;
  const found = words.find(isKnown) ?? words.find((word) => LIKE_A_NAME.test(word));
  if (found !== undefined) return found;
  const [first, ...others] = wordsOf(group);
  return first !== undefined && others.length === 0 && WORD.test(first) ? first : undefined;
}
