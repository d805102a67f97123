/** Calls people into an incident's thread. */

import { paragraph } from "../../block-kit/blocks.ts";
import type { Message } from "../../block-kit/message.ts";
import { escaped } from "../../block-kit/text.ts";
import { duration } from "../../block-kit/times.ts";
import type { Incident } from "../../incidents/incident.ts";
import { scheduleOf } from "../../incidents/mentions.ts";
import type { Notice } from "../../incidents/notice.ts";
import { namesOf, severityWords } from "./incident-title.ts";

/** `<!subteam^S0ONCALL>` for a user group, `<@U0ALICE>` for a person. */
function mentionText(id: string): string {
  return id.startsWith("S") ? `<!subteam^${id}>` : `<@${id}>`;
}

/** Undefined once nobody need come any more: somebody has it, or it is over. */
export function renderMention(
  notice: Extract<Notice, { kind: "mention" }>,
  incident: Incident,
  nowMs: number,
): Message | undefined {
  if (incident.status !== "firing" || incident.acknowledged !== undefined) return undefined;
  const { word } = severityWords(incident);
  const who = mentionTexts(notice.who).map((each) => `${each} `);
  const unstaffed = notice.who.flatMap((each) => scheduleOf(each) ?? []);
  const what = `${escaped(word)}: ${escaped(namesOf(incident))}.`;
  const text = `📣 ${who.join("")}${what} ${[...unstaffed.map(nobodyOn), whyOf(notice, incident, nowMs)].join(" ")}`;
  return { text, blocks: [paragraph(text)] };
}

/** What calls people; a schedule by which nobody is on duty calls none. */
export function mentionTexts(who: readonly string[]): string[] {
  return who.filter((each) => scheduleOf(each) === undefined).map(mentionText);
}

function nobodyOn(schedule: string): string {
  return `The schedule ${escaped(schedule)} has nobody on duty now.`;
}

function whyOf(
  { again, escalated }: Extract<Notice, { kind: "mention" }>,
  incident: Incident,
  nowMs: number,
): string {
  const since = duration(Math.max(0, nowMs - incident.openedAt));
  if (escalated === true) {
    return `Firing for ${since}, and nobody has acknowledged it, so it goes to you: acknowledge it if you take it.`;
  }
  return again
    ? `Firing for ${since}, and nobody has acknowledged it.`
    : "Acknowledge it if you take it.";
}
