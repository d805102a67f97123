/**
 * The bot's HTTP server: Alertmanager's webhook, its own health and metrics, and, in HTTP mode,
 * Slack's requests. One port for all.
 */

import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  LogController,
} from "fastify";
import { type AlertRoutes, alertmanagerWebhook } from "./alertmanager-webhook.ts";
import { type HealthRoutes, healthRoutes } from "./health-routes.ts";
import { type SlackListener, slackRequests } from "./slack-requests.ts";

export interface HttpServerOptions {
  readonly log: FastifyBaseLogger;
  readonly alerts: AlertRoutes;
  readonly health: HealthRoutes;
  /** Slack's requests, when they come over HTTP instead of Socket Mode. */
  readonly slack?: SlackListener;
}

/** A request must have arrived whole within this time: a slow sender must not hold a socket. */
const REQUEST_TIMEOUT_MS = 30_000;

/** Builds the server; the caller listens and closes. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const server = Fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: "idle",
  });
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, "request failed");
    // What went wrong inside is for the log; the sender learns only what it can act on.
    const reason = status >= 500 ? "the bot could not handle this; try again" : error.message;
    return reply.status(status).send({ error: reason });
  });
  server.setNotFoundHandler((request, reply) =>
    reply.status(404).send({ error: `no ${request.method} ${request.url.split("?")[0]} here` }),
  );
  await server.register(alertmanagerWebhook, options.alerts);
  await server.register(healthRoutes, options.health);
  if (options.slack !== undefined) await server.register(slackRequests, options.slack);
  return server;
}
