/**
 * The workspace that the sandbox plays in: team, people, channels and the app, kept by the
 * Slack emulator (npm package `emulate`), which is asked over its Web API like any Slack.
 */

import { createEmulator } from "emulate";
import { parseJson } from "../../exposition/parse-json.ts";
import { isJson, type Json, objects, text } from "./json.ts";

export interface WorkspacePerson {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly token: string;
  /** The channel in which this person and the bot talk alone. */
  readonly directMessage: string;
}

interface Channel {
  readonly id: string;
  readonly name: string;
  readonly topic: string;
}

export interface InstalledApp {
  readonly appId: string;
  readonly botId: string;
  readonly userId: string;
  readonly name: string;
  readonly token: string;
}

export interface Workspace {
  readonly team: { readonly id: string; readonly domain: string; readonly name: string };
  readonly bot: InstalledApp;
  /** Another app in the same workspace: Alertmanager, which posts alerts of its own. */
  readonly alertmanager: InstalledApp;
  readonly people: readonly WorkspacePerson[];
  readonly channels: readonly Channel[];
  readonly emulatorUrl: string;
  /** True where the bot is a member: there it may post, and there it gets what is said. */
  hasBot(channel: string): boolean;
  setMembership(channel: string, member: boolean): void;
  /** Asks the emulator; answers as Slack does, `ok: false` included. */
  call(method: string, args: Json, token: string): Promise<Json>;
  close(): Promise<void>;
}

const PEOPLE = [
  { name: "alice", realName: "Alice Reyes" },
  { name: "bob", realName: "Bob Okafor" },
] as const;

const CHANNELS = [
  { name: "incidents", topic: "Streamline incidents: one thread each" },
  { name: "alerts", topic: "Posts of Alertmanager's own Slack receiver" },
] as const;

/** The bot is a member of every channel but this one, in which Slack refuses its posts. */
const WITHOUT_BOT = "random";

const TEAM = { id: "T000000001", domain: "streamline-sandbox", name: "Streamline sandbox" };

const BOT = { appId: "A0STREAMLINE", botId: "B0STREAMLINE", userId: "U0STREAMLINE" };
const ALERTMANAGER = { appId: "A0ALERTMGR", botId: "B0ALERTMGR", userId: "U0ALERTMGR" };

/** Starts the emulator on a port of its own and reads back the ids that it made up. */
export async function openWorkspace(botToken: string): Promise<Workspace> {
  const bot: InstalledApp = { ...BOT, name: "streamline", token: botToken };
  const alertmanager: InstalledApp = {
    ...ALERTMANAGER,
    name: "alertmanager",
    token: "xoxb-alertmanager",
  };
  const emulator = await createEmulator({
    service: "slack",
    port: 0,
    seed: { slack: seed(bot, alertmanager) },
  });
  const emulatorUrl = emulator.url.replace("localhost", "127.0.0.1");
  const call = (method: string, args: Json, token: string) =>
    callEmulator(`${emulatorUrl}/api/${method}`, args, token);
  try {
    const people = await findPeople(call, bot);
    const channels = await findChannels(call, bot);
    await joinAll(call, channels, [...people.map((person) => person.token), bot.token]);
    const external = new Set(
      channels.filter(({ name }) => name !== WITHOUT_BOT).map((channel) => channel.id),
    );
    return {
      team: TEAM,
      bot,
      alertmanager,
      people,
      channels,
      emulatorUrl,
      hasBot: (channel) => channel.startsWith("D") || external.has(channel),
      setMembership(channel, member) {
        if (member) external.add(channel);
        else external.delete(channel);
      },
      call,
      close: () => emulator.close(),
    };
  } catch (error) {
    await emulator.close();
    throw error;
  }
}

function seed(bot: InstalledApp, alertmanager: InstalledApp): Json {
  return {
    team: { name: TEAM.name, domain: TEAM.domain },
    users: PEOPLE.map(({ name, realName }) => ({ name, real_name: realName })),
    channels: CHANNELS,
    oauth_apps: [seedApp(bot, "Streamline"), seedApp(alertmanager, "Alertmanager")],
    tokens: [
      ...PEOPLE.map(({ name }) => ({ token: personToken(name), user: name })),
      ...[bot, alertmanager].map((app) => ({
        token: app.token,
        user_id: app.userId,
        bot_id: app.botId,
        bot_user_id: app.userId,
        app_id: app.appId,
      })),
    ],
  };
}

function seedApp(app: InstalledApp, name: string): Json {
  return {
    app_id: app.appId,
    client_id: app.name,
    client_secret: "sandbox",
    name,
    redirect_uris: [],
    bot_id: app.botId,
    bot_user_id: app.userId,
    bot_name: app.name,
  };
}

function personToken(name: string): string {
  return `xoxp-${name}`;
}

type Call = Workspace["call"];

async function findPeople(call: Call, bot: InstalledApp): Promise<WorkspacePerson[]> {
  const members = objects(await call("users.list", { limit: 1000 }, bot.token), "members");
  return Promise.all(
    PEOPLE.map(async ({ name, realName }) => {
      const id = text(
        members.find((member) => text(member, "name") === name),
        "id",
      );
      const token = personToken(name);
      const opened = await call("conversations.open", { users: bot.userId }, token);
      const channel = isJson(opened["channel"]) ? text(opened["channel"], "id") : "";
      return { id, name, realName, token, directMessage: channel };
    }),
  );
}

async function findChannels(call: Call, bot: InstalledApp): Promise<Channel[]> {
  const args = { types: "public_channel", limit: 1000 };
  const listed = objects(await call("conversations.list", args, bot.token), "channels");
  return listed.map((channel) => ({
    id: text(channel, "id"),
    name: text(channel, "name"),
    topic: isJson(channel["topic"]) ? text(channel["topic"], "value") : "",
  }));
}

/** The emulator asks for membership before it takes a message that one person alone shall see. */
async function joinAll(call: Call, channels: readonly Channel[], tokens: readonly string[]) {
  for (const { id } of channels) {
    for (const token of tokens) await call("conversations.join", { channel: id }, token);
  }
}

async function callEmulator(url: string, args: Json, token: string): Promise<Json> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(args),
  });
  const answer = parseJson(await response.text());
  return isJson(answer) ? answer : { ok: false, error: "unknown_method" };
}
