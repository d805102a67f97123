/**
 * What another app's post about alerts does to the incidents of its channel.
 *
 * A post, its edits and its re-deliveries are one incident. Alertmanager writes a new post for each
 * change of a group, and now and then while it goes on: as long as the thread is in sight, what is new
 * goes there, later the incident moves to the new post. A post that says "resolved" ends it.
 */

import { alertNames, type Notification } from "../alerts/alert.ts";
import {
  areAlikeByNothing,
  type Posted,
  type PostedAlert,
  type PostedState,
} from "../alerts/parse-slack-post.ts";
import { hashSeries } from "../exposition/series-hash.ts";
import { applyNotification, REOPEN_WITHIN_MS } from "./apply-notification.ts";
import type { Outcome } from "./change.ts";
import type { Incident } from "./incident.ts";

export interface ReadPost {
  readonly channel: string;
  readonly ts: string;
  /** When it was written, or edited last. */
  readonly version: number;
  readonly posted: Posted;
  /** It was written into the thread of the post at `ts`, and says what became of that. */
  readonly isReply?: true;
}

export interface KnownOfChannel {
  /** The incident that this very post opened. */
  readonly ofPost?: Incident;
  /** Incidents of the channel that fire or changed a short time ago, changed last first. */
  readonly inChannel: readonly Incident[];
}

export interface ExternalOutcome {
  readonly notification: Notification;
  readonly outcome: Outcome;
}

export type ExternalReason =
  | Outcome["reason"]
  /** Older than what is known. */
  | "stale"
  /** It goes on in the thread of the group's earlier post. */
  | "joined"
  /** It still fires, but its thread is far up: it goes on in the new post's. */
  | "moved"
  /** Says that something is over whose beginning nobody reported. */
  | "nothing-open";

export interface ExternalReading {
  readonly reason: ExternalReason;
  /** What must be kept; empty when nothing changed. */
  readonly outcomes: readonly ExternalOutcome[];
}

/** Identity of a post, by which its edits and re-deliveries are known. */
export function groupKeyOf({ channel, ts }: Pick<ReadPost, "channel" | "ts">): string {
  return `slack:${channel}:${ts}`;
}

/** The source of what another app's posts tell of; no configured one may have this name. */
export const EXTERNAL_SOURCE = "slack";

interface Opening {
  readonly id: string;
  readonly target?: string;
  readonly nowMs: number;
}

/** A post of another app -> the incident that it opens, changes or ends; nothing for a copy. */
export function applyExternalPost(
  known: KnownOfChannel,
  post: ReadPost,
  opening: Opening,
): ExternalReading {
  if (post.isReply === true) return applyReply(known, post, opening);
  const { ofPost } = known;
  const ofGroup = known.inChannel.filter(({ external }) => external?.group === post.posted.group);
  const all = ofPost === undefined ? ofGroup : [ofPost, ...ofGroup];
  if (all.some(({ external }) => (external?.version ?? 0) >= post.version)) {
    return { reason: "stale", outcomes: [] };
  }
  if (ofPost !== undefined) return kept([applied(ofPost, post, opening)]);
  if (post.posted.status === "resolved") {
    const open = ofGroup.filter(({ status }) => status === "firing");
    if (open.length === 0) return { reason: "nothing-open", outcomes: [] };
    const outcomes = open.map((incident) => applied(incident, post, opening));
    return { reason: "resolved", outcomes };
  }
  const inSight = ofGroup.find(({ changedAt }) => opening.nowMs - changedAt <= REOPEN_WITHIN_MS);
  if (inSight === undefined) {
    const open = ofGroup.find(({ status }) => status === "firing");
    const begun = applied(undefined, post, opening);
    return open === undefined ? kept([begun]) : { reason: "moved", outcomes: [moved(open, begun)] };
  }
  // Kept even when it brings nothing new: it is a message that people may ask about.
  const joined = applied(inSight, post, opening);
  const { reason } = joined.outcome;
  return { reason: reason === "reopened" ? reason : "joined", outcomes: [joined] };
}

/** The incident of this post, or of the one above it. */
function incidentOfPost({ ofPost, inChannel }: KnownOfChannel, ts: string): Incident | undefined {
  return (
    ofPost ??
    inChannel.find(
      ({ messageTs, external }) => messageTs === ts || external?.posts.includes(ts) === true,
    )
  );
}

/**
 * What a post says that names no alert, as when a group shares nothing: of the alerts that the same post
 * named before, or the one above it. Undefined where there is none.
 */
export function postedOfKnown(
  known: KnownOfChannel,
  { ts }: Pick<ReadPost, "ts">,
  { status, count }: PostedState,
): Posted | undefined {
  const incident = incidentOfPost(known, ts);
  if (incident === undefined) return undefined;
  const { alerts, external, externalUrl } = incident;
  const firing = alerts.filter((alert) => alert.status === "firing");
  const meant = firing.length > 0 ? firing : alerts;
  return {
    status,
    group: external?.group ?? "",
    alerts: meant.map(({ labels, annotations }) => ({ status, labels, annotations })),
    isComplete: meant.every((alert) => alert.fingerprint === fingerprintOf(alert, true)),
    unlisted: status === "firing" ? Math.max(0, count - meant.length) : 0,
    words: [],
    externalUrl,
  };
}

/** Whoever writes about other alerts into the thread says nothing of this incident. */
function applyReply(known: KnownOfChannel, post: ReadPost, opening: Opening): ExternalReading {
  const { ts, posted, version } = post;
  const incident = incidentOfPost(known, ts);
  if (incident === undefined || !isAbout(posted, incident)) {
    return { reason: "nothing-open", outcomes: [] };
  }
  if ((incident.external?.version ?? 0) >= version) return { reason: "stale", outcomes: [] };
  return kept([applied(incident, post, opening)]);
}

/** The alerts of a group may all be other ones by then. */
function isAbout({ alerts, group }: Posted, incident: Incident): boolean {
  const names = new Set(alertNames(incident.alerts));
  if (alertNames(alerts).every((name) => names.has(name))) return true;
  const before = incident.external?.group ?? "";
  return group === before || areAlikeByNothing(before, group);
}

function kept(outcomes: readonly ExternalOutcome[]): ExternalReading {
  const reason = outcomes[0]?.outcome.reason ?? "unchanged";
  const isKept = ({ outcome }: ExternalOutcome): boolean => outcome.reason !== "unchanged";
  return { reason, outcomes: outcomes.filter(isKept) };
}

function applied(current: Incident | undefined, post: ReadPost, opening: Opening): ExternalOutcome {
  const notification = notificationOf(current, post, opening.nowMs);
  const { channel, ts, version, posted } = post;
  const outcome = applyNotification(current, notification, { ...opening, channel });
  const incident: Incident = {
    ...outcome.incident,
    isExternal: true,
    external: { group: posted.group, version, posts: postsOf(current, ts) },
    messageTs: current?.messageTs ?? ts,
  };
  // The message is another app's: it says by itself what the bot's own would say.
  const notices = outcome.notices.filter(({ kind }) => kind !== "incident");
  return { notification, outcome: { ...outcome, incident, notices } };
}

/** The same incident, listed anew below its new post. */
function moved(open: Incident, { notification, outcome }: ExternalOutcome): ExternalOutcome {
  const { messageTs, alerts, truncatedAlerts, explained, changedAt, external } = outcome.incident;
  const earlier = [...(open.external?.posts ?? []), ...(open.messageTs ? [open.messageTs] : [])];
  const incident: Incident = {
    ...open,
    alerts,
    truncatedAlerts,
    explained,
    changedAt,
    ...(messageTs === undefined ? {} : { messageTs }),
    ...(external === undefined
      ? {}
      : { external: { ...external, posts: earlier.slice(-REMEMBERED_POSTS) } }),
  };
  return { notification, outcome: { ...outcome, reason: "changed", incident } };
}

const REMEMBERED_POSTS = 50;

function postsOf(current: Incident | undefined, ts: string): readonly string[] {
  const posts = current?.external?.posts ?? [];
  const isKnown = current === undefined || current.messageTs === ts || posts.includes(ts);
  return isKnown ? posts : [...posts, ts].slice(-REMEMBERED_POSTS);
}

/**
 * A post tells its whole group as it is, and in order: what it leaves out is over, and what it tells
 * is newer than what is known. So the times say, which a post does not tell.
 */
function notificationOf(
  current: Incident | undefined,
  post: ReadPost,
  nowMs: number,
): Notification {
  const { posted } = post;
  const known = new Map((current?.alerts ?? []).map((alert) => [alert.fingerprint, alert]));
  const writtenAt = Math.min(nowMs, Math.floor(post.version * 1_000));
  const listed = new Map(
    posted.alerts.map((alert) => {
      const fingerprint = fingerprintOf(alert, posted.isComplete);
      const before = known.get(fingerprint);
      const goesOn = before?.status === "firing" || alert.status === "resolved";
      const startsAt = goesOn ? (before?.startsAt ?? writtenAt) : writtenAt;
      const end = alert.status === "resolved" ? { endsAt: before?.endsAt ?? writtenAt } : {};
      return [fingerprint, { ...alert, fingerprint, startsAt, ...end }] as const;
    }),
  );
  const gone = [...known.values()]
    .filter(({ fingerprint, status }) => status === "firing" && !listed.has(fingerprint))
    .map((alert) => ({ ...alert, status: "resolved" as const, endsAt: writtenAt }));
  return {
    source: EXTERNAL_SOURCE,
    groupKey: current?.groupKey ?? groupKeyOf(post),
    receiver: "slack",
    status: posted.status,
    groupLabels: {},
    commonLabels: {},
    externalUrl: posted.externalUrl,
    truncatedAlerts: posted.status === "resolved" ? 0 : posted.unlisted,
    alerts: [...listed.values(), ...gone],
  };
}

/** Guessed labels come and go with what the group shares: then the name alone tells alerts apart. */
function fingerprintOf({ labels }: PostedAlert, isComplete: boolean): string {
  const { alertname = "" } = labels;
  return String(hashSeries("", isComplete ? labels : { alertname }, undefined));
}
