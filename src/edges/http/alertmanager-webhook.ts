/**
 * POST /webhook/alertmanager.
 *
 * Alertmanager tries again after a 5xx and drops for good after a 4xx (notify/webhook), so 4xx is
 * only for what no retry can mend, and 2xx only for what is durably written.
 */

import type { FastifyInstance, FastifyReply } from "fastify";
import { parseWebhook } from "../../alerts/parse-webhook.ts";
import type { Credentials } from "../../config/config.ts";
import type { RespondToAlerts } from "../../features/incidents/respond-to-alerts.ts";
import { isAuthorized } from "./authorize.ts";

export interface AlertRoutes {
  readonly auth: Credentials;
  readonly maxBodyBytes: number;
  readonly respond: RespondToAlerts;
  /** Counts what was turned away. */
  readonly refused: (outcome: "unauthorized" | "too_large" | "malformed" | "failed") => void;
}

export async function alertmanagerWebhook(
  server: FastifyInstance,
  options: AlertRoutes,
): Promise<void> {
  server.removeAllContentTypeParsers();
  const parser = { parseAs: "buffer" as const, bodyLimit: options.maxBodyBytes };
  server.addContentTypeParser("*", parser, (_request, body, done) => done(null, body));
  server.setErrorHandler((error: { statusCode?: number }, request, reply) => {
    if (error.statusCode === 413) {
      return refuse(reply, options, {
        status: 413,
        outcome: "too_large",
        reason: `the body is larger than ${options.maxBodyBytes} bytes (webhook.maxBody)`,
      });
    }
    if (error.statusCode === 415) {
      const reason = "the Content-Type header is no media type; send application/json";
      return refuse(reply, options, { status: 415, outcome: "malformed", reason });
    }
    request.log.error({ err: error }, "webhook failed");
    options.refused("failed");
    return reply.status(503).send({ error: "the alert could not be stored; send it again" });
  });
  server.post(
    "/webhook/alertmanager",
    {
      bodyLimit: options.maxBodyBytes,
      // Before the body is read: a stranger must not make the bot buffer megabytes.
      onRequest: async (request, reply) => {
        if (isAuthorized(request.headers.authorization, options.auth)) return;
        reply.header("www-authenticate", CHALLENGES[options.auth.kind]);
        await refuse(reply, options, {
          status: 401,
          outcome: "unauthorized",
          reason: `wrong or missing ${options.auth.kind} credentials in the Authorization header`,
        });
      },
    },
    async (request, reply) => {
      const result = readBody(request.body);
      if (result.kind === "malformed") {
        request.log.warn({ reason: result.reason }, "webhook refused: malformed");
        return refuse(reply, options, { status: 422, outcome: "malformed", reason: result.reason });
      }
      const outcome = await options.respond(result.notification);
      return reply.status(200).send({ status: "stored", outcome });
    },
  );
}

/** RFC 6750, 3 and RFC 7617, 2: what a 401 must say. */
const CHALLENGES = { bearer: "Bearer", basic: 'Basic realm="Alertmanager webhook"' } as const;

function readBody(body: unknown): ReturnType<typeof parseWebhook> {
  if (!Buffer.isBuffer(body) || body.length === 0) {
    return { kind: "malformed", reason: "the body is empty" };
  }
  try {
    return parseWebhook(JSON.parse(body.toString("utf8")));
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: "malformed", reason: "the body is not JSON" };
    // A body nested a hundred thousand deep runs the parser out of stack.
    if (error instanceof RangeError) {
      return { kind: "malformed", reason: "the body is nested too deeply" };
    }
    throw error;
  }
}

interface Refusal {
  readonly status: number;
  readonly outcome: "unauthorized" | "too_large" | "malformed";
  readonly reason: string;
}

function refuse(reply: FastifyReply, options: AlertRoutes, refusal: Refusal): FastifyReply {
  options.refused(refusal.outcome);
  return reply.status(refusal.status).send({ error: refusal.reason });
}
