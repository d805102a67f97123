/** A row of the outbox -> the message it stands for, with what the runbooks and the server say now. */

import type { Target } from "../diagnosis/target.ts";
import type { Labels } from "../exposition/sample.ts";
import type { Incident } from "../incidents/incident.ts";
import type { Section } from "../knowledge/page.ts";
import { type JumpTo, linkOf } from "../messages/incident-lines.ts";
import type { Message } from "../messages/message.ts";
import { renderAct } from "../messages/render-acts.ts";
import { askWhatCleared, runbookFoot } from "../messages/render-feedback.ts";
import {
  renderIncident,
  renderReopened,
  renderResolved,
  renderUnexplained,
} from "../messages/render-incident.ts";
import { renderNoRunbook, renderRunbook } from "../messages/render-runbook.ts";
import { renderSubscribed } from "../messages/render-subscriptions.ts";
import {
  healthOf,
  type KnowledgeSource,
  type MemorySource,
  type TargetSource,
} from "./answer-command.ts";
import { sectionsOf } from "./found-sections.ts";
import { offeredSections } from "./give-feedback.ts";
import type { Learning } from "./learning.ts";
import type { Clock, IncidentStore, OutboxRow } from "./ports.ts";
import { isToldElsewhere } from "./told-elsewhere.ts";
import type { WhySlow } from "./why-slow.ts";

export interface SayingPorts {
  readonly store: Pick<IncidentStore, "incidentsOf">;
  readonly knowledge: KnowledgeSource;
  readonly look: TargetSource;
  readonly memory: MemorySource;
  readonly whySlow: WhySlow;
  readonly targets: readonly Target[];
  readonly clock: Pick<Clock, "now">;
  readonly learning: Learning;
  /** The address of a message in Slack; undefined when Slack does not tell. */
  readonly jumpTo: JumpTo;
}

/** Sections offered when no runbook covers an alert. */
const NEAREST = 3;

/** Undefined when there is nothing to say: no target is known whose health could be told. */
export function renderSaying(ports: SayingPorts) {
  return async (row: OutboxRow, incident: Incident): Promise<Message | undefined> => {
    const saying = row.saying;
    if (incident.isHeard === true && (await isLeftUnsaid(ports, row, incident))) return undefined;
    const target = ports.targets.find((each) => each.name === incident.target);
    switch (saying.kind) {
      case "incident":
        return renderIncident(incident, ports.clock.now());
      case "resolved":
        return askWhatCleared(
          renderResolved(incident),
          incident.id,
          offeredSections(ports, incident),
        );
      case "reopened":
        return renderReopened(incident);
      case "unexplained":
        return renderUnexplained(saying.alerts);
      case "health":
        if (target === undefined) return undefined;
        return healthOf(ports, target);
      case "diagnosis":
        return target === undefined ? undefined : ports.whySlow.diagnose(target);
      case "changed":
        return saying.added.length + saying.gone.length === 0
          ? undefined
          : renderAct(saying, incident);
      case "acknowledged":
      case "unacknowledged":
      case "reminder":
      case "acknowledgement-ended":
      case "silenced":
      case "unsilenced":
      case "noise":
      case "not-noise":
        return renderAct(saying, incident);
      case "subscribed":
        return renderSubscribed(incident, ports.clock.now(), linkOf(incident, ports.jumpTo));
      case "runbook":
        return explain(ports, { saying, incident, target });
    }
  };
}

/** The message of a heard incident is another app's, and what is told elsewhere is told once. */
async function isLeftUnsaid(
  { store }: SayingPorts,
  { saying }: OutboxRow,
  incident: Incident,
): Promise<boolean> {
  return saying.kind === "incident" || (await isToldElsewhere(store, saying, incident));
}

interface Explained {
  readonly saying: Extract<OutboxRow["saying"], { kind: "runbook" }>;
  readonly incident: Incident;
  readonly target: Target | undefined;
}

async function explain(
  ports: SayingPorts,
  { saying, incident, target }: Explained,
): Promise<Message> {
  const alert = incident.alerts.find((each) => each.fingerprint === saying.fingerprint);
  const labels = alert?.labels ?? incident.groupLabels;
  const library = ports.knowledge.library();
  const sections = library.runbookSections(saying.alert);
  if (sections.length > 0) {
    const title = library.runbookFor(saying.alert)?.title ?? saying.alert;
    const live = target === undefined ? {} : { target, metrics: ports.memory.metricNames(target) };
    const ordered = await ports.learning.order(saying.alert, sections);
    const about = { incidentId: incident.id, alert: incident.explained.indexOf(saying.alert) };
    return renderRunbook(
      title,
      ordered.sections,
      { labels, ...live },
      { raised: ordered.raised, foot: runbookFoot(about, ordered.order) },
    );
  }
  const summary = alert?.annotations["summary"] ?? "";
  return renderNoRunbook(
    saying.alert,
    await nearest(ports, { alert: saying.alert, summary, labels }),
  );
}

interface Unexplained {
  readonly alert: string;
  readonly summary: string;
  readonly labels: Labels;
}

/** A name that somebody made up can spoil the question that its summary asks, so each is tried. */
async function nearest(
  { knowledge }: SayingPorts,
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
