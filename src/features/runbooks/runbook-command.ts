/** `runbook ALERT`: the page of an alert, filled in for the target when there is one alone. */

import { alertName } from "../../alerts/alert.ts";
import { type AlertLink, ownRunbook } from "../../alerts/alert-links.ts";
import type { Message } from "../../block-kit/message.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Section } from "../../knowledge/page.ts";
import type { CommandRow } from "../commands/command-row.ts";
import { isAlertLike, SPOKEN_PARTS, spoken } from "../commands/plain-words.ts";
import { unquoted } from "../commands/read-words.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import { onlyTarget, sectionsOf } from "../search/found-sections.ts";
import type { Person } from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import type { KnowledgeSource } from "../shared/sources.ts";
import type { PlaceholderSubject } from "./placeholder-values.ts";
import { renderNoRunbook } from "./render-no-runbook.ts";
import { renderRunbook } from "./render-runbook.ts";

export interface RunbookPorts {
  readonly knowledge: KnowledgeSource;
  readonly targets: readonly Target[];
  /** What the alert itself named when it was last seen; a terminal has none of these. */
  readonly incidents?: Pick<IncidentReader, "incidentsOf">;
  readonly permission?: Pick<Permission, "visible">;
}

export interface RunbookOptions {
  readonly alert: string;
}

export type RunbookAnswer =
  | {
      readonly kind: "runbook";
      readonly title: string;
      readonly sections: readonly Section[];
      readonly subject: PlaceholderSubject;
    }
  | {
      readonly kind: "none";
      readonly alert: string;
      readonly nearest: readonly Section[];
      /** The runbook that the alert names. */
      readonly own?: AlertLink;
    };

/** Concludes the page's sections, or the nearest names of an alert that has none. */
export function runbookCommand(ports: RunbookPorts): CommandRow<RunbookOptions, RunbookAnswer> {
  return {
    name: "runbook",
    usage: "runbook ALERT",
    about: "the runbook of an alert",
    group: "Runbooks",
    right: "read",
    reads: { kind: "text" },
    parse({ text }) {
      const alert = unquoted(text.replace(/^(?:for|of)\s+/i, "").trim());
      return alert === "" ? { kind: "incomplete" } : { kind: "options", options: { alert } };
    },
    spoken: [
      spoken(
        `(?:show me |show |open |give me |what is |where is )?(?:the )?runbook (?:for|of) ${SPOKEN_PARTS.alert}`,
        ({ name = "" }) => (isAlertLike(name) ? `runbook ${name}` : undefined),
      ),
    ],
    run: ({ alert }, { person }) => runbookOf(ports, alert, person),
    render: renderRunbookAnswer,
  };
}

/** Sections offered when an alert has no runbook. */
const NEAREST = 5;

async function runbookOf(
  ports: RunbookPorts,
  alert: string,
  person: Person,
): Promise<RunbookAnswer> {
  const { knowledge, targets } = ports;
  const library = knowledge.library();
  const sections = library.runbookSections(alert);
  if (sections.length > 0) {
    const title = library.runbookFor(alert)?.title ?? alert;
    return { kind: "runbook", title, sections, subject: onlyTarget(targets) };
  }
  const answer = await knowledge.ask(alert, { limit: NEAREST });
  const own = await namedByAlert(ports, alert, person);
  const nearest = sectionsOf(library, answer);
  return { kind: "none", alert, nearest, ...(own === undefined ? {} : { own }) };
}

/** Incidents in which the alert's own link is searched for. */
const LATEST = 20;

/** The link that the alert carried in its latest incident that this person may see. */
async function namedByAlert(
  { incidents, permission }: RunbookPorts,
  name: string,
  person: Person,
): Promise<AlertLink | undefined> {
  if (incidents === undefined || permission === undefined) return undefined;
  const seen = await permission.visible(person, await incidents.incidentsOf(name, LATEST));
  return seen
    .flatMap(({ alerts }) => alerts)
    .filter((alert) => alertName(alert) === name)
    .flatMap((alert) => ownRunbook(alert) ?? [])[0];
}

function renderRunbookAnswer(answer: RunbookAnswer): Message {
  return answer.kind === "runbook"
    ? renderRunbook(answer.title, answer.sections, answer.subject)
    : renderNoRunbook(answer.alert, answer.nearest, { own: answer.own });
}
