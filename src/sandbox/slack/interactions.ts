/**
 * What a person does to the bot's messages and views: clicks, choices, typeahead, submissions,
 * shortcuts. Each becomes the payload that Slack sends, and its answer what Slack does with it.
 */

import { findElement, type ViewStateValues } from "./blocks-in.ts";
import type { BotLink, BotReply } from "./bot-link.ts";
import { checkOptions } from "./check-elements.ts";
import { answerOf, type ElementChoice } from "./element-answers.ts";
import { isJson, type Json, objects, text } from "./json.ts";
import {
  type Choices,
  channelPart,
  type ElementPlace,
  type SceneOptions,
  sceneAt,
  stateOf,
} from "./scenes.ts";
import { type Submitted, settleSubmission } from "./submissions.ts";
import type { Triggers } from "./triggers.ts";
import type { Owned } from "./views.ts";
import type { WorkspacePerson } from "./workspace.ts";

export interface Touch {
  readonly person: WorkspacePerson;
  readonly place: ElementPlace;
  readonly actionId: string;
  readonly blockId?: string;
  /** Nothing for a button. */
  readonly choice?: ElementChoice;
  /** What stands in the other elements; the rest is as at the start. */
  readonly values?: Choices;
}

export type Suggested =
  | {
      readonly kind: "options";
      readonly options: readonly Json[];
      readonly groups: readonly Json[];
    }
  | { readonly kind: "failed"; readonly reason: string };

interface InteractionsOptions extends SceneOptions {
  readonly triggers: Triggers;
  readonly link: BotLink;
  readonly clock: () => Date;
}

export class SlackInteractions {
  readonly #options: InteractionsOptions;
  /** What the last typeahead of an element offered, by person and action id. */
  readonly #offered = new Map<string, readonly Json[]>();

  constructor(options: InteractionsOptions) {
    this.#options = options;
  }

  /** A click on a button or a choice in a menu: `block_actions`. */
  async act(touch: Touch): Promise<BotReply> {
    const { person, place, actionId, blockId, choice = null } = touch;
    const scene = sceneAt(this.#options, person, place);
    const placed = findElement(scene.blocks, actionId, blockId);
    if (placed === undefined) throw new Error(`No element ${actionId} in this message or view`);
    const { element } = placed;
    const answer = answerOf(element, choice, this.#offeredTo(person, actionId));
    const state = this.#state(scene.blocks, touch, placed.blockId);
    const viewId = "viewId" in place ? { viewId: place.viewId } : {};
    return this.#send({
      type: "block_actions",
      ...this.#who(person),
      ...scene.payload(state),
      trigger_id: this.#options.triggers.issue({ user: person.id, ...viewId }),
      state: { values: state },
      actions: [
        {
          type: text(element, "type"),
          action_id: actionId,
          block_id: placed.blockId,
          ...(answer ?? pick(element, ["text", "value", "style", "url"])),
          action_ts: this.#timestamp(),
        },
      ],
    });
  }

  /** What a person typed into an external select: `block_suggestion`. */
  async suggest(touch: Touch, typed: string): Promise<Suggested> {
    const { person, actionId, blockId } = touch;
    const scene = sceneAt(this.#options, person, touch.place);
    const placed = findElement(scene.blocks, actionId, blockId);
    if (placed === undefined) throw new Error(`No element ${actionId} in this message or view`);
    const reply = await this.#send({
      type: "block_suggestion",
      ...this.#who(person),
      ...scene.payload(this.#state(scene.blocks, touch, placed.blockId)),
      action_id: actionId,
      block_id: placed.blockId,
      value: typed,
    });
    if (reply.kind !== "acknowledged") return { kind: "failed", reason: failure(reply) };
    const groups = objects(reply.body, "option_groups");
    const options = objects(reply.body, "options");
    const offered = [...options, ...groups.flatMap((group) => objects(group, "options"))];
    const [wrong] = checkOptions(offered);
    if (wrong !== undefined) return { kind: "failed", reason: wrong };
    this.#offered.set(`${person.id} ${actionId}`, offered);
    return { kind: "options", options, groups };
  }

  /** The button at the foot of a modal: `view_submission`, and what its answer asks for. */
  async submit(person: WorkspacePerson, viewId: string, values: Choices): Promise<Submitted> {
    const { view } = this.#modal(viewId);
    const state = this.#state(view["blocks"], { person, values });
    const reply = await this.#send({
      type: "view_submission",
      ...this.#who(person),
      trigger_id: this.#options.triggers.issue({ user: person.id, viewId }),
      view: { ...view, state: { values: state } },
      response_urls: [],
    });
    return reply.kind === "acknowledged"
      ? settleSubmission(this.#options.views, this.#modal(viewId), reply.body)
      : { kind: "failed", reason: failure(reply) };
  }

  /** Cancel, Escape or the cross; `view_closed` goes out if the view asked for it. */
  async close(person: WorkspacePerson, viewId: string): Promise<void> {
    const { views } = this.#options;
    const owned = this.#modal(viewId);
    const isCleared = owned.view["clear_on_close"] === true;
    if (isCleared) views.closeAll(person.id);
    else views.close(owned);
    if (owned.view["notify_on_close"] !== true) return;
    const { view } = owned;
    await this.#send({ type: "view_closed", ...this.#who(person), view, is_cleared: isCleared });
  }

  /** A shortcut in a message's menu: `message_action`. */
  async shortcut(
    person: WorkspacePerson,
    callbackId: string,
    { channel, ts }: { readonly channel: string; readonly ts: string },
  ): Promise<BotReply> {
    const { workspace, log, responseUrls, triggers, url } = this.#options;
    return this.#send({
      type: "message_action",
      ...this.#who(person),
      callback_id: callbackId,
      trigger_id: triggers.issue({ user: person.id }),
      response_url: `${url()}${responseUrls.issue({ user: person.id, channel })}`,
      channel: channelPart(workspace, channel),
      message_ts: ts,
      message: log.get(channel, ts),
      action_ts: this.#timestamp(),
    });
  }

  #send(payload: Json): Promise<BotReply> {
    return this.#options.link.send({ kind: "interactive", payload });
  }

  #modal(viewId: string): Owned {
    const owned = this.#options.views.find(viewId);
    if (owned === undefined) throw new Error(`No modal ${viewId} is open`);
    return owned;
  }

  #state(
    blocks: unknown,
    { person, actionId = "", choice, values = {} }: Partial<Touch> & Pick<Touch, "person">,
    blockId = "",
  ): ViewStateValues {
    const own = choice === undefined ? {} : { [actionId]: choice };
    return stateOf(blocks, {
      values: { ...values, [blockId]: { ...values[blockId], ...own } },
      offered: (id) => this.#offeredTo(person, id),
    });
  }

  #offeredTo(person: WorkspacePerson, actionId: string): readonly Json[] {
    return this.#offered.get(`${person.id} ${actionId}`) ?? [];
  }

  #who({ id, name }: WorkspacePerson): Json {
    const { team, bot } = this.#options.workspace;
    return {
      user: { id, username: name, name, team_id: team.id },
      team: { id: team.id, domain: team.domain },
      api_app_id: bot.appId,
      token: "sandbox-verification-token",
      enterprise: null,
      is_enterprise_install: false,
    };
  }

  #timestamp(): string {
    return (this.#options.clock().getTime() / 1000).toFixed(6);
  }
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

function pick(from: Json, names: readonly string[]): Json {
  return Object.fromEntries(
    names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]),
  );
}

/** True for a value that may be a set of choices from outside. */
export function isChoices(value: unknown): value is Choices {
  return isJson(value) && Object.values(value).every(isJson);
}
