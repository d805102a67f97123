/** Bolt, over Socket Mode or signed HTTP, with the bot's listeners. */

import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Config } from "../../config/config.ts";
import type { Messenger } from "../../features/delivery/messenger.ts";
import type { FileUploads, ThreadReader } from "../../features/history/timeline.ts";
import type { JumpTo } from "../../features/incidents/incident-lines.ts";
import type { SlackFlows } from "../../features/shared/interactions.ts";
import { clock } from "../clock.ts";
import type { SlackListener } from "../http/slack-requests.ts";
import { BoltApp, LogLevel, SocketModeReceiver } from "./bolt.ts";
import { createDirectory } from "./directory.ts";
import { type EventKeeping, type EventKeepingPorts, keepSlackEvents } from "./event-keeping.ts";
import { createFileUploads } from "./file-uploads.ts";
import { createHomeTabs, type HomeTabs } from "./home-tabs.ts";
import { createHttpReceiver, type HttpReceiver } from "./http-receiver.ts";
import { registerListeners } from "./listeners/register-listeners.ts";
import { createMessenger } from "./messenger.ts";
import type { RefusalRecord } from "./refusal-record.ts";
import { type PeopleSource, rememberPeople } from "./remembered-people.ts";
import { clientOptionsOf, createSlackClient, withToken } from "./slack-client.ts";
import { linkSlack } from "./slack-link.ts";
import { quietSlackLogger, slackLogger } from "./slack-logger.ts";
import { keepSocket } from "./slack-socket.ts";
import { createThreadReader } from "./thread-reader.ts";
import { createUserGroups } from "./user-groups.ts";

export interface SlackApp {
  readonly messenger: Messenger;
  readonly people: PeopleSource;
  /** The same as Slack told it the last time: it waits for nobody. */
  readonly rememberedPeople: PeopleSource;
  readonly talk: ThreadReader;
  readonly files: FileUploads;
  /** Addresses of messages, once Slack has said what the workspace's is. */
  readonly jumpTo: JumpTo;
  readonly homeTabs: HomeTabs;
  /** The workspace it is in, and the organization; empty until Slack has told them. */
  workspace(): { readonly team?: string; readonly enterprise?: string };
  /** Permissions of the manifest that the installed app lacks, as far as Slack says. */
  missingScopes(): readonly string[];
  /** Says who answers; call it once, before the start. */
  listen(flows: SlackFlows): void;
  /** Keeps what people ask until it is answered; call it once, before the start. */
  keep(ports: EventKeepingPorts): EventKeeping;
  /** In HTTP mode: what takes Slack's requests from the bot's own server. */
  readonly listener: SlackListener | undefined;
  /** Proves the token, and in Socket Mode connects; throws with what to do when Slack says no. */
  start(): Promise<void>;
  /** What is wrong with Slack or the token and what to do, or undefined when all is well. */
  problem(): string | undefined;
  /** The same in a word. */
  state(): "well" | "away" | "refused";
  /** Slack refused the token for a call: it is asked about now instead of at the next turn. */
  doubtToken(): void;
  /** Slack is there again, or takes the token again. */
  onRecovery(tell: () => void): void;
  /** Slack is away, or refuses a token. */
  onLoss(tell: () => void): void;
  /** The last time when Slack refused a token while the bot ran; whoever delivers counts what was late. */
  readonly refusals: Pick<RefusalRecord, "last" | "delivered">;
  /** Takes the tokens, or the signing secret, of a configuration that was read again. */
  replaceSecrets(config: Config["slack"]): void;
  stop(): Promise<void>;
}

/** The app, not yet connected. Secrets can be changed while it runs. */
export function createSlackApp(config: Config["slack"], log: Logger): SlackApp {
  let secrets = config;
  const current = (): Config["slack"] => secrets;
  const receiver = receiverFor(config, log, current);
  const {
    web,
    options,
    clock: slackClock,
  } = createSlackClient(config, quietSlackLogger(log), () => secrets.botToken);
  const socket = receiver instanceof SocketModeReceiver ? keepSocket(receiver.client) : undefined;
  const recovered = new Set<() => void>();
  const lost = new Set<() => void>();
  const link = linkSlack({
    web,
    log,
    lost: () => {
      for (const tell of lost) tell();
    },
    recovered: () => {
      for (const tell of recovered) tell();
    },
    now: () => clock.now(),
    ...(socket === undefined ? {} : { socket }),
  });
  const app = new BoltApp({
    receiver,
    logger: slackLogger(log),
    clientOptions: { ...options },
    // Bolt asks this before each ack: with ids at hand it costs no call, and nobody waits for Slack.
    authorize: () => Promise.resolve({ botToken: secrets.botToken, ...link.identity() }),
    // It would keep a state for each conversation that nobody here uses.
    convoStore: false,
  });
  const messenger = createMessenger(web, slackClock);
  const homeTabs = createHomeTabs(web);
  const people = rememberPeople({
    groups: createUserGroups(web, () => clock.now()),
    directory: createDirectory({ client: web, now: () => clock.now(), log }),
  });
  return {
    messenger,
    people: people.asked,
    rememberedPeople: people.remembered,
    talk: createThreadReader(web),
    files: createFileUploads(web),
    homeTabs,
    jumpTo: (channel, ts) => {
      const url = link.workspaceUrl();
      return url === undefined ? undefined : `${url}/archives/${channel}/p${ts.replace(".", "")}`;
    },
    onRecovery: (tell) => void recovered.add(tell),
    onLoss: (tell) => void lost.add(tell),
    replaceSecrets(read) {
      const isNewSocket = appTokenOf(read) !== appTokenOf(secrets);
      secrets = read;
      // The connection that is there would hide for hours that the new token opens none.
      if (isNewSocket) socket?.reconnect();
      link.doubtToken();
    },
    listen(flows) {
      const newId = (): string => randomUUID().slice(0, 8);
      registerListeners(app, { flows, messenger, homeTabs, log, newId });
    },
    keep(ports) {
      const keeping = keepSlackEvents({ app, web, log }, ports);
      lost.add(() => keeping.away());
      recovered.add(() => keeping.back());
      if (receiver instanceof SocketModeReceiver) watchSocket(receiver.client, keeping);
      return keeping;
    },
    listener: "handle" in receiver ? receiver : undefined,
    ...link,
  };
}

/** Slack keeps nothing for a socket that is not there; it is connected again without our doing. */
function watchSocket(
  socket: SocketModeReceiver["client"],
  keeping: Pick<EventKeeping, "away" | "back">,
): void {
  socket.on("close", () => keeping.away());
  socket.on("connected", () => keeping.back());
}

function receiverFor(
  config: Config["slack"],
  log: Logger,
  current: () => Config["slack"],
): SocketModeReceiver | HttpReceiver {
  const logger = slackLogger(log);
  if (config.mode === "socket") {
    const clientOptions = {
      ...clientOptionsOf(config),
      fetch: withToken(fetch, () => appTokenOf(current())),
    };
    return new SocketModeReceiver({
      appToken: config.appToken,
      logger,
      logLevel: LogLevel.INFO,
      autoReconnectEnabled: false,
      installerOptions: { clientOptions },
    });
  }
  const signingSecret = (): string => {
    const { signingSecret: secret } = current() as Partial<typeof config>;
    return secret ?? config.signingSecret;
  };
  return createHttpReceiver({ signingSecret, now: () => clock.now(), log });
}

function appTokenOf(config: Config["slack"]): string | undefined {
  return config.mode === "socket" ? config.appToken : undefined;
}
