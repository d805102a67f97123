/**
 * Slack's signed requests, handed to Bolt's receiver untouched.
 *
 * The receiver proves the signature over the raw bytes, so nothing here may read the body.
 */

import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";

export interface SlackListener {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
}

/** The path that the app's manifest names for events, commands and interactions. */
export const SLACK_PATH = "/slack/events";

export async function slackRequests(server: FastifyInstance, slack: SlackListener): Promise<void> {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", (_request, _payload, done) => done(null));
  server.post(SLACK_PATH, (request, reply) => {
    reply.hijack();
    slack.handle(request.raw, reply.raw);
  });
}
