/** Who may send for which source, and what a request to its API carries. */

import { DEFAULT_SOURCE } from "../../alerts/alert.ts";
import type { Config, Credentials } from "../../config/config.ts";
import type { Access } from "./alertmanagers.ts";

/** By name; sources without credentials of their own share the common ones. */
export function webhookSources({
  sources,
  webhook,
}: Config): ReadonlyMap<string, readonly Credentials[]> {
  return new Map([
    [DEFAULT_SOURCE, webhook.auth],
    ...sources.map(({ name, webhookAuth }) => [name, webhookAuth ?? webhook.auth] as const),
  ]);
}

/** Secrets may be read again while the bot runs, so they are asked for at each request. */
export function accessOfSources(secrets: () => Config): (address: string) => Access {
  return (address) => {
    const { sources, alertmanagerAuth } = secrets();
    const source = sources.find(({ members }) => members.includes(address));
    const auth = source?.apiAuth ?? alertmanagerAuth;
    return { headers: source?.headers ?? {}, ...(auth === undefined ? {} : { auth }) };
  };
}
