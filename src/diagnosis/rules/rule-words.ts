/** What a rule that holds says of itself: its annotation, rendered for what it found. */

import { expandAnnotation } from "../annotations/expand-annotation.ts";
import type { HeldRule } from "./rule.ts";

/** The annotations that say it in one sentence, the best first. */
const SAYING = ["summary", "message", "description"];

/** Undefined for a rule without such an annotation. What cannot be rendered says why. */
export function wordsOfRule({ rule, labels, value }: HeldRule): string | undefined {
  const name = SAYING.find((each) => (rule.annotations[each] ?? "").trim() !== "");
  if (name === undefined) return undefined;
  const expanded = expandAnnotation(rule.annotations[name] ?? "", { labels, value });
  return expanded.kind === "text"
    ? expanded.text.replace(/\s+/g, " ").trim()
    : `its ${name} cannot be shown: ${expanded.problem}`;
}
