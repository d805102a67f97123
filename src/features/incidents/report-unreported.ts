/**
 * Alerts that a source holds and no notification reported: its webhooks are lost, or refused on the
 * way, while its API answers.
 *
 * What stays so for longer than a notification may take is asked for by groups, and taken as the
 * notification that did not come. The API does not name a group's key, so it is found from a group of
 * the same receiver that was notified before; then the late notification meets the same incident.
 */

import type { Notification } from "../../alerts/alert.ts";
import { haveSameLabels, sharedLabels } from "../../alerts/shared-labels.ts";
import { groupKeyFor } from "../../incidents/group-key.ts";
import type { Incident } from "../../incidents/incident.ts";
import { isLeftOutOnly } from "../../incidents/reconcile.ts";
import { DAY_MS } from "../../promql/duration.ts";
import type { Clock, Log } from "../shared/ports.ts";
import { type IncidentReader, MOST_INCIDENTS } from "./incident-ports.ts";
import type { HeldAnswer, HeldGroup, WatchedSource } from "./source-ports.ts";

export interface UnreportedPorts {
  readonly incidents: Pick<IncidentReader, "incidentsSince">;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  /** Takes a group that was found in the source's API as a notification of it. */
  readonly report: (notification: Notification) => Promise<unknown>;
}

export interface UnreportedAlerts {
  /** Reports what has been unreported for too long; `incidents` are those that are known now. */
  report(
    incidents: readonly Incident[],
    answer: Pick<HeldAnswer, "held" | "groupWaitMs">,
  ): Promise<void>;
  /** When the next of them is due; Infinity when none is. */
  dueAt(): number;
}

/** Whose group is not known is searched for again after so long: it may have been notified since. */
const AGAIN_AFTER_MS = 5 * 60_000;
/** Groups of the past by which keys are found. */
const PAST_MS = 7 * DAY_MS;

/** Of one source; when each is due is this process's own. */
export function createUnreportedAlerts(
  ports: UnreportedPorts,
  { source, reader }: WatchedSource,
): UnreportedAlerts {
  const { clock, log } = ports;
  /** When each is to be reported, by fingerprint. */
  const due = new Map<string, number>();
  /** Incidents of which only what notifications left out may fire: what that is should be known soon. */
  let leftOut: ReadonlySet<string> = new Set();
  const report = async (fingerprints: ReadonlySet<string>): Promise<void> => {
    const past = await ports.incidents.incidentsSince(clock.now() - PAST_MS, MOST_INCIDENTS);
    const ours = past.filter((each) => each.source === source.name && each.isExternal !== true);
    const receivers = new Set(ours.flatMap(({ receiver }) => receiver ?? []));
    for (const receiver of receivers) {
      const notified = ours.filter((each) => each.receiver === receiver);
      for (const group of (await reader.groups(receiver)) ?? []) {
        if (!group.active.some(({ fingerprint }) => fingerprints.has(fingerprint))) continue;
        const found = notificationOf(group, notified);
        if (found === undefined) continue;
        log.warn(
          { source: source.name, receiver, alerts: found.alerts.length },
          "alerts fire that no notification reported: the source may not reach this bot",
        );
        await ports.report(found);
      }
    }
  };
  return {
    async report(incidents, { held, groupWaitMs }) {
      const known = new Set(
        incidents.flatMap(({ alerts }) => alerts.map(({ fingerprint }) => fingerprint)),
      );
      const nowMs = clock.now();
      const missing = new Set<string>();
      for (const [fingerprint, { quiet }] of held) {
        if (quiet === undefined && !known.has(fingerprint)) missing.add(fingerprint);
      }
      for (const each of due.keys()) if (!missing.has(each)) due.delete(each);
      for (const each of missing) {
        if (!due.has(each)) due.set(each, nowMs + Math.max(source.absentForMs, groupWaitMs));
      }
      const before = leftOut;
      leftOut = new Set(incidents.filter(isLeftOutOnly).map(({ id }) => id));
      if ([...leftOut].some((id) => !before.has(id)))
        for (const each of missing) due.set(each, nowMs);
      const late = [...due].flatMap(([each, at]) => (at <= nowMs ? [each] : []));
      if (late.length === 0) return;
      for (const each of late) due.set(each, nowMs + AGAIN_AFTER_MS);
      await report(new Set(late));
    },
    dueAt: () => [...due.values()].reduce((least, at) => Math.min(least, at), Infinity),
  };
}

/** Alerts of one group that are taken; more are counted. */
const MOST_ALERTS = 1_000;

/** Undefined when no group that was notified says what the key of this one is. */
function notificationOf(
  { labels, active }: HeldGroup,
  notified: readonly Incident[],
): Notification | undefined {
  const groupKey = groupKeyFor(labels, notified);
  const same = notified.find((each) => haveSameLabels(each.groupLabels, labels));
  const like = same ?? notified[0];
  if (groupKey === undefined || like === undefined) return undefined;
  // What its notifications leave out (`max_alerts`) is left out on purpose, while others are named.
  if (same?.status === "firing" && same.truncatedAlerts > 0 && !isLeftOutOnly(same))
    return undefined;
  return {
    source: like.source,
    groupKey,
    receiver: like.receiver ?? "",
    status: "firing",
    groupLabels: labels,
    commonLabels: sharedLabels(active),
    externalUrl: like.externalUrl,
    truncatedAlerts: Math.max(0, active.length - MOST_ALERTS),
    alerts: active.slice(0, MOST_ALERTS),
  };
}
