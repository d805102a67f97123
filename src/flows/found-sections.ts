/** What several flows need of an answer's sections. */

import type { Target } from "../diagnosis/target.ts";
import type { Library } from "../knowledge/library.ts";
import type { Section } from "../knowledge/page.ts";
import type { Answer } from "../search/answer-question.ts";

/** The sections of an answer that are still in the library. */
export function sectionsOf(library: Library, answer: Answer): Section[] {
  if (answer.kind === "nothing") return [];
  return answer.results.flatMap(({ id }) => library.section(id) ?? []);
}

/** Commands are filled in with the target's addresses when there is no doubt which one is meant. */
export function onlyTarget(targets: readonly Target[]): { target?: Target } {
  const [target] = targets;
  return targets.length === 1 && target !== undefined ? { target } : {};
}

/** In a direct message there is nobody else to share with. */
export function isChannel(channel: string): boolean {
  return channel !== "" && !channel.startsWith("D");
}
