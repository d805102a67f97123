/** A change of duty, as a message to a channel. */

import { bold, plain } from "../../block-kit/blocks.ts";
import type { Message } from "../../block-kit/message.ts";
import { messageOf, type Part, paragraphOf } from "../../block-kit/parts.ts";
import { line } from "../../block-kit/text.ts";
import type { Handoff } from "../../incidents/handoff.ts";
import type { DutyChange } from "../../incidents/schedule.ts";
import { handoffParts } from "../history/render-handoff.ts";
import type { JumpTo } from "../incidents/incident-lines.ts";
import { peopleElements, withoutIdParts } from "./render-oncall.ts";

export interface HandoverView {
  readonly name: string;
  readonly change: DutyChange;
  readonly handoff: Handoff;
  readonly windowMs: number;
  readonly nowMs: number;
  readonly jumpTo: JumpTo;
}

/** Who was on duty and who is, and what the next person must know; ids of people are not said twice. */
export function renderHandover(view: HandoverView): Message {
  const { before, after } = view.change;
  return messageOf([
    changeLine(view),
    ...withoutIdParts([...after, ...before]),
    ...handoffParts({ ...view, gaps: [] }),
  ]);
}

function changeLine({ name, change }: HandoverView): Part {
  const { before, after } = change;
  const schedule = bold(`🔁 ${line(name, 40)}: `);
  if (after.length === 0) {
    return paragraphOf([
      schedule,
      ...peopleElements(before),
      plain(`${before.length === 1 ? " goes" : " go"} off duty, and nobody is on duty now.`),
    ]);
  }
  return paragraphOf([
    schedule,
    ...peopleElements(after),
    plain(after.length === 1 ? " is on duty now" : " are on duty now"),
    ...(before.length === 0 ? [] : [plain(", after "), ...peopleElements(before)]),
    plain("."),
  ]);
}
