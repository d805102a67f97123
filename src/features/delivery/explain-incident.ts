/** The menu under a digest: an incident gets its own message, with runbook and verdict in its thread. */

import { explanationsOf } from "../../incidents/explain.ts";
import type { IncidentWriter } from "../incidents/incident-ports.ts";
import type { Click, GuardedInteractions } from "../shared/interactions.ts";
import type { Clock } from "../shared/ports.ts";
import { INCIDENT_GONE, shownWords } from "../shared/shown-words.ts";
import type { DigestStore } from "./digest-ports.ts";
import { EXPLAIN_INCIDENT, renderOwnMessageComes } from "./render-digest.ts";

export interface ExplainIncidentPorts {
  readonly digests: Pick<DigestStore, "leave">;
  readonly incidents: Pick<IncidentWriter, "change">;
  readonly clock: Pick<Clock, "now">;
  readonly wakeDelivery: () => void;
}

export function explainFromDigest(
  ports: ExplainIncidentPorts,
): Pick<GuardedInteractions, "clicks"> {
  const run = async ({ value }: Click) => {
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
