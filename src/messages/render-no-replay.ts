/** A replay that cannot be shown, and why. */

import { context } from "./blocks.ts";
import type { Message } from "./message.ts";
import { code, escaped } from "./text.ts";

export function renderNoReplay(id: string, reason: string): Message {
  const text = `I cannot repeat the answer ${code(id, 80)}: ${escaped(reason)}.`;
  return { text, blocks: [context(text)] };
}
