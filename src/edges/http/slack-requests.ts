/** Slack's signed requests: the raw bytes are read here, and proven and answered by what listens. */

import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { FastifyInstance } from "fastify";
import { senderOf } from "./address-limits.ts";

export interface SlackAnswer {
  readonly status: number;
  readonly contentType?: string;
  readonly body?: string;
}

export interface SlackListener {
  /** Always ends with an answer. */
  readonly handle: (request: {
    readonly headers: IncomingHttpHeaders;
    readonly body: Buffer;
  }) => Promise<SlackAnswer>;
}

/** The path that the app's manifest names for events, commands and interactions. */
export const SLACK_PATH = "/slack/events";

/** A click on a long message carries all of it; Slack's own limits keep that below 500 kB. */
const MAX_BODY_BYTES = 1024 ** 2;

/**
 * Bodies of one sender that are under way at a time, in bytes. Only the whole body proves whose it is, so
 * a stranger could fill the memory with beginnings; Slack's own requests are some kilobytes each.
 */
const ROOM_OF_SENDER = 16 * 1024 ** 2;

function createSenderRoom() {
  const held = new Map<string, number>();
  const add = (sender: string, bytes: number): void => {
    const now = (held.get(sender) ?? 0) + bytes;
    if (now > 0) held.set(sender, now);
    else held.delete(sender);
  };
  return {
    enter(sender: string, bytes: number): boolean {
      if ((held.get(sender) ?? 0) + bytes > ROOM_OF_SENDER) return false;
      add(sender, bytes);
      return true;
    },
    leave: (sender: string, bytes: number) => add(sender, -bytes),
  };
}

/** What a body may come to: in chunks nobody says how long it is. */
function announcedBytes({ headers }: IncomingMessage): number {
  const length = Number(headers["content-length"] ?? MAX_BODY_BYTES);
  return Number.isFinite(length) ? Math.min(Math.max(0, length), MAX_BODY_BYTES) : MAX_BODY_BYTES;
}

/** Registers Slack's paths as a plugin of fastify; how much one sender may send at a time is bounded. */
export async function slackRequests(server: FastifyInstance, slack: SlackListener): Promise<void> {
  server.removeAllContentTypeParsers();
  const parser = { parseAs: "buffer" as const, bodyLimit: MAX_BODY_BYTES };
  server.addContentTypeParser("*", parser, (_request, body, done) => done(null, body));
  const room = createSenderRoom();
  server.addHook("onRequest", async (request, reply) => {
    const [sender, bytes] = [senderOf(request.ip), announcedBytes(request.raw)];
    if (!room.enter(sender, bytes)) {
      const error = "too many requests of this address are under way; wait a second";
      return reply.status(503).header("retry-after", "1").send({ error });
    }
    request.raw.once("close", () => room.leave(sender, bytes));
  });
  server.post(SLACK_PATH, { bodyLimit: MAX_BODY_BYTES }, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const answer = await slack.handle({ headers: request.headers, body });
    if (answer.contentType !== undefined) reply.header("content-type", answer.contentType);
    return reply.status(answer.status).send(answer.body ?? "");
  });
}
