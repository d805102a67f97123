/**
 * The labels of alerts -> fields to choose in -> the matchers of a silence.
 *
 * A field begins as exact as can be: what it takes is what these alerts carry. A person widens it
 * along the parts of the value ("broker-1" to "broker-"), or drops it.
 */

import type { Labels } from "../exposition/sample.ts";
import { escapedPattern, type SilenceMatcher } from "./silence.ts";

export type MatcherChoice =
  /** The label has one of the values that these alerts carry. */
  | { readonly kind: "is" }
  | { readonly kind: "starts"; readonly with: string }
  /** No matcher: every value, and none, will do. */
  | { readonly kind: "any" };

export interface DraftField {
  readonly label: string;
  /** What the alerts carry, each once; several when they differ, with "" where one lacks it. */
  readonly values: readonly string[];
  /** The exact one first, then wider and wider. */
  readonly choices: readonly [MatcherChoice, ...MatcherChoice[]];
  /** The choice to begin with, by its place in `choices`. */
  readonly initial: number;
  /** Why nothing but any value can be chosen: no matcher may be that long, or be called so. */
  readonly isLeftOut?: "too-long" | "name-refused";
}

/** Characters that the values of one label may take as a pattern; more is dropped, and said. */
export const LONGEST_PATTERN = 30_000;
/** Prefixes offered for one value. */
const PREFIXES = 4;

export interface DraftOptions {
  /** These labels begin exact and all others wide; without it all begin exact. */
  readonly exact?: readonly string[];
}

/** A field for each label that any of the alerts carries, the telling ones first. */
export function draftFields(
  alerts: readonly Labels[],
  { exact }: DraftOptions = {},
): readonly DraftField[] {
  const names = [...new Set(alerts.flatMap((labels) => Object.keys(labels)))];
  return names
    .toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .flatMap((label) => {
      const values = valuesOf(alerts, label);
      if (values.every((value) => value === "")) return [];
      const choices = choicesOf(values);
      const left = choices.length === 1 ? { isLeftOut: "too-long" as const } : {};
      const isWide = exact !== undefined && !exact.includes(label);
      return [{ label, values, choices, initial: isWide ? choices.length - 1 : 0, ...left }];
    });
}

/** The alert's name, then what people know it by, then the rest by name. */
const FIRST = ["alertname", "job", "instance", "topic", "group", "severity"];

function rank(label: string): number {
  const index = FIRST.indexOf(label);
  return index === -1 ? FIRST.length : index;
}

function valuesOf(alerts: readonly Labels[], label: string): string[] {
  return [...new Set(alerts.map((labels) => valueIn(labels, label)))].toSorted();
}

function valueIn(labels: Labels, label: string): string {
  return Object.hasOwn(labels, label) ? (labels[label] ?? "") : "";
}

function choicesOf(values: readonly string[]): readonly [MatcherChoice, ...MatcherChoice[]] {
  const any: MatcherChoice = { kind: "any" };
  if (values.reduce((sum, value) => sum + value.length + 1, 0) > LONGEST_PATTERN) return [any];
  return [{ kind: "is" }, ...prefixesOf(values).map(startsWith), any];
}

function startsWith(prefix: string): MatcherChoice {
  return { kind: "starts", with: prefix };
}

/** What all values begin with, longest first: the whole, and what ends at a mark or before a number. */
function prefixesOf(values: readonly string[]): string[] {
  const shared = sharedStart(values);
  const ends = [...shared.matchAll(/[^\p{L}\p{N}]|\p{L}(?=\p{N})/gu)].map(
    ({ index, 0: mark }) => index + mark.length,
  );
  const lengths = [...new Set([...ends, shared.length])].filter((end) => end > 0);
  // Alertmanager's "." does not take a line's end, so such values can only be named exactly.
  if (values.some((value) => value.includes("\n"))) return [];
  return lengths
    .toReversed()
    .slice(0, PREFIXES)
    .map((end) => shared.slice(0, end));
}

function sharedStart(values: readonly string[]): string {
  const [first = "", ...others] = values;
  let shared = "";
  for (const character of first) {
    const next = shared + character;
    if (!others.every((value) => value.startsWith(next))) break;
    shared = next;
  }
  return shared;
}

/** Names that every Alertmanager takes in a matcher; those before 0.27 take no others. */
const CLASSIC_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** The same fields, without a choice for labels whose names an older Alertmanager refuses. */
export function classicFields(fields: readonly DraftField[]): readonly DraftField[] {
  return fields.map((field) =>
    CLASSIC_NAME.test(field.label)
      ? field
      : { ...field, choices: [{ kind: "any" }], initial: 0, isLeftOut: "name-refused" },
  );
}

/**
 * How many of these alerts each choice of each field would hide, the other fields as they are chosen.
 * An alert that two fields keep out is taken in by no single choice.
 */
export function takenIn(
  fields: readonly DraftField[],
  chosen: readonly (number | undefined)[],
  alerts: readonly Labels[],
): readonly (readonly number[])[] {
  const takers = fields.map((field) => field.choices.map((choice) => taker(field, choice)));
  const counts = fields.map(({ choices }) => choices.map(() => 0));
  for (const labels of alerts) {
    const values = fields.map(({ label }) => valueIn(labels, label));
    const keeping = fields.flatMap(({ initial }, index) =>
      takers[index]?.[chosen[index] ?? initial]?.(values[index] ?? "") === true ? [] : [index],
    );
    if (keeping.length > 1) continue;
    const open = keeping.length === 1 ? keeping : fields.keys();
    for (const index of open) {
      for (const [place, takes] of (takers[index] ?? []).entries()) {
        const row = counts[index];
        if (row !== undefined && takes(values[index] ?? "")) row[place] = (row[place] ?? 0) + 1;
      }
    }
  }
  return counts;
}

/** What the choice's matcher takes, as Alertmanager does. */
function taker({ values }: DraftField, choice: MatcherChoice): (value: string) => boolean {
  if (choice.kind === "any") return () => true;
  if (choice.kind === "is") {
    const all = new Set(values);
    return (value) => all.has(value);
  }
  const { with: start } = choice;
  return (value) => value.startsWith(start) && !value.slice(start.length).includes("\n");
}

/** The matchers of the chosen fields; a field that nobody chose in stays as it began. */
export function matchersOf(
  fields: readonly DraftField[],
  chosen: readonly (number | undefined)[],
): SilenceMatcher[] {
  return fields.flatMap((field, index) => {
    const choice = field.choices[chosen[index] ?? field.initial] ?? field.choices[0];
    return matcherOf(field, choice);
  });
}

function matcherOf({ label, values }: DraftField, choice: MatcherChoice): SilenceMatcher[] {
  const named = { name: label, isEqual: true };
  const [first = "", ...others] = values;
  switch (choice.kind) {
    case "any":
      return [];
    case "starts":
      return [{ ...named, value: `${escapedPattern(choice.with)}.*`, isRegex: true }];
    case "is":
      return others.length === 0
        ? [{ ...named, value: first, isRegex: false }]
        : [{ ...named, value: values.map(escapedPattern).join("|"), isRegex: true }];
  }
}
