/** Messages that only one person sees, and only until they reload; no API reads them back. */

import type { Feed } from "./feed.ts";
import { type Json, text } from "./json.ts";

export interface Ephemeral {
  readonly channel: string;
  readonly message: Json;
}

export class Ephemerals {
  readonly #feed: Feed;
  readonly #byUser = new Map<string, Ephemeral[]>();

  constructor(feed: Feed) {
    this.#feed = feed;
  }

  of(user: string): readonly Ephemeral[] {
    return this.#byUser.get(user) ?? [];
  }

  get(user: string, ts: string): Ephemeral | undefined {
    return this.of(user).find(({ message }) => text(message, "ts") === ts);
  }

  /** Adds it, or takes the place of the one with the same timestamp. */
  put(user: string, channel: string, message: Json): void {
    const ts = text(message, "ts");
    const known = this.get(user, ts) !== undefined;
    const next = { channel, message };
    this.#byUser.set(
      user,
      known
        ? this.of(user).map((each) => (text(each.message, "ts") === ts ? next : each))
        : [...this.of(user), next],
    );
    this.#feed.publish({ type: "ephemeral", channel, message }, user);
  }

  remove(user: string, ts: string): void {
    const gone = this.get(user, ts);
    if (gone === undefined) return;
    this.#byUser.set(
      user,
      this.of(user).filter((each) => each !== gone),
    );
    this.#feed.publish({ type: "ephemeral_deleted", channel: gone.channel, ts }, user);
  }
}
