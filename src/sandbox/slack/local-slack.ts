/**
 * A whole Slack on this machine: the emulator's Web API with Slack's limits and faults, events,
 * commands and interactions sent to the bot over signed HTTP or Socket Mode, and a page to use it.
 */

import Fastify, { type FastifyInstance } from "fastify";
import { STREAMLINE_APP } from "./app-manifest.ts";
import { registerControlRoutes } from "./control-routes.ts";
import type { SandboxControls } from "./controls.ts";
import { createFaults, type Faults } from "./faults.ts";
import type { Feed } from "./feed.ts";
import type { UserGroup } from "./group-methods.ts";
import { registerIncomingWebhook, WEBHOOK_PATH } from "./incoming-webhook.ts";
import type { AppSettings } from "./link-methods.ts";
import type { Membership } from "./member-methods.ts";
import { loadPage, type PageBundle } from "./page-bundle.ts";
import { registerPageFiles } from "./page-files.ts";
import { guardPage } from "./page-guard.ts";
import { registerPageRoutes } from "./page-routes.ts";
import { registerPageStream } from "./page-stream.ts";
import type { People } from "./people.ts";
import { registerResponseUrls } from "./response-routes.ts";
import { SOCKET_PATH, type SocketLink } from "./socket-link.ts";
import { type ApiCall, registerWebApi } from "./web-api.ts";
import { createWorkingParts, methodsOf, type WorkingPartsOptions } from "./working-parts.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

export interface LocalSlackOptions extends WorkingPartsOptions {
  /** Loopback only; default 127.0.0.1. */
  readonly host?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly botToken: string;
  readonly appToken?: string;
  /** What the page's panel switches; without it the page has no panel. */
  readonly controls?: SandboxControls;
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
  const { clock, signingSecret, botToken, appToken } = options;
  let url = "";
  const calls: ApiCall[] = [];
  const faults = createFaults();
  const tokens = createTokens(options);
  const settings: AppSettings = { hasWorkObjects: true };
  const parts = createWorkingParts(options, { workspace, server, url: () => url });
  const { people, links, events, groups, members, feed } = parts;

  acceptRawBodies(server);
  registerWebApi(server, {
    workspace,
    conversations: parts.conversations,
    log: parts.log,
    faults,
    isRevoked: tokens.isRevoked,
    clock,
    appToken,
    url: () => url,
    methods: methodsOf(parts, { workspace, settings }),
    openSocket: () => socketUrl(url, links.socket),
    onCall: (call) => calls.push(call),
  });
  registerResponseUrls(server, parts);
  registerIncomingWebhook(server, people);
  const page = once(() => loadPage());
  const { isConnected: isBotConnected } = links;
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
    revokeToken: tokens.revoke,
    connectBot: links.connect,
    refreshSockets: () => links.socket.refresh(),
    async preparePage() {
      await page();
    },
    async close() {
      await links.socket.close();
      await server.close();
      await events.idle();
      await workspace.close();
    },
  });
}

/** Which tokens Slack refuses. */
function createTokens({ botToken, appToken }: LocalSlackOptions) {
  const revoked = new Set<string>();
  return {
    isRevoked: (token: string) => revoked.has(token),
    revoke: (isRevoked: boolean, which: "bot" | "app" = "bot") => {
      const token = which === "bot" ? botToken : (appToken ?? "");
      if (isRevoked) revoked.add(token);
      else revoked.delete(token);
    },
  };
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
    realServer: controls?.realServer,
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
