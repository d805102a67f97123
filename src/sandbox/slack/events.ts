/** The Events API: what happens in the workspace, sent to the bot until it says 2xx or we give up. */

import { randomUUID } from "node:crypto";
import type { BotLink, BotReply, Retry } from "./bot-link.ts";
import type { Json } from "./json.ts";
import type { Workspace } from "./workspace.ts";

export interface EventsOptions {
  readonly link: BotLink;
  readonly workspace: Pick<Workspace, "team" | "bot">;
  readonly clock: () => Date;
  /** Milliseconds before each repetition. */
  readonly retryDelaysMs: readonly number[];
}

export interface Events {
  /** Starts the delivery and returns at once; the same `event_id` goes with every repetition. */
  send(event: Json): void;
  /** Settles when no delivery is under way. */
  idle(): Promise<void>;
}

/**
 * Slack repeats three times: at once, after a minute, after five (slack-platform: Events). The
 * sandbox does not make anybody wait that long.
 */
export const SANDBOX_RETRY_DELAYS_MS = [0, 250, 1_000] as const;

/**
 * A sender of events. `send` returns at once and tries again as Slack does; `idle` resolves when nothing is
 * under way.
 */
export function createEvents(options: EventsOptions): Events {
  const underWay = new Set<Promise<void>>();
  return {
    send(event) {
      const delivery = deliver(options, envelope(options, event)).finally(() =>
        underWay.delete(delivery),
      );
      underWay.add(delivery);
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

async function deliver({ link, retryDelaysMs }: EventsOptions, payload: Json): Promise<void> {
  let reply = await link.send({ kind: "events_api", payload });
  for (const [index, delayMs] of retryDelaysMs.entries()) {
    const reason = retryReason(reply);
    if (reason === undefined) return;
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    reply = await link.send({ kind: "events_api", payload }, { number: index + 1, reason });
  }
}

function retryReason(reply: BotReply): Retry["reason"] | undefined {
  switch (reply.kind) {
    case "acknowledged":
      return undefined;
    case "refused":
      return "http_error";
    case "timed_out":
      return "http_timeout";
    case "unreachable":
      return "connection_failed";
  }
}

function envelope({ workspace, clock }: EventsOptions, event: Json): Json {
  const { team, bot } = workspace;
  return {
    token: "sandbox-verification-token",
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: bot.appId,
    event,
    type: "event_callback",
    event_id: `Ev${randomUUID().replaceAll("-", "").slice(0, 10).toUpperCase()}`,
    event_time: Math.floor(clock().getTime() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: bot.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: "sandbox",
  };
}
