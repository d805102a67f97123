/**
 * Is what an alert says so? Its page names the checks that confirm it; where no check covers it, its
 * rule over the bot's own samples does.
 */

import { type Labels, labelValue } from "../../exposition/sample.ts";
import type { Page } from "../../knowledge/page.ts";
import { severityRank } from "./check.ts";
import type { Diagnosis } from "./diagnose.ts";
import type { MissingEvidence, Recovered, Unknown } from "./finding.ts";
import type { Ranked } from "./rank.ts";

/** What the alert's own rule comes to over the samples that the bot holds. */
export type RuleState =
  | { readonly kind: "holds" | "pending" | "clear" | "too-early" }
  /** `reason` ends a sentence: "because up{job="node"} is not about this target". */
  | { readonly kind: "not-judged"; readonly reason: string };

export type AlertAnswer =
  | { readonly kind: "confirmed"; readonly by: Ranked }
  /** No check covers it, but its rule's condition is true here, too. */
  | { readonly kind: "rule-holds"; readonly isPending: boolean }
  | { readonly kind: "over"; readonly by: Recovered }
  /** Checked, and not so; `conclusion` is what its page makes of that. */
  | { readonly kind: "refuted"; readonly conclusion?: string }
  | { readonly kind: "unseen"; readonly because: UnseenReason };

export type UnseenReason =
  | { readonly kind: "missing"; readonly missing: MissingEvidence; readonly title: string }
  | { readonly kind: "words"; readonly words: string }
  | { readonly kind: "too-early" }
  | { readonly kind: "no-check" };

export interface AskedAlert {
  readonly labels: Labels;
  /** The page of the alert, where there is one. */
  readonly page: Page | undefined;
  readonly rule: RuleState | undefined;
}

/** Answers an alert from a diagnosis of the target that it speaks of. */
export function answerAlert(diagnosis: Diagnosis, { labels, page, rule }: AskedAlert): AlertAnswer {
  const ids = confirmingChecks(diagnosis, page);
  const isMeant = ({ rows }: Pick<Ranked, "rows">): boolean =>
    rows.some((row) => concern(labels, row.labels));
  const by = diagnosis.active.find((each) => ids.has(each.check.id) && isMeant(each));
  if (by !== undefined) return { kind: "confirmed", by };
  if (rule?.kind === "holds") return { kind: "rule-holds", isPending: false };
  const over = diagnosis.recovered.find((each) => ids.has(each.check.id) && isMeant(each));
  if (over !== undefined) return { kind: "over", by: over };
  if (rule?.kind === "pending") return { kind: "rule-holds", isPending: true };
  const { unseen, refuted } = page?.answer ?? {};
  if (unseen !== undefined) {
    return { kind: "unseen", because: { kind: "words", words: unseen } };
  }
  const unknown = diagnosis.unknown.find(({ check }) => ids.has(check.id));
  if (unknown !== undefined) return { kind: "unseen", because: unseenReason(unknown) };
  const isChecked = ids.size > 0 || rule?.kind === "clear";
  if (!isChecked) return { kind: "unseen", because: withoutCheck(rule) };
  return refuted === undefined ? { kind: "refuted" } : { kind: "refuted", conclusion: refuted };
}

function unseenReason({ check, reason }: Unknown): UnseenReason {
  return { kind: "missing", missing: reason, title: check.title };
}

function withoutCheck(rule: RuleState | undefined): UnseenReason {
  if (rule?.kind === "not-judged") return { kind: "words", words: rule.reason };
  return rule?.kind === "too-early" ? { kind: "too-early" } : { kind: "no-check" };
}

/** Ids of the checks of this diagnosis that confirm the alert of a page. */
function confirmingChecks(diagnosis: Diagnosis, page: Page | undefined): ReadonlySet<string> {
  if (page === undefined) return new Set();
  const named = page.answer?.confirmedBy;
  const { active, recovered, healthy, unknown } = diagnosis;
  const all = [...active, ...recovered, ...healthy, ...unknown].map(({ check }) => check);
  const own = all.filter(({ id, file, severity, isEvent }) =>
    named === undefined
      ? file === page.file && (isEvent || severity !== "info")
      : named.includes(id),
  );
  return new Set(own.map(({ id }) => id));
}

/** What an alert and a finding may both be about; other labels are Prometheus's own. */
const SUBJECTS = ["topic", "group", "partition"];

function concern(alert: Labels, row: Labels): boolean {
  return SUBJECTS.every((name) => {
    const [of, in_] = [labelValue(alert, name), labelValue(row, name)];
    return of === "" || in_ === "" || of === in_;
  });
}

/**
 * The finding that an alert's thread opens with: what confirms the alert, or explains what does, however
 * grave anything else is, since whoever reads there was called to this alert. Of an alert that is not
 * seen to be so the diagnosis' own cause is the news.
 */
export function causeForAlert(diagnosis: Diagnosis, answer: AlertAnswer): Ranked | undefined {
  const { verdict, active } = diagnosis;
  // A remark that confirms the alert is no cause of trouble, but it is what the alert speaks of.
  if (verdict.kind !== "active") return answer.kind === "confirmed" ? answer.by : undefined;
  if (answer.kind !== "confirmed") return verdict.cause;
  const { by } = answer;
  const isOwn = ({ check }: Ranked): boolean =>
    check.id === by.check.id || by.causes.includes(check.id);
  return active.find((each) => isOwn(each) && (each === by || !each.isExplained)) ?? by;
}

/** What is shown as worse than the finding that a thread opens with, and no cause of it: one line names it. */
export function graverThan(
  cause: Ranked | undefined,
  { verdict, active }: Diagnosis,
): Ranked | undefined {
  if (cause === undefined || verdict.kind !== "active") return undefined;
  return active.find(
    ({ check, isExplained }) =>
      !isExplained && severityRank(check.shown) > severityRank(cause.check.shown),
  );
}
