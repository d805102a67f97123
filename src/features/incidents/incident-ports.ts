/** What the features need of the incidents that are kept: looking them up, and changing them. */

import type { Notification } from "../../alerts/alert.ts";
import type { ExternalOutcome, KnownOfChannel } from "../../incidents/apply-external-post.ts";
import type { AuditEntry, Change, Outcome } from "../../incidents/change.ts";
import type { Incident } from "../../incidents/incident.ts";

export type TimelineEntry =
  | {
      readonly kind: "notification";
      readonly at: number;
      /** What it did: opened, changed, resolved … */
      readonly reason: Outcome["reason"];
      readonly notification: Notification;
    }
  | ({ readonly kind: "audit"; readonly at: number } & AuditEntry);

/** So many incidents are read at once: no deployment has as many open ones. */
export const MOST_INCIDENTS = 5_000;

/** Where and when a post of another app was seen. */
export interface ExternalPostContext {
  readonly channel: string;
  readonly groupKey: string;
  readonly receivedAt: number;
  /** Incidents that changed since then are known to the decision, and all that fire. */
  readonly sinceMs: number;
  /** When the notices that follow from it are due. */
  readonly dueAt: number;
}

export interface IncidentReader {
  incident(id: string): Promise<Incident | undefined>;
  /** The incident to which a channel's message, or thread, belongs. */
  incidentAt(channel: string, messageTs: string): Promise<Incident | undefined>;
  /** What fires now, the latest change first. */
  openIncidents(limit: number): Promise<Incident[]>;
  /** What changed since then, the latest change first. */
  incidentsSince(sinceMs: number, limit: number): Promise<Incident[]>;
  /** Incidents that have had this alert, the latest change first. */
  incidentsOf(alert: string, limit: number): Promise<Incident[]>;
  /** Those for which something is due although nobody did anything. */
  dueIncidents(nowMs: number, limit: number): Promise<string[]>;
  /** What Alertmanager sent about an incident and what people did, in order of time. */
  timeline(incidentId: string, limit: number): Promise<TimelineEntry[]>;
}

/** Every change is decided on the incident as it is, and written with its notices in one transaction. */
export interface IncidentWriter {
  /**
   * Writes a notification, what it does to its group's latest incident, and the notices that
   * follow. When this resolves, nothing of it can be lost.
   */
  apply(
    notification: Notification,
    receivedAt: number,
    decide: (latest: Incident | undefined) => Outcome,
  ): Promise<Outcome>;
  /**
   * The same for another app's post, which may change several incidents of its channel: posts of
   * one channel are decided on one after the other, whichever replica saw them.
   */
  watch(
    post: ExternalPostContext,
    decide: (known: KnownOfChannel) => readonly ExternalOutcome[],
  ): Promise<void>;
  /**
   * Changes an incident, and writes the row of the audit log; undefined when there is no such
   * incident, or nothing was decided.
   */
  change(
    incidentId: string,
    nowMs: number,
    decide: (incident: Incident) => Change | undefined,
  ): Promise<Incident | undefined>;
  /**
   * Remembers Slack's timestamp of the incident's message; undefined forgets it. A digest that names the
   * incident is to be shown again, since it leads there.
   */
  setMessageTs(incidentId: string, messageTs: string | undefined): Promise<void>;
}

/** Counts what comes in, for the bot's own /metrics. */
export interface AlertMeter {
  webhook(outcome: string): void;
  alerts(status: string, count: number): void;
  /** A post of another app in a channel that the bot watches. */
  external(outcome: string): void;
}
