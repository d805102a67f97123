/** Replies in an incident's thread that need no server and no runbook. */

import { context } from "../../block-kit/blocks.ts";
import type { Message } from "../../block-kit/message.ts";
import { escaped, line } from "../../block-kit/text.ts";
import { duration, moment } from "../../block-kit/times.ts";
import type { Incident } from "../../incidents/incident.ts";
import { durationOf } from "../../incidents/incident-times.ts";
import { isRegrouped, NAME_SHOWN, namesOf } from "./incident-title.ts";

/** Characters of a name in a list of its own. */
const LISTED_NAME = 120;

/** Said in the thread when it is over. */
export function renderResolved(incident: Incident): Message {
  if (isRegrouped(incident)) {
    const moved = `➡️ Alertmanager groups these alerts in another way now. They still fire: follow the newer message.`;
    return { text: moved, blocks: [context(moved)] };
  }
  const how = incident.closing === undefined ? "" : " Alertmanager no longer holds it.";
  const text =
    `✅ Resolved after ${duration(durationOf(incident, incident.openedAt))}` +
    ` (${moment(incident.openedAt)} to ${moment(incident.resolvedAt ?? incident.openedAt)}).${how}${foundWords(incident)}`;
  return { text, blocks: [context(text)] };
}

/** What the diagnosis named while it fired, in order. */
function foundWords({ found = [] }: Incident): string {
  const titles = found.map(({ title }) => escaped(line(title, NAME_SHOWN)));
  return titles.length === 0 ? "" : ` Found meanwhile: ${titles.join(", ")}.`;
}

/** Said in the thread, and shown in the channel, when it fires again. */
export function renderReopened(incident: Incident): Message {
  const text = `🔁 Firing again: ${escaped(namesOf(incident))}, since ${moment(incident.openedAt)}.`;
  return { text, blocks: [context(text)] };
}

/** Said in the thread when it holds more alert names than runbooks fit. */
export function renderUnexplained(alerts: readonly string[]): Message {
  const names = alerts.slice(0, 20).map((name) => line(name, LISTED_NAME));
  const more = alerts.length > names.length ? ` and ${alerts.length - names.length} more` : "";
  const ask = "Ask for their runbooks with /streamline runbook ALERT.";
  const text = `Also firing: ${escaped(names.join(", "), 3_000)}${more}. ${ask}`;
  return { text, blocks: [context(text)] };
}
