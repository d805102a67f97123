/**
 * Keeps what the calendars of the schedules say. A calendar that cannot be read leaves what it said
 * before; who is on duty is unknown only until each was tried once.
 */

import type { ScheduleConfig } from "../../config/config.ts";
import { onDutyAt, type Shift } from "../../incidents/schedule.ts";
import { DAY_MS } from "../../promql/duration.ts";
import type { Clock, Log } from "../shared/ports.ts";
import { type Repeated, repeat } from "../shared/repeat.ts";
import type { OnDuty } from "./on-duty.ts";

/** The shifts of a calendar that touch a span of time; throws with the reason for the operator. */
export type CalendarReader = (
  schedule: ScheduleConfig,
  span: { readonly from: number; readonly until: number },
) => Promise<readonly Shift[]>;

/** What is known of one schedule. */
export interface ScheduleState {
  readonly name: string;
  readonly shifts: readonly Shift[];
  /** When its calendar was last read; unset when it never was. */
  readonly readAt?: number;
  /** Why it could not be read the last time. */
  readonly problem?: string;
}

export interface SchedulePorts {
  readonly schedules: readonly ScheduleConfig[];
  readonly read: CalendarReader;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Schedules extends Repeated {
  readonly onDuty: OnDuty;
  /** Of all that are configured. */
  readonly names: readonly string[];
  /** Of those whose calendar was tried. */
  states(): readonly ScheduleState[];
  /** Tries every calendar once; resolves when each was. */
  readNow(): Promise<void>;
}

/** Calendars change by the day, overrides within minutes. */
const EVERY_MS = 5 * 60_000;
/** Back far enough for a change of duty that is said late, ahead for "next". */
const BACK_MS = 2 * DAY_MS;
export const READ_AHEAD_MS = 21 * DAY_MS;

/** `readNow` reads all calendars at once and never throws: a failure is part of the schedule's state. */
export function followSchedules(ports: SchedulePorts): Schedules {
  const { schedules, clock, log } = ports;
  const states = new Map<string, ScheduleState>();
  const readNow = async (): Promise<void> => {
    await Promise.all(
      schedules.map(async (schedule) => {
        const state = await stateOf(ports, schedule, states.get(schedule.name));
        states.set(schedule.name, state);
      }),
    );
  };
  const following = repeat({
    everyMs: EVERY_MS,
    clock,
    log,
    failure: "the calendars cannot be read",
    work: readNow,
  });
  return {
    ...following,
    readNow,
    names: schedules.map(({ name }) => name),
    states: () => schedules.flatMap(({ name }) => states.get(name) ?? []),
    onDuty: (name, nowMs) => {
      if (!schedules.some((schedule) => schedule.name === name)) return [];
      const state = states.get(name);
      return state === undefined ? undefined : onDutyAt(state.shifts, nowMs);
    },
  };
}

async function stateOf(
  { read, clock, log }: SchedulePorts,
  schedule: ScheduleConfig,
  before: ScheduleState | undefined,
): Promise<ScheduleState> {
  const nowMs = clock.now();
  const { name } = schedule;
  try {
    const shifts = await read(schedule, { from: nowMs - BACK_MS, until: nowMs + READ_AHEAD_MS });
    return { name, shifts, readAt: nowMs };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    if (before?.problem !== problem) {
      log.warn({ schedule: name, problem }, "the calendar of a schedule cannot be read");
    }
    return { ...(before ?? { name, shifts: [] }), problem };
  }
}
