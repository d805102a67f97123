/** What the page gets while it happens: the list of its messages, and who may see which. */

import type { Json } from "./json.ts";

export type FeedItem =
  | { readonly type: "message"; readonly channel: string; readonly message: Json }
  | { readonly type: "message_changed"; readonly channel: string; readonly message: Json }
  | { readonly type: "message_deleted"; readonly channel: string; readonly ts: string }
  /** What the bot says it is doing; "" when it is done. */
  | {
      readonly type: "status";
      readonly channel: string;
      readonly threadTs: string;
      readonly status: string;
    }
  | {
      readonly type: "prompts";
      readonly channel: string;
      readonly title: string;
      readonly prompts: readonly Json[];
    }
  /** Only for one person, like everything below. */
  | { readonly type: "ephemeral"; readonly channel: string; readonly message: Json }
  | { readonly type: "ephemeral_deleted"; readonly channel: string; readonly ts: string }
  /** The whole stack of open modals, the top one last. */
  | { readonly type: "views"; readonly views: readonly Json[] }
  | { readonly type: "home"; readonly view: Json }
  | { readonly type: "bot"; readonly connected: boolean };

type Listener = (item: FeedItem) => void;

export interface Feed {
  /** To everyone, or only to the person with this user id. */
  publish(item: FeedItem, only?: string): void;
  /** Returns the function that ends the subscription. */
  subscribe(user: string, listener: Listener): () => void;
}

/** A feed without subscribers. What is published `only` for one person reaches nobody else. */
export function createFeed(): Feed {
  const subscribers = new Set<{ user: string; listener: Listener }>();
  return {
    publish(item, only) {
      for (const { user, listener } of subscribers) {
        if (only === undefined || only === user) listener(item);
      }
    },
    subscribe(user, listener) {
      const subscriber = { user, listener };
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
  };
}
