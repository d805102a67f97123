/** What the page asks of the sandbox and what it is answered: types only, shared with the browser. */

import type { ControlAlert, ControlFault } from "./controls.ts";
import type { FeedItem } from "./feed.ts";
import type { Json } from "./json.ts";

export type { ElementChoice } from "./element-answers.ts";
export type { Suggested } from "./interactions.ts";
export type { Choices, ElementPlace } from "./scenes.ts";
export type { Submitted } from "./submissions.ts";
export type { ControlAlert, ControlFault, FeedItem, Json };

export interface PagePerson {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  /** The direct message of this person with the bot. */
  readonly directMessage: string;
}

interface PageApp {
  readonly userId: string;
  readonly botId: string;
  /** As one mentions it: `@streamline`. */
  readonly name: string;
  readonly realName: string;
}

export interface PageChannel {
  readonly id: string;
  readonly name: string;
  readonly topic: string;
  readonly hasBot: boolean;
  /** Timestamp of the newest message, or "". */
  readonly latest: string;
}

/** A slash command as its app's manifest declares it. */
export interface PageCommand {
  readonly command: string;
  readonly about: string;
  readonly uses: readonly PageCommandUse[];
}

interface PageCommandUse {
  /** The subcommand's own word, such as `search`. */
  readonly word: string;
  /** What follows it, such as `WORDS`; "" for nothing. */
  readonly hint: string;
  readonly about: string;
}

export interface PageShortcut {
  readonly callbackId: string;
  readonly title: string;
}

export interface PageState {
  readonly team: string;
  readonly me: PagePerson;
  readonly people: readonly PagePerson[];
  readonly apps: readonly PageApp[];
  readonly channels: readonly PageChannel[];
  readonly commands: readonly PageCommand[];
  readonly shortcuts: readonly PageShortcut[];
  readonly views: readonly Json[];
  readonly home: Json | null;
  readonly hasControls: boolean;
  readonly hasTour: boolean;
  /** The address of the real server around which the sandbox stands; undefined: a simulated one. */
  readonly realServer: string | undefined;
  readonly isBotConnected: boolean;
}

/** Messages of a channel or a thread, and what only the asking person sees there. */
export interface PageMessages {
  readonly messages: readonly Json[];
  readonly ephemerals: readonly Json[];
}

/** What came of something a person did. */
export type PageOutcome =
  | { readonly kind: "done" }
  /** In words for the person. */
  | { readonly kind: "failed"; readonly reason: string };

export interface PageControls {
  readonly faults: readonly ControlFault[];
  readonly alerts: readonly ControlAlert[];
}
