/**
 * Open modals and Home tabs, by person.
 *
 * Kept here and not by the emulator, which has no notion of a modal being closed: it would go on
 * counting closed ones against the three that may lie on each other.
 */

import { randomBytes } from "node:crypto";
import { decorateBlocks } from "./decorate.ts";
import type { Feed } from "./feed.ts";
import { type Json, text } from "./json.ts";
import type { InstalledApp } from "./workspace.ts";

export interface Owned {
  readonly user: string;
  readonly view: Json;
}

interface ViewsOptions {
  readonly teamId: string;
  readonly bot: Pick<InstalledApp, "appId" | "botId">;
  readonly feed: Feed;
}

export class Views {
  readonly #options: ViewsOptions;
  readonly #stacks = new Map<string, Json[]>();
  readonly #homes = new Map<string, Json>();

  constructor(options: ViewsOptions) {
    this.#options = options;
  }

  /** The modals this person has open, the top one last. */
  stack(user: string): readonly Json[] {
    return this.#stacks.get(user) ?? [];
  }

  home(user: string): Json | undefined {
    return this.#homes.get(user);
  }

  find(id: string): Owned | undefined {
    const homes = [...this.#homes].map(([user, view]) => ({ user, view }));
    return [...this.#open(), ...homes].find(({ view }) => text(view, "id") === id);
  }

  findByExternalId(externalId: string): Owned | undefined {
    return this.#open().find(({ view }) => text(view, "external_id") === externalId);
  }

  /** Opens a modal: the only one of its person, or on top of the modal `parent`. */
  open(user: string, next: Json, parent?: Json): Json {
    const view = this.#render(next, undefined, parent);
    this.#setStack(user, [...(parent === undefined ? [] : this.stack(user)), view]);
    return view;
  }

  /** The same view with new content; its id and what the person typed stay. */
  replace({ user, view }: Owned, next: Json): Json {
    const type = text(view, "type");
    if (type === "home") return this.publish(user, next);
    const changed = this.#render({ ...next, type }, view);
    const stack = this.stack(user).map((each) => (each === view ? changed : each));
    this.#setStack(user, stack);
    return changed;
  }

  publish(user: string, next: Json): Json {
    const view = this.#render(next, this.#homes.get(user));
    this.#homes.set(user, view);
    this.#options.feed.publish({ type: "home", view }, user);
    return view;
  }

  close({ user, view }: Owned): void {
    this.#setStack(
      user,
      this.stack(user).filter((each) => each !== view),
    );
  }

  /** Returns what was open, the top one first. */
  closeAll(user: string): readonly Json[] {
    const closed = this.stack(user).toReversed();
    this.#setStack(user, []);
    return closed;
  }

  #open(): Owned[] {
    return [...this.#stacks].flatMap(([user, views]) => views.map((view) => ({ user, view })));
  }

  #setStack(user: string, views: Json[]): void {
    this.#stacks.set(user, views);
    this.#options.feed.publish({ type: "views", views }, user);
  }

  /** A view as Slack answers it: ids given, absent fields null or empty. */
  #render(next: Json, before?: Json, parent?: Json): Json {
    const { teamId, bot } = this.#options;
    const id = text(before, "id") || `V${randomBytes(5).toString("hex").toUpperCase()}`;
    const blocks = next["blocks"];
    return {
      id,
      team_id: teamId,
      type: text(next, "type"),
      blocks: Array.isArray(blocks) ? decorateBlocks(blocks) : [],
      private_metadata: text(next, "private_metadata"),
      callback_id: text(next, "callback_id"),
      external_id: text(next, "external_id"),
      state: before?.["state"] ?? { values: {} },
      hash: `${Date.now()}.${randomBytes(4).toString("hex")}`,
      title: next["title"] ?? null,
      submit: next["submit"] ?? null,
      close: next["close"] ?? null,
      clear_on_close: next["clear_on_close"] === true,
      notify_on_close: next["notify_on_close"] === true,
      root_view_id: text(parent ?? before, "root_view_id") || id,
      previous_view_id:
        parent === undefined ? (before?.["previous_view_id"] ?? null) : text(parent, "id"),
      app_id: bot.appId,
      app_installed_team_id: teamId,
      bot_id: bot.botId,
    };
  }
}
