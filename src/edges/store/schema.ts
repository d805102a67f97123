/** The database's tables. Where their rows come from and go to is in the file of each table. */

import type { Generated } from "kysely";

export interface Schema {
  incidents: {
    id: string;
    group_key: string;
    status: string;
    /** The incident as JSON, all but its message's timestamp. */
    state: string;
    message_ts: string | null;
    changed_at: number;
    /** The channel of its message. */
    channel: string;
    /** When something must be said although nobody did anything. */
    due_at: number | null;
    /** Grows with each change of the state, so that a decision on an older one is known. */
    version: number;
    /** 1 where its message is another app's. */
    external: number;
  };
  /** Which alerts an incident has had, by hash of the name: names have any length and character. */
  incident_alerts: {
    incident_id: string;
    alert: string;
    /** The incident's, by which an alert's incidents are listed. */
    changed_at: number;
  };
  /** What people changed. Rows are added and never altered. */
  audit: {
    id: Generated<number>;
    at: number;
    who: string;
    action: string;
    incident_id: string | null;
    /** JSON. */
    detail: string;
  };
  /** What people said of a section: whether it was useful, or cleared the incident. */
  feedback: {
    id: Generated<number>;
    at: number;
    who: string;
    /** Empty for what was said of a search's answer. */
    incident_id: string;
    /** Hash of the alert's name, as in incident_alerts. */
    alert: string;
    /** Hash of the section's id, which may be of any length. */
    section: string;
    section_id: string;
    verdict: string;
  };
  /** Alerts whose runbook somebody wants to see in the page's own order. */
  page_orders: {
    alert: string;
    at: number;
    who: string;
  };
  /** What people wrote for the maintainers of the runbooks, and of how they ended an incident. */
  notes: {
    id: Generated<number>;
    at: number;
    who: string;
    text: string;
    /** Empty for a note about no incident. */
    incident_id: Generated<string>;
    /** A hash, as in `feedback`. */
    alert: Generated<string>;
  };
  /** What people asked the runbooks, and whether they had an answer. */
  questions: {
    id: Generated<number>;
    at: number;
    who: string;
    /** Where it was asked; empty where nobody knows. */
    channel: string;
    question: string;
    /** Hash of the question in lower case with single spaces: equal ones are one gap. */
    normal: string;
    /** 1: something covers it; 0: a gap; 2: a gap that somebody said is none. */
    answered: number;
  };
  subscriptions: {
    id: Generated<number>;
    who: string;
    /** JSON: what is subscribed to. */
    what: string;
    /** Hash of `what`. */
    topic: string;
    at: number;
  };
  notifications: {
    id: Generated<number>;
    incident_id: string;
    received_at: number;
    /** What it did: opened, changed, resolved … */
    reason: string;
    body: string;
  };
  outbox: {
    /** Never used again, in either database. */
    id: Generated<number>;
    /** Travels in the message's metadata; no two rows ever have the same. */
    key: string;
    incident_id: string;
    /** Rows of one lane are delivered in order: an incident's own, and those to each subscriber. */
    lane: string;
    channel: string;
    kind: string;
    /** JSON. */
    notice: string;
    /** Less is delivered earlier, among the heads of a channel's lanes. */
    priority: number;
    /** See outbox-lanes. */
    state: number;
    /** Attempts begun, and the last one whose outcome is known: unequal means doubtful. */
    attempts: Generated<number>;
    settled: Generated<number>;
    due_at: number;
    created_at: number;
  };
  /** When each source last reported, by the alert that always fires. */
  heartbeats: {
    source: string;
    reported_at: number;
  };
  /** What was posted to a channel at its time, by whichever replica came first. */
  announcements: {
    key: string;
    at: number;
  };
  /** What Slack sent, kept until it is answered, and remembered as long as Slack may repeat it. */
  slack_events: {
    id: string;
    kind: string;
    /** JSON; empty once it is answered. */
    body: string;
    received_at: number;
    answered: number;
    /** Until then it belongs to the replica that answers it. */
    taken_until: number;
    attempts: Generated<number>;
  };
  /** The last message seen in each watched channel. */
  channel_positions: {
    channel: string;
    ts: string;
    at: number;
  };
  /** The last poll of each target, for replicas that do not poll it. */
  shared_polls: {
    /** The target's name. */
    id: string;
    at: number;
    /** See packed-samples. */
    body: string;
  };
  store_probe: {
    id: number;
    at: number;
  };
}
