/** Puts whoever is on duty in the place of the schedules that a route's mentions name. */

import { type MentionRule, scheduleOf } from "../../incidents/mentions.ts";
import type { Shift } from "../../incidents/schedule.ts";

/** Who is on duty by a schedule; undefined while its calendar has not been read yet. */
export type OnDuty = (schedule: string, nowMs: number) => readonly Shift[] | undefined;

/**
 * The rules with people in place of schedules. A schedule by which nobody is on duty whom Slack knows
 * stays as it is, so that the call can say so. `"unknown"` until each calendar that they need was read.
 */
export function withPeopleOnDuty(
  rules: readonly MentionRule[],
  onDuty: OnDuty,
  nowMs: number,
): readonly MentionRule[] | "unknown" {
  const peopleFor = (entry: string): readonly string[] | undefined => {
    const schedule = scheduleOf(entry);
    if (schedule === undefined) return [entry];
    const shifts = onDuty(schedule, nowMs);
    const people = shifts?.flatMap(({ person }) => (person === undefined ? [] : [person]));
    return people?.length === 0 ? [entry] : people;
  };
  const resolved: MentionRule[] = [];
  for (const rule of rules) {
    const who = everyone(rule.who, peopleFor);
    const others = everyone(rule.escalate?.who ?? [], peopleFor);
    if (who === undefined || others === undefined) return "unknown";
    const { escalate } = rule;
    resolved.push({
      ...rule,
      who,
      ...(escalate === undefined ? {} : { escalate: { ...escalate, who: others } }),
    });
  }
  return resolved;
}

function everyone(
  entries: readonly string[],
  peopleFor: (entry: string) => readonly string[] | undefined,
): string[] | undefined {
  const all = entries.map(peopleFor);
  if (all.includes(undefined)) return undefined;
  return [...new Set(all.flatMap((people = []) => people))];
}
