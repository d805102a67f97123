/** Members of Slack's user groups, asked for when somebody needs them and kept for a while. */

import type { WebClient } from "@slack/web-api";
import type { UserGroups } from "../../features/shared/permission.ts";

/** A person who joins a group may wait this long; Slack's limit for the call is 20 a minute. */
const KEEP_MS = 5 * 60_000;

/** `members` rejects when Slack does not answer: in doubt nobody is let in. */
export function createUserGroups(client: WebClient, now: () => number): UserGroups {
  const known = new Map<string, { readonly until: number; readonly users: Promise<string[]> }>();
  const ask = async (usergroup: string): Promise<string[]> => {
    const { users = [] } = await client.usergroups.users.list({ usergroup });
    return users;
  };
  return {
    members(groupId) {
      const found = known.get(groupId);
      if (found !== undefined && found.until > now()) return found.users;
      const users = ask(groupId);
      known.set(groupId, { until: now() + KEEP_MS, users });
      // A failure is not kept: the next person asks again.
      users.catch(() => known.delete(groupId));
      return users;
    },
  };
}
