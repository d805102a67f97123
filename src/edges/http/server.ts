/**
 * The bot's HTTP server: Alertmanager's webhook, its own health and metrics, and, in HTTP mode,
 * Slack's requests. One port for all.
 */

import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from "fastify";
import { MCP_PATH, type McpRoute, mcpRoute } from "../mcp/mcp-route.ts";
import { redaction } from "../redaction.ts";
import {
  ADDRESS_LIMITS,
  type AddressLimits,
  createAddressTurns,
  limitConnections,
  senderOf,
} from "./address-limits.ts";
import { type AlertRoutes, alertmanagerWebhook } from "./alertmanager-webhook.ts";
import { type HealthRoutes, healthRoutes } from "./health-routes.ts";
import { SLACK_PATH, type SlackListener, slackRequests } from "./slack-requests.ts";
import { type TargetRoutes, targetRoutes } from "./target-routes.ts";

export interface HttpServerOptions {
  readonly log: FastifyBaseLogger;
  readonly alerts: AlertRoutes;
  readonly health: HealthRoutes;
  /** Slack's requests, when they come over HTTP instead of Socket Mode. */
  readonly slack?: SlackListener;
  /** What the bot knows of its targets, for Prometheus. */
  readonly targets?: TargetRoutes;
  /** Agents, when a token is set for them. */
  readonly mcp?: McpRoute;
  readonly limits?: Partial<AddressLimits>;
}

/** Headers in all, in bytes and in number; Alertmanager, Prometheus and Slack send a dozen. */
const MAX_HEADER_BYTES = 16 * 1024;
const MAX_HEADERS = 100;

/** Then a connection is closed, so that no sender keeps its place for ever. */
const REQUESTS_PER_CONNECTION = 1_000;

/** A path longer than this is none of ours, and need not be repeated in an answer. */
const LONGEST_SHOWN = 100;

/**
 * No route has a schema: bodies are read by their own readers. Unless they are named here, Fastify loads
 * a compiler of validators and one of serializers, 4 MB in memory.
 */
const NO_SCHEMAS = { buildValidator: refuseSchema, buildSerializer: refuseSchema };

function refuseSchema(): never {
  throw new Error("a route has a schema, and none is compiled here");
}

/** Builds the server; the caller listens and closes. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const limits = { ...ADDRESS_LIMITS, ...options.limits };
  const server = Fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: limits.requestMs,
    maxRequestsPerSocket: REQUESTS_PER_CONNECTION,
    forceCloseConnections: "idle",
    http: {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: limits.headersMs,
      connectionsCheckingInterval: limits.everyMs,
    },
    schemaController: { compilersFactory: NO_SCHEMAS },
  });
  server.server.maxHeadersCount = MAX_HEADERS;
  limitConnections(server.server, limits);
  const takeTurn = createAddressTurns(limits, options.health.now);
  server.addHook("onRequest", async (request, reply) => {
    if (provesItself(request) || takeTurn(senderOf(request.ip))) return;
    const error = "too many requests from this address; wait a second";
    await reply.status(429).header("retry-after", "1").send({ error });
  });
  // Whatever a part says of itself may repeat what somebody else said.
  server.addHook("onSend", async (_request, _reply, payload) =>
    typeof payload === "string" ? redaction.longText(payload) : payload,
  );
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, "request failed");
    // What went wrong inside is for the log; the sender learns only what it can act on.
    const reason = status >= 500 ? "the bot could not handle this; try again" : error.message;
    return reply.status(status).send({ error: reason });
  });
  server.setNotFoundHandler((request, reply) =>
    reply.status(404).send({
      error: `no ${request.method} ${request.url.split("?")[0]?.slice(0, LONGEST_SHOWN)} here`,
    }),
  );
  await server.register(alertmanagerWebhook, options.alerts);
  await server.register(healthRoutes, options.health);
  if (options.slack !== undefined) await server.register(slackRequests, options.slack);
  if (options.targets !== undefined) await server.register(targetRoutes, options.targets);
  if (options.mcp !== undefined) await server.register(mcpRoute, options.mcp);
  return server;
}

/** What is under way at the end may take so long to be answered. */
const GRACE_MS = 3_000;

/** Answers what is under way; a sender that never comes to an end does not keep the bot from its own. */
export async function closeHttpServer(server: FastifyInstance, graceMs = GRACE_MS): Promise<void> {
  const late = setTimeout(() => server.server.closeAllConnections(), graceMs);
  try {
    await server.close();
  } finally {
    clearTimeout(late);
  }
}

/** Requests whose own route asks for a secret, and refuses at once what does not carry it. */
function provesItself({ routeOptions, headers }: FastifyRequest): boolean {
  const url = routeOptions.url ?? "";
  if (url === SLACK_PATH) return headers["x-slack-signature"] !== undefined;
  const isGuarded = url.startsWith("/webhook/") || url === MCP_PATH;
  const isSigned = url === MCP_PATH && headers["x-slack-signature"] !== undefined;
  return isGuarded && (isSigned || headers.authorization !== undefined);
}
