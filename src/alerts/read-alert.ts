/**
 * One alert of a webhook's body -> Alert, with what of it could not be read.
 *
 * Relays, Grafana and old Alertmanagers send maps that are null, times in year 1, numbers as labels.
 * An alert is read as far as it can be: in doubt it fires.
 */

import type { Labels } from "../exposition/sample.ts";
import type { Alert, AlertStatus, SentAddress } from "./alert.ts";
import { fingerprintOf } from "./fingerprint.ts";

/** Collects what could not be read, by its place inside the alert; what it gives is read instead. */
export type Complain = (place: string, reason: string) => undefined;

export interface ReadingContext {
  /** What the body says of the whole group, for an alert that says nothing of its own. */
  readonly status: AlertStatus;
  /** When it was received: the start of an alert whose start cannot be read. */
  readonly nowMs: number;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** Undefined when there is nothing to tell of: no labels and no annotations. */
export function readAlert(
  raw: unknown,
  { status, nowMs }: ReadingContext,
  complain: Complain,
): Alert | undefined {
  if (!isJsonObject(raw)) return complain("", "is not an object");
  const labels = readLabels(raw["labels"], "labels", complain);
  const annotations = readLabels(raw["annotations"], "annotations", complain);
  if (Object.keys(labels).length + Object.keys(annotations).length === 0) {
    return complain("", "has no labels");
  }
  const fingerprint = textOf(raw["fingerprint"]);
  const started = readTime(raw["startsAt"], "startsAt", complain);
  const isOver = readStatus(raw["status"], status, complain) === "resolved";
  const endsAt = isOver ? readTime(raw["endsAt"], "endsAt") : undefined;
  const startsAt = started ?? Math.min(nowMs, endsAt ?? nowMs);
  return {
    fingerprint: fingerprint || fingerprintOf(labels),
    status: isOver ? "resolved" : "firing",
    labels,
    annotations,
    startsAt,
    ...(started === undefined ? { isStartUnknown: true } : {}),
    // A firing alert carries the time at which it would be given up, or year 1: not an end.
    ...(endsAt === undefined ? {} : { endsAt: Math.max(endsAt, startsAt) }),
    ...addressesOf(raw),
    ...valuesOf(raw),
  };
}

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
    if (typeof each === "object") complain(`${place}.${name}`, "is not text");
    else if (name.length > LONGEST_VALUE) {
      complain(place, `a name of ${name.length} characters is left out`);
    } else labels[name] = cutValue(textOf(each), `${place}.${name}`, complain);
  }
  if (names.length > MOST_LABELS) {
    complain(place, `${names.length} labels, of which ${MOST_LABELS} are read`);
  }
  return labels;
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

const STATUSES: ReadonlyMap<string, AlertStatus> = new Map([
  ["firing", "firing"],
  ["alerting", "firing"],
  ["resolved", "resolved"],
  ["ok", "resolved"],
  ["normal", "resolved"],
]);

/** Of a sender's word; unknown words fire. */
export function readStatus(
  value: unknown,
  otherwise: AlertStatus,
  complain: Complain = () => undefined,
): AlertStatus {
  if (value === undefined || value === null || value === "") return otherwise;
  const status = STATUSES.get(textOf(value).trim().toLowerCase());
  if (status === undefined) complain("status", "is neither firing nor resolved");
  return status ?? "firing";
}

/** Times outside these years are a mistake, and would print as nonsense durations. */
const FIRST_YEAR = 2000;
const LAST_YEAR = 9999;

/** RFC 3339; without its zone it means another moment on every machine. */
const TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?$/i;

/** Larger numbers are milliseconds since 1970, smaller ones seconds. */
const MILLISECONDS_FROM = 1e11;

/** Milliseconds since 1970; undefined after a complaint. */
function readTime(
  value: unknown,
  place: string,
  complain: Complain = () => undefined,
): number | undefined {
  if (value === undefined || value === null || value === "") {
    return complain(place, "is missing");
  }
  if (typeof value === "number") {
    return plausible(value < MILLISECONDS_FROM ? value * 1_000 : value, place, complain);
  }
  const match = TIME.exec(textOf(value).trim());
  if (match === null) return complain(place, "is not a time such as 2026-01-31T03:04:05Z");
  const zone = match[1];
  if (zone === undefined) complain(place, "has no time zone, so it is read as UTC");
  return plausible(Date.parse(`${match[0]}${zone === undefined ? "Z" : ""}`), place, complain);
}

function plausible(ms: number, place: string, complain: Complain): number | undefined {
  const time = new Date(Math.round(ms));
  if (Number.isNaN(time.getTime())) return complain(place, "is not a date of the calendar");
  const year = time.getUTCFullYear();
  if (year >= FIRST_YEAR && year <= LAST_YEAR) return time.getTime();
  return complain(place, `year ${year}`);
}

const ADDRESSES: ReadonlyMap<string, SentAddress> = new Map([
  ["generatorURL", "generator"],
  ["dashboardURL", "dashboard"],
  ["panelURL", "panel"],
  ["silenceURL", "silence"],
  ["imageURL", "image"],
]);
/** Longer ones are kept by nobody, and Slack takes 3,000. */
const LONGEST_ADDRESS = 2_000;

function addressesOf(raw: JsonObject): Pick<Alert, "addresses"> {
  let addresses: Partial<Record<SentAddress, string>> | undefined;
  for (const [field, name] of ADDRESSES) {
    const address = raw[field];
    // Asked of each of ten thousand alerts, so the cheap questions come first.
    if (typeof address !== "string" || address.length > LONGEST_ADDRESS) continue;
    if (!/^https?:\/\/\S/i.test(address) || /\s/.test(address)) continue;
    addresses = { ...addresses, [name]: address };
  }
  return addresses === undefined ? {} : { addresses };
}

/** Values kept of one alert. */
const MOST_VALUES = 10;

/** Grafana's `values`, or the same in its older `valueString`: "[ var='A' labels={} value=0 ]". */
function valuesOf(raw: JsonObject): Pick<Alert, "values"> {
  if (raw["values"] === undefined && raw["valueString"] === undefined) return {};
  const written = textOf(raw["valueString"]).slice(0, 10_000);
  const pairs = isJsonObject(raw["values"])
    ? Object.entries(raw["values"]).map(([name, value]) => [name, textOf(value)] as const)
    : written.split("]").map((part) => {
        const name = /var='([^']*)'/.exec(part)?.[1] ?? "";
        return [name, name === "" ? "" : (/\bvalue=(\S+)/.exec(part)?.[1] ?? "")] as const;
      });
  const named = pairs.filter(([name, value]) => name !== "__proto__" && value !== "");
  return named.length === 0 ? {} : { values: Object.fromEntries(named.slice(0, MOST_VALUES)) };
}
