/** The alert that is asked about -> what it adds to each section, and which words it explains. */

import type { AskOptions, Indexed } from "./asking.ts";
import { RANKING } from "./ranking.ts";
import { readQuestion } from "./read-question.ts";

/** What the context adds to a section's score. */
export type ContextWeight = (section: number) => number;

/** Alerts of few labels are about few sections. */
const MOST_ABOUT = 100;

const no = (): boolean => false;

/** What the alert's labels, or the names of topics, groups and targets, contain is no typing error. */
export function isFixedBy({ labels = {}, isInName = no }: AskOptions): (word: string) => boolean {
  const values = Object.values(labels).map((value) => value.toLowerCase());
  return (word) => isInName(word) || values.some((value) => value.includes(word));
}

/** The alert's name and severity are about the subject; all other labels say where. */
export function placeValues(labels: Readonly<Record<string, string>> = {}): string[] {
  return Object.entries(labels).flatMap(([name, value]) =>
    name === "alertname" || name === "severity" ? [] : [value],
  );
}

/** What the alert's labels, present findings and earlier verdicts add; undefined without any of them. */
export function contextOf(
  indexed: Indexed,
  { labels = {}, findings = [], learned }: AskOptions,
): ContextWeight | undefined {
  const about = aboutLabels(indexed, labels);
  const found = new Set(findings);
  if (about.size === 0 && found.size === 0 && learned === undefined) return undefined;
  return (section) => {
    const id = indexed.ids[section] ?? "";
    const verdict = RANKING.learned * Math.max(-1, Math.min(1, learned?.get(id) ?? 0));
    return (about.get(section) ?? 0) + (found.has(id) ? RANKING.finding : 0) + verdict;
  };
}

function aboutLabels(
  indexed: Indexed,
  labels: Readonly<Record<string, string>>,
): ReadonlyMap<number, number> {
  const values = Object.values(labels).join(" ");
  const concepts = values === "" ? [] : readQuestion(values, indexed).concepts;
  const matches = concepts.length === 0 ? [] : indexed.rankWords(concepts, MOST_ABOUT);
  return new Map(matches.map(({ section, score }) => [section, score * RANKING.labels]));
}
