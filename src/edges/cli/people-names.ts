/** What people are called, for a terminal: the configuration's schedules know some, Slack all of them. */

import type { ThreadReader } from "../../features/history/timeline.ts";
import type { SchedulesRead } from "./terminal-duty.ts";

/** Names by id, as far as they are known. */
export type NamesOf = (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** Ids of the people whom a message's plain form mentions. */
export function peopleIn(mrkdwn: string): readonly string[] {
  const ids = [...mrkdwn.matchAll(/<@([UW][A-Z0-9]+)>/g)].map(([, id = ""]) => id);
  return [...new Set(ids)];
}

export interface NameSources {
  readonly schedules: SchedulesRead;
  readonly talk: Pick<ThreadReader, "names">;
}

/** Slack is asked only for those whom the configuration does not name. */
export function peopleNames({ schedules, talk }: NameSources): NamesOf {
  return async (ids) => {
    if (ids.length === 0) return new Map();
    const configured = await schedules();
    const named =
      typeof configured === "string"
        ? []
        : configured.flatMap(({ people }) => Object.entries(people));
    const known = new Map(named.map(([name, id]) => [id, name]));
    const others = ids.filter((id) => !known.has(id));
    return new Map([...known, ...(await talk.names(others))]);
  };
}
