/** MCP over streamable HTTP, on the bot's own port, for whoever carries the token, and for Slackbot. */

import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Credentials } from "../../config/config.ts";
import { parseJson } from "../../exposition/parse-json.ts";
import { isAuthorized } from "../http/authorize.ts";
import type { VerifySignature } from "../slack/verify-signature.ts";
import type { McpSession } from "./mcp-session.ts";

export const MCP_PATH = "/mcp";

export interface McpRoute {
  /** What a client must carry; empty where Slackbot alone is answered. */
  readonly auth: () => readonly Credentials[];
  readonly session: McpSession;
  /** Slack's requests, which carry its signature in place of a token. */
  readonly slackbot?: SlackbotRoute;
  readonly onError: (error: Error) => void;
}

interface SlackbotRoute {
  readonly session: McpSession;
  readonly refusalOf: VerifySignature;
  /** A request that should be Slack's was not taken, and why. */
  readonly refused: (reason: string) => void;
}

/** Questions are short; nobody sends more. */
const MAX_BODY_BYTES = 256 * 1024;

type Handle = (request: Request, body: unknown) => Promise<Response>;

/** The SDK is loaded with the first request: a bot that nobody asks over MCP does not carry it. */
export async function mcpRoute(server: FastifyInstance, route: McpRoute): Promise<void> {
  const loaded = new Map<McpSession, Promise<Handle>>();
  const handlerOf = (session: McpSession): Promise<Handle> => {
    const known = loaded.get(session) ?? load(session, route.onError);
    loaded.set(session, known);
    return known;
  };
  // A signature is of the bytes as they came.
  server.removeAllContentTypeParsers();
  const parser = { parseAs: "buffer" as const, bodyLimit: MAX_BODY_BYTES };
  server.addContentTypeParser("*", parser, (_request, body, done) => done(null, body));
  server.route({
    method: ["GET", "POST", "DELETE"],
    url: MCP_PATH,
    bodyLimit: MAX_BODY_BYTES,
    handler: async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const session = sessionFor(route, request, body);
      if (session === undefined) {
        const error = "wrong or missing bearer token (MCP_TOKEN)";
        return reply.status(401).header("www-authenticate", "Bearer").send({ error });
      }
      // A page in a browser must not reach it with somebody's token (MCP, "Security warning").
      if (!isOwnOrigin(request.headers.origin)) {
        return reply.status(403).send({ error: "requests from a web page are not taken" });
      }
      const parsed = request.method === "POST" ? parseJson(body.toString("utf8")) : undefined;
      if (parsed === undefined && request.method === "POST") {
        return reply.status(400).send(NO_JSON);
      }
      const handle = await handlerOf(session);
      return reply.send(await handle(webRequest(request), parsed));
    },
  });
}

/** JSON-RPC 2.0, 5.1: what came is not JSON. */
const NO_JSON = {
  jsonrpc: "2.0",
  error: { code: -32_700, message: "the request is not JSON" },
  id: null,
};

/** For whom the request is answered; undefined for nobody. */
function sessionFor(
  { auth, session, slackbot }: McpRoute,
  { headers }: FastifyRequest,
  body: Buffer,
): McpSession | undefined {
  if (slackbot !== undefined && headers["x-slack-signature"] !== undefined) {
    const refusal = slackbot.refusalOf({ headers, body });
    if (refusal === undefined) return slackbot.session;
    slackbot.refused(refusal);
    return undefined;
  }
  return isAuthorized(headers.authorization, auth()) ? session : undefined;
}

const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** None, as programs send it, or a page of this machine, such as an inspector. */
function isOwnOrigin(origin: string | undefined): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && LOOPBACK.has(new URL(origin).hostname);
}

async function load(session: McpSession, onError: McpRoute["onError"]): Promise<Handle> {
  const [{ createMcpHandler }, { mcpServers }] = await Promise.all([
    import("@modelcontextprotocol/server"),
    import("./mcp-server.ts"),
  ]);
  const mcp = createMcpHandler(mcpServers(session), { onerror: onError });
  return (request, parsedBody) => mcp.fetch(request, { parsedBody });
}

/** The body was read by the server, within its limit, and goes beside the request. */
function webRequest({ method, url, headers, hostname }: FastifyRequest): Request {
  const pairs = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined || name === "authorization" ? [] : [[name, String(value)]],
  );
  const body = method === "POST" ? { body: "{}" } : {};
  return new Request(`http://${hostname}${url}`, { method, headers: pairs, ...body });
}
