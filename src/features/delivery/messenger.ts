/** What posting to Slack needs and tells. */

import type { Message } from "../../block-kit/message.ts";

export type PostOutcome =
  | { readonly kind: "posted"; readonly ts: string }
  /** Slack asks to wait. */
  | { readonly kind: "rate-limited"; readonly retryAfterMs: number }
  /** Slack refuses the content, in plain form, too. */
  | { readonly kind: "rejected"; readonly error: string }
  /** Slack refuses for a reason that somebody has to put right: `not_in_channel`, `invalid_auth`. */
  | { readonly kind: "refused"; readonly error: string }
  /** The message to edit, or the thread's parent, is not there any more. */
  | { readonly kind: "gone"; readonly error: string }
  /** No answer, or a broken one: it may have been posted or not. */
  | { readonly kind: "unknown"; readonly error: string };

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

export interface Messenger {
  post(post: Post): Promise<PostOutcome>;
  update(post: Post & { readonly ts: string }): Promise<PostOutcome>;
  /** The timestamp of a message posted under this key, if Slack has one. */
  find(search: {
    readonly channel: string;
    readonly key: string;
    readonly sinceMs: number;
    readonly threadTs?: string;
  }): Promise<string | undefined>;
}
