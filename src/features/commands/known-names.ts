/** Names of targets, topics and groups as the bot knows them at this moment. */

import type { Target } from "../../diagnosis/target.ts";
import type { History } from "../../history/history.ts";
import { createMatcher } from "../../history/matcher.ts";
import type { KnownNames } from "./plain-words.ts";

/** Answers from the histories; nothing is asked of a server. */
export function knownNames(
  targets: readonly Target[],
  memory: { history(target: Target): History },
): KnownNames {
  const isIn = (metric: string, label: string, name: string): boolean =>
    targets.some(
      (target) =>
        memory
          .history(target)
          .select([createMatcher("__name__", "=", metric), createMatcher(label, "=", name)])
          .length > 0,
    );
  return {
    isTarget: (name) => targets.some((each) => each.name.toLowerCase() === name.toLowerCase()),
    isTopic: (name) => isIn("streamline_partitions_total", "topic", name),
    isGroup: (name) => isIn("group_members", "group", name),
  };
}

/** Any of them: such a word is never taken for a typing error. */
export function isKnownName(names: KnownNames, word: string): boolean {
  return names.isTarget(word) || names.isTopic(word) || names.isGroup(word);
}
