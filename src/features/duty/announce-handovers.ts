/** Says each change of duty in the channel of its schedule, with what the next person must know. */

import type { ScheduleConfig } from "../../config/config.ts";
import { handoffOf } from "../../incidents/handoff.ts";
import { lastChange, peopleOf } from "../../incidents/schedule.ts";
import { DAY_MS, HOUR_MS } from "../../promql/duration.ts";
import type { JumpTo } from "../incidents/incident-lines.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import type { Clock } from "../shared/ports.ts";
import { type Repeated, repeat } from "../shared/repeat.ts";
import { type AnnouncePorts, announceOnce } from "./announce-once.ts";
import type { Schedules } from "./follow-schedules.ts";
import { renderHandover } from "./render-handover.ts";

export interface HandoverPorts extends AnnouncePorts {
  readonly clock: Clock;
  readonly schedules: Pick<Schedules, "states">;
  readonly configured: readonly ScheduleConfig[];
  readonly incidents: Pick<IncidentReader, "openIncidents" | "incidentsSince">;
  readonly jumpTo: JumpTo;
}

const EVERY_MS = 15_000;
/** A change that is older is no news: the bot was away, or the calendar was. */
const LATE_MS = HOUR_MS;
/** The shift before may have lasted for a week; what is older than a day stands in `handoff`. */
const LONGEST_WINDOW_MS = DAY_MS;
const SHORTEST_WINDOW_MS = HOUR_MS;
/** The span is shown in quarters of an hour: the post comes seconds after the change, or minutes after a restart. */
const SHOWN_STEP_MS = HOUR_MS / 4;
const MOST = 1_000;

/** A change is said once, whichever replica sees it; one that is long over is not said. */
export function announceHandovers(ports: HandoverPorts): Repeated {
  return repeat({
    everyMs: EVERY_MS,
    clock: ports.clock,
    log: ports.log,
    failure: "a change of duty could not be posted",
    work: async () => {
      for (const schedule of ports.configured) await announce(ports, schedule);
    },
  });
}

async function announce(
  ports: HandoverPorts,
  { name, handover: channel }: ScheduleConfig,
): Promise<void> {
  const state = ports.schedules.states().find((each) => each.name === name);
  if (channel === undefined || state === undefined) return;
  const nowMs = ports.clock.now();
  const change = lastChange(state.shifts, { after: nowMs - LATE_MS, until: nowMs });
  if (change === undefined) return;
  // The people are a part of it: a shift that somebody else takes over later is a change, too.
  const key = `handover:${name}:${change.at}:${peopleOf(change.after)}`;
  await announceOnce(ports, {
    key,
    channel,
    message: async () => {
      const began = Math.min(...change.before.map(({ from }) => from), change.at);
      const shiftMs = Math.min(Math.max(change.at - began, SHORTEST_WINDOW_MS), LONGEST_WINDOW_MS);
      const sinceMs = change.at - shiftMs;
      const windowMs = Math.round((nowMs - sinceMs) / SHOWN_STEP_MS) * SHOWN_STEP_MS;
      const isHere = (incident: { readonly channel: string }) => incident.channel === channel;
      const [open, recent] = await Promise.all([
        ports.incidents.openIncidents(MOST),
        ports.incidents.incidentsSince(sinceMs, MOST),
      ]);
      const handoff = handoffOf(
        { open: open.filter(isHere), recent: recent.filter(isHere) },
        { sinceMs, nowMs },
      );
      return renderHandover({ name, change, handoff, windowMs, nowMs, jumpTo: ports.jumpTo });
    },
  });
}
