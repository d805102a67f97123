/**
 * The steps that an incident's thread showed, as answers to "What fixed it?": the first step of each
 * cause that was found, then what its alerts' runbooks say to do. Pure.
 */

import type { Check } from "../../diagnosis/checks/check.ts";
import { firstStepOf } from "../../diagnosis/checks/first-step.ts";
import { hashSeries } from "../../exposition/series-hash.ts";
import type { Incident } from "../../incidents/incident.ts";
import { cutSteps } from "../../knowledge/cut-steps.ts";
import type { Library } from "../../knowledge/library.ts";
import type { Section } from "../../knowledge/page.ts";
import { sectionKey } from "../../knowledge/sections/section-key.ts";

/** A step to choose; of a section without steps the section itself. */
export interface ShownStep {
  /** The place of its alert among those that the thread explains. */
  readonly alert: number;
  readonly section: Section;
  /** In the words of the page; empty for a section as a whole. */
  readonly lead: string;
}

/** What a click needs to know of it: the section, and which of its steps. */
export function stepKey({ section, lead }: Pick<ShownStep, "section" | "lead">): string {
  const key = sectionKey(section.id);
  return lead === "" ? key : `${key}.${hashSeries(lead, {}, undefined).toString(36)}`;
}

/** The key of the section alone. */
export function sectionKeyOf(key: string): string {
  return key.split(".", 1)[0] ?? key;
}

/** Sections that say what it is, how to look, or what to change later, not what ends it. */
const NO_CURE = /^(?:meaning|impact|diagnosis|prevention)$/i;

/** Each once, in the order in which a reader meets them. */
export function shownSteps(
  { explained, found = [] }: Pick<Incident, "explained" | "found">,
  { library, checks }: { readonly library: Library; readonly checks: readonly Check[] },
): ShownStep[] {
  const steps = [
    ...found.flatMap(({ check }) => ofCause(checks, library, check)),
    ...explained.flatMap((name, alert) => ofRunbook(library.runbookSections(name), alert)),
  ];
  const byKey = new Map(steps.toReversed().map((step) => [stepKey(step), step]));
  return steps.filter((step) => byKey.get(stepKey(step)) === step);
}

/** The line that its message showed, then the steps of the section that the thread opened with. */
function ofCause(checks: readonly Check[], library: Library, id: string): ShownStep[] {
  const check = checks.find((each) => each.id === id);
  const section = check === undefined ? undefined : library.section(check.section);
  if (check === undefined || section === undefined) return [];
  const first = firstStepOf(check, new Set(), { value: Number.NaN, labels: {}, values: {} });
  return [
    ...(first === undefined ? [] : [{ alert: 0, section, lead: first.replaceAll("`", "") }]),
    ...(NO_CURE.test(section.title) ? [] : ofSection(section, 0)),
  ];
}

function ofRunbook(sections: readonly Section[], alert: number): ShownStep[] {
  const acting = sections.filter(({ title, text }) => text !== "" && !NO_CURE.test(title));
  const cures = acting.filter(({ level }) => level > 1);
  return (cures.length === 0 ? acting : cures).flatMap((section) => ofSection(section, alert));
}

function ofSection(section: Section, alert: number): ShownStep[] {
  const { steps } = cutSteps(section.markdown);
  return steps.length === 0
    ? [{ alert, section, lead: "" }]
    : steps.map(({ lead }) => ({ alert, section, lead }));
}
