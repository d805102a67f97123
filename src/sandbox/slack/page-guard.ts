/**
 * Keeps other web pages away from the sandbox's own API.
 *
 * It listens on loopback, but any page open in the same browser can send requests there, and a name
 * that resolves to 127.0.0.1 can read the answers. So the Host must be a loopback name, and what
 * changes something must come from the page itself, as JSON.
 */

import type { FastifyInstance, FastifyRequest } from "fastify";

const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * From now on this server answers 403 and the reason to what other pages, or other names of this host, ask
 * of the page's API. What is the bot's (/api, /respond, /link, /services) is not touched.
 */
export function guardPage(server: FastifyInstance): void {
  server.addHook("onRequest", async (request, reply) => {
    if (!isPagePath(request.url)) return;
    const reason = refusal(request);
    if (reason !== undefined) await reply.code(403).send({ error: reason });
  });
}

/** The Web API and response URLs are for the bot: they have tokens and secret paths. */
function isPagePath(url: string): boolean {
  return !/^\/(api|respond|link|services)\//.test(url);
}

function refusal({ headers, method }: FastifyRequest): string | undefined {
  const host = headers.host ?? "";
  if (!LOOPBACK.has(host.replace(/:\d+$/, "")))
    return "This sandbox answers on loopback names only";
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${host}`)
    return "Requests of other pages are refused";
  const isJson = headers["content-type"]?.startsWith("application/json") === true;
  if (method !== "GET" && method !== "HEAD" && !isJson) return "Changes are taken as JSON only";
  return undefined;
}
