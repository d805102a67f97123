/**
 * What a person does to the bot's messages and views: clicks, choices, typeahead, submissions,
 * shortcuts. Each becomes the payload that Slack sends, and its answer what Slack does with it.
 */

import { findElement, initialState, type StateValues } from "./blocks-in.ts";
import type { BotLink, BotReply } from "./bot-link.ts";
import { checkOption } from "./check-elements.ts";
import { Complaints } from "./complaints.ts";
import { answerOf, type Choice } from "./element-answers.ts";
import type { Ephemerals } from "./ephemerals.ts";
import { isJson, type Json, object, objects, text } from "./json.ts";
import type { MessageLog } from "./message-log.ts";
import type { ResponseUrls } from "./response-urls.ts";
import type { Triggers } from "./triggers.ts";
import { pushView, updateView } from "./view-methods.ts";
import type { Owned, Views } from "./views.ts";
import type { Person, Workspace } from "./workspace.ts";

/** Where the element stands that a person touched. */
export type Place = { readonly channel: string; readonly ts: string } | { readonly viewId: string };

export interface Touch {
  readonly person: Person;
  readonly place: Place;
  readonly actionId: string;
  readonly blockId?: string;
  /** Nothing for a button. */
  readonly choice?: Choice;
  /** What stands in the other elements, by block id and action id; the rest is as at the start. */
  readonly values?: Choices;
}

export type Choices = Readonly<Record<string, Readonly<Record<string, Choice>>>>;

export type Submitted =
  | { readonly kind: "closed" | "updated" | "pushed" | "cleared" }
  | { readonly kind: "errors"; readonly errors: Json }
  | { readonly kind: "failed"; readonly reason: string };

export type Suggested =
  | {
      readonly kind: "options";
      readonly options: readonly Json[];
      readonly groups: readonly Json[];
    }
  | { readonly kind: "failed"; readonly reason: string };

interface Options {
  readonly workspace: Workspace;
  readonly log: MessageLog;
  readonly ephemerals: Ephemerals;
  readonly views: Views;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  /** The sandbox's own address, before the paths of response URLs. */
  readonly url: () => string;
  readonly link: BotLink;
  readonly clock: () => Date;
}

export class Interactions {
  readonly #options: Options;
  /** What the last typeahead of an element offered: the choice is one of these. */
  readonly #offered = new Map<string, readonly Json[]>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** A click on a button or a choice in a menu: `block_actions`. */
  async act(touch: Touch): Promise<BotReply> {
    const scene = this.#scene(touch);
    const placed = findElement(scene.blocks, touch.actionId, touch.blockId);
    if (placed === undefined)
      throw new Error(`No element ${touch.actionId} in this message or view`);
    const { element, blockId } = placed;
    const answer = answerOf(element, touch.choice ?? null, this.#offeredFor(touch));
    const state = this.#state(scene.blocks, touch);
    const action = {
      type: text(element, "type"),
      action_id: touch.actionId,
      block_id: blockId,
      ...(answer ?? pick(element, ["text", "value", "style", "url"])),
      action_ts: this.#timestamp(),
    };
    return this.#send({
      type: "block_actions",
      ...this.#who(touch.person),
      ...scene.payload(state),
      trigger_id: this.#triggerFor(touch),
      state: { values: state },
      actions: [action],
    });
  }

  /** What a person typed into an external select: `block_suggestion`. */
  async suggest(touch: Touch, typed: string): Promise<Suggested> {
    const scene = this.#scene(touch);
    const placed = findElement(scene.blocks, touch.actionId, touch.blockId);
    const reply = await this.#send({
      type: "block_suggestion",
      ...this.#who(touch.person),
      ...scene.payload(this.#state(scene.blocks, touch)),
      action_id: touch.actionId,
      block_id: placed?.blockId ?? "",
      value: typed,
    });
    if (reply.kind !== "acknowledged") return { kind: "failed", reason: failure(reply) };
    const groups = objects(reply.body, "option_groups");
    const options = objects(reply.body, "options");
    const offered = [...options, ...groups.flatMap((group) => objects(group, "options"))];
    const wrong = checkOffered(offered);
    if (wrong !== undefined) return { kind: "failed", reason: wrong };
    this.#offered.set(`${touch.person.id} ${touch.actionId}`, offered);
    return { kind: "options", options, groups };
  }

  /** The button at the foot of a modal: `view_submission`, and what its answer asks for. */
  async submit(person: Person, viewId: string, values: Choices): Promise<Submitted> {
    const { views } = this.#options;
    const owned = this.#modal(viewId);
    const state = this.#state(owned.view["blocks"], { person, values });
    const reply = await this.#send({
      type: "view_submission",
      ...this.#who(person),
      trigger_id: this.#options.triggers.issue({ user: person.id, viewId }),
      view: { ...owned.view, state: { values: state } },
      response_urls: [],
    });
    if (reply.kind !== "acknowledged") return { kind: "failed", reason: failure(reply) };
    return settleSubmission(views, this.#modal(viewId), reply.body);
  }

  /** Cancel, Escape or the cross; `view_closed` goes out if the view asked for it. */
  async close(person: Person, viewId: string): Promise<void> {
    const { view } = this.#modal(viewId);
    const all = view["clear_on_close"] === true;
    if (all) this.#options.views.closeAll(person.id);
    else this.#options.views.close({ user: person.id, view });
    if (view["notify_on_close"] !== true) return;
    await this.#send({ type: "view_closed", ...this.#who(person), view, is_cleared: all });
  }

  /** A shortcut in a message's menu: `message_action`. */
  async shortcut(person: Person, callbackId: string, place: { channel: string; ts: string }) {
    const { log, responseUrls, triggers, url } = this.#options;
    const { channel, ts } = place;
    const path = responseUrls.issue({ user: person.id, channel });
    return this.#send({
      type: "message_action",
      ...this.#who(person),
      callback_id: callbackId,
      trigger_id: triggers.issue({ user: person.id }),
      response_url: `${url()}${path}`,
      channel: this.#channel(channel),
      message_ts: ts,
      message: log.get(channel, ts),
      action_ts: this.#timestamp(),
    });
  }

  #send(payload: Json): Promise<BotReply> {
    return this.#options.link.send({ kind: "interactive", payload });
  }

  #scene({ person, place }: Pick<Touch, "person" | "place">): Scene {
    if ("viewId" in place) return this.#viewScene(place.viewId);
    return this.#messageScene(person, place.channel, place.ts);
  }

  #viewScene(viewId: string): Scene {
    const owned = this.#options.views.find(viewId);
    if (owned === undefined) throw new Error(`No view ${viewId} is open`);
    return {
      blocks: owned.view["blocks"],
      payload: (values) => ({
        container: { type: "view", view_id: viewId },
        view: { ...owned.view, state: { values } },
      }),
    };
  }

  /** An ephemeral message comes without its text: Slack keeps no copy of it. */
  #messageScene(person: Person, channel: string, ts: string): Scene {
    const { log, ephemerals, responseUrls, url } = this.#options;
    const ephemeral = ephemerals.get(person.id, ts)?.message;
    const message = ephemeral ?? log.get(channel, ts);
    if (message === undefined) throw new Error(`No message ${ts} in ${channel}`);
    const threadTs = text(message, "thread_ts");
    const thread = threadTs === "" ? {} : { thread_ts: threadTs };
    return {
      blocks: message["blocks"],
      payload: () => ({
        container: {
          type: "message",
          message_ts: ts,
          channel_id: channel,
          is_ephemeral: ephemeral !== undefined,
          ...thread,
        },
        channel: this.#channel(channel),
        ...(ephemeral === undefined ? { message } : {}),
        response_url: `${url()}${responseUrls.issue({
          user: person.id,
          channel,
          ...(threadTs === "" ? {} : { threadTs }),
          source: { ts, ephemeral: ephemeral !== undefined },
        })}`,
      }),
    };
  }

  #modal(viewId: string): Owned {
    const owned = this.#options.views.find(viewId);
    if (owned === undefined) throw new Error(`No modal ${viewId} is open`);
    return owned;
  }

  /** The state of every element: what the person chose, else what stood there at the start. */
  #state(blocks: unknown, touch: Pick<Touch, "person" | "values"> & Partial<Touch>): StateValues {
    const values: Record<string, Record<string, Json>> = {};
    for (const [blockId, block] of Object.entries(initialState(blocks))) {
      values[blockId] = Object.fromEntries(
        Object.entries(block).map(([actionId, initial]) => {
          const own = actionId === touch.actionId && touch.choice !== undefined;
          const choice = own ? touch.choice : touch.values?.[blockId]?.[actionId];
          if (choice === undefined) return [actionId, initial];
          const element = findElement(blocks, actionId, blockId)?.element ?? {};
          const offered = this.#offeredFor({ person: touch.person, actionId });
          return [actionId, answerOf(element, choice, offered) ?? initial];
        }),
      );
    }
    return values;
  }

  #offeredFor({ person, actionId }: Pick<Touch, "person" | "actionId">): readonly Json[] {
    return this.#offered.get(`${person.id} ${actionId}`) ?? [];
  }

  #triggerFor({ person, place }: Touch): string {
    const viewId = "viewId" in place ? { viewId: place.viewId } : {};
    return this.#options.triggers.issue({ user: person.id, ...viewId });
  }

  #who(person: Person): Json {
    const { team, bot } = this.#options.workspace;
    const { id, name } = person;
    return {
      user: { id, username: name, name, team_id: team.id },
      team: { id: team.id, domain: team.domain },
      api_app_id: bot.appId,
      token: "sandbox-verification-token",
      enterprise: null,
      is_enterprise_install: false,
    };
  }

  #channel(id: string): Json {
    const known = this.#options.workspace.channels.find((channel) => channel.id === id);
    return { id, name: known?.name ?? "directmessage" };
  }

  #timestamp(): string {
    return (this.#options.clock().getTime() / 1000).toFixed(6);
  }
}

interface Scene {
  readonly blocks: unknown;
  readonly payload: (values: StateValues) => Json;
}

/** Why a person sees that nothing happened, in one phrase. */
export function failure(reply: Exclude<BotReply, { kind: "acknowledged" }>): string {
  switch (reply.kind) {
    case "refused":
      return `the app answered with status ${reply.status}`;
    case "timed_out":
      return "the app did not answer within 3 seconds";
    case "unreachable":
      return "the app could not be reached";
  }
}

function settleSubmission(views: Views, owned: Owned, body: Json | string | undefined): Submitted {
  const next = object(body, "view") ?? {};
  switch (text(body, "response_action")) {
    case "errors":
      return { kind: "errors", errors: object(body, "errors") ?? {} };
    case "update":
      return viewOutcome("updated", updateView(views, owned, next));
    case "push":
      return viewOutcome("pushed", pushView(views, owned, next));
    case "clear":
      views.closeAll(owned.user);
      return { kind: "cleared" };
    default:
      views.close(owned);
      return { kind: "closed" };
  }
}

function viewOutcome(kind: "updated" | "pushed", answer: Json): Submitted {
  if (answer["ok"] === true) return { kind };
  const details = object(answer, "response_metadata")?.["messages"];
  const said = Array.isArray(details) ? details.join("; ") : "";
  return { kind: "failed", reason: `${text(answer, "error")} ${said}`.trim() };
}

function checkOffered(options: readonly Json[]): string | undefined {
  const complaints = new Complaints();
  if (options.length > 100) complaints.add("/options", "no more than 100 items allowed");
  for (const [index, option] of options.entries()) {
    checkOption(option, `/options/${index}`, complaints);
  }
  return complaints.messages[0];
}

function pick(from: Json, names: readonly string[]): Json {
  return Object.fromEntries(
    names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]),
  );
}

/** True for a value that may be a set of choices from outside. */
export function isChoices(value: unknown): value is Choices {
  return isJson(value) && Object.values(value).every(isJson);
}
