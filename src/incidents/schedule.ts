/** Who is on duty when, by the shifts that a calendar holds. */

/** One person's time on duty. */
export interface Shift {
  /** Milliseconds since 1970; the end is no part of it. */
  readonly from: number;
  readonly until: number;
  /** As the calendar names the person. */
  readonly name: string;
  /** Id in Slack; unset for somebody whom the configuration does not know. */
  readonly person?: string;
}

/** One schedule's duty passes on. */
export interface DutyChange {
  readonly at: number;
  readonly before: readonly Shift[];
  readonly after: readonly Shift[];
}

/** The shifts that hold at a moment, one for each person, by name. */
export function onDutyAt(shifts: readonly Shift[], ms: number): Shift[] {
  const holding = shifts.filter(({ from, until }) => from <= ms && ms < until);
  const longest = holding.toSorted((a, b) => a.until - b.until);
  const byPerson = new Map(longest.map((shift) => [personOf(shift), shift]));
  return [...byPerson.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The last change after one moment and up to another; undefined when the same people were on duty
 * all the time, whatever shifts that was made of.
 */
export function lastChange(
  shifts: readonly Shift[],
  span: { readonly after: number; readonly until: number },
): DutyChange | undefined {
  return changesIn(shifts, span).at(-1);
}

/** The first change after a moment. */
export function nextChange(shifts: readonly Shift[], nowMs: number): DutyChange | undefined {
  return changesIn(shifts, { after: nowMs, until: Number.POSITIVE_INFINITY })[0];
}

function changesIn(
  shifts: readonly Shift[],
  { after, until }: { readonly after: number; readonly until: number },
): DutyChange[] {
  const borders = shifts.flatMap((shift) => [shift.from, shift.until]);
  const within = [...new Set(borders)].filter((at) => at > after && at <= until);
  return within
    .toSorted((a, b) => a - b)
    .map((at) => ({ at, before: onDutyAt(shifts, at - 1), after: onDutyAt(shifts, at) }))
    .filter((change) => peopleOf(change.before) !== peopleOf(change.after));
}

/** Tells people apart: by their id, and by the calendar's name where there is none. */
export function peopleOf(shifts: readonly Shift[]): string {
  return shifts.map(personOf).toSorted().join();
}

function personOf({ person, name }: Shift): string {
  return person ?? `?${name}`;
}
