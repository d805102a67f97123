/** How old a poll may be that is shown as now. */

/** The longest time between two polls that can be configured, with what chance adds to it. */
export const PRESENT_MS = 22_000;
