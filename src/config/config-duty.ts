/** The parts of the YAML file that say who is on duty, and what is said to a channel regularly. */

import { Cron } from "croner";
import { z } from "zod";
import { DAY_MS, HOUR_MS } from "../promql/duration.ts";
import { channelId, groupId, millis, timeZone, userId } from "./config-values.ts";

/** It becomes a part of the name of an environment variable, and of `schedule:NAME`. */
const scheduleName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "must be 1 to 40 lower-case letters, digits or dashes");

/** A person, a user group, or whoever is on duty by a schedule. */
export const callee: z.ZodType<string, string> = z
  .string()
  .refine(
    (text) =>
      userId.safeParse(text).success ||
      groupId.safeParse(text).success ||
      (text.startsWith("schedule:") && scheduleName.safeParse(text.slice(9)).success),
    "is not the id of a person or a user group, nor schedule:NAME",
  );

export const scheduleSchema = z.strictObject({
  name: scheduleName,
  calendar: z.string().min(1, "must not be empty").optional(),
  people: z.record(z.string().min(1, "must not be empty"), userId).default({}),
  handover: channelId.optional(),
});

const cron = z.string().superRefine((pattern, context) => {
  try {
    new Cron(pattern, { mode: "5-part" }).stop();
  } catch {
    const example = "0 9 * * 1 (minute, hour, day, month, day of the week)";
    context.addIssue(`${JSON.stringify(pattern.slice(0, 60))} is not a time such as ${example}`);
  }
});

export const reviewSchema = z.strictObject({
  channel: channelId,
  cron: cron.default("0 9 * * 1"),
  timeZone: timeZone.default("UTC"),
  last: millis(HOUR_MS, 31 * DAY_MS).prefault("7d"),
});
