/** Maps of labels and annotations as senders write them -> texts by name, within limits. */

import type { Labels } from "../exposition/sample.ts";

/** Collects what could not be read, by its place inside the alert; what it gives is read instead. */
export type Complain = (place: string, reason: string) => undefined;

export type JsonObject = Readonly<Record<string, unknown>>;

/** An object with names, neither a list nor null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text as it is, a number or truth value in words; "" for all else. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** Labels of one map that are read; Prometheus' own limit, where one is set, is far below. */
export const MOST_LABELS = 128;
/** A description may be long; a page belongs into a runbook. */
export const LONGEST_VALUE = 16_384;

/**
 * A map of texts; null, and a value of null, count as absent. What is beyond the limits is left out
 * with a complaint: whoever holds the token could otherwise send one alert of 400,000 labels, which
 * every message and every comparison would go through.
 */
export function readLabels(value: unknown, place: string, complain: Complain): Labels {
  if (value === undefined || value === null) return {};
  if (!isJsonObject(value)) {
    complain(place, "is not a map of labels");
    return {};
  }
  const labels: Record<string, string> = {};
  const names = Object.keys(value);
  for (const name of withinLimit(names)) {
    const each = value[name];
    // As a key of an object it would be none of the labels.
    if (each === null || name === "__proto__") continue;
    const text = listText(each);
    if (text === undefined) complain(`${place}.${name}`, "is not text");
    else if (name.length > LONGEST_VALUE) {
      complain(place, `a name of ${name.length} characters is left out`);
    } else labels[name] = cutValue(text, `${place}.${name}`, complain);
  }
  if (names.length > MOST_LABELS) {
    complain(place, `${names.length} labels, of which ${MOST_LABELS} are read`);
  }
  return labels;
}

/** A text, or a list of texts as one; undefined for what is neither. */
function listText(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return textOf(value);
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const parts: readonly unknown[] = value;
  return parts.some((part) => typeof part === "object") ? undefined : parts.map(textOf).join(", ");
}

/** The labels that have a value: to Prometheus and Alertmanager an empty one is none. */
export function withoutEmpty(labels: Labels): Labels {
  const entries = Object.entries(labels);
  const full = entries.filter(([, value]) => value !== "");
  return full.length === entries.length ? labels : Object.fromEntries(full);
}

/** Those that runbooks and routes are found by come first, wherever they stand. */
const NEEDED = ["alertname", "severity", "job", "instance"];

function withinLimit(names: readonly string[]): readonly string[] {
  if (names.length <= MOST_LABELS) return names;
  const known = new Set(names);
  const needed = NEEDED.filter((name) => known.has(name));
  const others = names.filter((name) => !NEEDED.includes(name));
  return [...needed, ...others.slice(0, MOST_LABELS - needed.length)];
}

function cutValue(value: string, place: string, complain: Complain): string {
  if (value.length <= LONGEST_VALUE) return value;
  complain(place, `${value.length} characters, of which ${LONGEST_VALUE} are read`);
  return value.slice(0, LONGEST_VALUE);
}
