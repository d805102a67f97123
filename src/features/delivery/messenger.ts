/** What posting to Slack needs and tells. */

import type { Message } from "../../block-kit/message.ts";

export type PostOutcome =
  | { readonly kind: "posted"; readonly ts: string }
  /** Slack asks to wait: this channel, or this kind of call. */
  | { readonly kind: "rate-limited"; readonly retryAfterMs: number }
  /** Slack refuses the content, in plain form, too. */
  | { readonly kind: "rejected"; readonly error: string }
  /** Slack refuses for a reason that somebody has to put right, in the channel or of the token. */
  | { readonly kind: "refused"; readonly error: string; readonly of: "channel" | "token" }
  /** The message to edit, or the thread's parent, is not there any more. */
  | { readonly kind: "gone"; readonly error: string }
  /** The request did not leave: there was no connection. Nothing was posted. */
  | { readonly kind: "unreached"; readonly error: string }
  /** No answer, or a broken one: it may have been posted or not. */
  | { readonly kind: "unknown"; readonly error: string; readonly isTimeout?: boolean };

export interface Post {
  readonly channel: string;
  readonly message: Message;
  /** Makes the post findable; answers to people need none. */
  readonly key?: string;
  /** What kind of notice it is, for whoever reads the metadata. */
  readonly notice?: string;
  readonly threadTs?: string;
  /** Also shows a thread's reply in the channel. */
  readonly broadcast?: boolean;
}

/** Where messages of ours are searched for: a channel, or one thread of it. */
export interface MessagePlace {
  readonly channel: string;
  readonly threadTs?: string;
}

/** A message of ours that Slack has. */
export interface FoundMessage {
  readonly key: string;
  readonly ts: string;
  /** Replies below it, by anybody. */
  readonly replies: number;
}

export interface Messenger {
  post(post: Post): Promise<PostOutcome>;
  update(post: Post & { readonly ts: string }): Promise<PostOutcome>;
  /**
   * Every message of ours in the place since that moment of our clock. Rejects when Slack does not
   * answer, or does not show the whole span: what is not among them is not there.
   */
  ours(place: MessagePlace, sinceMs: number): Promise<FoundMessage[]>;
  /** Deletes a message of ours; one that is gone already counts as deleted. */
  remove(message: { readonly channel: string; readonly ts: string }): Promise<PostOutcome>;
  /** Asks Slack for nothing but an answer. */
  reach(): Promise<PostOutcome>;
}
