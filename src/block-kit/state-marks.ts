/** One colour for each state, everywhere: beside the words, never instead of them. */

/** From the worst on. */
export const SEVERITY_MARKS = { critical: "🔴", warning: "🟠", info: "🔵" } as const;

export const STATE_MARKS = {
  /** Nothing is wrong, or no more. */
  fine: "🟢",
  /** Nobody can tell. */
  unknown: "⚪",
} as const;
