/** Is the best answer sure enough to be given, or does nothing in the collection cover this? */

import type { Fused } from "./fuse-routes.ts";
import { CERTAINTY } from "./ranking.ts";
import type { Concept } from "./read-question.ts";

/**
 * `hasWord` tells whether the best section has a concept, in this or another word. A question
 * whose every telling word stands there is answered; otherwise the words' score decides.
 */
export function isSure(
  best: Fused,
  concepts: readonly Concept[],
  hasWord: (concept: Concept) => boolean,
): boolean {
  if (best.log !== undefined) return true;
  if ((best.name?.score ?? 0) >= CERTAINTY.name) return true;
  if (concepts.length === 0) return false;
  if (concepts.every((concept) => concept.state === "known" && hasWord(concept))) return true;
  return certaintyOf(best.words, concepts) >= CERTAINTY.needed;
}

function certaintyOf(wordScore: number, concepts: readonly Concept[]): number {
  return (
    wordScore +
    CERTAINTY.perLogWord * Math.log(1 + concepts.length) +
    CERTAINTY.missing * shareOf(concepts, "missing") +
    CERTAINTY.mended * shareOf(concepts, "mended")
  );
}

/** What part of the question's weight is in such a state. */
function shareOf(concepts: readonly Concept[], state: Concept["state"]): number {
  let share = 0;
  let all = 0;
  for (const concept of concepts) {
    all += concept.weight;
    if (concept.state === state) share += concept.weight;
  }
  return all === 0 ? 0 : share / all;
}
