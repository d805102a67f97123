/** Slack's signed requests: the raw bytes are read here, and proven and answered by what listens. */

import type { IncomingHttpHeaders } from "node:http";
import type { FastifyInstance } from "fastify";

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

export async function slackRequests(server: FastifyInstance, slack: SlackListener): Promise<void> {
  server.removeAllContentTypeParsers();
  const parser = { parseAs: "buffer" as const, bodyLimit: MAX_BODY_BYTES };
  server.addContentTypeParser("*", parser, (_request, body, done) => done(null, body));
  server.post(SLACK_PATH, { bodyLimit: MAX_BODY_BYTES }, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const answer = await slack.handle({ headers: request.headers, body });
    if (answer.contentType !== undefined) reply.header("content-type", answer.contentType);
    return reply.status(answer.status).send(answer.body ?? "");
  });
}
