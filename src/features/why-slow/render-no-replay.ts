/** A replay that cannot be shown, and why. */

import { context } from "../../block-kit/blocks.ts";
import type { Message } from "../../block-kit/message.ts";
import { code, escaped } from "../../block-kit/text.ts";

/** `reason` is a part of a sentence, and may hold strangers' text. */
export function renderNoReplay(id: string, reason: string): Message {
  const text = `I cannot repeat the answer ${code(id, 80)}: ${escaped(reason)}.`;
  return { text, blocks: [context(text)] };
}
