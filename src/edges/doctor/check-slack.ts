/** Whether Slack takes the tokens, what the installed app lacks, and what it sees of the configuration. */

import { WebAPIPlatformError, WebClient } from "@slack/web-api";
import type { Config } from "../../config/config.ts";
import {
  fine,
  note,
  type SetupCheck,
  unchecked,
  wrong,
} from "../../features/doctor/setup-check.ts";
import { type AppScope, missingScopes } from "../slack/scopes.ts";
import { createSlackClient } from "../slack/slack-client.ts";
import { clockCheck } from "./check-clock.ts";
import { errorName, peopleChecks } from "./check-people.ts";

const TOKEN = { area: "Slack", where: "SLACK_BOT_TOKEN" } as const;

/** Checks of tokens, scopes, channels and people; where a token is refused, that alone. */
export async function checkSlack(config: Config): Promise<SetupCheck[]> {
  const { web, clock } = createSlackClient(config.slack);
  let identity: Awaited<ReturnType<WebClient["auth"]["test"]>>;
  try {
    identity = await web.auth.test();
  } catch (error) {
    return [tokenProblem(error)];
  }
  const scopes = identity.response_metadata?.scopes;
  const lacking = missingScopes(scopes);
  const ahead = clock.now() - Date.now();
  return [
    fine(
      TOKEN,
      `Slack accepts it: ${identity.user ?? "the bot"} in ${identity.team ?? "its workspace"}`,
    ),
    ...scopeChecks(lacking),
    ...slackbotChecks(config, scopes),
    ...(await connectionChecks(config)),
    clockCheck("Slack", ahead),
    ...(await channelChecks(web, config, identity.user ?? "streamline")),
    ...(await peopleChecks(web, config)),
    unchecked(
      { area: "Slack", where: "events and commands" },
      "Slack does not say which of them the app has",
      "Type /streamline help in Slack; if nothing answers, compare the app with docs/slack-manifest.yaml",
    ),
  ];
}

function tokenProblem(error: unknown): SetupCheck {
  if (error instanceof WebAPIPlatformError) {
    return wrong(
      TOKEN,
      `Slack refuses it (${error.data.error})`,
      "Copy the Bot User OAuth Token (xoxb-…) from OAuth & Permissions of your Slack app; install the app first",
    );
  }
  const why = error instanceof Error ? error.message : String(error);
  return wrong(
    { area: "Slack", where: "connection" },
    `Slack cannot be reached: ${why}`,
    "Let this machine reach https://slack.com. For a proxy set NODE_USE_ENV_PROXY=1 and HTTPS_PROXY",
  );
}

const REINSTALL =
  "Update the app from docs/slack-manifest.yaml (App Manifest), and install it again (Install App)";

/** A newer bot may need more than the app had when it was installed: each scope with what it is for. */
function scopeChecks(lacking: readonly AppScope[]): SetupCheck[] {
  const place = { area: "Slack", where: "scopes" } as const;
  const needed = lacking.filter(({ isOptional }) => isOptional !== true);
  const extra = lacking.filter(({ isOptional }) => isOptional === true);
  return [
    ...(needed.length === 0 ? [] : [wrong(place, scopeWords(needed), REINSTALL)]),
    ...(extra.length === 0 ? [] : [note(place, scopeWords(extra), REINSTALL)]),
  ];
}

/** Only a bot that Slackbot may ask needs it (docs.slack.dev, Slackbot MCP Client). */
const MCP_SCOPE = "mcp:connect";

function slackbotChecks({ slack }: Config, scopes: readonly string[] = []): SetupCheck[] {
  const isAsked = slack.mode === "http" && slack.answersSlackbot === true;
  if (!isAsked || scopes.length === 0 || scopes.includes(MCP_SCOPE)) return [];
  return [
    wrong(
      { area: "Slack", where: "slack.slackbot" },
      `the installed app lacks ${MCP_SCOPE}, so Slackbot cannot ask the bot`,
      `Copy mcp_servers and ${MCP_SCOPE} from docs/slack-manifest.yaml into the app's manifest, and install the app again`,
    ),
  ];
}

function scopeWords(lacking: readonly AppScope[]): string {
  const names = lacking.map(({ scope }) => scope).join(", ");
  const without = lacking.map(({ scope, without: what }) => `without ${scope} ${what}`).join("; ");
  return `the installed app lacks ${names}: ${without}`;
}

/** What Socket Mode connects with; a signing secret is proved by Slack's first request alone. */
async function connectionChecks({ slack }: Config): Promise<SetupCheck[]> {
  if (slack.mode === "http") {
    const place = { area: "Slack", where: "SLACK_SIGNING_SECRET" } as const;
    return [
      /^[0-9a-f]{32,}$/.test(slack.signingSecret)
        ? unchecked(place, "looks like a signing secret; only Slack's first request proves it")
        : wrong(
            place,
            "is not a signing secret (32 characters, 0 to 9 and a to f): the bot would refuse every request from Slack",
            "Copy the Signing Secret from Basic Information",
          ),
    ];
  }
  const place = { area: "Slack", where: "SLACK_APP_TOKEN" } as const;
  try {
    const options = slack.apiUrl === undefined ? {} : { slackApiUrl: slack.apiUrl };
    await new WebClient(slack.appToken, {
      ...options,
      retryConfig: { retries: 0 },
    }).apps.connections.open();
    return [fine(place, "opens a connection in Socket Mode")];
  } catch (error) {
    return [
      wrong(
        place,
        `Slack does not accept it for Socket Mode (${errorName(error)})`,
        "Create an app-level token with connections:write under Basic Information, and turn Socket Mode on",
      ),
    ];
  }
}

/** Channels by id, each with the keys that name it. */
function namedChannels(config: Config): Map<string, string[]> {
  const named = new Map<string, string[]>();
  const add = (id: string, key: string): void => {
    named.set(id, [...(named.get(id) ?? []), key]);
  };
  for (const [index, { channel }] of config.routes.entries()) add(channel, `routes[${index}]`);
  add(config.operators, "operators");
  for (const channel of config.watch) add(channel, "watch");
  for (const { name, channels = [] } of config.targets) {
    for (const channel of channels) add(channel, `targets ${name}`);
  }
  for (const channel of config.permissions.ask.channels) add(channel, "permissions.ask");
  for (const [index, { handover }] of config.schedules.entries()) {
    if (handover !== undefined) add(handover, `schedules[${index}].handover`);
  }
  for (const [index, { channel }] of config.reviews.entries()) add(channel, `reviews[${index}]`);
  return named;
}

async function channelChecks(web: WebClient, config: Config, bot: string): Promise<SetupCheck[]> {
  const checks: SetupCheck[] = [];
  for (const [id, keys] of namedChannels(config)) {
    const isRead = keys.every((key) => /^(?:permissions|targets)/.test(key));
    checks.push(...(await channelCheck(web, { id, keys, bot, needsBot: !isRead })));
  }
  return checks;
}

interface NamedChannel {
  readonly id: string;
  readonly keys: readonly string[];
  readonly bot: string;
  /** The bot posts or reads there, so it must be a member. */
  readonly needsBot: boolean;
}

async function channelCheck(
  web: WebClient,
  { id, keys, bot, needsBot }: NamedChannel,
): Promise<SetupCheck[]> {
  const place = {
    area: "Slack",
    where: `channel ${id} (${[...new Set(keys)].join(", ")})`,
  } as const;
  // A direct message with somebody is always there.
  if (id.startsWith("D")) return [];
  try {
    const { channel } = await web.conversations.info({ channel: id });
    const name = channel?.name === undefined ? id : `#${channel.name}`;
    if (channel?.is_archived === true) {
      return [wrong(place, `${name} is archived`, "Unarchive it, or name another channel")];
    }
    if (needsBot && channel?.is_member === false) {
      return [wrong(place, `the bot is not in ${name}`, `Type there: /invite @${bot}`)];
    }
    return [fine(place, `${name} is there${needsBot ? ", and the bot is in it" : ""}`)];
  } catch (error) {
    if (errorName(error) === "missing_scope") return [];
    return [
      errorName(error) === "channel_not_found"
        ? wrong(
            place,
            "Slack does not know this channel, or it is private and the bot is not in it",
            `Copy the id from the channel's details (at the bottom), and type there: /invite @${bot}`,
          )
        : unchecked(place, `Slack does not say (${errorName(error)})`),
    ];
  }
}
