/** What delivering a row of the outbox needs of the world. */

import type { Message } from "../../block-kit/message.ts";
import type { Notice } from "../../incidents/apply-notification.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { IncidentReader, IncidentWriter } from "../incidents/incident-ports.ts";
import type { AnswerMeter, Clock, Log } from "../shared/ports.ts";
import type { Messenger, PostOutcome } from "./messenger.ts";

/** A notice that waits until Slack has it. */
export interface OutboxRow {
  readonly id: number;
  /** Unique and stable: it travels in the message's metadata, so that a post can be found again. */
  readonly key: string;
  readonly incidentId: string;
  readonly channel: string;
  readonly notice: Notice;
  /** How often it was tried before. */
  readonly attempts: number;
  /** An earlier attempt may have reached Slack without its answer reaching us. */
  readonly isAmbiguous: boolean;
  readonly createdAt: number;
}

export interface OutboxClaim {
  readonly nowMs: number;
  readonly limit: number;
  readonly leaseMs: number;
  /** Channels that must wait. */
  readonly except?: readonly string[];
}

export interface Outbox {
  /**
   * Takes what is due, at most one row per incident and in order, so that no other worker takes it
   * until the lease ends.
   */
  claimDue(claim: OutboxClaim): Promise<OutboxRow[]>;
  /** The row is delivered, or dropped. */
  finish(rowId: number): Promise<void>;
  /** The row is to be tried again at `dueAt`; ignored when another worker has taken it since. */
  postpone(
    row: Pick<OutboxRow, "id" | "attempts">,
    retry: { dueAt: number; isAmbiguous: boolean },
  ): Promise<void>;
  /** When the next row falls due, in milliseconds since 1970; rows of some channels left out. */
  nextDue(except?: readonly string[]): Promise<number | undefined>;
}

/** Counts what becomes of posts, for the bot's own /metrics. */
export interface DeliveryMeter {
  post(outcome: PostOutcome["kind"]): void;
}

export interface DeliveryPorts {
  readonly outbox: Outbox;
  readonly incidents: Pick<IncidentReader, "incident"> & Pick<IncidentWriter, "setMessageTs">;
  readonly messenger: Messenger;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: DeliveryMeter & AnswerMeter;
  /** What a row says now; undefined when there is nothing to say any more. */
  readonly render: (row: OutboxRow, incident: Incident) => Promise<Message | undefined>;
}
