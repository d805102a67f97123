/** Posts the reviews of channels at their times. */

import { Cron } from "croner";
import type { ReviewConfig } from "../../config/config.ts";
import { reviewOf } from "../../incidents/review.ts";
import { HOUR_MS } from "../../promql/duration.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import type { Clock } from "../shared/ports.ts";
import { type Repeated, repeat } from "../shared/repeat.ts";
import { type AnnouncePorts, announceOnce } from "./announce-once.ts";
import { renderReview } from "./render-review.ts";

export interface ReviewPorts extends AnnouncePorts {
  readonly clock: Clock;
  readonly reviews: readonly ReviewConfig[];
  readonly incidents: Pick<IncidentReader, "incidentsSince">;
  /** Whether a page covers an alert. */
  readonly hasRunbook: (alert: string) => boolean;
}

const EVERY_MS = 30_000;
/** A review that could not be posted at its time, since the bot was away, is posted this late. */
const LATE_MS = 12 * HOUR_MS;
const MOST = 5_000;

/** A review is posted once, whichever replica is there; one that is long overdue is not. */
export function postReviews(ports: ReviewPorts): Repeated {
  return repeat({
    everyMs: EVERY_MS,
    clock: ports.clock,
    log: ports.log,
    failure: "a review of a channel's alerts could not be posted",
    work: async () => {
      for (const review of ports.reviews) await post(ports, review);
    },
  });
}

async function post(ports: ReviewPorts, config: ReviewConfig): Promise<void> {
  const { channel, lastMs } = config;
  const at = lastTime(config, ports.clock.now());
  if (at === undefined) return;
  await announceOnce(ports, {
    key: `review:${channel}:${config.cron}:${at}`,
    channel,
    message: async () => {
      const sinceMs = at - lastMs;
      const all = await ports.incidents.incidentsSince(sinceMs, MOST);
      const here = all.filter((incident) => incident.channel === channel);
      const review = reviewOf(here, { sinceMs, hasRunbook: ports.hasRunbook });
      return renderReview({ review, windowMs: lastMs, isCut: all.length === MOST });
    },
  });
}

/** The last of its times that is not too long ago; undefined when there is none. */
function lastTime({ cron, timeZone }: ReviewConfig, nowMs: number): number | undefined {
  const times = new Cron(cron, { timezone: timeZone, mode: "5-part" });
  let last: number | undefined;
  let next = times.nextRun(new Date(nowMs - LATE_MS));
  while (next !== null && next.getTime() <= nowMs) {
    last = next.getTime();
    next = times.nextRun(next);
  }
  return last;
}
