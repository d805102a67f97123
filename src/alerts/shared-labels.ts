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

/** Each label of one is in the other with the same value, and there are no more. */
export function haveSameLabels(a: Labels, b: Labels): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && a[name] === b[name])
  );
}
