/** The HTTP side of response URLs: Slack answers "ok", or 404 once the URL is used up or too old. */

import type { FastifyInstance } from "fastify";
import { parseJson } from "../../exposition/parse-json.ts";
import { isJson, text } from "./json.ts";
import type { Respond } from "./respond.ts";
import { RESPONSE_PATH, type ResponseUrls } from "./response-urls.ts";

/** Adds the route on which `responseUrls` are used up. */
export function registerResponseUrls(
  server: FastifyInstance,
  { responseUrls, respond }: { readonly responseUrls: ResponseUrls; readonly respond: Respond },
): void {
  server.post(`${RESPONSE_PATH}:id`, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? parseJson(request.body.toString()) : undefined;
    if (!isJson(body)) return reply.code(400).send("invalid_payload");
    const spent = responseUrls.spend(new URL(request.url, "http://sandbox").pathname);
    if (spent.kind === "refused") {
      return reply.code(404).send({ ok: false, error: spent.error });
    }
    const answer = await respond(spent.occasion, body);
    return answer["ok"] === true
      ? reply.send("ok")
      : reply.code(400).send({ ok: false, error: text(answer, "error") });
  });
}
