/** Who is on duty, and what channels are shown at their times; nothing of it where nobody configured it. */

import { createCalendars } from "../edges/calendars/calendars.ts";
import type { Messenger } from "../features/delivery/messenger.ts";
import { announceHandovers } from "../features/duty/announce-handovers.ts";
import { followSchedules, type Schedules } from "../features/duty/follow-schedules.ts";
import { postReviews } from "../features/duty/post-reviews.ts";
import { scheduleProblems } from "../features/duty/schedule-problems.ts";
import type { JumpTo } from "../features/incidents/incident-lines.ts";
import type { Repeated } from "../features/shared/repeat.ts";
import type { KnowledgeAccess } from "./compose-knowledge.ts";
import type { Stores } from "./compose-store.ts";
import type { Foundation } from "./foundation.ts";

export interface Duty {
  readonly schedules: Schedules;
  /** What somebody should put right, in words. */
  problems(): readonly string[];
}

/** Comes before the store, whose incidents call whoever is on duty. */
export function composeDuty({ config, clock, log, secrets, teardown }: Foundation): Duty {
  const calendars = createCalendars();
  teardown.add("calendars", () => calendars.close());
  const schedules = followSchedules({
    schedules: config.schedules,
    // Addresses may be secrets, which are read again while the bot runs.
    read: (schedule, span) => {
      const latest = secrets.current().schedules.find(({ name }) => name === schedule.name);
      return calendars.read(latest ?? schedule, span);
    },
    clock,
    log,
  });
  const problems = () => scheduleProblems(schedules.states(), clock.now());
  return { schedules, problems };
}

interface DutyParts {
  readonly foundation: Foundation;
  readonly stores: Stores;
  readonly pages: KnowledgeAccess;
  readonly slack: { readonly messenger: Pick<Messenger, "post">; readonly jumpTo: JumpTo };
}

/** What the caller starts, in this order, once Slack is there. */
export function repeatedDuty(
  { foundation, stores, pages, slack }: DutyParts,
  { schedules }: Duty,
): Readonly<Record<string, Repeated>> {
  const { config, clock, log } = foundation;
  const { incidents, announcements } = stores;
  const { messenger, jumpTo } = slack;
  const announcing = { incidents, announcements, messenger, clock, log };
  const hasRunbook = (alert: string) => pages.knowledge.library().runbookFor(alert) !== undefined;
  const { schedules: configured, reviews } = config;
  return {
    ...(configured.length === 0
      ? {}
      : {
          "calendars of schedules": schedules,
          handovers: announceHandovers({ ...announcing, schedules, configured, jumpTo }),
        }),
    ...(reviews.length === 0
      ? {}
      : { "reviews of channels": postReviews({ ...announcing, reviews, hasRunbook }) }),
  };
}
