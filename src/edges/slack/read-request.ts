/**
 * The body of a signed request -> what Slack means by it.
 *
 * A signature proves who sent a body, and nothing about its shape. Whatever the listeners rely on is
 * asked for here, so that a body without it is refused in one place with its reason.
 */

import { z } from "zod";
import { boundedList } from "../../exposition/bounded-list.ts";
import { shortenJson } from "../../exposition/shorten-json.ts";

export type SlackRequest =
  /** For Bolt: an event, a command, or what a person did with a button, a menu or a modal. */
  | { readonly kind: "event"; readonly body: Readonly<Record<string, unknown>> }
  /** Slack asks whether this address is ours. */
  | { readonly kind: "challenge"; readonly challenge: string }
  | { readonly kind: "malformed"; readonly reason: string };

const person = z.looseObject({ id: z.string() });
const channel = z.looseObject({ id: z.string() });
const values = z.record(z.string(), z.record(z.string(), z.looseObject({})));
const view = z.looseObject({
  id: z.string(),
  callback_id: z.string(),
  state: z.looseObject({ values }),
});

const COMMAND = z.looseObject({
  command: z.string(),
  text: z.string().default(""),
  user_id: z.string(),
  channel_id: z.string(),
  trigger_id: z.string().default(""),
  response_url: z.string().default(""),
});

const PAYLOADS: Readonly<Record<string, z.ZodType<Record<string, unknown>>>> = {
  block_actions: z.looseObject({
    user: person,
    channel: channel.nullish(),
    actions: boundedList(z.looseObject({ action_id: z.string(), type: z.string() })).refine(
      (all) => all.length > 0,
      "holds no action",
    ),
    view: view.nullish(),
    message: z.looseObject({ ts: z.string() }).nullish(),
    state: z.looseObject({ values }).nullish(),
  }),
  block_suggestion: z.looseObject({
    user: person,
    channel: channel.nullish(),
    action_id: z.string(),
    value: z.string(),
    view: view.nullish(),
  }),
  view_submission: z.looseObject({
    user: person,
    view: view.extend({ title: z.looseObject({ text: z.string() }) }),
  }),
  view_closed: z.looseObject({ user: person, view }),
  message_action: z.looseObject({
    user: person,
    channel,
    callback_id: z.string(),
    message_ts: z.string(),
    message: z.looseObject({}),
  }),
  shortcut: z.looseObject({ user: person, callback_id: z.string() }),
};

const ofMessage = {
  user: z.string().nullish(),
  channel: z.string(),
  ts: z.string(),
  thread_ts: z.string().nullish(),
  text: z.string().nullish(),
};
/** Events that the bot listens to; of the others it only has to know what they are. */
const EVENTS = z.union([
  z.looseObject({ ...ofMessage, type: z.enum(["app_mention", "message"]) }),
  z.looseObject({ type: z.literal("app_home_opened"), user: z.string(), channel: z.string() }),
  z.looseObject({
    type: z
      .string()
      .refine((type) => !["app_mention", "message", "app_home_opened"].includes(type)),
  }),
]);

const EVENT = z.looseObject({
  type: z.literal("event_callback"),
  event_id: z.string(),
  event: EVENTS,
});
const CHALLENGE = z.looseObject({ type: z.literal("url_verification"), challenge: z.string() });

const FORM = "application/x-www-form-urlencoded";

/** Reads a body by its media type: forms are commands and payloads, all else is JSON. */
export function readSlackRequest(contentType: string | undefined, body: Buffer): SlackRequest {
  const text = body.toString("utf8");
  try {
    const mediaType = contentType?.split(";", 1)[0]?.trim().toLowerCase();
    return mediaType === FORM ? readForm(text) : readJson(parsed(body));
  } catch (error) {
    // A body nested a hundred thousand deep runs the parser out of stack.
    const reason = error instanceof RangeError ? "it is nested too deeply" : "it is not JSON";
    return { kind: "malformed", reason };
  }
}

/** Whether an unsigned body only looks at our certificate; Slack's answer to it is a bare 200. */
export function isCertificateCheck(contentType: string | undefined, body: Buffer): boolean {
  return (
    contentType?.startsWith(FORM) === true &&
    new URLSearchParams(body.toString("utf8")).get("ssl_check") === "1"
  );
}

function readForm(text: string): SlackRequest {
  const form = new URLSearchParams(text);
  const payload = form.get("payload");
  if (payload === null) return checked(COMMAND, Object.fromEntries(form));
  const value = parsed(Buffer.from(payload));
  const type = typeOf(value);
  const shape = Object.hasOwn(PAYLOADS, type) ? PAYLOADS[type] : undefined;
  if (shape === undefined) return { kind: "malformed", reason: "payload.type is not known" };
  return checked(shape, value);
}

/** Without keys that no reader takes. Throws for what is no JSON, or nested without end. */
function parsed(bytes: Buffer): unknown {
  return JSON.parse(shortenJson(bytes).text);
}

function readJson(value: unknown): SlackRequest {
  const challenge = CHALLENGE.safeParse(value);
  if (challenge.success) return { kind: "challenge", challenge: challenge.data.challenge };
  return checked(EVENT, value);
}

function typeOf(parsed: unknown): string {
  const type: unknown =
    typeof parsed === "object" && parsed !== null && "type" in parsed ? parsed.type : undefined;
  return typeof type === "string" ? type : "";
}

function checked(shape: z.ZodType<Record<string, unknown>>, parsed: unknown): SlackRequest {
  const result = shape.safeParse(parsed);
  if (result.success) return { kind: "event", body: withoutNulls(result.data) };
  const { path = [], message = "" } = result.error.issues[0] ?? {};
  const where = path.length === 0 ? "the body" : path.join(".");
  return { kind: "malformed", reason: `${where}: ${message}` };
}

/** A part that is null is not there: Bolt looks only for those that are left out. */
function withoutNulls(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([, part]) => part !== null));
}
