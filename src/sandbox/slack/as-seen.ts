/** Messages and views as tests and the page read them. */

import { type Json, objects, text } from "./json.ts";

/** A message or view as Slack would give it, with the fields that tests ask for most by type. */
export interface SlackMessage {
  readonly ts: string;
  readonly text: string;
  readonly user: string;
  readonly blocks: readonly Json[];
  readonly [field: string]: unknown;
}

export interface SlackView {
  readonly id: string;
  readonly callback_id: string;
  readonly private_metadata: string;
  readonly blocks: readonly Json[];
  readonly [field: string]: unknown;
}

/** A message as it is; what is missing reads as empty. */
export function asMessage(message: Json): SlackMessage {
  return {
    ...message,
    ts: text(message, "ts"),
    text: text(message, "text"),
    user: text(message, "user"),
    blocks: objects(message, "blocks"),
  };
}

/** A view as it is; what is missing reads as empty. */
export function asView(view: Json): SlackView {
  return {
    ...view,
    id: text(view, "id"),
    callback_id: text(view, "callback_id"),
    private_metadata: text(view, "private_metadata"),
    blocks: objects(view, "blocks"),
  };
}
