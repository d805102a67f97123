/** What to do first, in one line: the first step that the situation does not make unsafe. */

import type { Labels } from "../../exposition/sample.ts";
import { cutSteps, withoutUnsafe } from "../../knowledge/cut-steps.ts";
import type { Page, Section } from "../../knowledge/page.ts";
import type { Check } from "./check.ts";
import type { Diagnosis } from "./diagnose.ts";
import { fillTemplate, NO_LABEL, type Numbers } from "./finding-text.ts";

/** Ids of what is active: by them steps are kept back. */
export function activeIds({ active }: Pick<Diagnosis, "active">): ReadonlySet<string> {
  return new Set(active.map(({ check }) => check.id));
}

/** Of a check; undefined when it names none that is safe now, or whose labels are known. */
export function firstStepOf(
  { first }: Pick<Check, "first">,
  active: ReadonlySet<string>,
  numbers: Numbers,
): string | undefined {
  const safe = first.filter(({ unless }) => !unless.some((id) => active.has(id)));
  return safe
    .map((step) => fillTemplate(step.do, numbers))
    .find((text) => !text.includes(NO_LABEL));
}

/** Longer than this it is no step in one line. */
const LONGEST_LEAD = 200;

/** Of a section that has no such line: what its first safe step begins with. */
export function firstLeadOf(section: Section, active: ReadonlySet<string>): string | undefined {
  const { markdown } = withoutUnsafe(section.markdown, section.steps ?? [], active);
  const lead = cutSteps(markdown).steps[0]?.lead.split("\n", 1)[0];
  return lead === undefined || lead.length > LONGEST_LEAD ? undefined : lead.replace(/[:,]$/, "");
}

/** Of an alert of which nothing more is known than that it fires. */
export function firstStepOfPage(
  page: Page,
  checks: readonly Check[],
  { active, labels }: { readonly active: ReadonlySet<string>; readonly labels: Labels },
): string | undefined {
  if (page.answer?.first !== undefined) return page.answer.first;
  const numbers: Numbers = { value: Number.NaN, labels, values: {} };
  const own = checks
    .filter(({ file }) => file === page.file)
    .flatMap((check) => firstStepOf(check, active, numbers) ?? []);
  if (own[0] !== undefined) return own[0];
  const section = page.sections.find(({ anchor }) => anchor === "diagnosis");
  return section === undefined ? undefined : firstLeadOf(section, active);
}
