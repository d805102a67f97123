/**
 * An incoming webhook, as Alertmanager's own Slack receiver posts to: its `api_url`. What it posts
 * is another app's message, for the bot to read.
 */

import type { FastifyInstance } from "fastify";
import { parseJson } from "../../exposition/parse-json.ts";
import { isJson, text } from "./json.ts";
import type { People } from "./people.ts";

export const WEBHOOK_PATH = "/services/T000000001/B0ALERTMGR/sandbox";

/** Where a post goes that names no channel. */
const DEFAULT_CHANNEL = "alerts";

/** Adds the webhook's route: "ok" as plain text, or 400 with Slack's word for what was wrong. */
export function registerIncomingWebhook(server: FastifyInstance, people: People): void {
  server.post(WEBHOOK_PATH, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? parseJson(request.body.toString()) : undefined;
    if (!isJson(body)) return reply.code(400).send("invalid_payload");
    const channel = text(body, "channel").replace(/^#/, "") || DEFAULT_CHANNEL;
    const answer = await people.postAsForeignApp(channel, body);
    return answer["ok"] === true ? reply.send("ok") : reply.code(400).send(text(answer, "error"));
  });
}
