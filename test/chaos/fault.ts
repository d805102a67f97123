/** What the fake Slack does instead of what it should. Plain JSON, since it travels between processes. */

/** Which calls a fault meets; without `times` all that match, until the faults are set anew. */
interface Matching {
  /** Slack's method, such as chat.postMessage; without it every method. */
  readonly method?: string;
  readonly channel?: string;
  readonly times?: number;
  /** How likely a matching call meets it, from 0 to 1; without it always. */
  readonly chance?: number;
}

export type Fault = Matching &
  (
    | { readonly kind: "rate-limited"; readonly retryAfterS: number }
    /** An HTTP status instead of an answer; `done` tells whether Slack did it nevertheless. */
    | { readonly kind: "status"; readonly status: number; readonly done: boolean }
    /** The connection breaks, before Slack did it or after. */
    | { readonly kind: "reset"; readonly done: boolean }
    /** Slack does it, and answers later than anybody waits; or does even that later. */
    | { readonly kind: "late"; readonly afterMs: number; readonly doneAfterMs: number }
    | { readonly kind: "slow"; readonly afterMs: number }
    /** Nothing is done and nothing is answered. */
    | { readonly kind: "hang" }
    /** Slack's own word for what is wrong: `ok: false`. */
    | { readonly kind: "error"; readonly error: string }
  );

/** What somebody else than the bot writes. */
export interface WrittenMessage {
  readonly channel: string;
  /** Slack's timestamp; it may be of a while ago. */
  readonly ts: string;
  readonly text: string;
  /** Of a person. */
  readonly user?: string;
  /** Of another app, whose text stands in attachments. */
  readonly botId?: string;
  readonly attachments?: readonly object[];
}

/** The state of the fake Slack that a trial may set; what is left out stays as it is. */
export interface SlackState {
  readonly faults?: readonly Fault[];
  /** The history shows messages only after this time. */
  readonly historyLagMs?: number;
  /** The history serves at most so many messages, whatever was asked for. */
  readonly historyMost?: number;
  /** Whether it listens at all. */
  readonly isUp?: boolean;
  /** Cuts every connection of Socket Mode, once. */
  readonly isSocketCut?: boolean;
  /** Is written into a channel, and not sent to the bot, as while it cannot be reached. */
  readonly written?: WrittenMessage;
  /** Is sent over Socket Mode once, to one connection after the other. */
  readonly event?: object;
}

/** One message as the fake Slack has it, with everything it ever showed. */
export interface JournalMessage {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | undefined;
  /** The key and the notice of its metadata, as the bot wrote them. */
  readonly key: string;
  readonly notice: string;
  readonly versions: readonly { readonly at: number; readonly shown: string }[];
  readonly deletedAt: number | undefined;
}

export interface JournalCall {
  readonly at: number;
  readonly method: string;
  readonly channel: string;
  readonly outcome: string;
}

/** What the fake Slack has seen and shows; times are milliseconds since 1970, by its own clock. */
export interface Journal {
  readonly messages: readonly JournalMessage[];
  readonly calls: readonly JournalCall[];
  /** What was answered to slash commands, by their id, with the time. */
  readonly responses: readonly { readonly at: number; readonly id: string }[];
}
