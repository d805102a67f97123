/** A row of the outbox -> the message it stands for, with what the runbooks and the server say now. */

import { ownRunbook } from "../../alerts/alert-links.ts";
import type { Message } from "../../block-kit/message.ts";
import type { Check } from "../../diagnosis/checks/check.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Labels } from "../../exposition/sample.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Section } from "../../knowledge/page.ts";
import { type JumpTo, linkOf } from "../incidents/incident-lines.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import { renderAct } from "../incidents/render-acts.ts";
import {
  renderIncident,
  renderReopened,
  renderResolved,
  renderUnexplained,
} from "../incidents/render-incident.ts";
import { renderMention } from "../incidents/render-mention.ts";
import { renderNoRunbook, renderRunbook } from "../runbooks/render-runbook.ts";
import { sectionsOf } from "../search/found-sections.ts";
import type { Learning } from "../search/learning.ts";
import { askWhatCleared, runbookFoot } from "../search/render-feedback.ts";
import { shownSteps } from "../search/shown-steps.ts";
import type { FoundOn } from "../shared/found-state.ts";
import type { Clock } from "../shared/ports.ts";
import type { KnowledgeSource, MemorySource, TargetSource } from "../shared/sources.ts";
import { renderSubscribed } from "../subscriptions/render-subscriptions.ts";
import { healthOf } from "../targets/health-command.ts";
import { renderHealthNow } from "../targets/render-health.ts";
import type { IncidentVerdicts } from "../why-slow/incident-verdicts.ts";
import { asOfItsEnd } from "./as-of.ts";
import { isCoveredElsewhere } from "./covered-elsewhere.ts";
import type { OutboxRow } from "./delivery-ports.ts";

export interface NoticePorts {
  readonly incidents: Pick<IncidentReader, "incidentsOf">;
  readonly knowledge: KnowledgeSource;
  readonly poll: TargetSource;
  readonly memory: MemorySource;
  readonly verdicts: Pick<IncidentVerdicts, "lines" | "shown" | "open" | "active">;
  readonly targets: readonly Target[];
  readonly clock: Pick<Clock, "now">;
  readonly learning: Learning;
  readonly checks: () => readonly Check[];
  readonly found?: FoundOn;
  /** The address of a message in Slack; undefined when Slack does not tell. */
  readonly jumpTo: JumpTo;
}

/** Sections offered when no runbook covers an alert. */
const NEAREST = 3;

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
          shownSteps(incident, { library: ports.knowledge.library(), checks: ports.checks() }),
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
        return explain(ports, { notice, incident, target });
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
async function healthMessage(ports: NoticePorts, target: Target): Promise<Message | undefined> {
  return healthOf(ports, target).then(renderHealthNow, () => undefined);
}

/** The message of an external post's incident is another app's, and what another thread shows is shown once. */
async function isLeftOut(
  { incidents }: NoticePorts,
  { notice }: OutboxRow,
  incident: Incident,
): Promise<boolean> {
  return notice.kind === "incident" || (await isCoveredElsewhere(incidents, notice, incident));
}

interface Explained {
  readonly notice: Extract<OutboxRow["notice"], { kind: "runbook" }>;
  readonly incident: Incident;
  readonly target: Target | undefined;
}

async function explain(
  ports: NoticePorts,
  { notice, incident, target }: Explained,
): Promise<Message> {
  const alert = incident.alerts.find((each) => each.fingerprint === notice.fingerprint);
  const labels = alert?.labels ?? incident.groupLabels;
  const library = ports.knowledge.library();
  const sections = library.runbookSections(notice.alert);
  if (sections.length > 0) {
    const title = library.runbookFor(notice.alert)?.title ?? notice.alert;
    const live = target === undefined ? {} : { target, metrics: ports.memory.metricNames(target) };
    const ordered = await ports.learning.order(notice.alert, sections);
    const about = { incidentId: incident.id, alert: incident.explained.indexOf(notice.alert) };
    return renderRunbook(
      title,
      ordered.sections,
      { labels, ...live },
      {
        raised: ordered.raised,
        foot: runbookFoot(about, ordered.order),
        active: ports.verdicts.active(incident),
      },
    );
  }
  const summary = alert?.annotations["summary"] ?? "";
  return renderNoRunbook(
    notice.alert,
    await nearest(ports, { alert: notice.alert, summary, labels }),
    alert === undefined ? undefined : ownRunbook(alert),
  );
}

interface Unexplained {
  readonly alert: string;
  readonly summary: string;
  readonly labels: Labels;
}

/** A name that somebody made up can spoil the question that its summary asks, so each is tried. */
async function nearest(
  { knowledge }: NoticePorts,
  { alert, summary, labels }: Unexplained,
): Promise<Section[]> {
  for (const question of new Set([`${alert} ${summary}`.trim(), summary, alert])) {
    if (question === "") continue;
    const answer = await knowledge.ask(question, { limit: NEAREST, labels });
    const sections = sectionsOf(knowledge.library(), answer);
    if (sections.length > 0) return sections;
  }
  return [];
}
