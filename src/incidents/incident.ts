/** An incident: the alerts of one Alertmanager group, with one Slack thread and a state. */

import type { Alert, Sender, Unread } from "../alerts/alert.ts";
import type { SilenceMatcher } from "../alerts/silence.ts";
import type { Labels } from "../exposition/sample.ts";

/** Somebody works on it; what nobody says again is forgotten, so it ends by itself. */
interface Acknowledgement {
  readonly by: string;
  readonly at: number;
  /** When whoever acknowledged is asked whether it still holds; unset once asked. */
  readonly remindAt?: number;
  readonly until: number;
}

/** A silence in Alertmanager that was made from this incident. */
export interface IncidentSilence {
  /** Alertmanager's id of it. */
  readonly id: string;
  readonly by: string;
  readonly at: number;
  readonly until: number;
  readonly comment: string;
  /** The address of the Alertmanager that holds it. */
  readonly alertmanager?: string;
  readonly matchers?: readonly SilenceMatcher[];
}

/** A silence of Alertmanager, as its API names it. */
export interface HeldSilence {
  readonly id: string;
  /** Whom Alertmanager names as its author: any text. */
  readonly by: string;
  readonly until: number;
  readonly comment: string;
}

/** Why an alert that has not ended is not reported: what its source's API says of it. */
export type Quiet =
  | { readonly kind: "silenced"; readonly silences: readonly HeldSilence[] }
  /** By the alerts named here. */
  | { readonly kind: "inhibited"; readonly by: readonly string[] }
  /** By the time intervals named here. */
  | { readonly kind: "muted"; readonly by: readonly string[] };

/** An alert with what is known beyond the source's last word on it. In doubt it fires. */
export interface IncidentAlert extends Alert {
  readonly quiet?: Quiet;
  /** Since when its group was reported without it: ended, silenced or left out, nobody knows. */
  readonly unreportedSince?: number;
  /** When its group was first reported without it so soon that it may have been a late copy. */
  readonly leftOutSince?: number;
  /** When the source's API was first seen not to hold it, while it fires. */
  readonly absentSince?: number;
  /**
   * When it was named as firing after its end, with the start of before: a late copy of an earlier
   * notification, or it fires again.
   */
  readonly contestedAt?: number;
}

/** Whom an incident's present episode has called. */
export interface Mentions {
  /** Ids of people and user groups. */
  readonly called: readonly string[];
  /** When somebody was last called for the first time; the calls that follow count from it. */
  readonly at?: number;
  /** Who was called once more. */
  readonly repeated?: readonly string[];
  /** Who was called since nobody had acknowledged it in time. */
  readonly escalated?: readonly string[];
  /** When the next call is due. */
  readonly dueAt?: number;
}

/** One firing that is over. */
export interface Episode {
  readonly startedAt: number;
  readonly endedAt: number;
  /** When somebody first said that they work on it. */
  readonly acknowledgedAt?: number;
  /** What the diagnosis named while it fired, in order. */
  readonly found?: readonly FoundCause[];
}

/** How an incident ended that its source did not report as resolved. */
type Closing =
  /** Alertmanager does not hold its alerts any more. */
  | { readonly kind: "not-held" }
  /** Alertmanager groups its alerts in another way: they go on in this incident. */
  | { readonly kind: "regrouped"; readonly incidentId: string }
  /** It was a test of its sender, which reports no end. */
  | { readonly kind: "test" };

/** What is known of the posts that reported an incident. */
interface ExternalOrigin {
  /** What the posts of its group have in common. */
  readonly group: string;
  /** When the newest was written. */
  readonly version: number;
  /** Timestamps of its other posts, below which people may ask, too. */
  readonly posts: readonly string[];
}

/** What the diagnosis of its target named first while it fired. */
export interface FoundCause {
  /** Id of the check. */
  readonly check: string;
  readonly title: string;
  /** Since when it was so. */
  readonly since: number;
}

/** The verdict that a message shows, and since when. */
export interface NotedVerdict {
  readonly text: string;
  readonly atMs: number;
  /** It names a cause, or one before it in this firing did. */
  readonly namedCause?: true;
}

export interface Incident {
  readonly id: string;
  /** Name of the source that sent its alerts. */
  readonly source: string;
  readonly groupKey: string;
  /** The receiver of the source that sends it, by which its groups are known. */
  readonly receiver?: string;
  readonly status: "firing" | "resolved";
  /** The channel its message was routed to when it opened; later route changes do not move it. */
  readonly channel: string;
  /** Name of the target its alerts speak of, when one matches. */
  readonly target?: string;
  readonly groupLabels: Labels;
  /** What all alerts of its group shared when it opened, by which its route is found. */
  readonly commonLabels?: Labels;
  readonly externalUrl: string;
  /** What sent it, where that is not Alertmanager. */
  readonly sender?: Sender;
  readonly alerts: readonly IncidentAlert[];
  readonly truncatedAlerts: number;
  /** What of its last notification could not be read. */
  readonly unread?: Unread;
  /** Milliseconds since 1970: the earliest start among its alerts when it opened or reopened. */
  readonly openedAt: number;
  readonly resolvedAt?: number;
  readonly closing?: Closing;
  /** Its source's API was seen to hold one of its alerts. */
  readonly isHeld?: true;
  /** It is a test of its sender, which reports no end: then it is over. */
  readonly testUntil?: number;
  /** When something new was last reported of it. */
  readonly changedAt: number;
  /** How often it fired again after it was resolved. */
  readonly reopened: number;
  /** Alert names whose runbook is in the thread, or on its way there. */
  readonly explained: readonly string[];
  /** Slack's timestamp of its message, the thread's parent; unset until it is posted. */
  readonly messageTs?: string;
  /** Its message is another app's, which has the alerts: the bot posts in its thread only. */
  readonly isExternal?: true;
  readonly external?: ExternalOrigin;
  /** When it began to fire, each time, oldest first; the last ones only. */
  readonly firedAt: readonly number[];
  /** Those before the present one, or before the last one when it is over; the last ones only. */
  readonly pastEpisodes?: readonly Episode[];
  readonly acknowledged?: Acknowledgement;
  /** When somebody first acknowledged the present episode, whatever became of it. */
  readonly acknowledgedAt?: number;
  /** Those that still hold. */
  readonly silences?: readonly IncidentSilence[];
  /**
   * The Alertmanager that may not have reported its end, since it reports no muted alerts: set
   * with a silence, and kept after it until the alerts were seen to be there, unmuted.
   */
  readonly mutedIn?: string;
  /** Whom its present episode has called. */
  readonly mentions?: Mentions;
  /** The verdict that its message shows, and since when. */
  readonly verdict?: NotedVerdict;
  /** What was found in the present firing, or the last one, in order. */
  readonly found?: readonly FoundCause[];
  /** Who said that it is not worth waking anybody. */
  readonly noise?: { readonly by: string; readonly at: number };
}

/** Those of the alerts that fire. */
export function firingOf<Each extends Pick<Alert, "status">>(alerts: readonly Each[]): Each[] {
  return alerts.filter(({ status }) => status === "firing");
}

/**
 * What tells its group from those of all sources. Two Alertmanagers with one configuration have the
 * same group keys (alertmanager issue 4727), and the peers of an HA pair differ in their addresses.
 */
export function groupIdentity({ source, groupKey }: Pick<Incident, "source" | "groupKey">): string {
  return JSON.stringify([source, groupKey]);
}

/** The silence that holds longest, if one holds. */
export function silenceOf({ silences = [] }: Incident, nowMs: number): IncidentSilence | undefined {
  return silences.filter(({ until }) => until > nowMs).toSorted((a, b) => b.until - a.until)[0];
}
