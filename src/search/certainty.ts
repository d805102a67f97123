/** Is the best answer sure enough to be given, or does nothing in the collection cover this? */

import type { Fused } from "./fuse-routes.ts";
import { CERTAINTY } from "./ranking.ts";
import type { Concept } from "./read-question.ts";

export type Judging = {
  concepts: readonly Concept[];
  /** Whether the best section has a concept, in this or another word. */
  hasWord: (concept: Concept) => boolean;
  /** How many sections there are. */
  sections: number;
};

/**
 * A question whose every telling word stands in the best section is answered, and so is a
 * log text or a name; otherwise the words' score decides.
 */
export function isSure(best: Fused, { concepts, hasWord, sections }: Judging): boolean {
  if (best.log !== undefined) return true;
  if ((best.name?.score ?? 0) >= CERTAINTY.name) return true;
  if (concepts.length === 0) return false;
  if (concepts.every((concept) => concept.state === "known" && hasWord(concept))) return true;
  const needed = CERTAINTY.needed + CERTAINTY.neededPerLogSection * Math.log(1 + sections);
  return certaintyOf(best.words, concepts) >= needed;
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
