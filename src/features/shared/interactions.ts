/**
 * What people do in Slack, as flows see it, and what they can answer with.
 *
 * A feature is rows in these tables; edges/slack/listeners turns Slack's payloads into calls of
 * them and their reactions into calls of Slack, once for all.
 */

import type { SlackPost } from "../../alerts/slack-post.ts";
import type { Message } from "../../block-kit/message.ts";
import type { View } from "../../block-kit/view.ts";
import type { IncidentCard, LinkPreview, SharedLinks } from "./link-preview.ts";
import type { Right } from "./rights.ts";

export interface Person {
  readonly user: string;
  /** Where they did it; empty in a view or the Home tab. */
  readonly channel: string;
  /** Set where it is no person in Slack who asks. */
  readonly via?: "terminal" | "mcp";
  /** What comes of it is shown to the whole channel: nothing of other channels that are not public. */
  readonly isForChannel?: true;
}

/** Slack gives three seconds to open a modal: it is opened with what is known, then filled. */
export interface Modal {
  readonly skeleton: View;
  /** The whole of it, with what had to be asked of others; without it the skeleton is all. */
  readonly fill?: () => Promise<View>;
  /** Said instead where no modal can be opened: in a mention or a direct message. */
  readonly instead: Message;
}

export type Reaction =
  /** Shown to the person alone, beside what they clicked on. */
  | { readonly kind: "message"; readonly message: Message }
  /** Takes the place of the message that only this person sees and in which they clicked. */
  | { readonly kind: "replacement"; readonly message: Message }
  | { readonly kind: "modal"; readonly modal: Modal }
  /** Takes the place of what the view shows in which they clicked. */
  | { readonly kind: "view"; readonly view: View }
  | { readonly kind: "nothing" };

/** What stands in the fields of a view or message, by action id; several values for a list. */
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface OpenView {
  readonly id: string;
  readonly callbackId: string;
  readonly metadata: string;
}

/** A button, or a choice in a menu. */
export interface Click {
  readonly person: Person;
  /** Without what follows the first ":", which only tells elements of one kind apart. */
  readonly action: string;
  readonly actionId: string;
  /** The button's value, or what was chosen. */
  readonly value: string;
  readonly fields: Fields;
  /** The message it stands in, and the thread that message is in. */
  readonly messageTs?: string;
  readonly threadTs?: string;
  /** Only this person sees the message: it can be replaced without taking it from others. */
  readonly isPrivate?: true;
  readonly view?: OpenView;
}

export interface Submission {
  readonly person: Person;
  readonly view: OpenView;
  readonly fields: Fields;
}

export type SubmissionResult =
  /** By action id of the field, in words for the person; the modal stays open. */
  | { readonly kind: "errors"; readonly errors: Readonly<Record<string, string>> }
  /** Shows `meanwhile` at once, since Slack waits three seconds, then what `finish` gives. */
  | { readonly kind: "later"; readonly meanwhile: View; readonly finish: () => Promise<View> };

/** Words typed into a select that searches. */
interface OptionsQuery {
  readonly person: Person;
  readonly action: string;
  readonly text: string;
  readonly view?: OpenView;
}

export interface SelectOption {
  readonly label: string;
  readonly value: string;
  /** A second line. */
  readonly about?: string;
}

/** A shortcut in the menu of any message. */
export interface OnMessage {
  readonly person: Person;
  readonly channel: string;
  readonly ts: string;
  readonly threadTs?: string;
  /** What the message says, each thing once, without ids and markup. */
  readonly text: string;
}

/** Who does what, by action, callback id or shortcut. */
export interface Interactions {
  readonly clicks: Readonly<Record<string, (click: Click) => Promise<Reaction>>>;
  /** Not asynchronous: its acknowledgement waits for nothing but what the fields say. */
  readonly submissions: Readonly<Record<string, (submission: Submission) => SubmissionResult>>;
  /** Answered from memory, since Slack shows nothing else while a person types. */
  readonly options: Readonly<
    Record<string, (typed: OptionsQuery) => Promise<readonly SelectOption[]>>
  >;
  readonly shortcuts: Readonly<Record<string, (message: OnMessage) => Promise<Reaction>>>;
}

/** What a feature does for a person, and the right that they need for it. */
export interface Guarded<Handler> {
  readonly right: Right;
  /**
   * For a click that opens a modal: it opens at once, with nothing in it yet, and the right is checked
   * at while it is filled, since Slack gives three seconds to open it.
   */
  readonly opensModal?: true;
  readonly run: Handler;
}

/** The rows of a feature, each with its right. */
export type GuardedInteractions = {
  readonly [Kind in keyof Interactions]: Readonly<
    Record<string, Guarded<Interactions[Kind][string]>>
  >;
};

/** What a person wrote to the bot: a mention, or a direct message. */
export interface AskedQuestion {
  readonly person: Person;
  /** Without the bot's name and Slack's markup. */
  readonly text: string;
  readonly ts: string;
  /** The thread it was written in, by its first message. */
  readonly threadTs?: string;
  readonly isDirect: boolean;
  /** The name of the target that the thread is about; set by the flow that knows the thread. */
  readonly about?: string;
}

export interface ProgressStep {
  readonly id: string;
  readonly title: string;
  readonly state: "in_progress" | "complete" | "error";
  /** What came of it, in a few words. */
  readonly output?: string;
}

/** Tells whoever waits what the bot is doing. Whatever of it Slack refuses, the answer comes. */
export interface Progress {
  /** What goes on behind the bot's name: "is checking orders-prod…". */
  status(words: string): void;
  /** One step of longer work, shown when it begins and again when it is done. */
  step(step: ProgressStep): void;
}

/** A question that is offered; a person sends its message by a click. */
export interface Prompt {
  readonly title: string;
  readonly message: string;
}

export interface Prompts {
  readonly title: string;
  readonly prompts: readonly Prompt[];
}

/** What another app posted, or made of its post. */
export interface ExternalPost {
  readonly channel: string;
  readonly ts: string;
  /** When it was written or last edited: an older version may be delivered after a newer one. */
  readonly version: number;
  /** The post in whose thread it stands, when it is a reply. */
  readonly threadTs?: string;
  readonly post: SlackPost;
}

/** Everything Slack's listeners call. */
export interface SlackFlows {
  /** A slash command: `text` is what follows its name. */
  command(text: string, person: Person): Promise<Reaction>;
  question(asked: AskedQuestion, progress?: Progress): Promise<Message>;
  /** Whether the mention of another bot is answered: two bots could talk for ever. */
  answersBot(bot: Person): Promise<boolean>;
  /** What is offered to a person who opens the messages tab. */
  prompts(person: Person): Promise<Prompts>;
  /** Resolves when nothing of it can be lost. */
  external(post: ExternalPost): Promise<void>;
  /** What a person's Home tab shows. */
  home(user: string): Promise<View>;
  /** What is shown below links that somebody wrote. */
  previews(shared: SharedLinks): Promise<readonly LinkPreview[]>;
  /** The card of an incident that a person opens; undefined when they may not see it. */
  card(id: string, person: Person): Promise<IncidentCard | undefined>;
  readonly interactions: Interactions;
}
