/** Slack delivers an event again when an answer was slow: each is answered once. */

/** Retries come within five minutes (docs.slack.dev, Events API); this many cover a busy hour. */
const REMEMBERED = 10_000;

/** Returns a function that says whether an event id was seen before, and remembers it. */
export function createSeenEvents(): (eventId: string) => boolean {
  const seen = new Set<string>();
  return (eventId) => {
    if (seen.has(eventId)) return true;
    seen.add(eventId);
    const [oldest] = seen;
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
    return false;
  };
}
