/** Calls people into an incident's thread. */

import { paragraph } from "../../block-kit/blocks.ts";
import type { Message } from "../../block-kit/message.ts";
import { escaped } from "../../block-kit/text.ts";
import { duration } from "../../block-kit/times.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Notice } from "../../incidents/notice.ts";
import { namesOf, severityWords } from "./render-incident.ts";

/** `<!subteam^S0ONCALL>` for a user group, `<@U0ALICE>` for a person. */
export function mentionText(id: string): string {
  return id.startsWith("S") ? `<!subteam^${id}>` : `<@${id}>`;
}

/** Undefined once nobody need come any more: somebody has it, or it is over. */
export function renderMention(
  { who, again }: Extract<Notice, { kind: "mention" }>,
  incident: Incident,
  nowMs: number,
): Message | undefined {
  if (incident.status !== "firing" || incident.acknowledged !== undefined) return undefined;
  const { word } = severityWords(incident);
  const since = duration(Math.max(0, nowMs - incident.openedAt));
  const what = `${escaped(word)}: ${escaped(namesOf(incident))}.`;
  const why = again
    ? `Firing for ${since}, and nobody has acknowledged it.`
    : "Acknowledge it if you take it.";
  const text = `📣 ${who.map(mentionText).join(" ")} ${what} ${why}`;
  return { text, blocks: [paragraph(text)] };
}
