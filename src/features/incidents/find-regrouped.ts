/**
 * Alerts that Alertmanager has put into another group, by a change of its configuration.
 *
 * The old group's incident would fire until the alerts end, beside the new group's. An alert may also
 * be in two groups at once (`continue: true`), so the groups that the source forms now decide.
 */

import { haveSameLabels } from "../../alerts/shared-labels.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { HeldGroup, SourceReader } from "./source-ports.ts";

/** Fingerprints that went on elsewhere, each with the incident they are in now. */
export async function findRegrouped(
  incidents: readonly Incident[],
  reader: Pick<SourceReader, "groups">,
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const elsewhere = twiceKnown(incidents);
  const groups = new Map<string, readonly HeldGroup[] | undefined>();
  const result = new Map<string, Map<string, string>>();
  for (const { incident, fingerprint, other } of elsewhere) {
    const { receiver = "" } = incident;
    if (!groups.has(receiver)) groups.set(receiver, await reader.groups(receiver));
    if (isInGroup(incident, fingerprint, groups.get(receiver))) continue;
    const moved = result.get(incident.id) ?? new Map<string, string>();
    result.set(incident.id, moved.set(fingerprint, other.id));
  }
  return result;
}

interface Elsewhere {
  readonly incident: Incident;
  readonly fingerprint: string;
  /** Began later, and has it firing. */
  readonly other: Incident;
}

/** Alerts of an incident that fire in one which began after it. */
function twiceKnown(incidents: readonly Incident[]): Elsewhere[] {
  const latest = new Map<string, Incident>();
  for (const incident of incidents) {
    for (const { fingerprint, status } of incident.alerts) {
      const before = latest.get(fingerprint);
      const isLater = before === undefined || beganAt(incident) > beganAt(before);
      if (status === "firing" && isLater) latest.set(fingerprint, incident);
    }
  }
  return incidents.flatMap((incident) =>
    incident.alerts.flatMap(({ fingerprint }) => {
      const other = latest.get(fingerprint);
      return other === undefined || other.id === incident.id || beganAt(other) <= beganAt(incident)
        ? []
        : [{ incident, fingerprint, other }];
    }),
  );
}

function beganAt({ firedAt, openedAt }: Incident): number {
  return firedAt.at(-1) ?? openedAt;
}

/** Where nobody can tell, what fires goes on firing, and what is over stays so. */
function isInGroup(
  { groupLabels, status }: Incident,
  fingerprint: string,
  groups: readonly HeldGroup[] | undefined,
): boolean {
  if (groups === undefined) return status === "firing";
  return groups.some(
    ({ labels, fingerprints }) =>
      fingerprints.includes(fingerprint) && haveSameLabels(labels, groupLabels),
  );
}
