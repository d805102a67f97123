/** `oncall`: who is on duty by each schedule, until when, and who comes next. */

import { nextChange, onDutyAt } from "../../incidents/schedule.ts";
import type { CommandRow } from "../commands/command-row.ts";
import { type SpokenForm, spoken } from "../commands/plain-words.ts";
import type { Clock } from "../shared/ports.ts";
import type { ScheduleState, Schedules } from "./follow-schedules.ts";
import { type OncallAnswer, renderOncall } from "./render-oncall.ts";

export interface OncallPorts {
  readonly schedules: Pick<Schedules, "states" | "names">;
  readonly clock: Pick<Clock, "now">;
}

/** Concludes what every schedule says, those included that cannot be read. */
export function oncallCommand(ports: OncallPorts): CommandRow<object, OncallAnswer> {
  return {
    name: "oncall",
    also: ["on-call"],
    usage: "oncall",
    about: "who is on duty, until when, and who is next",
    group: "Incidents",
    right: "ask",
    reads: { kind: "names", names: [] },
    parse: () => ({ kind: "options", options: {} }),
    spoken: FORMS,
    run: () => Promise.resolve(answerOf(ports)),
    render: renderOncall,
  };
}

function answerOf({ schedules, clock }: OncallPorts): OncallAnswer {
  const nowMs = clock.now();
  const states = schedules.states();
  return {
    nowMs,
    unread: schedules.names.filter((name) => states.every((state) => state.name !== name)),
    schedules: states.map((state) => dutyOf(state, nowMs)),
  };
}

function dutyOf({ name, shifts, readAt, problem }: ScheduleState, nowMs: number) {
  const next = nextChange(shifts, nowMs);
  return {
    name,
    now: onDutyAt(shifts, nowMs),
    ...(next === undefined ? {} : { next: { at: next.at, shifts: next.after } }),
    ...(readAt === undefined ? {} : { readAt }),
    ...(problem === undefined ? {} : { problem }),
  };
}

const FORMS: readonly SpokenForm[] = [
  spoken(
    "(?:who is )?(?:on[- ]?call|on duty)(?: (?:today|tonight|this week|next|after that))?",
    () => "oncall",
  ),
  spoken("(?:whose shift is it|who (?:has|is) (?:the )?(?:pager|duty|shift))", () => "oncall"),
];
