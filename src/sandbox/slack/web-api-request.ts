/** What a call of the Web API carries: its token and its fields. */

import type { FastifyRequest } from "fastify";
import { parseJson } from "../../exposition/parse-json.ts";
import { isJson, type Json, text } from "./json.ts";

/** From the header, or from the body, as older clients send it. */
export function tokenOf(request: FastifyRequest, body: Json): string {
  const bearer = /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  return bearer ?? text(body, "token");
}

/** Fields that carry JSON inside a form. */
const JSON_FIELDS: ReadonlySet<string> = new Set([
  "blocks",
  "attachments",
  "metadata",
  "view",
  "chunks",
  "prompts",
  "unfurls",
  "error",
]);

/** The fields of a form, a query or a JSON body; JSON inside a form is read, too. */
export function readFields(request: FastifyRequest): Json {
  const raw = Buffer.isBuffer(request.body) ? request.body.toString() : "";
  const type = request.headers["content-type"] ?? "";
  const fields = type.includes("application/json")
    ? parseJson(raw)
    : Object.fromEntries(raw === "" ? queryOf(request) : new URLSearchParams(raw));
  if (!isJson(fields)) return {};
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const parsed =
        JSON_FIELDS.has(name) && typeof value === "string" ? parseJson(value) : undefined;
      return [name, parsed ?? value];
    }),
  );
}

function queryOf(request: FastifyRequest): URLSearchParams {
  return new URL(request.url, "http://sandbox").searchParams;
}
