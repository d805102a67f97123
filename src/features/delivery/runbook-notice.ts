/** The runbook of an alert in its incident's thread; without one, what is nearest to it. */

import { ownRunbook } from "../../alerts/alert-links.ts";
import type { Message } from "../../block-kit/message.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Labels } from "../../exposition/sample.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Section } from "../../knowledge/page.ts";
import { renderNoRunbook } from "../runbooks/render-no-runbook.ts";
import { renderRunbook } from "../runbooks/render-runbook.ts";
import { sectionsOf } from "../search/found-sections.ts";
import type { Learning } from "../search/learning.ts";
import { runbookFoot } from "../search/render-feedback.ts";
import type { KnowledgeSource, TargetObservations } from "../shared/sources.ts";
import type { IncidentVerdicts } from "../why-slow/incident-verdicts.ts";
import type { OutboxRow } from "./delivery-ports.ts";

export interface RunbookNoticePorts {
  readonly knowledge: KnowledgeSource;
  readonly memory: Pick<TargetObservations, "metricNames">;
  readonly learning: Learning;
  readonly verdicts: Pick<IncidentVerdicts, "active">;
}

/** Sections offered when no runbook covers an alert. */
const NEAREST = 3;

export interface AlertOfIncident {
  readonly notice: Extract<OutboxRow["notice"], { kind: "runbook" }>;
  readonly incident: Incident;
  readonly target: Target | undefined;
}

/** Returns a function that renders the runbook of one alert, for the thread of its incident. */
export function runbookNotices(ports: RunbookNoticePorts) {
  return (about: AlertOfIncident): Promise<Message> => explain(ports, about);
}

async function explain(
  ports: RunbookNoticePorts,
  { notice, incident, target }: AlertOfIncident,
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
    {
      own: alert === undefined ? undefined : ownRunbook(alert),
      isOfNoTarget: target === undefined,
    },
  );
}

interface Unexplained {
  readonly alert: string;
  readonly summary: string;
  readonly labels: Labels;
}

/** A name that somebody made up can spoil the question that its summary asks, so each is tried. */
async function nearest(
  { knowledge }: RunbookNoticePorts,
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
