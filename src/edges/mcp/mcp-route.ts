/** MCP over streamable HTTP, on the bot's own port, for whoever carries the token. */

import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Credentials } from "../../config/config.ts";
import { isAuthorized } from "../http/authorize.ts";
import type { McpSession } from "./mcp-session.ts";

export const MCP_PATH = "/mcp";

export interface McpRoute {
  /** What a client must carry; never empty. */
  readonly auth: () => readonly Credentials[];
  readonly session: McpSession;
  readonly onError: (error: Error) => void;
}

/** Questions are short; nobody sends more. */
const MAX_BODY_BYTES = 256 * 1024;

type Handle = (request: Request, body: unknown) => Promise<Response>;

/** The SDK is loaded with the first request: a bot that nobody asks over MCP does not carry it. */
export async function mcpRoute(server: FastifyInstance, route: McpRoute): Promise<void> {
  let loaded: Promise<Handle> | undefined;
  const handler = (): Promise<Handle> => {
    loaded ??= load(route);
    return loaded;
  };
  server.route({
    method: ["GET", "POST", "DELETE"],
    url: MCP_PATH,
    bodyLimit: MAX_BODY_BYTES,
    handler: async (request, reply) => {
      if (!isAuthorized(request.headers.authorization, route.auth())) {
        const error = "wrong or missing bearer token (MCP_TOKEN)";
        return reply.status(401).header("www-authenticate", "Bearer").send({ error });
      }
      // A page in a browser must not reach it with somebody's token (MCP, "Security warning").
      if (!isOwnOrigin(request.headers.origin)) {
        return reply.status(403).send({ error: "requests from a web page are not taken" });
      }
      const handle = await handler();
      return reply.send(await handle(webRequest(request), request.body));
    },
  });
}

const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** None, as programs send it, or a page of this machine, such as an inspector. */
function isOwnOrigin(origin: string | undefined): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && LOOPBACK.has(new URL(origin).hostname);
}

async function load({ session, onError }: McpRoute): Promise<Handle> {
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
