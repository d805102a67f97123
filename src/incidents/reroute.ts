/** An open incident goes on in another channel, because the configuration routes it there now. */

import { BY_ITSELF, type Change } from "./change.ts";
import { explanationsOf } from "./explain.ts";
import type { Incident } from "./incident.ts";
import type { Notice } from "./notice.ts";

/**
 * The incident as a new one of that channel, and what its old thread is moved. Undefined when there is
 * nothing to move: it is over, another app's, or there already.
 */
export function reroute(current: Incident, channel: string): Change | undefined {
  const { messageTs, ...incident } = current;
  const isFixed = current.status !== "firing" || current.isExternal === true;
  if (isFixed || current.channel === channel) return undefined;
  const moved: Notice[] =
    messageTs === undefined
      ? []
      : [{ kind: "rerouted", from: { channel: current.channel, ts: messageTs } }];
  return {
    incident: { ...incident, channel },
    notices: [...explanationsOf(incident), ...moved],
    leavesChannel: true,
    audit: { who: BY_ITSELF, action: "rerouted", detail: { from: current.channel, to: channel } },
  };
}
