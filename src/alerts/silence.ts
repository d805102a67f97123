/** Alertmanager's silences, and what they hide: alerts all of whose labels every matcher takes. */

import type { Labels } from "../exposition/sample.ts";
import { createMatcher } from "../history/matcher.ts";
import { PatternError } from "../history/pattern.ts";

/** A condition on one label, in the words of Alertmanager's API v2. */
export interface SilenceMatcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  /** False turns the condition around. */
  readonly isEqual: boolean;
}

export interface Silence {
  readonly id: string;
  readonly matchers: readonly SilenceMatcher[];
  /** Milliseconds since 1970. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly createdBy: string;
  readonly comment: string;
  readonly state: "active" | "pending" | "expired";
}

/** An alert that Alertmanager holds as not over, muted or not. */
export interface HeldAlert {
  /** Alertmanager's identity of the label set, the same as in its webhook. */
  readonly fingerprint: string;
  readonly labels: Labels;
  /** Ids of the silences that hide it. */
  readonly silencedBy: readonly string[];
}

type Operator = "=" | "!=" | "=~" | "!~";

function operatorOf({ isRegex, isEqual }: SilenceMatcher): Operator {
  if (isRegex) return isEqual ? "=~" : "!~";
  return isEqual ? "=" : "!=";
}

/**
 * A test for what a silence with these matchers hides; a label that an alert does not carry counts
 * as the empty text, as in Alertmanager. Throws a PatternError for a pattern that we cannot judge.
 */
export function hiding(matchers: readonly SilenceMatcher[]): (labels: Labels) => boolean {
  const tests = matchers.map((each) => {
    const { matches } = createMatcher(each.name, operatorOf(each), each.value);
    return { name: each.name, matches };
  });
  return (labels) => tests.every(({ name, matches }) => matches(ownValue(labels, name)));
}

/** Labels come from outside, and may be named like what every object has. */
function ownValue(labels: Labels, name: string): string {
  return Object.hasOwn(labels, name) ? (labels[name] ?? "") : "";
}

export type Unfit =
  | "no-matchers"
  /** Every matcher takes the empty text, so alerts without any of these labels would be hidden. */
  | "matches-nothing-set";

/** Why Alertmanager would refuse such a silence, as it does (silence.go, validateSilence). */
export function unfitness(matchers: readonly SilenceMatcher[]): Unfit | undefined {
  if (matchers.length === 0) return "no-matchers";
  return hiding(matchers)({}) ? "matches-nothing-set" : undefined;
}

/** What is firing now, and which of it belongs to the subject that is to be silenced. */
export interface Firing<Alert> {
  readonly alerts: readonly Alert[];
  readonly isOfSubject: (alert: Alert) => boolean;
}

export interface Hidden<Alert> {
  readonly hidden: readonly Alert[];
  /** Those that do not belong to the subject. */
  readonly others: readonly Alert[];
  /** Nothing that fires now would be left to be seen, although more than the subject fires. */
  readonly isEverything: boolean;
}

/** What the matchers hide of what is firing. */
export function hiddenOf<Alert extends { readonly labels: Labels }>(
  matchers: readonly SilenceMatcher[],
  { alerts, isOfSubject }: Firing<Alert>,
): Hidden<Alert> {
  const hides = hiding(matchers);
  const hidden = alerts.filter(({ labels }) => hides(labels));
  const others = hidden.filter((alert) => !isOfSubject(alert));
  const isEverything = others.length > 0 && hidden.length === alerts.length;
  return { hidden, others, isEverything };
}

/** The text as a pattern that matches it and nothing else (Go's regexp.QuoteMeta). */
export function escapedPattern(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&");
}

/** Whether our own evaluator can judge what these matchers hide. */
export function canJudge(matchers: readonly SilenceMatcher[]): boolean {
  try {
    hiding(matchers);
    return true;
  } catch (error) {
    if (error instanceof PatternError) return false;
    throw error;
  }
}

/** `job="streamline"`, as Alertmanager's page writes it and its filter= takes it. */
export function matcherText(matcher: SilenceMatcher): string {
  return `${nameText(matcher.name)}${operatorOf(matcher)}"${inQuotes(matcher.value)}"`;
}

/** Only names beyond Prometheus' classic ones need quotes, which older Alertmanagers do not know. */
function nameText(name: string): string {
  return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) ? name : `"${inQuotes(name)}"`;
}

function inQuotes(text: string): string {
  return text.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n");
}
