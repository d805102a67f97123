/** Links that somebody wrote in Slack, and what is shown below them. */

import type { Message } from "../../block-kit/message.ts";

export interface SharedLinks {
  /** Who wrote them, and where; the whole channel reads what comes of it. */
  readonly person: { readonly user: string; readonly channel: string };
  readonly urls: readonly string[];
}

/** An incident as a card: its present state in a few fields. Texts are plain unless they say otherwise. */
export interface IncidentCard {
  readonly id: string;
  readonly title: string;
  readonly state: "firing" | "acknowledged" | "silenced" | "resolved";
  readonly severity: string;
  readonly target?: string;
  /** What is wrong, in Slack's mrkdwn. */
  readonly summary?: string;
  /** A person's id. */
  readonly acknowledgedBy?: string;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  readonly changedAt: number;
  /** Its message in Slack, where that is known. */
  readonly messageUrl?: string;
}

export interface LinkPreview {
  /** As it was written. */
  readonly url: string;
  readonly card: IncidentCard;
  /** The same as a message, for where Slack takes no card. */
  readonly message: Message;
}
