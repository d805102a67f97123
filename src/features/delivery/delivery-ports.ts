/** What delivering a row of the outbox needs of the world. */

import type { Message } from "../../block-kit/message.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Notice } from "../../incidents/notice.ts";
import type { JumpTo } from "../incidents/incident-lines.ts";
import type { IncidentReader, IncidentWriter } from "../incidents/incident-ports.ts";
import type { Digest, DigestStore } from "./digest-ports.ts";
import type { Messenger, PostOutcome } from "./messenger.ts";

/** A notice that waits until Slack has it. */
export interface OutboxRow {
  readonly id: number;
  /** Unique and stable: it travels in the message's metadata, so that a post can be found again. */
  readonly key: string;
  readonly incidentId: string;
  readonly channel: string;
  readonly notice: Notice;
  /** Less is delivered earlier, see incidents/notice-priority. */
  readonly priority: number;
  /** How often it was tried before. */
  readonly attempts: number;
  /** An earlier attempt may have reached Slack without its answer reaching us. */
  readonly isAmbiguous: boolean;
  readonly createdAt: number;
  /** Replicas that deliver now, this one included: they share what Slack allows the app in all. */
  readonly sharers: number;
}

interface OutboxClaim {
  readonly limit: number;
  /** How long the rows are ours unless the lease is renewed, in milliseconds. */
  readonly leaseMs: number;
  /** What must wait. */
  readonly except?: readonly HeldBack[];
}

/** Stands for every channel in what is held back. */
export const ALL_CHANNELS = "*";

/** Rows of a channel, or of all, whose priority lies between; both ends count. */
export interface HeldBack {
  readonly channel: string;
  readonly from: number;
  readonly to: number;
}

/** What is done in a row's name counts only as long as no other worker has taken it since. */
type TakenRow = Pick<OutboxRow, "id" | "attempts">;

/** Times are spans, in milliseconds: the store's clock decides, which all replicas share. */
export interface Outbox {
  /**
   * Takes what is due, the most urgent first, at most one row per lane and in its order, so that no
   * other worker takes it until the lease ends.
   */
  claimDue(claim: OutboxClaim): Promise<OutboxRow[]>;
  /**
   * Makes the lease last so long from now. False when another worker has the row: whoever hears that
   * must not send it. To be asked right before each effect.
   */
  renew(row: TakenRow, leaseMs: number): Promise<boolean>;
  /** The row is delivered, or dropped; ignored when another worker has it. */
  finish(row: TakenRow): Promise<void>;
  /** The row is to be tried again after some time; ignored when another worker has it. */
  postpone(
    row: TakenRow,
    retry: { readonly afterMs: number; readonly isAmbiguous: boolean },
  ): Promise<void>;
  /** In how many milliseconds the next row falls due; what must wait is left out. */
  nextDueIn(except?: readonly HeldBack[]): Promise<number | undefined>;
}

/** When the oldest of what waits was made, in milliseconds since 1970; undefined when nothing waits. */
export interface WaitingNotices {
  readonly oldestAt: number | undefined;
  /** Of new incidents that no message names yet. */
  readonly unnamedAt: number | undefined;
}

/** What an incident that left a channel leaves there. */
interface ReroutedMessages {
  /** In place of its message. */
  readonly place: Message;
  /** The last reply of its thread. */
  readonly reply: Message;
}

/** Counts what becomes of posts, for the bot's own /metrics. */
export interface DeliveryMeter {
  post(outcome: PostOutcome["kind"]): void;
}

/** What incidents' rows say, and to whom. */
export interface IncidentNotices {
  /** What a row says now; undefined when there is nothing to say any more. */
  readonly render: (row: OutboxRow, incident: Incident) => Promise<Message | undefined>;
  readonly renderRerouted: (incident: Incident) => ReroutedMessages;
  /** Whether a subscriber may be notified of an incident, by the rights of now. */
  readonly mayBeNotified: (user: string, incident: Incident) => Promise<"yes" | "no" | "unknown">;
}

export interface DigestPorts {
  readonly store: DigestStore;
  /** A digest's message as its incidents are now. */
  readonly render: (digest: Digest) => Message;
  /** More new incidents than this that wait for one channel are named by a digest. */
  readonly above: number;
}

export type DeliveredIncidents = Pick<IncidentReader, "incident"> &
  Pick<IncidentWriter, "setMessageTs">;

/** Slack, as far as rows are delivered to it. */
export interface DeliverySlack {
  readonly messenger: Messenger;
  readonly jumpTo: JumpTo;
  /** Slack refused the token: it is asked about now. */
  readonly doubtToken: () => void;
  /** A notice that was made at this time, by the store's clock, is in Slack. */
  readonly delivered: (madeAt: number) => void;
}
