/** The calendars of the schedules, read once: whether they can be, and whom they name. */

import type { Config } from "../../config/config.ts";
import { fine, type SetupCheck, wrong } from "../../features/doctor/setup-check.ts";
import { followSchedules } from "../../features/duty/follow-schedules.ts";
import { scheduleProblems } from "../../features/duty/schedule-problems.ts";
import { createCalendars } from "../calendars/calendars.ts";
import { clock } from "../clock.ts";
import { createLog } from "../log.ts";

const REMEDY =
  "Check schedules[].calendar (or SCHEDULE_CALENDAR_NAME), and schedules[].people; streamline-bot oncall shows what is read";

/** A check for each schedule; none where none is configured. */
export async function checkSchedules({ schedules }: Config): Promise<SetupCheck[]> {
  if (schedules.length === 0) return [];
  const calendars = createCalendars();
  try {
    const following = followSchedules({
      schedules,
      read: calendars.read,
      clock,
      log: createLog("silent"),
    });
    await following.readNow();
    return following.states().flatMap((state) => {
      const place = { area: "Schedule", where: state.name } as const;
      const problems = scheduleProblems([state], clock.now());
      return problems.length === 0
        ? [fine(place, "the bot reads its calendar and can mention everybody in it")]
        : problems.map((problem) => wrong(place, problem.replace(/\.$/, ""), REMEDY));
    });
  } finally {
    await calendars.close();
  }
}
