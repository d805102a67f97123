/** Our own words alone, as a message. */

import { paragraph } from "./blocks.ts";
import type { Message } from "./message.ts";

/** One sentence of our own, such as why something was not done. */
export function renderWords(text: string): Message {
  return { text, blocks: [paragraph(text)] };
}
