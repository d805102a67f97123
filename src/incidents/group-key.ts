/**
 * The key of a group as Alertmanager writes it: the matchers of the routes that lead to it, a colon and
 * its labels, `{}/{team="a"}:{alertname="X", job="y"}` (dispatch/dispatch.go, aggrGroup.GroupKey).
 */

import { haveSameLabels } from "../alerts/shared-labels.ts";
import type { Labels } from "../exposition/sample.ts";
import type { Incident } from "./incident.ts";

/**
 * The key of the group with these labels, as groups of the same receiver show it; undefined when none
 * has labels of the same names, or when several routes lead to the receiver.
 */
export function groupKeyFor(
  labels: Labels,
  notified: readonly Pick<Incident, "groupKey" | "groupLabels">[],
): string | undefined {
  const same = notified.filter((each) => haveSameLabels(each.groupLabels, labels));
  const names = Object.keys(labels).toSorted().join();
  const alike = notified.filter(
    ({ groupLabels }) => Object.keys(groupLabels).toSorted().join() === names,
  );
  const keys =
    same.length > 0
      ? same.map(({ groupKey }) => groupKey)
      : alike.flatMap((each) => withLabels(each, labels));
  const [key, ...others] = new Set(keys);
  return others.length === 0 ? key : undefined;
}

/** The group's key with other labels in place of its own; nothing where it is written in another way. */
function withLabels(
  { groupKey, groupLabels }: Pick<Incident, "groupKey" | "groupLabels">,
  labels: Labels,
): string[] {
  const own = `:${labelsText(groupLabels)}`;
  if (!groupKey.endsWith(own)) return [];
  return [`${groupKey.slice(0, -own.length)}:${labelsText(labels)}`];
}

/** Sorted, each value quoted as Go does, which is JSON for all that labels usually hold. */
function labelsText(labels: Labels): string {
  const parts = Object.keys(labels)
    .toSorted()
    .map((name) => `${name}=${JSON.stringify(labels[name])}`);
  return `{${parts.join(", ")}}`;
}
