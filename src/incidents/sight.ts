/** What of an incident people can see, and what is only remembered. */

import { firingOf, type Incident, type IncidentAlert } from "./incident.ts";
import type { Notice } from "./notice.ts";

/** What came and what went, where something did. */
export function difference(before: Incident, after: Incident): Notice[] {
  const [was, is] = [before, after].map(
    ({ alerts }) => new Set(firingOf(alerts).map(({ fingerprint }) => fingerprint)),
  );
  const added = [...(is ?? [])].filter((each) => was?.has(each) !== true);
  const gone = [...(was ?? [])].filter((each) => is?.has(each) !== true);
  return added.length + gone.length === 0 ? [] : [{ kind: "changed", added, gone }];
}

/** Whether people see the same of a firing incident: then it needs no edit. */
export function isSameSight(before: Incident, after: Incident): boolean {
  return (
    before.truncatedAlerts === after.truncatedAlerts &&
    isSame(before.unread, after.unread) &&
    areSame(firingOf(before.alerts), firingOf(after.alerts), isSeenTheSame)
  );
}

function isSeenTheSame(a: IncidentAlert, b: IncidentAlert): boolean {
  return (
    a.unreportedSince === b.unreportedSince &&
    isSame(a.annotations, b.annotations) &&
    isSame(a.quiet, b.quiet)
  );
}

/** Whether what fires began at the same times: by its start a late copy is known. */
export function isSameStart(before: Incident, after: Incident): boolean {
  const firing = [firingOf(before.alerts), firingOf(after.alerts)] as const;
  return areSame(...firing, (a, b) => a.startsAt === b.startsAt);
}

type WithAlerts = Pick<Incident, "alerts">;

/** Whether the same is not settled yet, which nobody sees. */
export function isSameDoubt(before: WithAlerts, after: WithAlerts): boolean {
  return areSame(
    before.alerts,
    after.alerts,
    (a, b) =>
      a.status === b.status &&
      a.absentSince === b.absentSince &&
      a.contestedAt === b.contestedAt &&
      a.leftOutSince === b.leftOutSince,
  );
}

/** In one pass, for a group may hold ten thousand alerts: the same fingerprints, each the same. */
function areSame(
  before: readonly IncidentAlert[],
  after: readonly IncidentAlert[],
  isEqual: (a: IncidentAlert, b: IncidentAlert) => boolean,
): boolean {
  if (before.length !== after.length) return false;
  const known = new Map(before.map((alert) => [alert.fingerprint, alert]));
  return after.every((alert) => {
    const was = known.get(alert.fingerprint);
    return was !== undefined && isEqual(was, alert);
  });
}

function isSame(a: object | undefined, b: object | undefined): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
