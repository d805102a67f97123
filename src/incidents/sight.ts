/** What of an incident people can see, and what is only remembered: equal sights need no edit. */

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

/** What a person can see of a firing incident: equal sights need no edit. */
export function sight({ alerts, truncatedAlerts, unread }: Incident): string {
  const seen = byFingerprint(firingOf(alerts)).map((alert) => [
    alert.fingerprint,
    alert.annotations,
    alert.quiet,
    alert.unreportedSince,
  ]);
  return JSON.stringify([truncatedAlerts, unread, seen]);
}

/** By its start a late copy of an earlier firing is known. */
export function starts({ alerts }: Incident): string {
  return JSON.stringify(
    byFingerprint(firingOf(alerts)).map((alert) => [alert.fingerprint, alert.startsAt]),
  );
}

/** What is not settled yet, and not seen by anybody. */
export function doubts({ alerts }: Pick<Incident, "alerts">): string {
  return JSON.stringify(
    byFingerprint(alerts).map((alert) => [
      alert.fingerprint,
      alert.status,
      alert.absentSince,
      alert.contestedAt,
    ]),
  );
}

function byFingerprint(alerts: readonly IncidentAlert[]): IncidentAlert[] {
  return alerts.toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
}
