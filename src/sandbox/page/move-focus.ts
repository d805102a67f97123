/** Arrow keys, Home and End in a list of things that can have the focus. */

import type { KeyboardEvent } from "react";

/** Which way each arrow key goes in a list. */
export const ARROW_STEPS: ReadonlyMap<string, number> = new Map([
  ["ArrowDown", 1],
  ["ArrowUp", -1],
]);

/** Moves the focus among the matching elements by the arrow keys, Home and End. */
export function moveFocus(
  event: KeyboardEvent,
  within: HTMLElement | null,
  selector: string,
): void {
  const all = [...(within?.querySelectorAll<HTMLElement>(selector) ?? [])];
  const at = all.findIndex((element) => element.matches(":focus"));
  const step = ARROW_STEPS.get(event.key);
  const next =
    step !== undefined
      ? all[Math.max(0, Math.min(all.length - 1, at + step))]
      : event.key === "Home"
        ? all[0]
        : event.key === "End"
          ? all.at(-1)
          : undefined;
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
