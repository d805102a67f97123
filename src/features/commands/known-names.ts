/** Names of targets, topics and groups as the bot knows them at this moment. */

import type { Target } from "../../diagnosis/target.ts";
import type { History } from "../../history/history.ts";
import { createMatcher, type MatchOperator } from "../../history/matcher.ts";
import type { KnownNames } from "./plain-words.ts";

interface Histories {
  history(target: Target): History;
}

/** Answers from the histories; nothing is asked of a server. */
export function knownNames(targets: readonly Target[], memory: Histories): KnownNames {
  const isIn = (place: NamePlace, name: string): boolean =>
    targets.some((target) => hasLabel(memory.history(target), place, ["=", name]));
  return {
    isTarget: (name) => targets.some((each) => each.name.toLowerCase() === name.toLowerCase()),
    isTopic: (name) => isIn(TOPIC, name),
    isGroup: (name) => isIn(GROUP, name),
  };
}

/** Whether a word stands in any such name: "cart" in "cart-events". A word is letters alone. */
export function isInKnownName(
  targets: readonly Target[],
  memory: Histories,
): (word: string) => boolean {
  return (word) =>
    targets.some((target) => target.name.toLowerCase().includes(word)) ||
    targets.some((target) =>
      [TOPIC, GROUP].some((place) =>
        hasLabel(memory.history(target), place, ["=~", `(?i).*${word}.*`]),
      ),
    );
}

interface NamePlace {
  readonly metric: string;
  readonly label: string;
}

const TOPIC: NamePlace = { metric: "streamline_partitions_total", label: "topic" };
const GROUP: NamePlace = { metric: "group_members", label: "group" };

function hasLabel(
  history: History,
  { metric, label }: NamePlace,
  [operator, value]: readonly [operator: MatchOperator, value: string],
): boolean {
  const matchers = [createMatcher("__name__", "=", metric), createMatcher(label, operator, value)];
  return history.select(matchers).length > 0;
}

/** Any of them: such a word is never taken for a typing error. */
export function isKnownName(names: KnownNames, word: string): boolean {
  return names.isTarget(word) || names.isTopic(word) || names.isGroup(word);
}
