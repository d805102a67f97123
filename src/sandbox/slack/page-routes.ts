/** The page's own API: what a person sees, and what they do. The person is named in each request. */

import type { FastifyInstance, FastifyRequest } from "fastify";
import { parseJson } from "../../exposition/parse-json.ts";
import type { AppManifest } from "./app-manifest.ts";
import type { BotReply } from "./bot-link.ts";
import type { ElementChoice } from "./element-answers.ts";
import { failure, isChoices } from "./interactions.ts";
import { isJson, type Json, text } from "./json.ts";
import type { PageMessages, PageOutcome, PagePerson, PageState } from "./page-protocol.ts";
import type { People } from "./people.ts";
import type { Workspace, WorkspacePerson } from "./workspace.ts";

export interface PageRoutesOptions {
  readonly workspace: Workspace;
  readonly people: People;
  readonly manifest: AppManifest;
  readonly hasControls: boolean;
  readonly hasTour: boolean;
  readonly realServer: string | undefined;
  readonly isBotConnected: () => boolean;
}

/** Adds the page's routes. A person whom the workspace does not have is taken for its first one. */
export function registerPageRoutes(server: FastifyInstance, options: PageRoutesOptions): void {
  const { people } = options;
  server.get("/sandbox/state", (request) => readState(options, userIn(people, request.query)));
  server.get("/sandbox/channels/:channel", (request): PageMessages => {
    const channel = text(request.params, "channel");
    return withEphemerals(people, userIn(people, request.query), {
      channel,
      messages: people.messages(channel),
    });
  });
  server.get("/sandbox/threads/:channel/:ts", (request): PageMessages => {
    const channel = text(request.params, "channel");
    const messages = people.replies(channel, text(request.params, "ts"));
    return withEphemerals(people, userIn(people, request.query), { channel, messages });
  });
  for (const [path, action] of Object.entries(actions(people))) {
    server.post(`/sandbox/${path}`, async (request, reply) => {
      try {
        const body = bodyOf(request);
        return await action({ ...body, user: userIn(people, body) });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return reply.code(400).send({ kind: "failed", reason } satisfies PageOutcome);
      }
    });
  }
}

type Action = (body: Json) => Promise<unknown>;

/** By path under /sandbox/. */
function actions(people: People): Readonly<Record<string, Action>> {
  return {
    messages: async (body) => {
      const threadTs = text(body, "threadTs");
      await people.sendMessage({
        ...inChannel(body),
        text: text(body, "text"),
        ...(threadTs === "" ? {} : { threadTs }),
      });
      return { kind: "done" };
    },
    commands: async (body) => {
      await people.slashCommand({ ...inChannel(body), text: text(body, "text") });
      return { kind: "done" };
    },
    actions: async (body) => {
      const choice = choiceOf(body);
      const at = { ...placeOf(body), ...elementOf(body) };
      const values = isChoices(body["values"]) ? { values: body["values"] } : {};
      const reply =
        choice === undefined
          ? people.clickButton({ ...at, ...values })
          : people.choose({ ...at, choice, ...values });
      return outcome(await reply);
    },
    suggestions: (body) =>
      people.suggest({ ...placeOf(body), ...elementOf(body), text: text(body, "text") }),
    "views/submit": (body) =>
      people.submitView({
        user: text(body, "user"),
        viewId: text(body, "viewId"),
        values: isChoices(body["values"]) ? body["values"] : {},
      }),
    "views/close": async (body) => {
      await people.closeView({ user: text(body, "user"), viewId: text(body, "viewId") });
      return { kind: "done" };
    },
    shortcuts: async (body) =>
      outcome(
        await people.runShortcut({
          ...inChannel(body),
          ts: text(body, "ts"),
          callbackId: text(body, "callbackId"),
        }),
      ),
    home: async (body) => {
      const tab = text(body, "tab") === "messages" ? "messages" : "home";
      people.openHome({ user: text(body, "user"), tab });
      return { kind: "done" };
    },
  };
}

function readState(options: PageRoutesOptions, user: string): PageState {
  const { workspace, people, manifest } = options;
  const me = people.person(user);
  const { bot, alertmanager } = workspace;
  return {
    team: workspace.team.name,
    me: asPerson(me),
    people: workspace.people.map(asPerson),
    apps: [
      { ...app(bot), realName: "Streamline" },
      { ...app(alertmanager), realName: "Alertmanager" },
    ],
    channels: workspace.channels.map((channel) => ({
      ...channel,
      hasBot: workspace.hasBot(channel.id),
      latest: people.messages(channel.id).at(-1)?.ts ?? "",
    })),
    commands: manifest.commands,
    shortcuts: manifest.shortcuts,
    views: people.views(me.id),
    home: people.home(me.id) ?? null,
    hasControls: options.hasControls,
    hasTour: options.hasTour,
    realServer: options.realServer,
    isBotConnected: options.isBotConnected(),
  };
}

/** The token stays on this side. */
function asPerson({ id, name, realName, directMessage }: WorkspacePerson): PagePerson {
  return { id, name, realName, directMessage };
}

function app({ userId, botId, name }: Workspace["bot"]) {
  return { userId, botId, name };
}

function withEphemerals(
  people: People,
  user: string,
  { channel, messages }: { readonly channel: string; readonly messages: readonly Json[] },
): PageMessages {
  return {
    messages,
    ephemerals: people.ephemerals(user).filter((message) => message["channel"] === channel),
  };
}

function outcome(reply: BotReply): PageOutcome {
  return reply.kind === "acknowledged"
    ? { kind: "done" }
    : { kind: "failed", reason: failure(reply) };
}

/** Nobody, or somebody unknown, is the first person. */
function userIn(people: People, from: unknown): string {
  return people.personOrFirst(text(from, "user")).id;
}

function bodyOf(request: FastifyRequest): Json {
  const parsed = Buffer.isBuffer(request.body) ? parseJson(request.body.toString()) : undefined;
  return isJson(parsed) ? parsed : {};
}

function inChannel(body: Json) {
  return { user: text(body, "user"), channel: text(body, "channel") };
}

function placeOf(body: Json) {
  const viewId = text(body, "viewId");
  const user = text(body, "user");
  return viewId === ""
    ? { user, channel: text(body, "channel"), ts: text(body, "ts") }
    : { user, viewId };
}

function elementOf(body: Json) {
  const blockId = text(body, "blockId");
  return { actionId: text(body, "actionId"), ...(blockId === "" ? {} : { blockId }) };
}

function choiceOf(body: Json): ElementChoice | undefined {
  const choice = body["choice"];
  if (typeof choice === "string" || choice === null) return choice;
  return Array.isArray(choice) ? choice.map(String) : undefined;
}
