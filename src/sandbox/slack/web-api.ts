/**
 * Slack's Web API as the bot meets it: faults first, then Slack's own rules, then what this layer
 * does itself, and for the rest the emulator.
 */

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Conversations } from "./conversations.ts";
import type { Fault, Faults } from "./faults.ts";
import { type Json, text } from "./json.ts";
import type { MessageLog } from "./message-log.ts";
import { readHistory, readReplies } from "./reading.ts";
import { showSharedFiles } from "./shared-files.ts";
import { type Method, type MethodAnswer, refuse } from "./view-methods.ts";
import { readFields, tokenOf } from "./web-api-request.ts";
import type { Workspace } from "./workspace.ts";

/** One call of the bot, as it came. */
export interface ApiCall {
  readonly method: string;
  readonly body: Json;
  readonly time: Date;
}

export interface WebApiOptions {
  readonly workspace: Workspace;
  readonly conversations: Conversations;
  readonly log: MessageLog;
  readonly faults: Faults;
  /** Somebody has taken this token back. */
  readonly isRevoked: (token: string) => boolean;
  readonly clock: () => Date;
  readonly appToken: string | undefined;
  /** views.* and what else this layer answers without the emulator; the body's token has been checked. */
  readonly methods: Readonly<Record<string, Method>>;
  /** The sandbox's own address. */
  readonly url: () => string;
  /** The address for one Socket Mode connection. */
  readonly openSocket: () => string;
  readonly onCall: (call: ApiCall) => void;
}

type Outcome =
  | { readonly kind: "answer"; readonly answer: MethodAnswer }
  | { readonly kind: "rate_limited"; readonly retryAfter: number }
  | { readonly kind: "server_error" }
  | { readonly kind: "lost_answer" };

/** Bodies above this are refused with 413; a message of 50 full blocks is far below it. */
const BODY_LIMIT = 4 * 1024 * 1024;

/**
 * Adds `/api/:method` for GET and POST, bodies up to 4 MiB as forms or JSON. `onCall` sees each call before
 * it is answered.
 */
export function registerWebApi(server: FastifyInstance, options: WebApiOptions): void {
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const method = text(request.params, "method");
    const body = readFields(request);
    const token = tokenOf(request, body);
    options.onCall({ method, body, time: options.clock() });
    return send(reply, await answerCall(options, { method, body, token }));
  };
  server.post("/api/:method", { bodyLimit: BODY_LIMIT }, handler);
  server.get("/api/:method", handler);
}

interface Incoming {
  readonly method: string;
  readonly body: Json;
  readonly token: string;
}

async function answerCall(options: WebApiOptions, incoming: Incoming): Promise<Outcome> {
  const { method, body, token } = incoming;
  if (token === "") return { kind: "answer", answer: refuse("not_authed") };
  if (options.isRevoked(token)) return { kind: "answer", answer: refuse("token_revoked") };
  if (method === "apps.connections.open") {
    const fault = options.faults.take(method, "");
    const open = async (): Promise<MethodAnswer> => openConnection(options, token);
    return fault === undefined ? { kind: "answer", answer: await open() } : meet(fault, open);
  }
  if (!isKnownToken(options.workspace, token)) {
    return { kind: "answer", answer: refuse("invalid_auth") };
  }
  const fault = options.faults.take(method, text(body, "channel"));
  return fault === undefined
    ? { kind: "answer", answer: await run(options, incoming) }
    : meet(fault, () => run(options, incoming));
}

async function meet(fault: Fault, run: () => Promise<MethodAnswer>): Promise<Outcome> {
  switch (fault.kind) {
    case "channel_not_found":
    case "not_in_channel":
      return { kind: "answer", answer: refuse(fault.kind) };
    case "invalid_blocks":
      return { kind: "answer", answer: refuse(fault.kind, ["[ERROR] fault of the sandbox"]) };
    case "rate_limited":
      return { kind: "rate_limited", retryAfter: fault.retryAfter ?? 1 };
    case "server_error":
      return { kind: "server_error" };
    case "lost_answer":
      await run();
      return { kind: "lost_answer" };
  }
}

async function run(
  options: WebApiOptions,
  { method, body, token }: Incoming,
): Promise<MethodAnswer> {
  const { workspace, conversations, log, methods } = options;
  const named = withChannelId(workspace, body);
  if (NEEDS_MEMBERSHIP.has(method) && token === workspace.bot.token) {
    const channel = workspace.channels.find(({ id }) => id === named["channel"]);
    if (channel !== undefined && !workspace.hasBot(channel.id)) return refuse("not_in_channel");
  }
  const own = methods[method];
  if (own !== undefined) return own(named);
  switch (method) {
    case "chat.postMessage":
      return conversations.post(named, token);
    case "chat.update":
      return conversations.update(named, token);
    case "chat.delete":
      return conversations.remove(named, token);
    case "chat.postEphemeral":
      return conversations.postEphemeral(named, token);
    case "conversations.history":
      return readHistory(log, named);
    case "conversations.replies":
      return readReplies(log, named);
    default:
      return proxy(options, { method, body: named, token });
  }
}

const NEEDS_MEMBERSHIP: ReadonlySet<string> = new Set([
  "chat.postMessage",
  "chat.postEphemeral",
  "conversations.history",
  "conversations.replies",
]);

async function proxy(
  options: WebApiOptions,
  { method, body, token }: Incoming,
): Promise<MethodAnswer> {
  const { workspace, conversations } = options;
  const answer = await workspace.call(method, body, token);
  if (answer["ok"] !== true) return answer;
  const channel = text(body, "channel");
  if (method === "auth.test") return { ...answer, url: `${options.url()}/` };
  if (method === "chat.getPermalink") return onPage(answer, workspace, options.url());
  if (method === "conversations.join") workspace.setMembership(channel, true);
  if (method === "conversations.leave") workspace.setMembership(channel, false);
  if (method === "files.completeUploadExternal") await showSharedFiles(options, body, answer);
  if (method.startsWith("reactions.")) {
    await conversations.refresh(channel, text(body, "timestamp"));
  }
  return answer;
}

/** The emulator's own address shows no messages; the page does. */
function onPage(answer: MethodAnswer, { emulatorUrl }: Workspace, url: string): MethodAnswer {
  const { pathname, search } = new URL(text(answer, "permalink"), emulatorUrl);
  return { ...answer, permalink: `${url}${pathname}${search}` };
}

function openConnection({ appToken, openSocket }: WebApiOptions, token: string): MethodAnswer {
  return token === appToken ? { ok: true, url: openSocket() } : refuse("not_allowed_token_type");
}

function send(reply: FastifyReply, outcome: Outcome): FastifyReply {
  switch (outcome.kind) {
    case "answer":
      return reply.send(outcome.answer);
    case "rate_limited":
      return reply
        .code(429)
        .header("retry-after", String(outcome.retryAfter))
        .send(refuse("ratelimited"));
    case "server_error":
      return reply.code(500).send(refuse("internal_error"));
    case "lost_answer":
      reply.hijack();
      reply.raw.destroy();
      return reply;
  }
}

/** `#incidents` and `incidents` stand for the channel's id, as in Slack. */
function withChannelId(workspace: Workspace, body: Json): Json {
  const name = text(body, "channel").replace(/^#/, "");
  const found = workspace.channels.find((channel) => channel.name === name);
  return found === undefined ? body : { ...body, channel: found.id };
}

function isKnownToken({ bot, alertmanager, people }: Workspace, token: string): boolean {
  return [bot, alertmanager, ...people].some((owner) => owner.token === token);
}
