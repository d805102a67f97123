/** Who may do what, by the configuration: users by id, and members of user groups. */

import type { AllowedPeople, Permissions } from "../../config/config.ts";
import type { Person } from "./interactions.ts";
import type { Right } from "./rights.ts";

/** Members of a user group, by its id; throws when Slack does not tell. */
export interface UserGroups {
  members(groupId: string): Promise<readonly string[]>;
}

export interface Permission {
  /** Undefined when the person may; otherwise why not, in words for them. */
  readonly refusal: (person: Person, right: Right) => Promise<string | undefined>;
}

export function createPermission(permissions: Permissions, groups: UserGroups): Permission {
  return {
    async refusal(person, right) {
      if (right === "read") return undefined;
      if (right === "ask") return askRefusal(permissions.ask, person);
      const allowed = permissions[right];
      if (right === "acknowledge" && isEmpty(allowed)) return undefined;
      if (await isAmong(person, allowed, groups)) return undefined;
      return isEmpty(allowed)
        ? `The configuration lets nobody do that: it names no one in permissions.${right}.`
        : `The configuration (permissions.${right}) does not let you do that.`;
    },
  };
}

function askRefusal(
  { users, channels }: Permissions["ask"],
  { user, channel }: Person,
): string | undefined {
  const isUser = users.length === 0 || users.includes(user);
  // In a view there is no channel: who opened it was let to.
  const isChannel = channels.length === 0 || channel === "" || channels.includes(channel);
  if (isUser && isChannel) return undefined;
  const who = isUser ? "people in this channel" : "you";
  return `The configuration (permissions.ask) does not let ${who} ask the servers. Searching the runbooks is open to everyone.`;
}

function isEmpty({ users, groups }: AllowedPeople): boolean {
  return users.length === 0 && groups.length === 0;
}

async function isAmong(
  { user }: Person,
  people: AllowedPeople,
  groups: UserGroups,
): Promise<boolean> {
  if (people.users.includes(user)) return true;
  const members = await Promise.all(people.groups.map((id) => groups.members(id)));
  return members.some((each) => each.includes(user));
}
