/** The runbook of a thread's alert, whole or the part that a question asks for. */

import { ruleName } from "../../alerts/alert.ts";
import { ownRunbook } from "../../alerts/alert-links.ts";
import type { Message } from "../../block-kit/message.ts";
import type { Section } from "../../knowledge/page.ts";
import type { PlaceholderSubject } from "../runbooks/placeholder-values.ts";
import { renderNoRunbook } from "../runbooks/render-no-runbook.ts";
import { renderRunbook } from "../runbooks/render-runbook.ts";
import { sectionsOf } from "../search/found-sections.ts";
import type { KnowledgeSource, TargetObservations } from "../shared/sources.ts";
import type { ThreadContext } from "./thread-context.ts";

export interface ThreadRunbookPorts {
  readonly knowledge: KnowledgeSource;
  readonly memory: Pick<TargetObservations, "metricNames">;
}

/** Which alert, of which server. */
type AlertOfTarget = Pick<ThreadContext, "alert" | "target">;

/** The chapters that every runbook of ours has, and what others call them. */
const CHAPTERS = {
  Meaning: /^(meaning|summary|overview|description|about)\b/i,
  Impact: /^(impact|consequences|severity)\b/i,
  Diagnosis: /^(diagnos|triage|investigat|check|debug|verif|troubleshoot)/i,
  Mitigation: /^(mitigat|resol|fix|remed|recover|repair|solution|action)/i,
  Prevention: /^(prevent|avoid|follow)/i,
} as const;

export type Chapter = keyof typeof CHAPTERS;

const NEAREST = 3;

/**
 * The runbook filled in by the alert; where there is none, the nearest sections and what the alert links
 * to.
 */
export async function wholeRunbook(
  ports: ThreadRunbookPorts,
  context: AlertOfTarget,
): Promise<Message> {
  const name = ruleName(context.alert);
  const library = ports.knowledge.library();
  const sections = library.runbookSections(name);
  if (sections.length > 0) {
    return renderRunbook(
      library.runbookFor(name)?.title ?? name,
      sections,
      subjectOf(ports, context),
    );
  }
  const answer = await ports.knowledge.ask(name, { limit: NEAREST, labels: context.alert.labels });
  return renderNoRunbook(name, sectionsOf(library, answer), { own: ownRunbook(context.alert) });
}

/** A runbook that has no such chapter is shown whole. */
export async function partOfRunbook(
  ports: ThreadRunbookPorts,
  context: AlertOfTarget,
  chapter: Chapter,
): Promise<Message> {
  const name = ruleName(context.alert);
  const library = ports.knowledge.library();
  const sections = chapterOf(library.runbookSections(name), CHAPTERS[chapter]);
  if (sections.length === 0) return wholeRunbook(ports, context);
  const title = library.runbookFor(name)?.title ?? name;
  return renderRunbook(`${title}: ${chapter}`, sections, subjectOf(ports, context));
}

/** The first section with such a title, and those below it. */
function chapterOf(sections: readonly Section[], title: RegExp): readonly Section[] {
  const from = sections.findIndex((section) => title.test(section.title));
  const start = sections[from];
  if (start === undefined) return [];
  const rest = sections.slice(from + 1);
  const end = rest.findIndex(({ level }) => level <= start.level);
  return [start, ...(end === -1 ? rest : rest.slice(0, end))];
}

function subjectOf(
  { memory }: ThreadRunbookPorts,
  { alert, target }: AlertOfTarget,
): PlaceholderSubject {
  const live = target === undefined ? {} : { target, metrics: memory.metricNames(target) };
  return { labels: alert.labels, ...live };
}
