/** What the flows need of the world. Each edge implements one of these; tests may, too. */

import type { Notification } from "../../alerts/alert.ts";
import type { Message } from "../../block-kit/message.ts";
import type { AuditEntry, Change } from "../../incidents/act-on-incident.ts";
import type { ExternalOutcome, KnownOfChannel } from "../../incidents/apply-external-post.ts";
import type { Notice, Outcome } from "../../incidents/apply-notification.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { PastAlerts } from "../silences/ports.ts";

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after so many milliseconds, or at once when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The part of pino's logger that flows use. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export type TimelineEntry =
  | {
      readonly kind: "notification";
      readonly at: number;
      /** What it did: opened, changed, resolved … */
      readonly reason: Outcome["reason"];
      readonly notification: Notification;
    }
  | ({ readonly kind: "audit"; readonly at: number } & AuditEntry);

/** One thing that must be said, kept until Slack has it. */
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

/** Where and when a post was heard. */
export interface ExternalPostContext {
  readonly channel: string;
  readonly groupKey: string;
  readonly receivedAt: number;
  /** Incidents that changed since then are known to the decision, and all that fire. */
  readonly sinceMs: number;
  /** When what follows of it is to be said. */
  readonly dueAt: number;
}

export interface IncidentStore {
  /**
   * Writes a notification, what it does to its group's latest incident, and what must be said, in
   * one transaction. When this resolves, nothing of it can be lost.
   */
  apply(
    notification: Notification,
    receivedAt: number,
    decide: (latest: Incident | undefined) => Outcome,
  ): Promise<Outcome>;
  /**
   * The same for another app's post, which may change several incidents of its channel: posts of
   * one channel are decided on one after the other, whichever replica heard them.
   */
  watch(
    post: ExternalPostContext,
    decide: (known: KnownOfChannel) => readonly ExternalOutcome[],
  ): Promise<void>;
  /**
   * Changes an incident, writes what must be said of it and the row of the audit log, in one
   * transaction; undefined when there is no such incident, or nothing was decided.
   */
  change(
    incidentId: string,
    nowMs: number,
    decide: (incident: Incident) => Change | undefined,
  ): Promise<Incident | undefined>;
  incident(id: string): Promise<Incident | undefined>;
  /** The incident of which a channel's message, or thread, is. */
  incidentAt(channel: string, messageTs: string): Promise<Incident | undefined>;
  /** What fires now, changed last first. */
  openIncidents(limit: number): Promise<Incident[]>;
  /** What changed since then, changed last first. */
  incidentsSince(sinceMs: number, limit: number): Promise<Incident[]>;
  /** Incidents that have had this alert, changed last first. */
  incidentsOf(alert: string, limit: number): Promise<Incident[]>;
  /** Of which something is due although nobody did anything. */
  dueIncidents(nowMs: number, limit: number): Promise<string[]>;
  /** What Alertmanager said of an incident and what people did, in order of time. */
  timeline(incidentId: string, limit: number): Promise<TimelineEntry[]>;
  /** What the notifications since then told of, as far as they are kept. */
  pastAlerts(sinceMs: number): Promise<PastAlerts>;
  /** Adds a row to the audit log for what concerns no incident: a silence made by command. */
  record(entry: AuditEntry, nowMs: number): Promise<void>;
  /** Remembers Slack's timestamp of the incident's message; undefined forgets it. */
  setMessageTs(incidentId: string, messageTs: string | undefined): Promise<void>;
  /**
   * Takes what is due, at most one row per incident and in order, so that no other worker takes it
   * until the lease ends.
   */
  claimDue(claim: {
    readonly nowMs: number;
    readonly limit: number;
    readonly leaseMs: number;
    /** Channels that must wait. */
    readonly except?: readonly string[];
  }): Promise<OutboxRow[]>;
  /** The row is said. */
  finish(rowId: number): Promise<void>;
  /** The row is to be tried again at `dueAt`; ignored when another worker has taken it since. */
  postpone(
    row: Pick<OutboxRow, "id" | "attempts">,
    retry: { dueAt: number; isAmbiguous: boolean },
  ): Promise<void>;
  /** When the next row falls due, in milliseconds since 1970; rows of some channels left out. */
  nextDue(except?: readonly string[]): Promise<number | undefined>;
}

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

/** Counts of what the bot does, for its own /metrics. */
export interface Meter {
  webhook(outcome: string): void;
  alerts(status: string, count: number): void;
  post(outcome: PostOutcome["kind"]): void;
  /** Time from a question, or a webhook, to its answer in Slack. */
  answered(kind: string, seconds: number): void;
  searched(found: boolean): void;
  /** A post of another app in a channel that the bot hears. */
  external(outcome: string): void;
}
