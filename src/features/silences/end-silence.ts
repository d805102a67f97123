/** Ends silences: the one under an incident by its Undo, any other one from the list. */

import type { AcknowledgementTimes } from "../../config/config.ts";
import type { Target } from "../../diagnosis/target.ts";
import { actOnIncident } from "../../incidents/act-on-incident.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { IncidentReader, IncidentWriter } from "../incidents/incident-ports.ts";
import type { Clock } from "../shared/ports.ts";
import type { Alertmanagers, AuditLog } from "./ports.ts";
import { addressesOf } from "./where.ts";

export interface EndPorts {
  readonly alertmanagers: Pick<Alertmanagers, "end" | "silence">;
  readonly incidents: Pick<IncidentReader, "incident" | "openIncidents" | "incidentsSince"> &
    Pick<IncidentWriter, "change">;
  readonly audit: AuditLog;
  readonly targets: readonly Target[];
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
  const address = await addressOf(ports, ending.silenceId, incident);
  if (address.kind === "unknown") return address.problem;
  const told = await ports.alertmanagers.end(address.address, ending.silenceId);
  if (told.kind === "failed") return `It still holds. ${told.problem}`;
  await writeDown(ports, ending, { incident, address: address.address });
  ports.wakeDelivery();
  return undefined;
}

/** Incidents among which a silence is looked for. */
const MOST_INCIDENTS = 1_000;
/** The longest that a silence of ours can hold. */
const LOOK_BACK_MS = 30 * 86_400_000;

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

type Address =
  | { readonly kind: "known"; readonly address: string }
  | { readonly kind: "unknown"; readonly problem: string };

/** Where it was made, while that is still configured; otherwise whichever Alertmanager knows it. */
async function addressOf(
  { targets, alertmanagers }: EndPorts,
  silenceId: string,
  incident: Incident | undefined,
): Promise<Address> {
  const addresses = addressesOf(targets);
  const made = incident?.silences?.find(({ id }) => id === silenceId)?.alertmanager;
  if (made !== undefined && addresses.includes(made)) return { kind: "known", address: made };
  const problems: string[] = [];
  for (const address of addresses) {
    const told = await alertmanagers.silence(address, silenceId);
    if (told.kind === "failed") problems.push(told.problem);
    else if (told.value !== undefined) return { kind: "known", address };
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
