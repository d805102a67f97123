/**
 * POST /webhook/alertmanager for the source `default`, /webhook/alertmanager/<name> for the others.
 *
 * Alertmanager tries again after a 5xx and drops for good after a 4xx (notify/webhook), so 4xx is
 * only for what no retry can mend, and 2xx only for what is durably written. What is turned away is
 * lost, so somebody must hear of it: each refusal is reported.
 */

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { DEFAULT_SOURCE } from "../../alerts/alert.ts";
import { groupsOf } from "../../alerts/parse-webhook.ts";
import type { Credentials } from "../../config/config.ts";
import type { RespondToAlerts } from "../../features/incidents/respond-to-alerts.ts";
import type { Refusal } from "../../incidents/refusal.ts";
import { letOthersRun } from "../let-others-run.ts";
import { createAdmission } from "./admission.ts";
import { isAuthorized } from "./authorize.ts";
import { seldom } from "./stranger-log.ts";
import { isPacked, readWebhookBody } from "./webhook-body.ts";

export interface AlertRoutes {
  /** What each source must prove, by its name; `default` is always among them. */
  readonly sources: () => ReadonlyMap<string, readonly Credentials[]>;
  readonly maxBodyBytes: number;
  readonly now: () => number;
  readonly respond: RespondToAlerts;
  /** Counts what was turned away, and tells an operator where alerts are lost. */
  readonly refused: (refusal: Refusal) => void;
}

/** Registers the routes of all sources as a plugin of fastify. */
export async function alertmanagerWebhook(
  server: FastifyInstance,
  options: AlertRoutes,
): Promise<void> {
  server.removeAllContentTypeParsers();
  const parser = { parseAs: "buffer" as const, bodyLimit: options.maxBodyBytes };
  server.addContentTypeParser("*", parser, (_request, body, done) => done(null, body));
  const admission = createAdmission(ROOM);
  const stranger = seldom(options.now, (fields, message) => server.log.warn(fields, message));
  server.setErrorHandler((error: WebhookFailure, request, reply) =>
    answerError(error, { request, reply, options, stranger }),
  );
  for (const url of ["/webhook/alertmanager", "/webhook/alertmanager/:source"]) {
    server.route({
      // Grafana's contact point offers both.
      method: ["POST", "PUT"],
      url,
      bodyLimit: options.maxBodyBytes,
      // Before the body is read: a stranger must not make the bot buffer megabytes.
      onRequest: (request, reply) => admit({ request, reply, options, stranger }),
      handler: async (request, reply) => {
        const bytes = memoryOf(request, options);
        if (!admission.enter(bytes)) {
          options.refused({
            kind: "failed",
            source: sourceOf(request),
            reason: "too many at once",
          });
          const error = "more alerts arrive than can be stored: send it again";
          return sendLater(reply, { afterMs: FULL_RETRY_MS, error });
        }
        try {
          return await receive({ request, reply, options, stranger });
        } finally {
          admission.leave(bytes);
        }
      },
    });
  }
}

interface WebhookCall {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly options: AlertRoutes;
  /** Warns of whoever proves nothing. */
  readonly stranger: (fields: object, message: string) => void;
}

function sourceOf({ params }: FastifyRequest): string {
  const { source = DEFAULT_SOURCE } = params as { readonly source?: string };
  return source;
}

function encodingOf({ headers }: FastifyRequest): string {
  return (headers["content-encoding"] ?? "").trim().toLowerCase();
}

/** What storing it may take: what is packed may be of any size until it is unpacked. */
function memoryOf(request: FastifyRequest, { maxBodyBytes }: AlertRoutes): number {
  if (isPacked(encodingOf(request))) return maxBodyBytes;
  return Buffer.isBuffer(request.body) ? request.body.length : 0;
}

interface WebhookFailure {
  readonly statusCode?: number;
  /** Of a store that is in trouble, see edges/store/store-error. */
  readonly isReported?: boolean;
  readonly retryAfterMs?: number;
}

function answerError(error: WebhookFailure, exchange: WebhookCall): FastifyReply {
  const { request, reply, options } = exchange;
  if (error.statusCode === 413) {
    const reason = `the body is larger than ${options.maxBodyBytes} bytes (webhook.maxBody)`;
    return refuse(exchange, { status: 413, kind: "too_large", reason });
  }
  const { isReported, retryAfterMs } = error;
  // Where the store is in trouble, it says so itself, once for all who meet it.
  if (isReported !== true) request.log.error({ err: error }, "webhook failed");
  options.refused({ kind: "failed", source: sourceOf(request), reason: "the store failed" });
  return sendLater(reply, {
    afterMs: retryAfterMs ?? RETRY_AFTER_MS,
    error: "the alert could not be stored; send it again",
  });
}

/** RFC 9110, 10.2.3: Retry-After is in whole seconds. */
function sendLater(
  reply: FastifyReply,
  { afterMs, error }: { readonly afterMs: number; readonly error: string },
): FastifyReply {
  const seconds = Math.max(1, Math.ceil(afterMs / 1000));
  return reply.status(503).header("retry-after", String(seconds)).send({ error });
}

const RETRY_AFTER_MS = 5_000;
/** A queue that is full is empty again within a second or two. */
const FULL_RETRY_MS = 2_000;

/** What is being stored at a time: some seconds of work, and a bounded part of the memory. */
const ROOM = { requests: 400, bytes: 64 * 1024 ** 2 };

async function admit(exchange: WebhookCall): Promise<void> {
  const { request, reply, options } = exchange;
  // The body is read as JSON whatever the header says, and one that is no media type costs no alert.
  request.raw.headers["content-type"] = "application/json";
  const source = sourceOf(request);
  const sources = options.sources();
  const own = sources.get(source);
  // A stranger learns from the answer neither which sources there are nor how close a guess was.
  const accepted = own ?? sources.get(DEFAULT_SOURCE) ?? [];
  if (!isAuthorized(request.headers.authorization, accepted)) {
    const kind = accepted[0]?.kind ?? "bearer";
    reply.header("www-authenticate", CHALLENGES[kind]);
    const reason = `wrong or missing ${kind} credentials in the Authorization header`;
    await refuse(exchange, { status: 401, kind: "unauthorized", reason });
  } else if (own === undefined) {
    const reason = `no source is called ${source.slice(0, 60)}: name it under sources in the bot's configuration`;
    await refuse(exchange, { status: 404, kind: "unknown_source", reason });
  }
}

/** RFC 6750, 3 and RFC 7617, 2: what a 401 must say. */
const CHALLENGES = { bearer: "Bearer", basic: 'Basic realm="Alertmanager webhook"' } as const;

async function receive(exchange: WebhookCall): Promise<FastifyReply> {
  const { request, reply, options } = exchange;
  const received = { source: sourceOf(request), nowMs: options.now() };
  const sent = {
    bytes: request.body,
    encoding: encodingOf(request),
    maxBytes: options.maxBodyBytes,
  };
  const result = await readWebhookBody(sent, received);
  if (result.kind === "malformed") {
    return refuse(exchange, { status: 422, kind: "malformed", reason: result.reason });
  }
  if (await hasGone(request)) {
    return sendLater(reply, { afterMs: RETRY_AFTER_MS, error: "the connection was closed" });
  }
  let outcome: string | undefined;
  for (const group of groupsOf(result.notification)) {
    const own = await options.respond(group);
    outcome ??= own;
  }
  return reply.status(200).send({ status: "stored", outcome });
}

/**
 * Whether the sender has closed the connection: it gave up, and sends again what still is so. After a
 * pause of the whole process (its machine was suspended) such requests wait in its sockets, and tell
 * what was so before the pause. That a connection is closed is read one turn after what came over it.
 */
async function hasGone({ socket }: FastifyRequest): Promise<boolean> {
  await letOthersRun();
  return socket.destroyed || socket.readableEnded;
}

interface Refused {
  readonly status: number;
  readonly kind: Refusal["kind"];
  readonly reason: string;
}

function refuse(exchange: WebhookCall, { status, kind, reason }: Refused): FastifyReply {
  const { request, reply, options, stranger } = exchange;
  const source = sourceOf(request).slice(0, 60);
  const said = { source, kind, reason };
  if (kind === "unauthorized") stranger(said, "webhook refused");
  else request.log.warn(said, "webhook refused");
  options.refused({ kind, source, reason });
  return reply.status(status).send({ error: reason });
}
