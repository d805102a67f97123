/** What a screen reader says of what happens: new messages, and what the page itself announces. */

import { useCallback, useState } from "react";
import type { FeedItem } from "../slack/page-protocol.ts";
import { str } from "./shown-message.ts";

/** Long texts are begun, not read out. */
const SPOKEN = 200;

/** The words to say now, and two ways to set them. */
export function useSpoken() {
  const [words, setWords] = useState("");
  const announce = useCallback((said: string) => setWords(said), []);
  const speakNews = useCallback((item: FeedItem) => {
    if (item.type !== "message" && item.type !== "ephemeral") return;
    const text = str(item.message["text"]).slice(0, SPOKEN);
    if (text !== "") setWords(`New message: ${text}`);
  }, []);
  return { words, announce, speakNews };
}
