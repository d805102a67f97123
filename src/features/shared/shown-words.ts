/** Reactions of a sentence or two, shown to the person alone. */

import { renderWords } from "../../block-kit/words.ts";
import type { Reaction } from "./interactions.ts";

/** `text` is mrkdwn; what strangers wrote in it is escaped. */
export function shownWords(text: string): Reaction & { readonly kind: "message" } {
  return { kind: "message", message: renderWords(text) };
}

/** Its row was removed after the time that the configuration keeps it. */
export const INCIDENT_GONE = "I no longer have this incident.";
