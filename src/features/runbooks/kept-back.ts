/** Steps that the situation makes unsafe, named so that nobody takes them for forgotten. */

import { escaped, line } from "../../block-kit/text.ts";
import type { SafeSteps } from "../../knowledge/cut-steps.ts";

/** What is left out, so that nobody takes it for forgotten. */
export function keptBackNotes({ keptBack }: SafeSteps): string[] {
  return keptBack.map(
    ({ lead, because }) =>
      `⛔ Not now, because of ${escaped(because.replaceAll("-", " "))}: ${escaped(line(lead, 160))}`,
  );
}
