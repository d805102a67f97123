/** Threads and names from Slack for a timeline in a terminal, where the bot's token is at hand. */

import { resolveSecretFiles } from "../../config/secret-files.ts";
import type { ThreadReader } from "../../features/history/timeline.ts";
import { readSecretFile } from "./terminal-streams.ts";

/** Slack is asked when a timeline is; without a token the timeline says what would be needed. */
export function terminalThreadReader(
  own: Readonly<Record<string, string | undefined>>,
): ThreadReader {
  const { env } = resolveSecretFiles(own, readSecretFile);
  const botToken = env["SLACK_BOT_TOKEN"];
  if (botToken === undefined || botToken === "") return WITHOUT_TOKEN;
  let opened: Promise<ThreadReader> | undefined;
  const talk = (): Promise<ThreadReader> => {
    opened ??= openTalk(botToken, env["SLACK_API_URL"]);
    return opened;
  };
  return {
    read: async (channel, threadTs) => (await talk()).read(channel, threadTs),
    names: async (ids) => (await talk()).names(ids),
  };
}

const WITHOUT_TOKEN: ThreadReader = {
  read: async () => ({
    kind: "refused",
    error: "SLACK_BOT_TOKEN is not set here, so threads and names are left out",
  }),
  names: async () => new Map(),
};

async function openTalk(botToken: string, apiUrl: string | undefined): Promise<ThreadReader> {
  const [{ WebClient, LogLevel }, { clientOptionsOf }, { createThreadReader }] = await Promise.all([
    import("@slack/web-api"),
    import("../slack/slack-client.ts"),
    import("../slack/thread-reader.ts"),
  ]);
  const options = clientOptionsOf(apiUrl === undefined ? {} : { apiUrl });
  // The timeline says what Slack refused; standard error is for hints.
  return createThreadReader(new WebClient(botToken, { ...options, logLevel: LogLevel.ERROR }));
}
