/**
 * The state of the silence modal: what its metadata and its fields say, over what is known now.
 *
 * Metadata carries ids only, so the labels are read from the store each time. Should the incident's
 * alerts have changed since the modal was shown, its draft is another one: nobody must silence
 * something else than what they saw.
 */

import { createHash } from "node:crypto";
import { type Alert, alertName, alertNames } from "../../alerts/alert.ts";
import type { SilenceMatcher } from "../../alerts/silence.ts";
import {
  classicFields,
  type DraftField,
  draftFields,
  matchersOf,
} from "../../alerts/silence-draft.ts";
import { count } from "../../block-kit/text.ts";
import { parseJson } from "../../exposition/parse-json.ts";
import type { Labels } from "../../exposition/sample.ts";
import type { Incident } from "../../incidents/incident.ts";
import { parseDuration } from "../../promql/duration.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import type { Fields, Person } from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import { DURATIONS, labelField, SILENCE } from "./form-names.ts";

/** What is to be silenced: an incident, or every alert of a name, firing or not. */
export type SubjectId =
  | { readonly kind: "incident"; readonly id: string }
  | { readonly kind: "alert"; readonly name: string };

export interface SilenceSubject {
  readonly id: SubjectId;
  /** In a stranger's words. */
  readonly title: string;
  readonly incident?: Incident;
  readonly fields: readonly DraftField[];
  /** Identity of the fields. */
  readonly draft: string;
  /** Whether an alert with these labels belongs to it. */
  readonly includes: (alert: { readonly fingerprint?: string; readonly labels: Labels }) => boolean;
}

export interface SubjectPorts {
  readonly incidents: Pick<IncidentReader, "incident" | "incidentsOf">;
  readonly permission: Pick<Permission, "visible">;
}

/** Incidents of an alert among which the last that the person sees is searched for. */
const LATEST = 20;

/** Undefined for an incident that is not known any more, or not the person's to see. */
export async function subjectOf(
  { incidents, permission }: SubjectPorts,
  id: SubjectId,
  person: Person,
): Promise<SilenceSubject | undefined> {
  if (id.kind === "alert") {
    const latest = await incidents.incidentsOf(id.name, LATEST);
    return alertSubject(id, await permission.visible(person, latest));
  }
  const found = await incidents.incident(id.id);
  const [incident] = found === undefined ? [] : await permission.visible(person, [found]);
  return incident === undefined ? undefined : incidentSubject(id, incident);
}

function incidentSubject(id: SubjectId, incident: Incident): SilenceSubject {
  const alerts = firingOf(incident);
  const names = alertNames(alerts);
  const state =
    incident.status === "firing" ? `${count(alerts.length, "alert")} firing` : "resolved";
  const more = names.length > 1 ? ` and ${names.length - 1} more` : "";
  const fingerprints = new Set(incident.alerts.map(({ fingerprint }) => fingerprint));
  return {
    id,
    title: `${names[0] ?? ""}${more}, ${state}`,
    incident,
    ...drafted(draftFields(alerts.map(({ labels }) => labels))),
    includes: ({ fingerprint, labels }) =>
      fingerprints.has(fingerprint ?? "") ||
      incident.alerts.some((alert) => isSame(alert.labels, labels)),
  };
}

/** Nothing of it fires, so its name is all that is meant; what it carried last can be added. */
function alertSubject(
  id: Extract<SubjectId, { kind: "alert" }>,
  [last]: readonly Incident[],
): SilenceSubject {
  const known = last?.alerts.filter((alert) => alertName(alert) === id.name) ?? [];
  const labels = known.length === 0 ? [{ alertname: id.name }] : known.map((each) => each.labels);
  return {
    id,
    title: `${id.name}, which is not firing`,
    ...drafted(draftFields(labels, { exact: ["alertname"] })),
    includes: (alert) => alertName(alert) === id.name,
  };
}

function drafted(fields: readonly DraftField[]): Pick<SilenceSubject, "fields" | "draft"> {
  const draft = createHash("sha256").update(JSON.stringify(fields)).digest("hex").slice(0, 12);
  return { fields, draft };
}

function firingOf({ alerts }: Incident): readonly Alert[] {
  const firing = alerts.filter(({ status }) => status === "firing");
  return firing.length > 0 ? firing : alerts;
}

function isSame(labels: Labels, others: Labels): boolean {
  const names = Object.keys(labels);
  return (
    names.length === Object.keys(others).length &&
    names.every((name) => labels[name] === others[name])
  );
}

export interface Metadata {
  readonly subject: SubjectId;
  readonly draft: string;
  /** When a silence would end of which nobody knows whether it was made. */
  readonly doubtful?: number;
  /** Alertmanager refused the name of a label: only names that all take are offered. */
  readonly isClassic?: true;
}

/** The subject as the modal offers it. */
export function offered(
  subject: SilenceSubject,
  { isClassic }: Pick<Metadata, "isClassic">,
): SilenceSubject {
  return isClassic === true ? { ...subject, fields: classicFields(subject.fields) } : subject;
}

/** JSON with short keys: Slack allows 3,000 characters. */
export function writeMetadata({ subject, draft, doubtful, isClassic }: Metadata): string {
  const id = subject.kind === "incident" ? { i: subject.id } : { a: subject.name };
  return JSON.stringify({
    ...id,
    d: draft,
    ...(doubtful === undefined ? {} : { u: doubtful }),
    ...(isClassic === undefined ? {} : { c: 1 }),
  });
}

/** An alert's name that is taken to be silenced; it has its place in what the modal carries. */
export const LONGEST_NAME = 200;

/** Undefined for what we did not write. */
export function readMetadata(text: string): Metadata | undefined {
  const fields = new Map<string, unknown>(Object.entries(Object(parseJson(text))));
  const [i, a, d, u, c] = ["i", "a", "d", "u", "c"].map((name) => fields.get(name));
  if (typeof d !== "string") return undefined;
  const rest = {
    draft: d,
    ...(typeof u === "number" ? { doubtful: u } : {}),
    ...(c === 1 ? { isClassic: true as const } : {}),
  };
  if (typeof i === "string") return { subject: { kind: "incident", id: i }, ...rest };
  return typeof a === "string" && a.length <= LONGEST_NAME
    ? { subject: { kind: "alert", name: a }, ...rest }
    : undefined;
}

/** What a person chose and typed. */
export interface FilledForm {
  readonly chosen: readonly (number | undefined)[];
  readonly where?: string;
  readonly duration: string;
  readonly other: string;
  readonly comment: string;
}

const EMPTY: FilledForm = { chosen: [], duration: "1h", other: "", comment: "" };

/** Nothing chosen yet but, where it was said, for how long: a length that is no choice is typed. */
export function emptyForm(duration?: string): FilledForm {
  if (duration === undefined) return EMPTY;
  const ms = parseDuration(duration);
  const choice = DURATIONS.find((each) => parseDuration(each) === ms);
  return choice === undefined ? { ...EMPTY, other: duration } : { ...EMPTY, duration: choice };
}

/** The fields of another draft are not taken: they stood for other labels. */
export function readFilled(
  fields: Fields,
  { draft, fields: of }: Pick<SilenceSubject, "draft" | "fields">,
): FilledForm {
  const text = (name: string): string | undefined => {
    const value = fields[name];
    return typeof value === "string" ? value : undefined;
  };
  const where = text(SILENCE.where);
  return {
    chosen: of.map((field, index) => {
      const place = Number(text(labelField(draft, index)) ?? Number.NaN);
      return Number.isInteger(place) && field.choices[place] !== undefined ? place : undefined;
    }),
    ...(where === undefined ? {} : { where }),
    duration: text(SILENCE.duration) ?? EMPTY.duration,
    other: text(SILENCE.other) ?? "",
    comment: text(SILENCE.comment) ?? "",
  };
}

/** The matchers of the form's choices, over the fields as they are now. */
export function chosenMatchers(
  { fields }: Pick<SilenceSubject, "fields">,
  { chosen }: FilledForm,
): SilenceMatcher[] {
  return matchersOf(fields, chosen);
}
