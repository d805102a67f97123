/** The menu under a digest: an incident gets its own message, with runbook and verdict in its thread. */

import { explanationsOf } from "../../incidents/explain.ts";
import type { IncidentReader, IncidentWriter } from "../incidents/incident-ports.ts";
import type { Click, GuardedInteractions } from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import type { Clock } from "../shared/ports.ts";
import { INCIDENT_GONE, shownWords } from "../shared/shown-words.ts";
import type { DigestStore } from "./digest-ports.ts";
import { EXPLAIN_INCIDENT, renderOwnMessageComes } from "./render-digest.ts";

export interface ExplainIncidentPorts {
  readonly digests: Pick<DigestStore, "leave">;
  readonly incidents: Pick<IncidentReader, "incident"> & Pick<IncidentWriter, "change">;
  readonly permission: Pick<Permission, "visible">;
  readonly clock: Pick<Clock, "now">;
  readonly wakeDelivery: () => void;
}

/** The row of the menu. It answers in words where the person may not see the incident. */
export function explainFromDigest(
  ports: ExplainIncidentPorts,
): Pick<GuardedInteractions, "clicks"> {
  const run = async ({ value, person }: Click) => {
    const found = await ports.incidents.incident(value);
    const seen = found === undefined ? [] : await ports.permission.visible(person, [found]);
    if (seen.length === 0) return shownWords(INCIDENT_GONE);
    const isNew = await ports.digests.leave(value);
    const incident = await ports.incidents.change(value, ports.clock.now(), (current) => {
      const notices = isNew ? explanationsOf(current) : [];
      return { incident: current, notices };
    });
    if (incident === undefined) return shownWords(INCIDENT_GONE);
    ports.wakeDelivery();
    return { kind: "message", message: renderOwnMessageComes(incident) } as const;
  };
  return { clicks: { [EXPLAIN_INCIDENT]: { right: "read", run } } };
}
