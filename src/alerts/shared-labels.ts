/** What alerts have in common. */

import type { Labels } from "../exposition/sample.ts";
import type { Alert } from "./alert.ts";

/** The labels that each of them carries with the same value. */
export function sharedLabels([first, ...others]: readonly Pick<Alert, "labels">[]): Labels {
  const shared = Object.entries(first?.labels ?? {}).filter(([name, value]) =>
    others.every(({ labels }) => Object.hasOwn(labels, name) && labels[name] === value),
  );
  return Object.fromEntries(shared);
}
