/**
 * What was found of an incident's target while it fires: kept, so that its message can be edited when
 * the verdict changes, and so that its end can say what it was.
 */

import type { Change } from "./change.ts";
import { VERDICT } from "./explain.ts";
import type { FoundCause, Incident, NotedVerdict } from "./incident.ts";

/** The verdict as of now. */
export interface SeenVerdict {
  /** The lines that its message would show. */
  readonly text: string;
  readonly found?: FoundCause;
}

/** A message is edited for its verdict no more often than this. */
const EDIT_EVERY_MS = 30_000;
/** The first verdict may be of before the alert: what the poll for its thread shows corrects it so soon. */
const CORRECTED_MS = 5_000;
/** Where only figures moved, nobody acts on it. */
const FIGURES_EVERY_MS = 2 * 60_000;
/** Causes that are remembered of one firing. */
const MOST_FOUND = 5;

const NAMED = { namedCause: true } as const;

/** What is to be written of a firing incident; undefined when nothing is new. */
export function noteVerdict(
  incident: Incident,
  { text, found }: SeenVerdict,
  { shown, nowMs }: { readonly shown: NotedVerdict | undefined; readonly nowMs: number },
): Change | undefined {
  if (incident.status !== "firing") return undefined;
  const before = later(shown, incident.verdict);
  // The thread opens with the same poll.
  const isCorrection =
    before !== undefined && incident.verdict === undefined && nowMs - before.atMs < CORRECTED_MS;
  const isDue =
    before === undefined || nowMs - before.atMs >= waitFor({ ...before, isCorrection }, text);
  const isEdit = text !== before?.text && isDue;
  const causes = withFound(incident.found, found);
  if (!isEdit && causes === incident.found) return undefined;
  const namedCause = shown?.namedCause === true || incident.verdict?.namedCause === true;
  const now = { text, atMs: nowMs, ...(namedCause || found !== undefined ? NAMED : {}) };
  const verdict = isEdit ? now : before;
  const next: Incident = {
    ...incident,
    ...(causes === undefined ? {} : { found: causes }),
    ...(verdict === undefined ? {} : { verdict }),
  };
  if (!isEdit) return { incident: next, notices: [] };
  // The thread opened with a verdict that named no cause: what is known now is read there, too, once.
  const hasOpened = before !== undefined && before.text !== "";
  const isNews = hasOpened && found !== undefined && !namedCause && !isCorrection;
  return { incident: next, notices: [{ kind: "incident" }, ...(isNews ? VERDICT : [])] };
}

/** An edit that was decided on counts as shown, here and in another replica. */
function later(
  shown: NotedVerdict | undefined,
  decided: NotedVerdict | undefined,
): NotedVerdict | undefined {
  if (shown === undefined || decided === undefined) return shown ?? decided;
  return shown.atMs >= decided.atMs ? shown : decided;
}

interface Before extends Pick<NotedVerdict, "text"> {
  readonly isCorrection: boolean;
}

/** What was not shown at all is shown at once, and what was shown too early is corrected. */
function waitFor({ text: before, isCorrection }: Before, text: string): number {
  if (before === "") return 0;
  if (withoutFigures(before) === withoutFigures(text)) return FIGURES_EVERY_MS;
  return isCorrection ? 0 : EDIT_EVERY_MS;
}

/** A figure with its unit, and a time of several units, as one sign. */
function withoutFigures(text: string): string {
  return text
    .replace(/\d[\d.,]*(?:\s?(?:[kMGTP]i?B?|B|ms|s|min|h|d)\b)?/g, "#")
    .replace(/#(?: #)+/g, "#");
}

/** The same list when nothing new was found. */
function withFound(
  found: readonly FoundCause[] | undefined,
  seen: FoundCause | undefined,
): readonly FoundCause[] | undefined {
  if (seen === undefined || found?.some(({ check }) => check === seen.check)) return found;
  return [...(found ?? []), seen].slice(-MOST_FOUND);
}
