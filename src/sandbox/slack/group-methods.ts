/** User groups, of which the emulator knows nothing: who is on call, for permissions. */

import { type Json, text } from "./json.ts";
import { type Method, refuse } from "./view-methods.ts";
import type { WorkspacePerson } from "./workspace.ts";

export interface UserGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  /** Ids; a test may add some. */
  readonly users: string[];
}

/** One group: the first person alone is on call. */
export function userGroups(people: readonly WorkspacePerson[]): readonly UserGroup[] {
  const users = people.slice(0, 1).map(({ id }) => id);
  return [{ id: "S0ONCALL", handle: "oncall", name: "On call", users }];
}

/** usergroups.list and usergroups.users.list over these groups; an unknown one is `no_such_subteam`. */
export function createGroupMethods(groups: readonly UserGroup[]): Record<string, Method> {
  return {
    "usergroups.list": () => ({ ok: true, usergroups: groups.map(asJson) }),
    "usergroups.users.list": (body) => {
      const group = groups.find(({ id }) => id === text(body, "usergroup"));
      return group === undefined ? refuse("no_such_subteam") : { ok: true, users: group.users };
    },
  };
}

function asJson({ id, handle, name, users }: UserGroup): Json {
  return { id, handle, name, is_usergroup: true, user_count: users.length };
}
