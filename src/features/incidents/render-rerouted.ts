/** What stands in the old channel of an incident that follows its changed route. */

import { context, header } from "../../block-kit/blocks.ts";
import type { Message } from "../../block-kit/message.ts";
import { escaped, mrkdwnLink } from "../../block-kit/text.ts";
import type { Incident } from "../../incidents/incident.ts";
import { type JumpTo, linkOf } from "./incident-lines.ts";
import { namesOf } from "./incident-title.ts";

/** In place of the incident's message, which would stand there unchanged for ever. */
export function renderOldPlace(incident: Incident, jumpTo: JumpTo): Message {
  const title = `➡️ MOVED ${namesOf(incident)}`;
  const where = whereText(incident, jumpTo);
  return { text: `${escaped(title)}\n${where}`, blocks: [header(title), context(where)] };
}

/** The last reply of the old thread. */
export function renderRerouted(incident: Incident, jumpTo: JumpTo): Message {
  const text = `➡️ ${whereText(incident, jumpTo)}`;
  return { text, blocks: [context(text)] };
}

function whereText(incident: Incident, jumpTo: JumpTo): string {
  const url = linkOf(incident, jumpTo);
  const link = url === undefined ? "" : `: ${mrkdwnLink(url, "open it there")}`;
  return `Its alerts are now routed to <#${incident.channel}>, where it continues${link}. I no longer write in this thread.`;
}
