/**
 * What a notification does to an incident, and what must be said because of it.
 *
 * Alertmanager sends each group's whole set again and again, peers of an HA pair send it twice
 * (alertmanager issues 1005, 2222), and a retry may come late. So this is a comparison of states,
 * not a log of events: applying the same notification twice changes nothing.
 */

import { type Alert, type Notification, ruleName, type Unread } from "../alerts/alert.ts";
import {
  type Episode,
  episodesOf,
  type Incident,
  type IncidentSilence,
  type Quiet,
  REMEMBERED_FIRINGS,
} from "./incident.ts";
import { mergeAlerts } from "./merge-alerts.ts";
import { quietOf } from "./quiet.ts";

/** What must be said. Each becomes a row of the outbox. */
export type Notice =
  | { readonly kind: "incident" }
  | { readonly kind: "runbook"; readonly alert: string; readonly fingerprint: string }
  | { readonly kind: "unexplained"; readonly alerts: readonly string[] }
  | { readonly kind: "health" }
  | { readonly kind: "diagnosis" }
  /** What came and went in a group that goes on firing: fingerprints. */
  | {
      readonly kind: "changed";
      readonly added: readonly string[];
      readonly gone: readonly string[];
    }
  | { readonly kind: "resolved" }
  | { readonly kind: "reopened" }
  | { readonly kind: "acknowledged"; readonly by: string; readonly until: number }
  | { readonly kind: "unacknowledged"; readonly by: string }
  /** Asks whoever acknowledged whether it still holds. */
  | { readonly kind: "reminder"; readonly by: string; readonly until: number }
  | { readonly kind: "acknowledgement-ended"; readonly by: string }
  | { readonly kind: "silenced"; readonly silence: IncidentSilence }
  /** `by` is unset when it ended by itself. */
  | { readonly kind: "unsilenced"; readonly silence: IncidentSilence; readonly by?: string }
  /** Its source reports none of it for this reason, which nobody gave here. */
  | { readonly kind: "quieted"; readonly quiet: Quiet }
  | { readonly kind: "heard-again" }
  | { readonly kind: "noise"; readonly by: string }
  | { readonly kind: "not-noise"; readonly by: string }
  /** Tells a subscriber in a direct message. */
  | { readonly kind: "subscribed" }
  /** One message that names many new incidents; its row belongs to the digest and to no incident. */
  | { readonly kind: "digest" };

export type Reason =
  | "opened"
  | "changed"
  | "resolved"
  | "reopened"
  | "unchanged"
  /** It may be a late copy: nothing is said yet, but the doubt is kept. */
  | "in-doubt";

export interface Outcome {
  readonly reason: Reason;
  readonly incident: Incident;
  readonly notices: readonly Notice[];
}

export interface Opening {
  /** Identity of a new incident, used only when one opens. */
  readonly id: string;
  readonly channel: string;
  readonly target?: string;
  readonly nowMs: number;
}

/**
 * An incident that fires again within this time goes on in its thread; later it is a new one,
 * because an edit of a message far up in the channel is seen by nobody.
 */
export const REOPEN_WITHIN_MS = 60 * 60_000;

/** What the live server says, told when an incident opens and when it opens again. */
const LIVE: readonly Notice[] = [{ kind: "health" }, { kind: "diagnosis" }];

/** At most this many runbooks go into one thread; the other alert names are listed. */
export const RUNBOOKS_PER_THREAD = 5;

/** Applies a notification to the group's latest incident, if there is one. */
export function applyNotification(
  current: Incident | undefined,
  notification: Notification,
  opening: Opening,
): Outcome {
  if (current === undefined) return open(notification, opening);
  const { nowMs } = opening;
  const alerts = mergeAlerts(current, notification, nowMs);
  const { truncatedAlerts, unread } = notification;
  const merged = { alerts, truncatedAlerts, unread };
  const isFiring = firingOf(alerts).length > 0;
  if (current.status === "firing" || !isFiring) return transition(current, merged, nowMs);
  const isRecent = nowMs - current.changedAt <= REOPEN_WITHIN_MS;
  return isRecent ? reopen(current, merged, nowMs) : open(notification, opening);
}

/** What becomes of an incident when its alerts are these, however that came about. */
export function transition(current: Incident, merged: Merged, nowMs: number): Outcome {
  const isFiring = firingOf(merged.alerts).length > 0;
  if (current.status === "firing") {
    return isFiring ? change(current, merged, nowMs) : resolve(current, merged, nowMs);
  }
  if (isFiring) return reopen(current, merged, nowMs);
  return doubts(merged) === doubts(current)
    ? { reason: "unchanged", incident: current, notices: [] }
    : { reason: "in-doubt", incident: { ...current, alerts: merged.alerts }, notices: [] };
}

function open(notification: Notification, opening: Opening): Outcome {
  const isFiring = firingOf(notification.alerts).length > 0;
  const incident: Incident = {
    id: opening.id,
    source: notification.source,
    groupKey: notification.groupKey,
    receiver: notification.receiver,
    status: isFiring ? "firing" : "resolved",
    channel: opening.channel,
    ...(opening.target === undefined ? {} : { target: opening.target }),
    groupLabels: notification.groupLabels,
    externalUrl: notification.externalUrl,
    ...(notification.sender === undefined ? {} : { sender: notification.sender }),
    ...(notification.unread === undefined ? {} : { unread: notification.unread }),
    alerts: notification.alerts,
    truncatedAlerts: notification.truncatedAlerts,
    openedAt: startOf(notification.alerts, opening.nowMs),
    changedAt: opening.nowMs,
    ...(isFiring ? {} : { resolvedAt: endOf(notification.alerts, opening.nowMs) }),
    reopened: 0,
    firedAt: isFiring ? [opening.nowMs] : [],
    explained: [],
  };
  // A group that is already over when first heard of needs no runbook, only to be told.
  if (!isFiring) return { reason: "opened", incident, notices: [{ kind: "incident" }] };
  return explain("opened", incident, [{ kind: "incident" }], LIVE);
}

export interface Merged extends Pick<Incident, "alerts" | "truncatedAlerts"> {
  readonly unread: Unread | undefined;
}

/** What the notification says takes the place of what the last one said. */
function withMerged(current: Incident, { unread, ...merged }: Merged): Incident {
  const { unread: _, ...rest } = current;
  return { ...rest, ...merged, ...(unread === undefined ? {} : { unread }) };
}

/** A change that nobody can see is remembered, but not said. */
function change(current: Incident, merged: Merged, nowMs: number): Outcome {
  const incident = { ...withMerged(current, merged), changedAt: nowMs };
  if (sight(incident) !== sight(current)) {
    return explain(
      "changed",
      incident,
      [{ kind: "incident" }, ...difference(current, incident)],
      [],
    );
  }
  return starts(incident) === starts(current) && doubts(incident) === doubts(current)
    ? { reason: "unchanged", incident: current, notices: [] }
    : { reason: "changed", incident, notices: [] };
}

function resolve(current: Incident, merged: Merged, nowMs: number): Outcome {
  const incident: Incident = {
    ...withMerged(current, merged),
    status: "resolved",
    resolvedAt: endOf(merged.alerts, nowMs),
    changedAt: nowMs,
  };
  return { reason: "resolved", incident, notices: [{ kind: "incident" }, { kind: "resolved" }] };
}

function reopen(current: Incident, merged: Merged, nowMs: number): Outcome {
  // Whoever acknowledged has seen the firing before this one.
  const {
    resolvedAt: _,
    acknowledged: __,
    acknowledgedAt: ___,
    closing: ____,
    ...rest
  } = withMerged(current, merged);
  const incident: Incident = {
    ...rest,
    status: "firing",
    openedAt: startOf(firingOf(merged.alerts), nowMs),
    changedAt: nowMs,
    reopened: current.reopened + 1,
    firedAt: [...current.firedAt, nowMs].slice(-REMEMBERED_FIRINGS),
    pastEpisodes: pastEpisodes(current, nowMs),
  };
  const first: Notice[] = [{ kind: "incident" }];
  // Nobody is called to what is silenced; its message shows that it fires again.
  if (quietOf(incident, nowMs) !== undefined)
    return { reason: "reopened", incident, notices: first };
  return explain("reopened", incident, [...first, { kind: "reopened" }], LIVE);
}

/** A group that was over when first heard of has had no firing that anybody saw. */
function pastEpisodes(current: Incident, nowMs: number): readonly Episode[] {
  if (current.firedAt.length === 0) return [];
  return episodesOf(current)
    .map((episode) => ({ ...episode, endedAt: episode.endedAt ?? nowMs }))
    .slice(1 - REMEMBERED_FIRINGS);
}

/** What is said of an incident that a digest named, once somebody wants to know more. */
export function explanationsOf(incident: Incident): readonly Notice[] {
  const firing = firingOf(incident.alerts);
  const names = incident.explained.slice(0, RUNBOOKS_PER_THREAD);
  const runbooks = names.map((name): Notice => {
    const alert = firing.find((each) => ruleName(each) === name);
    return { kind: "runbook", alert: name, fingerprint: alert?.fingerprint ?? "" };
  });
  return [{ kind: "incident" }, ...runbooks, ...LIVE];
}

/** Adds the runbooks of alert names that the thread does not hold yet. */
function explain(
  reason: Reason,
  incident: Incident,
  before: readonly Notice[],
  after: readonly Notice[],
): Outcome {
  const firing = firingOf(incident.alerts);
  const names = [...new Set(firing.map(ruleName))];
  const fresh = names.filter((name) => !incident.explained.includes(name));
  const room = Math.max(0, RUNBOOKS_PER_THREAD - incident.explained.length);
  const runbooks = fresh.slice(0, room).map((name): Notice => {
    const alert = firing.find((each) => ruleName(each) === name);
    return { kind: "runbook", alert: name, fingerprint: alert?.fingerprint ?? "" };
  });
  const beyond = fresh.slice(room);
  const unexplained: Notice[] = beyond.length > 0 ? [{ kind: "unexplained", alerts: beyond }] : [];
  return {
    reason,
    incident: { ...incident, explained: [...incident.explained, ...fresh] },
    notices: [...before, ...runbooks, ...unexplained, ...after],
  };
}

function firingOf<Each extends Alert>(alerts: readonly Each[]): Each[] {
  return alerts.filter((alert) => alert.status === "firing");
}

function startOf(alerts: readonly Alert[], nowMs: number): number {
  return alerts.reduce((least, alert) => Math.min(least, alert.startsAt), nowMs);
}

function endOf(alerts: readonly Alert[], nowMs: number): number {
  const ends = alerts.flatMap((alert) => (alert.endsAt === undefined ? [] : [alert.endsAt]));
  const last = ends.reduce((most, each) => Math.max(most, each), 0);
  return last === 0 ? nowMs : Math.min(last, nowMs);
}

/** What came and what went, where something did. */
function difference(before: Incident, after: Incident): Notice[] {
  const [was, is] = [before, after].map(
    ({ alerts }) => new Set(firingOf(alerts).map(({ fingerprint }) => fingerprint)),
  );
  const added = [...(is ?? [])].filter((each) => was?.has(each) !== true);
  const gone = [...(was ?? [])].filter((each) => is?.has(each) !== true);
  return added.length + gone.length === 0 ? [] : [{ kind: "changed", added, gone }];
}

type Difference = Extract<Notice, { kind: "changed" }>;

/** Two differences in a row as one: what came and went again in between is not told. */
export function joinDifferences(first: Difference, second: Difference): Difference {
  const without = (all: readonly string[], others: readonly string[]): string[] =>
    all.filter((each) => !others.includes(each));
  return {
    kind: "changed",
    added: [...without(first.added, second.gone), ...without(second.added, first.gone)],
    gone: [...without(first.gone, second.added), ...without(second.gone, first.added)],
  };
}

/** What a person can see of a firing incident: equal sights need no edit. */
function sight({ alerts, truncatedAlerts, unread }: Incident): string {
  const seen = byFingerprint(firingOf(alerts)).map((alert) => [
    alert.fingerprint,
    alert.annotations,
    alert.quiet,
    alert.unreportedSince,
  ]);
  return JSON.stringify([truncatedAlerts, unread, seen]);
}

/** By its start a late copy of an earlier firing is known. */
function starts({ alerts }: Incident): string {
  return JSON.stringify(
    byFingerprint(firingOf(alerts)).map((alert) => [alert.fingerprint, alert.startsAt]),
  );
}

/** What is not settled yet, and not seen by anybody. */
function doubts({ alerts }: Pick<Incident, "alerts">): string {
  return JSON.stringify(
    byFingerprint(alerts).map((alert) => [
      alert.fingerprint,
      alert.status,
      alert.absentSince,
      alert.contestedAt,
    ]),
  );
}

function byFingerprint<Each extends Alert>(alerts: readonly Each[]): Each[] {
  return alerts.toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
}
