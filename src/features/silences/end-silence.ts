/** Ends silences: the one under an incident by its Undo, any other one from the list. */

import type { AcknowledgementTimes } from "../../config/config.ts";
import { actOnIncident } from "../../incidents/act-on-incident.ts";
import type { Incident } from "../../incidents/incident.ts";
import { DAY_MS } from "../../promql/duration.ts";
import type { IncidentReader, IncidentWriter } from "../incidents/incident-ports.ts";
import type { Clock } from "../shared/ports.ts";
import { firstAnswer } from "./first-answer.ts";
import type { Alertmanagers, AuditLog } from "./ports.ts";
import type { SilencePlaces } from "./where.ts";

export interface EndPorts {
  readonly alertmanagers: Pick<Alertmanagers, "end" | "silence">;
  readonly incidents: Pick<IncidentReader, "incident" | "openIncidents" | "incidentsSince"> &
    Pick<IncidentWriter, "change">;
  readonly audit: AuditLog;
  readonly places: SilencePlaces;
  readonly times: AcknowledgementTimes;
  readonly clock: Pick<Clock, "now">;
  readonly wakeDelivery: () => void;
}

export interface Ending {
  readonly silenceId: string;
  readonly by: string;
  /** Known when it is ended from under an incident. */
  readonly incidentId?: string;
}

/** Undefined when it is ended; otherwise why not, in sentences that may hold a stranger's words. */
export async function endSilence(ports: EndPorts, ending: Ending): Promise<string | undefined> {
  const incident = await incidentOf(ports.incidents, ending, ports.clock.now());
  const held = await holdersOf(ports, ending.silenceId, incident);
  if (held.kind === "unknown") return held.problem;
  const { address, result } = await firstAnswer(held.addresses, (each) =>
    ports.alertmanagers.end(each, ending.silenceId),
  );
  if (result.kind === "failed") return `It is still active. ${result.problem}`;
  await writeDown(ports, ending, { incident, address });
  ports.wakeDelivery();
  return undefined;
}

/** Incidents among which a silence is searched for. */
const MOST_INCIDENTS = 1_000;
/** The longest that a silence of ours can hold. */
const LOOK_BACK_MS = 30 * DAY_MS;

async function incidentOf(
  incidents: EndPorts["incidents"],
  { silenceId, incidentId }: Ending,
  nowMs: number,
): Promise<Incident | undefined> {
  if (incidentId !== undefined) return incidents.incident(incidentId);
  const open = await incidents.openIncidents(MOST_INCIDENTS);
  const isIts = ({ silences = [] }: Incident): boolean =>
    silences.some(({ id }) => id === silenceId);
  return (
    open.find(isIts) ??
    (await incidents.incidentsSince(nowMs - LOOK_BACK_MS, MOST_INCIDENTS)).find(isIts)
  );
}

type Holders =
  | { readonly kind: "known"; readonly addresses: readonly string[] }
  | { readonly kind: "unknown"; readonly problem: string };

/** Where it was made, while that is still configured; otherwise whichever Alertmanager knows it. */
async function holdersOf(
  { places, alertmanagers }: EndPorts,
  silenceId: string,
  incident: Incident | undefined,
): Promise<Holders> {
  const made = incident?.silences?.find(({ id }) => id === silenceId)?.alertmanager;
  const peers = made === undefined ? [] : places.peersOf(made);
  if (peers.length > 0) return { kind: "known", addresses: peers };
  const problems: string[] = [];
  for (const { addresses } of places.all) {
    const { result } = await firstAnswer(addresses, (each) =>
      alertmanagers.silence(each, silenceId),
    );
    if (result.kind === "failed") problems.push(result.problem);
    else if (result.value !== undefined) return { kind: "known", addresses };
  }
  const problem = `No configured Alertmanager knows this silence. ${problems.join(" ")}`.trim();
  return { kind: "unknown", problem };
}

interface Ended {
  readonly incident: Incident | undefined;
  readonly address: string;
}

async function writeDown(
  { incidents, audit, clock, times }: EndPorts,
  { silenceId, by }: Ending,
  { incident, address }: Ended,
): Promise<void> {
  const nowMs = clock.now();
  const changed =
    incident === undefined
      ? undefined
      : await incidents.change(incident.id, nowMs, (current) => {
          const outcome = actOnIncident(
            current,
            { kind: "unsilence", by, silenceId },
            { nowMs, times },
          );
          return "refused" in outcome ? undefined : outcome;
        });
  if (changed !== undefined) return;
  const detail = { id: silenceId, alertmanager: address };
  await audit.record({ who: by, action: "unsilence", detail }, nowMs);
}
