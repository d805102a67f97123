/** An answer that comes late says so: whoever asked may have gone on since. */

import { context } from "../../block-kit/blocks.ts";
import type { Message } from "../../block-kit/message.ts";
import { duration } from "../../block-kit/times.ts";
import { DAY_MS } from "../../promql/duration.ts";

/** Sooner than this, nobody wonders where the answer was. */
const LATE_MS = 60_000;
/** Nothing is answered after so long: a greater age is a clock that is wrong. */
const NO_QUESTION_MS = DAY_MS;

/** `ts` is Slack's timestamp of the question; `startedAt` when the bot began to answer it. */
export function withAge(message: Message, ts: string, startedAt: number): Message {
  const ageMs = startedAt - Number(ts) * 1_000;
  if (!(ageMs >= LATE_MS && ageMs < NO_QUESTION_MS)) return message;
  const note = `You asked this ${duration(ageMs)} ago, while I was down.`;
  return {
    ...message,
    text: `${note} ${message.text}`,
    blocks: message.blocks.length === 0 ? [] : [context(note), ...message.blocks],
  };
}
