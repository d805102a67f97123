/**
 * Consumer groups: state and members at every poll, lag in turns.
 *
 * The list is read from memory, but lag is computed per group and partition at each request
 * (streamline-facts 1.3), so only some groups are asked at a time: those first where something
 * changes, since a rate needs a figure of every poll, and a group at rest has none. The lag in
 * /metrics is no substitute: it freezes when a consumer stops committing (streamline-facts 2.2).
 */

import { groupSeries, lagSeries } from "../../diagnosis/checks/own-series.ts";
import { API, type GroupSummary } from "../../diagnosis/health/api-answers.ts";
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

/** A source of samples; intervals in milliseconds. */
export function createGroupSource(options: GroupSourceOptions): Source {
  const turns = createTurns({ everyMs: options.lagEveryMs, most: options.groupsPerPoll });
  const changes = createChanges();
  return {
    async sample({ atMs }) {
      const groups = await ask(options, "/api/v1/consumer-groups", API.groups);
      if (groups.kind !== "value") return [];
      const names = groups.value.map((group) => group.group_id).filter(isSegment);
      changes.listed(groups.value);
      const samples = groupSeries(groups.value);
      const deadlineMs = options.clock.now() + options.budgetMs;
      for (const name of turns.next(names, atMs, (name) => changes.isIn(name))) {
        if (options.clock.now() >= deadlineMs) break;
        turns.took(name, atMs);
        const lag = await lagOf(options, name);
        // A server that fails here is in trouble already: leave the other groups for the next poll.
        if (lag === undefined) break;
        changes.asked(name, lag);
        samples.push(...lag);
      }
      return samples;
    },
  };
}

interface GroupChanges {
  /** Takes in the list of groups; others are forgotten. */
  listed(groups: readonly GroupSummary[]): void;
  /** Takes in what a group's lag was answered with. */
  asked(group: string, lag: readonly Sample[]): void;
  /** Members came or left since it was asked, or its offsets moved between the last two answers. */
  isIn(group: string): boolean;
}

interface GroupChange {
  readonly members: string;
  readonly askedMembers?: string;
  readonly offsets?: string;
  readonly hasMoved: boolean;
}

function createChanges(): GroupChanges {
  let known = new Map<string, GroupChange>();
  return {
    listed(groups) {
      known = new Map(
        groups.map(({ group_id, state, member_count }) => {
          const before = known.get(group_id) ?? { hasMoved: false };
          return [group_id, { ...before, members: `${state} ${member_count}` }];
        }),
      );
    },
    asked(group, lag) {
      const before = known.get(group);
      if (before === undefined) return;
      const offsets = JSON.stringify(lag.map(({ name, labels, value }) => [name, labels, value]));
      const hasMoved = before.offsets !== undefined && before.offsets !== offsets;
      known.set(group, { ...before, askedMembers: before.members, offsets, hasMoved });
    },
    isIn(group) {
      const { members, askedMembers = members, hasMoved } = known.get(group) ?? { hasMoved: false };
      return hasMoved || askedMembers !== members;
    },
  };
}

async function lagOf(options: GroupSourceOptions, group: string): Promise<Sample[] | undefined> {
  const path = `/api/v1/consumer-groups/${encodeURIComponent(group)}/lag`;
  const lag = await ask(options, path, API.groupLag);
  return lag.kind === "value" ? lagSeries(group, lag.value) : undefined;
}
