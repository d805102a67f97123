/** An incident in one item of a list: how bad, what, where, since when, who has it. */

import type { RichTextElement } from "@slack/types";
import { bold, clockTime, dayAndTime, plain } from "../../block-kit/blocks.ts";
import { personElement } from "../../block-kit/parts.ts";
import { line } from "../../block-kit/text.ts";
import { duration } from "../../block-kit/times.ts";
import { type Incident, silenceOf } from "../../incidents/incident.ts";
import { isFlapping } from "../../incidents/incident-times.ts";
import { HOUR_MS } from "../../promql/duration.ts";
import { namesOf, severityWords } from "./incident-title.ts";

/** The address of a message in Slack; undefined when nobody knows the workspace's. */
export type JumpTo = (channel: string, ts: string) => string | undefined;

/** The address of an incident's message; undefined until it is posted and the workspace is known. */
export function linkOf({ channel, messageTs }: Incident, jumpTo: JumpTo): string | undefined {
  return messageTs === undefined ? undefined : jumpTo(channel, messageTs);
}

export interface LineContext {
  readonly nowMs: number;
  readonly jumpTo: JumpTo;
}

/** Elements of rich text; the name links to the incident's message where there is one. */
export function incidentLine(
  incident: Incident,
  { nowMs, jumpTo }: LineContext,
): RichTextElement[] {
  const { mark, word } = severityWords(incident);
  const { target } = incident;
  const url = linkOf(incident, jumpTo);
  const where = target === undefined ? "" : ` · ${line(target, 60)}`;
  const lasts = `firing for ${duration(nowMs - incident.openedAt)} (since `;
  return [
    plain(`${mark} `),
    bold(`${word} ${namesOf(incident)}`),
    plain(`${where}, ${lasts}`),
    timeElement(incident.openedAt, nowMs),
    plain(")"),
    ...whoHas(incident, nowMs),
    ...(url === undefined ? [] : [plain("  "), linkTo(url)]),
  ];
}

function linkTo(url: string): RichTextElement {
  return { type: "link", url, text: "open" };
}

/** Farther from now a clock alone would be of another day. */
const SAME_DAY_MS = 12 * HOUR_MS;

/** In the reader's own zone, with the day when it may not be today. */
function timeElement(ms: number, nowMs: number): RichTextElement {
  // Beyond the year 275760 a time is none, and a silence may be made until any.
  if (!(Math.abs(ms) <= 8.64e15)) return plain("no date");
  return Math.abs(ms - nowMs) < SAME_DAY_MS ? clockTime(ms) : dayAndTime(ms);
}

/** What people and time made of it. */
function whoHas(incident: Incident, nowMs: number): RichTextElement[] {
  const { acknowledged, noise } = incident;
  const silence = silenceOf(incident, nowMs);
  const isFiring = incident.status === "firing";
  return [
    ...(acknowledged === undefined || !isFiring
      ? []
      : [
          plain(", 👀 acknowledged by "),
          personElement(acknowledged.by),
          plain(" until "),
          timeElement(acknowledged.until, nowMs),
        ]),
    ...(silence === undefined
      ? []
      : [
          plain(", 🔕 silenced by "),
          personElement(silence.by),
          plain(" until "),
          timeElement(silence.until, nowMs),
        ]),
    ...(acknowledged === undefined && silence === undefined && isFiring
      ? [plain(", unacknowledged")]
      : []),
    ...(isFlapping(incident, nowMs) ? [plain(", 🔁 flapping")] : []),
    ...(noise === undefined ? [] : [plain(", 🧹 marked as noise")]),
  ];
}
