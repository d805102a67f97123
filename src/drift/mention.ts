/** A name that one of our files uses, with the place where it stands. */

import type { TableFact } from "./read-tables.ts";

/**
 * What kind of text a name stands in. Prose and output (what a program prints) may speak of names
 * that do not exist; everything else is run by somebody.
 */
export type MentionPlace =
  | "prose"
  | "output"
  | "config"
  | "command"
  | "promql"
  | "rule"
  | "dashboard"
  | "check";

export interface MentionSource {
  /** The path from the repository's root, with `/` between its parts. */
  readonly file: string;
  readonly line: number;
  readonly place: MentionPlace;
  /** Whether the text around it says that only some builds record such a metric. */
  readonly hedged: boolean;
}

export type MentionedName =
  /** `family` when only the beginning of the name is written, as in `streamline_s3_*`. */
  | { readonly kind: "metric"; readonly name: string; readonly family: boolean }
  | { readonly kind: "endpoint"; readonly method?: string | undefined; readonly path: string }
  /** An option of the server, or, where no program is named, of any of its programs. */
  | { readonly kind: "option"; readonly flag: string; readonly of: "server" | "any" }
  | { readonly kind: "variable"; readonly name: string; readonly family: boolean }
  /** `[section] key` of the configuration file. */
  | { readonly kind: "file-key"; readonly key: string }
  /** What follows `streamline-cli`, values included. */
  | { readonly kind: "command"; readonly words: readonly string[] }
  | { readonly kind: "alert"; readonly name: string }
  | { readonly kind: "table"; readonly fact: TableFact }
  | { readonly kind: "link"; readonly target: string }
  | { readonly kind: "expression"; readonly text: string; readonly mode: ExpressionMode };

/**
 * How strictly PromQL is read: a query that somebody runs; a bare series, as tests and checks list
 * them; or code in prose, which may be a shorthand and counts only where it can be parsed.
 */
export type ExpressionMode = "query" | "series" | "loose";

export type Mention = MentionSource & MentionedName;

/** How a text says that a metric is not there on every server. */
const HEDGE = /\bbuilds?\b[^.]*\brecords?\b|\bnever (?:appears?|recorded)\b/i;

/** Whether the text says itself that what it names may be missing. */
export function isHedged(text: string): boolean {
  return HEDGE.test(text);
}

/** The alerts that a matcher on `alertname` names, as configurations and commands write it. */
export function alertnamesIn(text: string): string[] {
  const found = text.matchAll(/\balertname\s*=~?\s*"?([A-Za-z][\w|]*)/g);
  return [...found].flatMap((match) => (match[1] ?? "").split("|"));
}
