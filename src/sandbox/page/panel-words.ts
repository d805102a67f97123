/** What the panel is called, and what its alerts are: a real server stands behind some sandboxes. */

import type { PageState } from "../slack/page-protocol.ts";

type ServerBehind = Pick<PageState, "realServer">;

/** The title of the panel. */
export function panelTitle({ realServer }: ServerBehind): string {
  return realServer === undefined ? "Simulated Streamline" : "Alerts to try";
}

/** The sentence above its alerts. */
export function whoSends({ realServer }: ServerBehind): string {
  return realServer === undefined
    ? "Sent to the bot as Alertmanager sends them."
    : `Only pretended: sent to the bot as Alertmanager sends them. ${realServer} is a real server, and is only read.`;
}
