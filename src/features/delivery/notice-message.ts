/** A row of the outbox -> the message it stands for, with what the runbooks and the server say now. */

import type { Message } from "../../block-kit/message.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Incident } from "../../incidents/incident.ts";
import { type JumpTo, linkOf } from "../incidents/incident-lines.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import { renderAct } from "../incidents/render-acts.ts";
import { renderIncident } from "../incidents/render-incident.ts";
import {
  renderReopened,
  renderResolved,
  renderUnexplained,
} from "../incidents/render-incident-replies.ts";
import { renderMention } from "../incidents/render-mention.ts";
import { askWhatCleared } from "../search/render-feedback.ts";
import type { ShownStep } from "../search/shown-steps.ts";
import type { Clock } from "../shared/ports.ts";
import { renderSubscribed } from "../subscriptions/render-subscriptions.ts";
import { type HealthNow, renderHealthNow } from "../targets/render-health.ts";
import type { IncidentVerdicts } from "../why-slow/incident-verdicts.ts";
import { asOfItsEnd } from "./as-of.ts";
import { isCoveredElsewhere } from "./covered-elsewhere.ts";
import type { OutboxRow } from "./delivery-ports.ts";
import type { AlertOfIncident } from "./runbook-notice.ts";

export interface NoticePorts {
  readonly incidents: Pick<IncidentReader, "incidentsOf">;
  readonly verdicts: Pick<IncidentVerdicts, "lines" | "shown" | "open">;
  readonly targets: readonly Target[];
  readonly health: (target: Target) => Promise<HealthNow>;
  readonly runbook: (about: AlertOfIncident) => Promise<Message>;
  /** The steps that an incident's thread showed. */
  readonly steps: (incident: Incident) => readonly ShownStep[];
  readonly clock: Pick<Clock, "now">;
  /** The address of a message in Slack; undefined when Slack does not tell. */
  readonly jumpTo: JumpTo;
}

/** Undefined when there is nothing to say: no target is known whose health could be shown. */
export function renderNotice(ports: NoticePorts) {
  return async (row: OutboxRow, incident: Incident): Promise<Message | undefined> => {
    const notice = row.notice;
    if (incident.isExternal === true && (await isLeftOut(ports, row, incident))) return undefined;
    const target = ports.targets.find((each) => each.name === incident.target);
    switch (notice.kind) {
      case "incident":
        return incidentMessage(ports, incident);
      case "resolved":
        return askWhatCleared(
          renderResolved(asOfItsEnd(incident, row.createdAt)),
          incident.id,
          ports.steps(incident),
        );
      case "reopened":
        return renderReopened(incident);
      case "unexplained":
        return renderUnexplained(notice.alerts);
      // What a server says now explains nothing that is over.
      case "diagnosis":
        if (target === undefined || incident.status !== "firing") return undefined;
        return ports.verdicts.open(incident, healthMessage(ports, target));
      case "changed":
        return notice.added.length + notice.gone.length === 0
          ? undefined
          : renderAct(notice, incident);
      case "mention":
        return renderMention(notice, incident, ports.clock.now());
      case "acknowledged":
      case "unacknowledged":
      case "reminder":
      case "acknowledgement-ended":
      case "silenced":
      case "unsilenced":
      case "quieted":
      case "reported-again":
      case "noise":
      case "not-noise":
        return renderAct(notice, incident);
      // Its messages go to the place that it left, see deliver-rerouted.
      case "rerouted":
        return undefined;
      // Its message is that of all its incidents, see deliver-digest.
      case "digest":
      case "digest-call":
        return undefined;
      case "subscribed":
        return renderSubscribed(incident, ports.clock.now(), linkOf(incident, ports.jumpTo));
      case "runbook":
        return ports.runbook({ notice, incident, target });
    }
  };
}

/** With the verdict that the history already held gives: it waits for nobody. */
function incidentMessage({ verdicts, clock }: NoticePorts, incident: Incident): Message {
  const lines = incident.status === "firing" ? verdicts.lines(incident) : undefined;
  verdicts.shown(incident, lines);
  return renderIncident(incident, clock.now(), lines);
}

/** A health that cannot be asked for costs the verdict nothing. */
async function healthMessage(
  ports: Pick<NoticePorts, "health">,
  target: Target,
): Promise<Message | undefined> {
  return ports.health(target).then(renderHealthNow, () => undefined);
}

/** The message of an external post's incident is another app's, and what another thread shows is shown once. */
async function isLeftOut(
  { incidents }: NoticePorts,
  { notice }: OutboxRow,
  incident: Incident,
): Promise<boolean> {
  return notice.kind === "incident" || (await isCoveredElsewhere(incidents, notice, incident));
}
