/** Who is on duty, as an answer. */

import type { RichTextElement } from "@slack/types";
import { bold, dayAndTime, plain } from "../../block-kit/blocks.ts";
import type { Message } from "../../block-kit/message.ts";
import {
  footnote,
  headline,
  listOf,
  messageOf,
  type Part,
  personElement,
  sentence,
} from "../../block-kit/parts.ts";
import { line, listed } from "../../block-kit/text.ts";
import { duration } from "../../block-kit/times.ts";
import type { Shift } from "../../incidents/schedule.ts";

export interface OncallAnswer {
  readonly nowMs: number;
  readonly schedules: readonly Duty[];
  /** Schedules whose calendar has not been read yet. */
  readonly unread: readonly string[];
}

interface Duty {
  readonly name: string;
  readonly now: readonly Shift[];
  readonly next?: { readonly at: number; readonly shifts: readonly Shift[] };
  readonly readAt?: number;
  readonly problem?: string;
}

/**
 * Each schedule with who is on duty, and those that could not be read; where none is configured, how to
 * name one.
 */
export function renderOncall({ schedules, unread, nowMs }: OncallAnswer): Message {
  if (schedules.length === 0 && unread.length === 0) {
    return messageOf([
      headline("No schedule is configured, so I do not know who is on duty."),
      sentence("Name a calendar under `schedules` in the configuration (docs/configuration.md)."),
    ]);
  }
  return messageOf([
    headline("On duty now:"),
    listOf(schedules.map(dutyLine)),
    ...schedules.flatMap((duty) => problemPart(duty, nowMs)),
    ...withoutIdParts(schedules.flatMap(({ now, next }) => [...now, ...(next?.shifts ?? [])])),
    ...unread.map((name) => footnote(`The calendar of ${line(name, 40)} has not been read yet.`)),
  ]);
}

function dutyLine({ name, now, next, readAt, problem }: Duty): RichTextElement[] {
  // Of a calendar that never could be read nothing follows, least of all that nobody is on duty.
  if (readAt === undefined && problem !== undefined) {
    return [bold(`${line(name, 40)}: `), plain("not known, since its calendar cannot be read")];
  }
  return [
    bold(`${line(name, 40)}: `),
    ...peopleElements(now),
    ...(next === undefined
      ? []
      : [
          plain(now.length === 0 ? "; from " : " until "),
          dayAndTime(next.at),
          plain(now.length === 0 ? " " : ", then "),
          ...peopleElements(next.shifts),
        ]),
  ];
}

/** Each person as Slack shows them, and by the calendar's name where the configuration has no id of them. */
export function peopleElements(shifts: readonly Shift[]): RichTextElement[] {
  if (shifts.length === 0) return [plain("nobody")];
  return shifts.flatMap(({ person, name }, index) => [
    ...(index === 0 ? [] : [plain(", ")]),
    person === undefined ? plain(`${line(name, 60)} (no Slack id)`) : personElement(person),
  ]);
}

/** What to do about people whom the bot cannot mention. */
export function withoutIdParts(shifts: readonly Shift[]): Part[] {
  const names = [
    ...new Set(
      shifts.flatMap(({ person, name }) => (person === undefined ? [line(name, 60)] : [])),
    ),
  ];
  if (names.length === 0) return [];
  const shown = listed(names, { most: 5, textOf: (name) => name });
  return [
    footnote(
      `⚠️ I cannot mention ${shown}. Add the Slack id under \`schedules[].people\` in the configuration.`,
    ),
  ];
}

function problemPart({ name, readAt, problem }: Duty, nowMs: number): Part[] {
  if (problem === undefined) return [];
  const known = readAt === undefined ? "" : ` This list is ${duration(nowMs - readAt)} old.`;
  return [footnote(`⚠️ The calendar of ${line(name, 40)}: ${line(problem, 200)}.${known}`)];
}
