/** Why somebody may not do something, as they read it. */

import type { Target } from "../../diagnosis/target.ts";
import type { RefusalReason } from "./decide.ts";
import type { Right } from "./rights.ts";

/** A sentence or two, with what the person can do. */
export function refusalWords(
  reason: RefusalReason,
  right: Right,
  target: Pick<Target, "name"> | undefined,
): string {
  switch (reason) {
    case "unknown-person":
      return "I cannot look you up in Slack, so I cannot check what you may do. Try again in a minute. If it continues, the app may lack the permission `users:read`.";
    case "guest":
      return `You are a guest of this workspace, and guests may not ${DOING[right]} unless the configuration names them. ${ASK_FOR_IT}`;
    case "external":
      return `You are from another organization, and external people may not ${DOING[right]} unless the configuration names them. ${ASK_FOR_IT}`;
    case "bot":
      return `Bots may not ${DOING[right]} unless the configuration names them.`;
    case "not-named":
      return `The configuration (permissions.${right}) does not let you ${DOING[right]}.${openToAll(right)}`;
    case "nobody-named":
      return `The configuration lets nobody ${DOING[right]}: it names no one in permissions.${right}.`;
    case "not-from-program":
      return `To ${DOING[right]}, use Slack: the audit log needs a person.`;
    case "no-channel":
      return `The configuration (permissions.ask) lets people ask the servers in some channels only. Ask there.${openToAll(right)}`;
    case "other-channel":
      return `The configuration (permissions.ask) does not let people in this channel ask the servers.${openToAll(right)}`;
    case "target-elsewhere":
      return `The configuration lets people ask ${target === undefined ? "this target" : `\`${target.name}\``} in other channels only (targets[].channels).`;
  }
}

const ASK_FOR_IT =
  "Whoever runs the bot can add you under permissions.outsiders in its configuration.";

const DOING: Readonly<Record<Right, string>> = {
  read: "search the runbooks",
  ask: "ask the servers",
  query: "ask with PromQL of your own",
  acknowledge: "acknowledge alerts or maintain the runbooks",
  silence: "silence alerts",
};

function openToAll(right: Right): string {
  switch (right) {
    case "ask":
      return " Searching the runbooks is open to everyone here.";
    case "query":
      return " You may chart a metric by its name if you may ask the servers.";
    case "read":
    case "acknowledge":
    case "silence":
      return "";
  }
}
