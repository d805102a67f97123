/** `runbook ALERT`: the page of an alert, filled in for the target when there is one alone. */

import type { Message } from "../../block-kit/message.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Section } from "../../knowledge/page.ts";
import type { CommandRow } from "../commands/command-row.ts";
import { isAlertLike, SAID, spoken } from "../commands/plain-words.ts";
import { unquoted } from "../commands/read-words.ts";
import { onlyTarget, sectionsOf } from "../search/found-sections.ts";
import type { KnowledgeSource } from "../shared/sources.ts";
import type { PlaceholderSubject } from "./placeholder-values.ts";
import { renderNoRunbook, renderRunbook } from "./render-runbook.ts";

export interface RunbookPorts {
  readonly knowledge: KnowledgeSource;
  readonly targets: readonly Target[];
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
  | { readonly kind: "none"; readonly alert: string; readonly nearest: readonly Section[] };

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
        `(?:show me |show |open |give me |what is |where is )?(?:the )?runbook (?:for|of) ${SAID.alert}`,
        ({ name = "" }) => (isAlertLike(name) ? `runbook ${name}` : undefined),
      ),
    ],
    run: ({ alert }) => runbookOf(ports, alert),
    render: renderRunbookAnswer,
  };
}

/** Sections offered when an alert has no runbook. */
const NEAREST = 5;

async function runbookOf(
  { knowledge, targets }: RunbookPorts,
  alert: string,
): Promise<RunbookAnswer> {
  const library = knowledge.library();
  const sections = library.runbookSections(alert);
  if (sections.length > 0) {
    const title = library.runbookFor(alert)?.title ?? alert;
    return { kind: "runbook", title, sections, subject: onlyTarget(targets) };
  }
  const answer = await knowledge.ask(alert, { limit: NEAREST });
  return { kind: "none", alert, nearest: sectionsOf(library, answer) };
}

function renderRunbookAnswer(answer: RunbookAnswer): Message {
  return answer.kind === "runbook"
    ? renderRunbook(answer.title, answer.sections, answer.subject)
    : renderNoRunbook(answer.alert, answer.nearest);
}
