/** Arrow keys among tabs: they move the focus and choose at once. */

import type { KeyboardEvent } from "react";

/**
 * Answers the left and right arrow among the tabs below the element that listens, round and round; other
 * keys are left alone.
 */
export function moveTab(event: KeyboardEvent<HTMLElement>): void {
  const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
  const step = steps[event.key];
  if (step === undefined) return;
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]")];
  const at = tabs.findIndex((tab) => tab.matches(":focus"));
  const next = tabs[(at + step + tabs.length) % tabs.length];
  event.preventDefault();
  next?.focus();
  next?.click();
}
