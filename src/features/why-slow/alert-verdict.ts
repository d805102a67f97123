/**
 * What the thread of an alert opens with: the verdict on its target with the alert's own say, and the
 * first step. Pure: a diagnosis, the alert and the library in, values out.
 */

import {
  type AlertAnswer,
  answerAlert,
  causeForAlert,
  graverThan,
  type RuleState,
} from "../../diagnosis/checks/answer-alert.ts";
import type { Check } from "../../diagnosis/checks/check.ts";
import type { Diagnosis } from "../../diagnosis/checks/diagnose.ts";
import {
  activeIds,
  firstLeadOf,
  firstStepOf,
  firstStepOfPage,
} from "../../diagnosis/checks/first-step.ts";
import type { Ranked } from "../../diagnosis/checks/rank.ts";
import type { Labels } from "../../exposition/sample.ts";
import type { Library } from "../../knowledge/library.ts";
import type { Fills, Page } from "../../knowledge/page.ts";

export interface AskedOf {
  readonly alert: string;
  readonly labels: Labels;
  readonly rule: RuleState | undefined;
}

/** One line to act on, with what may fill its commands. */
export interface FirstLine {
  readonly text: string;
  readonly fills: Fills;
  readonly labels: Labels;
}

export interface AlertVerdict {
  readonly alert: string;
  readonly answer: AlertAnswer;
  /** The finding to open with; undefined when the answer to the alert is the news. */
  readonly cause: Ranked | undefined;
  readonly first: FirstLine | undefined;
  /** What is worse on the same server, beside the finding to open with. */
  readonly graver?: Ranked;
}

/** The verdict on a target for one alert of it. */
export function verdictForAlert(
  diagnosis: Diagnosis,
  { alert, labels, rule }: AskedOf,
  { library, checks }: { readonly library: Library; readonly checks: readonly Check[] },
): AlertVerdict {
  const page = library.runbookFor(alert);
  const answer = answerAlert(diagnosis, { labels, page, rule });
  const cause = headlineCause(causeForAlert(diagnosis, answer), answer);
  const first =
    cause === undefined
      ? withoutCause(answer, { page, checks, labels, diagnosis })
      : firstOfCause(cause, diagnosis, library);
  const graver = graverThan(cause, diagnosis);
  return { alert, answer, cause, first, ...(graver === undefined ? {} : { graver }) };
}

/** What a page concludes of its alert is the news, unless something proven is worse. */
function headlineCause(cause: Ranked | undefined, answer: AlertAnswer): Ranked | undefined {
  const hasConclusion = answer.kind === "refuted" && answer.conclusion !== undefined;
  return hasConclusion && cause?.check.severity !== "critical" ? undefined : cause;
}

/** What to do first about a finding: its own line, or what its section begins with. */
export function firstOfCause(
  { check, rows }: Ranked,
  diagnosis: Diagnosis,
  library: Library,
): FirstLine | undefined {
  const active = activeIds(diagnosis);
  const [row] = rows;
  const labels = row?.labels ?? {};
  const section = library.section(check.section);
  const numbers = { value: row?.value ?? Number.NaN, labels, values: {} };
  const text =
    firstStepOf(check, active, numbers) ??
    (section === undefined ? undefined : firstLeadOf(section, active));
  return text === undefined ? undefined : { text, fills: section?.fills ?? {}, labels };
}

interface Around {
  readonly page: Page | undefined;
  readonly checks: readonly Check[];
  readonly labels: Labels;
  readonly diagnosis: Diagnosis;
}

function withoutCause(answer: AlertAnswer, around: Around): FirstLine | undefined {
  const { page, labels } = around;
  if (page === undefined || answer.kind === "over") return undefined;
  const text = answer.kind === "refuted" ? page.answer?.refutedFirst : firstStepNow(around);
  return text === undefined ? undefined : { text, fills: page.fills ?? {}, labels };
}

function firstStepNow({ page, checks, labels, diagnosis }: Around): string | undefined {
  if (page === undefined) return undefined;
  return firstStepOfPage(page, checks, { active: activeIds(diagnosis), labels });
}

/** What to do first about an alert of no target: nothing was polled. */
export function firstOfAlert(
  { alert, labels }: Pick<AskedOf, "alert" | "labels">,
  { library, checks }: { readonly library: Library; readonly checks: readonly Check[] },
): FirstLine | undefined {
  const page = library.runbookFor(alert);
  if (page === undefined) return undefined;
  const text = firstStepOfPage(page, checks, { active: new Set(), labels });
  return text === undefined ? undefined : { text, fills: page.fills ?? {}, labels };
}
