/** What the bot shows beside messages: a modal over the conversation, or a person's Home tab. */

import type { KnownBlock } from "./message.ts";

export interface View {
  /** Says whose submission it is; see features/shared/interactions.ts. */
  readonly callbackId: string;
  /** Title of a modal; a Home tab shows none. */
  readonly title: string;
  /** The label of the button that submits it; without it the modal only shows something. */
  readonly submit?: string;
  readonly close?: string;
  /** Comes back with everything that is done in the view: ids, never what they stand for. */
  readonly metadata?: string;
  readonly blocks: readonly KnownBlock[];
}
