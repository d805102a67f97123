/** The people and user groups that the configuration names, as Slack knows them. */

import { WebAPIPlatformError, type WebClient } from "@slack/web-api";
import type { Config } from "../../config/config.ts";
import {
  fine,
  note,
  type SetupCheck,
  unchecked,
  wrong,
} from "../../features/doctor/setup-check.ts";

/** Slack's own word for what went wrong, such as missing_scope. */
export function errorName(error: unknown): string {
  if (error instanceof WebAPIPlatformError) return error.data.error;
  return error instanceof Error ? error.message : String(error);
}

/** Each is asked once, wherever it is named. */
export async function peopleChecks(web: WebClient, config: Config): Promise<SetupCheck[]> {
  const named = [...namedPeople(config)];
  const checks = await Promise.all(
    named.map(([id, keys]) => {
      const where = [...new Set(keys)].join(", ");
      return id.startsWith("S") ? groupCheck(web, id, where) : personCheck(web, id, where);
    }),
  );
  return checks.flat();
}

/** Ids of people and user groups, each with the keys that name it. */
function namedPeople({ permissions, routes, schedules }: Config): Map<string, string[]> {
  const named = new Map<string, string[]>();
  const add = (ids: readonly string[], key: string): void => {
    for (const id of ids) named.set(id, [...(named.get(id) ?? []), key]);
  };
  for (const right of ["acknowledge", "silence", "outsiders"] as const) {
    add(permissions[right].groups, `permissions.${right}.groups`);
  }
  for (const right of ["ask", "acknowledge", "silence", "outsiders"] as const) {
    add(permissions[right].users, `permissions.${right}.users`);
  }
  for (const [index, { mentions = [] }] of routes.entries()) {
    const called = mentions.flatMap(({ who, escalate }) => [...who, ...(escalate?.who ?? [])]);
    add(
      called.filter((id) => !id.startsWith("schedule:")),
      `routes[${index}].mentions`,
    );
  }
  for (const [index, { people }] of schedules.entries()) {
    add(Object.values(people), `schedules[${index}].people`);
  }
  return named;
}

async function groupCheck(web: WebClient, id: string, where: string): Promise<SetupCheck[]> {
  const place = { area: "Slack", where: `user group ${id} (${where})` } as const;
  try {
    const { users = [] } = await web.usergroups.users.list({ usergroup: id });
    return [
      users.length > 0
        ? fine(place, `${users.length} members`)
        : note(place, "has no members", "Add its members in Slack, or name people instead"),
    ];
  } catch (error) {
    return [
      errorName(error) === "missing_scope"
        ? wrong(
            place,
            "cannot be read",
            "Give the app the scope usergroups:read, and install it again",
          )
        : wrong(
            place,
            `Slack does not know this user group (${errorName(error)})`,
            "Copy the id from the address of the group's page (People, User groups)",
          ),
    ];
  }
}

async function personCheck(web: WebClient, user: string, where: string): Promise<SetupCheck[]> {
  const place = { area: "Slack", where: `person ${user} (${where})` } as const;
  try {
    const { user: found } = await web.users.info({ user });
    return found?.deleted === true
      ? [wrong(place, "is deactivated", `Remove the id from ${where}`)]
      : [fine(place, `is ${found?.name ?? "there"}`)];
  } catch (error) {
    const name = errorName(error);
    if (name === "missing_scope") return [];
    return [
      name === "user_not_found"
        ? wrong(
            place,
            "Slack does not know this person",
            "Copy the member id from the person's profile",
          )
        : unchecked(place, `Slack does not say (${name})`),
    ];
  }
}
