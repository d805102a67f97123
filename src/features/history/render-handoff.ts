/** The summary for the next on-call, as a message to share. */

import type { RichTextElement } from "@slack/types";
import { alertNames } from "../../alerts/alert.ts";
import { button, plain } from "../../block-kit/blocks.ts";
import type { Message } from "../../block-kit/message.ts";
import {
  buttonRow,
  footnote,
  headline,
  listOf,
  messageOf,
  type Part,
  paragraphOf,
  sentence,
} from "../../block-kit/parts.ts";
import { count, line, listed } from "../../block-kit/text.ts";
import { duration } from "../../block-kit/times.ts";
import type { Handoff } from "../../incidents/handoff.ts";
import type { Incident } from "../../incidents/incident.ts";
import { durationOf } from "../../incidents/incident-times.ts";
import { HOUR_MS } from "../../promql/duration.ts";
import { incidentLine, type JumpTo } from "../incidents/incident-lines.ts";
import { namesOf } from "../incidents/incident-title.ts";
import { meansText } from "./render-alert-history.ts";

/** Posts the summary for everybody in the channel; its value is how far back it reaches, in ms. */
export const SHARE_HANDOFF = "share_handoff";

export interface HandoffSummary {
  readonly handoff: Handoff;
  readonly windowMs: number;
  readonly nowMs: number;
  readonly jumpTo: JumpTo;
  /** Questions that the runbooks had no answer to since then. */
  readonly gaps: readonly string[];
  /** Set in the message that everybody sees, which needs no button to share it. */
  readonly sharedBy?: string;
}

/** Incidents shown of each kind; the rest is counted. */
const SHOWN = 6;

/** With a button to share it, or, once it is shared, where it is from. */
export function renderHandoff(answer: HandoffSummary): Message {
  const { windowMs, sharedBy } = answer;
  return messageOf([
    ...handoffParts(answer),
    ...(sharedBy === undefined
      ? [buttonRow([button("Share to channel", { id: SHARE_HANDOFF, value: String(windowMs) })])]
      : [footnote(`From /streamline handoff last:${Math.round(windowMs / HOUR_MS)}h`)]),
  ]);
}

/** The summary itself, for a message that says more. */
export function handoffParts(answer: Omit<HandoffSummary, "sharedBy">): Part[] {
  const { handoff, windowMs } = answer;
  const { open, acknowledged, silenced, flapping } = handoff;
  const span = duration(windowMs);
  const quiet = open.length + acknowledged.length + silenced.length === 0;
  return [
    headline(
      quiet
        ? `🤝 Handoff: nothing is open. Last ${span}:`
        : `🤝 Handoff: ${open.length} open, ${acknowledged.length} acknowledged, ${silenced.length} silenced. Last ${span}:`,
    ),
    ...group("Unacknowledged:", open, answer),
    ...group("Acknowledged:", acknowledged, answer),
    ...group("Silenced:", silenced, answer),
    ...(flapping.length === 0 ? [] : [sentence(`🔁 Flapping: ${names(flapping)}.`)]),
    ...noisyPart(handoff),
    ...resolvedPart(handoff, answer.nowMs),
    ...gapsPart(answer.gaps),
  ];
}

function group(
  title: string,
  incidents: readonly Incident[],
  context: Pick<HandoffSummary, "nowMs" | "jumpTo">,
): Part[] {
  if (incidents.length === 0) return [];
  const left = incidents.length - SHOWN;
  return [
    paragraphOf([plain(title)]),
    listOf(incidents.slice(0, SHOWN).map((incident) => incidentLine(incident, context))),
    ...(left > 0 ? [footnote(`${left} more: /streamline alerts`)] : []),
  ];
}

function names(incidents: readonly Incident[]): string {
  const all = [...new Set(incidents.flatMap(({ alerts }) => alertNames(alerts)))];
  return listed(all, { most: SHOWN, textOf: (name) => line(name, 60) });
}

function noisyPart({ noisy }: Handoff): Part[] {
  if (noisy.length === 0) return [];
  const fired = noisy.map(({ alert, firings }) => `${line(alert, 60)} (${count(firings, "time")})`);
  return [sentence(`🔊 Fired most: ${fired.join(", ")}.`)];
}

function resolvedPart({ resolved, unanswered, means }: Handoff, nowMs: number): Part[] {
  if (resolved.length === 0) return [sentence("✅ Nothing was resolved.")];
  const left = resolved.length - SHOWN;
  const alone = unanswered === 0 ? "" : `, ${unanswered} of them never acknowledged`;
  return [
    sentence(`✅ Resolved: ${resolved.length}${alone}. ${meansText(means)}`),
    listOf(resolved.slice(0, SHOWN).map((incident) => resolvedLine(incident, nowMs))),
    ...(left > 0 ? [footnote(`${left} more were resolved.`)] : []),
  ];
}

function resolvedLine(incident: Incident, nowMs: number): RichTextElement[] {
  const ago = duration(Math.max(0, nowMs - (incident.resolvedAt ?? nowMs)));
  return [
    plain(
      `${namesOf(incident)}: ${ago} ago, lasted ${duration(durationOf(incident, nowMs))}${causeWords(incident)}`,
    ),
  ];
}

/** What the diagnosis named while it fired. */
function causeWords({ found = [] }: Incident): string {
  const titles = found.map(({ title }) => line(title, 60));
  return titles.length === 0 ? "" : `; found: ${titles.join(", ")}`;
}

function gapsPart(gaps: readonly string[]): Part[] {
  if (gaps.length === 0) return [];
  return [
    sentence("❓ Questions that no runbook answers:"),
    listOf(gaps.slice(0, SHOWN).map((gap) => [plain(line(gap, 150))])),
  ];
}
