/**
 * One alert of a webhook's body -> Alert, with what of it could not be read.
 *
 * Relays, Grafana and old Alertmanagers send maps that are null, times in year 1, numbers as labels.
 * An alert is read as far as it can be: in doubt it fires.
 */

import type { Labels } from "../exposition/sample.ts";
import type { Alert, AlertStatus, SentAddress } from "./alert.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { measuredValues } from "./grafana.ts";
import {
  type Complain,
  isJsonObject,
  type JsonObject,
  readLabels,
  textOf,
  withoutEmpty,
} from "./read-labels.ts";
import { readTime } from "./read-time.ts";

export interface ReadingContext {
  /** What the body says of the whole group, for an alert that says nothing of its own. */
  readonly status: AlertStatus;
  /** When it was received: the start of an alert whose start cannot be read. */
  readonly nowMs: number;
  /** What all alerts of the group share, for an alert whose own labels cannot be read. */
  readonly common: Labels;
}

/** Undefined when there is nothing to tell of: no labels and no annotations, of its own or its group's. */
export function readAlert(
  raw: unknown,
  { status, nowMs, common }: ReadingContext,
  complain: Complain,
): Alert | undefined {
  if (!isJsonObject(raw)) return complain("", "is not an object");
  const own = withoutEmpty(readLabels(raw["labels"], "labels", complain));
  const labels = isJsonObject(raw["labels"]) || raw["labels"] === undefined ? own : common;
  const annotations = readLabels(raw["annotations"], "annotations", complain);
  if (Object.keys(labels).length + Object.keys(annotations).length === 0) {
    return complain("", "has no labels");
  }
  const fingerprint = textOf(raw["fingerprint"]).trim();
  const started = readTime(raw["startsAt"], "startsAt", complain);
  const isOver = readStatus(raw["status"] ?? raw["state"], status, complain) === "resolved";
  const endsAt = isOver ? readTime(raw["endsAt"], "endsAt") : undefined;
  const startsAt = started ?? Math.min(nowMs, endsAt ?? nowMs);
  return {
    fingerprint: NO_FINGERPRINT.test(fingerprint) ? fingerprintOf(labels) : fingerprint,
    status: isOver ? "resolved" : "firing",
    labels,
    annotations,
    startsAt,
    ...(started === undefined ? { isStartUnknown: true } : {}),
    // A firing alert carries the time at which it would be given up, or year 1: not an end.
    ...(endsAt === undefined ? {} : { endsAt: Math.max(endsAt, startsAt) }),
    ...addressesOf(raw),
    ...measuredValues(raw),
  };
}

/** What relays write into a field that they must fill: nothing, "0", "null". */
const NO_FINGERPRINT = /^(?:0*|-|null|none|nil|undefined|unknown|n\/a)$/i;

/** Alertmanager's and Grafana's words, and those of other monitors behind relays. */
const STATUSES: ReadonlyMap<string, AlertStatus> = new Map(
  Object.entries({
    firing: "firing alerting active problem triggered open critical warning down",
    resolved: "resolved ok normal recovery recovered closed cleared up",
  } satisfies Record<AlertStatus, string>).flatMap(([status, words]) =>
    words.split(" ").map((word) => [word, status as AlertStatus] as const),
  ),
);

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
