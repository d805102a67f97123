/** Server-sent events: the feed as one person may see it, for as long as their page is open. */

import type { FastifyInstance } from "fastify";
import type { Feed } from "./feed.ts";
import { text } from "./json.ts";
import type { People } from "./people.ts";

/** Keeps the page from taking a quiet channel for a lost connection. */
const BEAT_MS = 10_000;

/**
 * Adds /sandbox/stream, which ends with its connection. A comment every ten seconds shows a page that the
 * server still lives.
 */
export function registerPageStream(
  server: FastifyInstance,
  { feed, people }: { readonly feed: Feed; readonly people: People },
): void {
  server.get("/sandbox/stream", (request, reply) => {
    const user = people.personOrFirst(text(request.query, "user")).id;
    reply.hijack();
    const stream = reply.raw;
    stream.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    stream.write("retry: 1000\n\n");
    const unsubscribe = feed.subscribe(user, (item) => {
      stream.write(`data: ${JSON.stringify(item)}\n\n`);
    });
    const beat = setInterval(() => stream.write(": beat\n\n"), BEAT_MS);
    stream.on("close", () => {
      clearInterval(beat);
      unsubscribe();
    });
  });
}
