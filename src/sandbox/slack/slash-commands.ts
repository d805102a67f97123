/** Slash commands: sent to the bot, answered from its acknowledgement, or failed in Slack's words. */

import type { BotLink, BotReply } from "./bot-link.ts";
import type { Ephemerals } from "./ephemerals.ts";
import { type Json, text } from "./json.ts";
import type { Respond } from "./respond.ts";
import type { Occasion, ResponseUrls } from "./response-urls.ts";
import type { Triggers } from "./triggers.ts";
import type { Workspace, WorkspacePerson } from "./workspace.ts";

interface SlashCommandsOptions {
  readonly workspace: Workspace;
  readonly ephemerals: Ephemerals;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly respond: Respond;
  readonly url: () => string;
  readonly link: BotLink;
}

export interface TypedCommand {
  readonly person: WorkspacePerson;
  readonly channel: string;
  /** As typed: `/streamline search disk full`. */
  readonly typed: string;
}

/** Returns the bot's reply when the person has been shown what came of the command. */
export function createSlashCommands(options: SlashCommandsOptions) {
  return async ({ person, channel, typed }: TypedCommand): Promise<BotReply> => {
    const [command = "", ...rest] = typed.trim().split(" ");
    const occasion = { user: person.id, channel };
    const words = rest.join(" ").trim();
    const payload = commandPayload(options, occasion, { person, command, words });
    const reply = await options.link.send({ kind: "slash_commands", payload });
    if (reply.kind !== "acknowledged") {
      await tellFailure(options, occasion, `${command} failed with the error "${errorOf(reply)}"`);
    } else if (typeof reply.body === "string") {
      await options.respond(occasion, { text: reply.body });
    } else if (reply.body !== undefined) await options.respond(occasion, reply.body);
    return reply;
  };
}

function commandPayload(
  { workspace, triggers, responseUrls, url }: SlashCommandsOptions,
  occasion: Occasion,
  typed: { readonly person: WorkspacePerson; readonly command: string; readonly words: string },
): Json {
  const { team, bot, channels } = workspace;
  const known = channels.find((channel) => channel.id === occasion.channel);
  return {
    token: "sandbox-verification-token",
    team_id: team.id,
    team_domain: team.domain,
    channel_id: occasion.channel,
    channel_name: known?.name ?? "directmessage",
    user_id: typed.person.id,
    user_name: typed.person.name,
    command: typed.command,
    text: typed.words,
    api_app_id: bot.appId,
    is_enterprise_install: "false",
    response_url: `${url()}${responseUrls.issue(occasion)}`,
    trigger_id: triggers.issue({ user: occasion.user }),
  };
}

/** The codes that Slack's own message names. */
function errorOf(reply: Exclude<BotReply, { kind: "acknowledged" }>): string {
  switch (reply.kind) {
    case "timed_out":
      return "operation_timeout";
    case "refused":
      return "http_service_error";
    case "unreachable":
      return "dispatch_failed";
  }
}

/** From Slackbot and not from the app: the app is what failed. */
async function tellFailure(
  options: SlashCommandsOptions,
  { user, channel }: Occasion,
  said: string,
) {
  const { workspace, ephemerals } = options;
  const body = { user, channel, text: said };
  const answer = await workspace.call("chat.postEphemeral", body, workspace.bot.token);
  const ts = text(answer, "message_ts");
  ephemerals.put(user, channel, { type: "message", user: SLACKBOT, text: said, ts });
}

/** The user id under which Slack itself speaks. */
const SLACKBOT = "USLACKBOT";
