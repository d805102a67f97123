/** Problems that a whole folder's pages share, said once: another tool wrote them all alike. */

import type { PageProblem } from "./page.ts";

/** The problems in their order; of a habit, the first page's, with how many others have it. */
export function joinHabits(problems: readonly PageProblem[]): PageProblem[] {
  const counts = new Map<string, number>();
  for (const problem of problems) {
    if (problem.isHabit === true) counts.set(keyOf(problem), (counts.get(keyOf(problem)) ?? 0) + 1);
  }
  const said = new Set<string>();
  return problems.flatMap((problem) => {
    if (problem.isHabit !== true) return [problem];
    const key = keyOf(problem);
    if (said.has(key)) return [];
    said.add(key);
    const others = (counts.get(key) ?? 1) - 1;
    const more = others === 0 ? "" : ` (and so have ${others} more of this folder)`;
    return [{ ...problem, reason: `${problem.reason}${more}` }];
  });
}

function keyOf({ file, reason }: PageProblem): string {
  return `${file.split("/").slice(0, -1).join("/")} ${reason}`;
}
