/** What a link to an incident shows of it: a card, or the same as a message. */

import { plain } from "../../block-kit/blocks.ts";
import type { Message } from "../../block-kit/message.ts";
import { footnote, listOf, messageOf } from "../../block-kit/parts.ts";
import { count, escaped, line } from "../../block-kit/text.ts";
import type { Incident } from "../../incidents/incident.ts";
import { severityOf } from "../../incidents/severity.ts";
import { standingOf } from "../../incidents/standing.ts";
import { incidentLine, type LineContext, linkOf } from "../incidents/incident-lines.ts";
import { titleOf } from "../incidents/incident-title.ts";
import type { IncidentCard } from "../shared/link-preview.ts";

const SUMMARY = 300;

/** The card of an incident as it stands at `nowMs`. */
export function incidentCard(incident: Incident, { nowMs, jumpTo }: LineContext): IncidentCard {
  const { id, target, openedAt, changedAt, acknowledged, resolvedAt } = incident;
  const summary = summaryOf(incident);
  const messageUrl = linkOf(incident, jumpTo);
  const isOver = incident.status === "resolved";
  return {
    id,
    title: titleOf(incident, nowMs),
    state: stateOf(incident, nowMs),
    severity: line(severityOf(incident), 40),
    openedAt,
    changedAt: isOver ? (resolvedAt ?? changedAt) : changedAt,
    ...(target === undefined ? {} : { target: line(target, 80) }),
    ...(summary === "" ? {} : { summary }),
    ...(acknowledged === undefined ? {} : { acknowledgedBy: acknowledged.by }),
    ...(messageUrl === undefined ? {} : { messageUrl }),
  };
}

function stateOf(incident: Incident, nowMs: number): IncidentCard["state"] {
  if (incident.status === "resolved") return "resolved";
  const standing = standingOf(incident, nowMs);
  return standing === "open" ? "firing" : standing;
}

/** The verdict while it fires; otherwise what its rule says. */
function summaryOf({ status, verdict, alerts }: Incident): string {
  if (status === "firing" && verdict !== undefined) return verdict.text.slice(0, SUMMARY);
  const { annotations } = alerts[0] ?? {};
  return escaped(line(annotations?.["summary"] ?? "", SUMMARY), SUMMARY);
}

/** As a message; `others` are incidents that the link speaks of beside this one. */
export function renderPreview(incident: Incident, others: number, context: LineContext): Message {
  const isFiring = incident.status === "firing";
  const url = linkOf(incident, context.jumpTo);
  const over = [
    plain(titleOf(incident, context.nowMs)),
    ...(url === undefined ? [] : [plain("  "), { type: "link" as const, url, text: "open" }]),
  ];
  return messageOf([
    listOf([isFiring ? incidentLine(incident, context) : over]),
    ...(others > 0 ? [footnote(`${count(others, "more incident")} of this link`)] : []),
  ]);
}
