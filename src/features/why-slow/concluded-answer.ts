/** A diagnosis that was concluded -> the answer to show: its excerpt, its first step, what opened it. */

import type { Message } from "../../block-kit/message.ts";
import type { Check } from "../../diagnosis/checks/check.ts";
import type { Diagnosis } from "../../diagnosis/checks/diagnose.ts";
import type { ReplayQuestion } from "../../diagnosis/replay/replay.ts";
import type { Library } from "../../knowledge/library.ts";
import type { Excerpt } from "../runbooks/render-excerpt.ts";
import { type AskedOf, firstOfCause, verdictForAlert } from "./alert-verdict.ts";
import type { WhySlowAnswer } from "./render-why-slow.ts";

export interface Concluded {
  readonly diagnosis: Diagnosis;
  readonly question: ReplayQuestion;
  readonly library: Library;
  readonly replayId: string | undefined;
  readonly checks: readonly Check[];
  /** The alerts whose thread it opens, the one that it is named after first. */
  readonly alerts?: readonly AskedOf[];
  readonly health?: Message;
  readonly isFirstAbove?: boolean;
}

/** The answer of what was concluded. */
export function concludedAnswer(concluded: Concluded): WhySlowAnswer {
  const { diagnosis, question, library, replayId, health, isFirstAbove = false } = concluded;
  const { verdict } = diagnosis;
  const alerts = (concluded.alerts ?? []).map((asked) =>
    verdictForAlert(diagnosis, asked, concluded),
  );
  const [lead] = alerts;
  const own = verdict.kind === "active" ? verdict.cause : undefined;
  const cause = lead === undefined ? own : lead.cause;
  const excerpt = cause === undefined ? undefined : excerptFor(library, cause.check);
  const firstOfOwn = own === undefined ? undefined : firstOfCause(own, diagnosis, library);
  const first = lead === undefined ? firstOfOwn : lead.first;
  const opened = { alerts, isFirstAbove, ...(health === undefined ? {} : { health }) };
  const found = {
    diagnosis,
    target: question.target,
    notes: question.notes,
    ...(excerpt === undefined ? {} : { excerpt }),
    ...(first === undefined ? {} : { first }),
    ...(lead === undefined ? {} : { opened }),
    ...(replayId === undefined ? {} : { replayId }),
  };
  return { kind: "diagnosis", found };
}

/** The section that the check names, and the other chapters of its page. */
function excerptFor(library: Library, check: Check): Excerpt | undefined {
  const section = library.section(check.section);
  if (section === undefined) return undefined;
  const page = library.pages.find(({ file }) => file === section.file);
  const others = page?.sections.filter((each) => each.level === 2 && each.id !== section.id) ?? [];
  return { section, others };
}
