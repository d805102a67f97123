/** Slack's requests to the bot over HTTP, signed with the app's signing secret. */

import { createHmac } from "node:crypto";
import { parseJson } from "../../exposition/parse-json.ts";
import type { BotLink, BotReply, BotRequest, Retry } from "./bot-link.ts";
import { isJson } from "./json.ts";

export interface HttpLinkOptions {
  /** The bot's request URL; undefined while no bot is connected. */
  readonly url: () => string | undefined;
  readonly signingSecret: string;
  readonly ackWithinMs: number;
}

/**
 * A link that posts to the bot's address. Never rejects: no address, no answer in `ackWithinMs`
 * milliseconds and an error's status are kinds of its answer.
 */
export function createHttpLink(options: HttpLinkOptions): BotLink {
  return {
    async send(request, retry) {
      const url = options.url();
      if (url === undefined) return { kind: "unreachable" };
      const { contentType, body } = encode(request);
      try {
        const response = await fetch(url, {
          method: "POST",
          body,
          headers: {
            "content-type": contentType,
            "user-agent": "Slackbot 1.0 (sandbox)",
            ...signature(options.signingSecret, body),
            ...retryHeaders(retry),
          },
          redirect: "error",
          signal: AbortSignal.timeout(options.ackWithinMs),
        });
        return await readReply(response);
      } catch (error) {
        const timedOut = error instanceof Error && error.name === "TimeoutError";
        return { kind: timedOut ? "timed_out" : "unreachable" };
      }
    },
  };
}

/** Events are JSON, commands a form, interactions a form whose field `payload` is JSON. */
function encode(request: BotRequest): { contentType: string; body: string } {
  const form = "application/x-www-form-urlencoded";
  switch (request.kind) {
    case "events_api":
      return { contentType: "application/json", body: JSON.stringify(request.payload) };
    case "slash_commands": {
      const fields = Object.entries(request.payload).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]);
      return { contentType: form, body: new URLSearchParams(fields).toString() };
    }
    case "interactive": {
      const payload = JSON.stringify(request.payload);
      return { contentType: form, body: new URLSearchParams({ payload }).toString() };
    }
  }
}

/**
 * The time is the real one, not the sandbox's clock: the bot compares it with its own and refuses
 * what is more than five minutes off (slack-platform: Signature).
 */
function signature(secret: string, body: string): Record<string, string> {
  const timestamp = Math.floor(Date.now() / 1000);
  const digest = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return { "x-slack-request-timestamp": String(timestamp), "x-slack-signature": `v0=${digest}` };
}

function retryHeaders(retry: Retry | undefined): Record<string, string> {
  if (retry === undefined) return {};
  return { "x-slack-retry-num": String(retry.number), "x-slack-retry-reason": retry.reason };
}

async function readReply(response: Response): Promise<BotReply> {
  const text = await response.text();
  if (!response.ok) return { kind: "refused", status: response.status };
  if (text === "") return { kind: "acknowledged", body: undefined };
  const parsed = parseJson(text);
  return { kind: "acknowledged", body: isJson(parsed) ? parsed : text };
}
