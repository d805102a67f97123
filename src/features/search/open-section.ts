/** A section in full: one that a search found, or one that a runbook's button names. */

import { alertName } from "../../alerts/alert.ts";
import type { Message } from "../../block-kit/message.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Library } from "../../knowledge/library.ts";
import type { Section } from "../../knowledge/page.ts";
import { renderGoneSection } from "../commands/render-answers.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import { SHOW_SECTION } from "../runbooks/link-menu.ts";
import type { Click, GuardedInteractions } from "../shared/interactions.ts";
import type { KnowledgeSource } from "../shared/sources.ts";
import { inPlace, isChannel, numberOf, onlyTarget, reader } from "./found-sections.ts";
import { renderOpened, SEARCH } from "./render-search.ts";

export interface OpenPorts {
  readonly knowledge: Pick<KnowledgeSource, "library">;
  readonly incidents: Pick<IncidentReader, "incidentAt">;
  readonly targets: readonly Target[];
}

/** The rows of both buttons, for all who may read. */
export function openSectionButtons(ports: OpenPorts): Pick<GuardedInteractions, "clicks"> {
  return {
    clicks: {
      [SHOW_SECTION]: reader(async (click) => ({
        kind: "message",
        message: await showSection(ports, click),
      })),
      [SEARCH.open]: reader(async (click) => inPlace(click, await openFound(ports, click))),
    },
  };
}

async function openFound({ knowledge, targets }: OpenPorts, click: Click): Promise<Message> {
  const [id = "", page = "", key = ""] = click.value.split(" ");
  const section = knowledge.library().section(key);
  if (section === undefined) return renderGoneSection(key);
  const from = { id: numberOf(id), page: numberOf(page) };
  const canShare = isChannel(click.person.channel);
  return renderOpened({ section, from, canShare }, onlyTarget(targets));
}

async function showSection(ports: OpenPorts, click: Click): Promise<Message> {
  const { knowledge, targets } = ports;
  const section = sectionAt(knowledge.library(), click.value);
  if (section === undefined) return renderGoneSection(click.value);
  const canShare = isChannel(click.person.channel);
  const incident = await incidentOf(ports, click);
  if (incident === undefined) {
    return renderOpened({ section, canShare }, onlyTarget(targets));
  }
  const alert = alertOf(knowledge.library(), incident, section);
  const name = incident.explained[alert];
  const labels = incident.alerts.find((each) => alertName(each) === name)?.labels ?? {};
  const target = targets.find((each) => each.name === incident.target);
  const subject = { labels, ...(target === undefined ? onlyTarget(targets) : { target }) };
  return renderOpened({ section, canShare, about: { incidentId: incident.id, alert } }, subject);
}

/** A link may name a page and no section of it: then it is read where one acts. */
function sectionAt(library: Library, value: string): Section | undefined {
  const section = library.section(value);
  if (section !== undefined) return section;
  const sections = library.pages.find(({ file }) => file === value)?.sections ?? [];
  const filled = sections.filter(({ text }) => text !== "");
  return filled.find(({ anchor }) => anchor === "diagnosis") ?? filled[0];
}

function incidentOf(
  { incidents }: OpenPorts,
  { person, threadTs }: Click,
): Promise<Incident | undefined> {
  return threadTs === undefined
    ? Promise.resolve(undefined)
    : incidents.incidentAt(person.channel, threadTs);
}

/** The alert on whose page the section stands; the first one for a section of another page. */
function alertOf(library: Library, { explained }: Incident, section: Section): number {
  const found = explained.findIndex((name) => library.runbookSections(name).includes(section));
  return Math.max(0, found);
}
