/**
 * A whole Slack on this machine: the emulator's Web API with Slack's limits and faults, events,
 * commands and interactions sent to the bot over signed HTTP or Socket Mode, and a page to use it.
 */

import Fastify, { type FastifyInstance } from "fastify";
import { createAgentMethods } from "./agent-methods.ts";
import { type AppManifest, STREAMLINE_APP } from "./app-manifest.ts";
import type { BotLink } from "./bot-link.ts";
import { ACK_WITHIN_MS } from "./bot-link.ts";
import { registerControlRoutes } from "./control-routes.ts";
import type { SandboxControls } from "./controls.ts";
import { Conversations } from "./conversations.ts";
import { Ephemerals } from "./ephemerals.ts";
import { createEvents, SANDBOX_RETRY_DELAYS_MS } from "./events.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createFeed, type Feed } from "./feed.ts";
import { createGroupMethods, type UserGroup, userGroups } from "./group-methods.ts";
import { createHttpLink } from "./http-link.ts";
import { registerIncomingWebhook, WEBHOOK_PATH } from "./incoming-webhook.ts";
import { SlackInteractions } from "./interactions.ts";
import { type AppSettings, createLinkMethods } from "./link-methods.ts";
import { createMemberMethods, type Membership } from "./member-methods.ts";
import { createMessageLog } from "./message-log.ts";
import { loadPage, type PageBundle } from "./page-bundle.ts";
import { registerPageFiles } from "./page-files.ts";
import { guardPage } from "./page-guard.ts";
import { registerPageRoutes } from "./page-routes.ts";
import { registerPageStream } from "./page-stream.ts";
import { People } from "./people.ts";
import { createRespond } from "./respond.ts";
import { registerResponseUrls } from "./response-routes.ts";
import { createResponseUrls } from "./response-urls.ts";
import { createSlashCommands } from "./slash-commands.ts";
import { createSocketLink, SOCKET_PATH, type SocketLink } from "./socket-link.ts";
import { createTriggers } from "./triggers.ts";
import { createViewMethods } from "./view-methods.ts";
import { Views } from "./views.ts";
import { type ApiCall, registerWebApi } from "./web-api.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

export interface LocalSlackOptions {
  /** Loopback only; default 127.0.0.1. */
  readonly host?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Where the bot takes signed requests; without it the bot connects by Socket Mode. */
  readonly botRequestUrl?: string;
  readonly signingSecret: string;
  readonly botToken: string;
  readonly appToken?: string;
  readonly clock: () => Date;
  /** Milliseconds within which the bot must acknowledge; default Slack's 3,000. */
  readonly ackWithinMs?: number;
  /** Milliseconds before each repetition of an event. */
  readonly retryDelaysMs?: readonly number[];
  /** What the page's panel switches; without it the page has no panel. */
  readonly controls?: SandboxControls;
  /** Commands and shortcuts that the page offers; default those of the Streamline bot. */
  readonly manifest?: AppManifest;
}

export interface LocalSlack extends People {
  readonly url: string;
  /** For Bolt's `clientOptions.slackApiUrl`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly signingSecret: string;
  readonly appToken: string | undefined;
  /** For the `api_url` of Alertmanager's own Slack receiver. */
  readonly webhookUrl: string;
  readonly userGroups: readonly UserGroup[];
  readonly membership: Membership;
  readonly settings: AppSettings;
  readonly workspace: Workspace;
  readonly faults: Faults;
  /** Every call of the Web API so far, oldest first. */
  readonly calls: readonly ApiCall[];
  /**
   * Takes a token back, or gives it again: Slack refuses every call with it. Sockets that are open
   * stay; `refreshSockets` makes their bots ask for new ones.
   */
  revokeToken(isRevoked: boolean, token?: "bot" | "app"): void;
  /** Points the events, commands and interactions at a bot that started after this Slack. */
  connectBot(requestUrl: string): void;
  /** Asks Socket Mode bots to connect again, as Slack does now and then. */
  refreshSockets(): void;
  /** Builds the page now instead of at its first request; settles when it can be served. */
  preparePage(): Promise<void>;
  close(): Promise<void>;
}

/** Starts it and listens; throws when the port is taken. */
export async function startLocalSlack(options: LocalSlackOptions): Promise<LocalSlack> {
  const workspace = await openWorkspace(options.botToken);
  const server = Fastify({ logger: false, forceCloseConnections: true });
  try {
    return await assemble(options, workspace, server);
  } catch (error) {
    await server.close();
    await workspace.close();
    throw error;
  }
}

async function assemble(options: LocalSlackOptions, workspace: Workspace, server: FastifyInstance) {
  const { clock, signingSecret, botToken, appToken, ackWithinMs = ACK_WITHIN_MS } = options;
  let url = "";
  let botRequestUrl = options.botRequestUrl;
  const calls: ApiCall[] = [];
  const revoked = new Set<string>();

  const feed = createFeed();
  const log = createMessageLog();
  const ephemerals = new Ephemerals(feed);
  const faults = createFaults();
  const triggers = createTriggers(clock);
  const responseUrls = createResponseUrls(clock);

  const http = createHttpLink({ url: () => botRequestUrl, signingSecret, ackWithinMs });
  const socket = createSocketLink({
    server: server.server,
    appId: workspace.bot.appId,
    ackWithinMs,
    onConnections: (open) => feed.publish({ type: "bot", connected: open > 0 }),
  });
  const link: BotLink = {
    send: (request, retry) => (botRequestUrl === undefined ? socket : http).send(request, retry),
  };
  const retryDelaysMs = options.retryDelaysMs ?? SANDBOX_RETRY_DELAYS_MS;
  const events = createEvents({ link, workspace, clock, retryDelaysMs });

  const { manifest = STREAMLINE_APP } = options;
  const { unfurlDomains = [] } = manifest;
  const settings: AppSettings = { hasWorkObjects: true };
  const conversations = new Conversations({
    workspace,
    log,
    ephemerals,
    feed,
    events,
    unfurlDomains,
  });
  const views = new Views({ teamId: workspace.team.id, bot: workspace.bot, feed });
  const respond = createRespond({ workspace, conversations, ephemerals });
  const shared = { workspace, log, ephemerals, views, triggers, responseUrls, link, clock };
  const interactions = new SlackInteractions({ ...shared, url: () => url });
  const runCommand = createSlashCommands({ ...shared, respond, url: () => url });
  const people = new People({
    ...shared,
    conversations,
    events,
    unfurlDomains,
    interactions,
    runCommand,
  });

  const groups = userGroups(workspace.people);
  const members = createMemberMethods(workspace);
  const knowsUser = (id: string) => workspace.people.some((person) => person.id === id);
  acceptRawBodies(server);
  registerWebApi(server, {
    workspace,
    conversations,
    log,
    faults,
    isRevoked: (token) => revoked.has(token),
    clock,
    appToken,
    url: () => url,
    methods: {
      ...createViewMethods({ views, triggers, knowsUser }),
      ...createAgentMethods({ conversations, feed, bot: workspace.bot }),
      ...createLinkMethods({ conversations, log, settings }, triggers),
      ...createGroupMethods(groups),
      ...members.methods,
    },
    openSocket: () => socketUrl(url, socket),
    onCall: (call) => calls.push(call),
  });
  registerResponseUrls(server, { responseUrls, respond });
  registerIncomingWebhook(server, people);
  const page = once(() => loadPage());
  const isBotConnected = () => botRequestUrl !== undefined || socket.connections() > 0;
  registerPage(server, { ...options, workspace, people, feed, page, isBotConnected });

  url = await server.listen({ host: options.host ?? "127.0.0.1", port: options.port ?? 0 });
  return Object.assign(people, {
    url,
    apiUrl: `${url}/api/`,
    botToken,
    signingSecret,
    appToken,
    webhookUrl: `${url}${WEBHOOK_PATH}`,
    userGroups: groups,
    membership: members,
    settings,
    workspace,
    faults,
    calls,
    revokeToken(isRevoked: boolean, which: "bot" | "app" = "bot") {
      const token = which === "bot" ? botToken : (appToken ?? "");
      if (isRevoked) revoked.add(token);
      else revoked.delete(token);
    },
    connectBot(requestUrl: string) {
      botRequestUrl = requestUrl;
      feed.publish({ type: "bot", connected: true });
    },
    refreshSockets: () => socket.refresh(),
    async preparePage() {
      await page();
    },
    async close() {
      await socket.close();
      await server.close();
      await events.idle();
      await workspace.close();
    },
  });
}

interface PageParts extends LocalSlackOptions {
  readonly workspace: Workspace;
  readonly people: People;
  readonly feed: Feed;
  readonly page: () => Promise<PageBundle>;
  readonly isBotConnected: () => boolean;
}

function registerPage(server: FastifyInstance, parts: PageParts): void {
  const { workspace, people, feed, controls, manifest = STREAMLINE_APP, isBotConnected } = parts;
  guardPage(server);
  registerPageFiles(server, parts.page);
  registerPageStream(server, { feed, people });
  registerPageRoutes(server, {
    workspace,
    people,
    manifest,
    hasControls: controls !== undefined,
    hasTour: controls?.hasTour === true,
    isBotConnected,
  });
  if (controls !== undefined) registerControlRoutes(server, controls);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Signatures and forms need the body as it came; each route reads it by its content type. */
function acceptRawBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => {
    done(null, body);
  });
}

function socketUrl(url: string, socket: SocketLink): string {
  return `${url.replace(/^http/, "ws")}${SOCKET_PATH}?ticket=${socket.issueTicket()}`;
}
