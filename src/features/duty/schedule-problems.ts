/** What is wrong with the schedules, for whoever keeps the bot. */

import { line, listed } from "../../block-kit/text.ts";
import { DAY_MS } from "../../promql/duration.ts";
import { READ_AHEAD_MS, type ScheduleState } from "./follow-schedules.ts";

/** Who is on duty later than this may still be added in time. */
const SOON_MS = 7 * DAY_MS;

const OVER = `now or within ${READ_AHEAD_MS / DAY_MS} days: its calendar may be an old export, or empty`;

/** Sentences; none where all is well. `nowMs` tells who comes soon. */
export function scheduleProblems(states: readonly ScheduleState[], nowMs: number): string[] {
  return states.flatMap(({ name, shifts, problem, readAt }) => {
    const unknown = shifts.filter(
      ({ person, from, until }) => person === undefined && until > nowMs && from < nowMs + SOON_MS,
    );
    const names = [...new Set(unknown.map((shift) => shift.name))];
    const isOver = readAt !== undefined && shifts.every(({ until }) => until <= readAt);
    return [
      ...(isOver ? [`Schedule ${name}: nobody is on duty ${OVER}.`] : []),
      ...(problem === undefined
        ? []
        : [`The calendar of the schedule ${name} cannot be read: ${line(problem, 200)}.`]),
      ...(names.length === 0
        ? []
        : [
            `The schedule ${name} names ${listed(names, { most: 5, textOf: (each) => line(each, 60) })}, whom the bot cannot mention in Slack: add them to its \`people\`.`,
          ]),
    ];
  });
}
