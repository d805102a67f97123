/** What this Slack is made of: messages, views and people, and what tells the bot of them. */

import type { FastifyInstance } from "fastify";
import { createAgentMethods } from "./agent-methods.ts";
import { type AppManifest, STREAMLINE_APP } from "./app-manifest.ts";
import { type BotLinkOptions, createBotLinks } from "./bot-links.ts";
import { Conversations } from "./conversations.ts";
import { Ephemerals } from "./ephemerals.ts";
import { createEvents, SANDBOX_RETRY_DELAYS_MS } from "./events.ts";
import { createFeed } from "./feed.ts";
import { createGroupMethods, userGroups } from "./group-methods.ts";
import { SlackInteractions } from "./interactions.ts";
import { type AppSettings, createLinkMethods } from "./link-methods.ts";
import { createMemberMethods } from "./member-methods.ts";
import { createMessageLog } from "./message-log.ts";
import { People } from "./people.ts";
import { createRespond } from "./respond.ts";
import { createResponseUrls } from "./response-urls.ts";
import { createSlashCommands } from "./slash-commands.ts";
import { createTriggers } from "./triggers.ts";
import { createViewMethods } from "./view-methods.ts";
import { Views } from "./views.ts";
import type { Workspace } from "./workspace.ts";

export interface WorkingPartsOptions extends BotLinkOptions {
  readonly clock: () => Date;
  /** Milliseconds before each repetition of an event. */
  readonly retryDelaysMs?: readonly number[];
  /** Commands and shortcuts that the page offers; default those of the Streamline bot. */
  readonly manifest?: AppManifest;
}

interface Surroundings {
  readonly workspace: Workspace;
  readonly server: FastifyInstance;
  /** Where this Slack listens, once it does. */
  readonly url: () => string;
}

/** What keeps messages, views and people, and what tells the bot of them. */
export function createWorkingParts(
  options: WorkingPartsOptions,
  { workspace, server, url }: Surroundings,
) {
  const { clock, manifest = STREAMLINE_APP, retryDelaysMs = SANDBOX_RETRY_DELAYS_MS } = options;
  const { unfurlDomains = [] } = manifest;
  const feed = createFeed();
  const log = createMessageLog();
  const ephemerals = new Ephemerals(feed);
  const triggers = createTriggers(clock);
  const responseUrls = createResponseUrls(clock);
  const { appId } = workspace.bot;
  const links = createBotLinks(options, { server: server.server, appId, feed });
  const { link } = links;
  const events = createEvents({ link, workspace, clock, retryDelaysMs });
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
  const interactions = new SlackInteractions({ ...shared, url });
  const runCommand = createSlashCommands({ ...shared, respond, url });
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
  return { ...shared, feed, links, events, conversations, respond, people, groups, members };
}

/** Methods of the Web API that the emulator lacks. */
export function methodsOf(
  {
    views,
    triggers,
    conversations,
    feed,
    log,
    groups,
    members,
  }: ReturnType<typeof createWorkingParts>,
  { workspace, settings }: { readonly workspace: Workspace; readonly settings: AppSettings },
) {
  const knowsUser = (id: string) => workspace.people.some((person) => person.id === id);
  return {
    ...createViewMethods({ views, triggers, knowsUser }),
    ...createAgentMethods({ conversations, feed, bot: workspace.bot }),
    ...createLinkMethods({ conversations, log, settings }, triggers),
    ...createGroupMethods(groups),
    ...members.methods,
  };
}
