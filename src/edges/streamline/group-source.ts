/**
 * Consumer groups: state and members at every look, lag in turns.
 *
 * The list is read from memory, but lag is computed per group and partition at each request
 * (streamline-facts 1.3), so only some groups are asked at a time. The lag in /metrics is no
 * substitute: it freezes when a consumer stops committing (streamline-facts 2.2).
 */

import { groupSeries, lagSeries } from "../../diagnosis/checks/own-series.ts";
import { API } from "../../diagnosis/health/api-answers.ts";
import { isSegment } from "../../diagnosis/health/api-reply.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Sample } from "../../exposition/sample.ts";
import type { Clock } from "../../features/shared/ports.ts";
import { ask, type Source } from "./source.ts";
import type { TargetClient } from "./target-client.ts";
import { createTurns } from "./turns.ts";

export interface GroupSourceOptions {
  readonly poll: Pick<TargetClient, "get">;
  readonly target: Target;
  readonly clock: Pick<Clock, "now">;
  /** How often the lag of one group is asked. */
  readonly lagEveryMs: number;
  /** How many groups' lag one poll may ask, and how long that may take altogether. */
  readonly groupsPerPoll: number;
  readonly budgetMs: number;
}

export function createGroupSource(options: GroupSourceOptions): Source {
  const turns = createTurns({ everyMs: options.lagEveryMs, most: options.groupsPerPoll });
  return {
    async sample({ atMs }) {
      const groups = await ask(options, "/api/v1/consumer-groups", API.groups);
      if (groups.kind !== "value") return [];
      const names = groups.value.map((group) => group.group_id).filter(isSegment);
      const samples = groupSeries(groups.value);
      const deadlineMs = options.clock.now() + options.budgetMs;
      for (const name of turns.next(names, atMs)) {
        if (options.clock.now() >= deadlineMs) break;
        turns.took(name, atMs);
        const lag = await lagOf(options, name);
        // A server that fails here is in trouble already: leave the other groups for the next look.
        if (lag === undefined) break;
        samples.push(...lag);
      }
      return samples;
    },
  };
}

async function lagOf(options: GroupSourceOptions, group: string): Promise<Sample[] | undefined> {
  const path = `/api/v1/consumer-groups/${encodeURIComponent(group)}/lag`;
  const lag = await ask(options, path, API.groupLag);
  return lag.kind === "value" ? lagSeries(group, lag.value) : undefined;
}
