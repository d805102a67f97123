/** Where alerts come from: one Alertmanager, an HA pair of them, or another sender. */

import { DEFAULT_SOURCE } from "./alert.ts";

export interface AlertSource {
  readonly name: string;
  /** Addresses of its members' API; none when it has no API that the bot may ask. */
  readonly members: readonly string[];
  /** Whether its members are peers, of which each holds everything; else each holds its own. */
  readonly arePeers: boolean;
  /** Sent with each request to its API: `X-Scope-OrgID` and the like. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names of the targets that its alerts speak of; empty means any. */
  readonly targets: readonly string[];
  /** Base address of the Grafana that its alerts' paths of dashboards belong to. */
  readonly grafana?: string;
  /** How often its API is asked, in milliseconds. */
  readonly everyMs: number;
  /** So long it must be seen not to hold an alert before that alert is over, in milliseconds. */
  readonly absentForMs: number;
}

/** Between two answers an alert may have moved from one member to another. */
export const ABSENT_FOR_MS = 30_000;

/**
 * An API is asked this often unless the configuration says otherwise, in milliseconds: what is missing,
 * and still is half a minute later, is then shown within a minute.
 */
const ASKED_EVERY_MS = 20_000;

/**
 * The sources, of which one address may be several: the tenants of one Mimir differ in a header alone.
 * Such members carry the name of their source behind "#", so that nothing takes one for the other.
 */
export function withOwnMembers<Each extends Pick<AlertSource, "name" | "members">>(
  sources: readonly Each[],
): Each[] {
  const isShared = (address: string): boolean =>
    sources.filter(({ members }) => members.includes(address)).length > 1;
  return sources.map((source) => ({
    ...source,
    members: source.members.map((each) => (isShared(each) ? `${each}#${source.name}` : each)),
  }));
}

/** Where a member is asked. */
export function addressOfMember(member: string): string {
  return member.replace(/#.*$/, "");
}

/**
 * The configured sources, `default` among them. Where nobody names it, the Alertmanagers of the
 * targets are its API: with several, each may hold what the others do not.
 */
export function allSources(
  configured: readonly AlertSource[],
  targets: readonly { readonly alertmanager?: string }[],
): readonly AlertSource[] {
  if (configured.some(({ name }) => name === DEFAULT_SOURCE)) return configured;
  const named = new Set(configured.flatMap(({ members }) => members.map(addressOfMember)));
  const addresses = new Set(targets.flatMap(({ alertmanager }) => alertmanager ?? []));
  const members = [...addresses].filter((address) => !named.has(address));
  const own: AlertSource = {
    name: DEFAULT_SOURCE,
    members,
    arePeers: members.length === 1,
    headers: {},
    targets: [],
    everyMs: ASKED_EVERY_MS,
    absentForMs: ABSENT_FOR_MS,
  };
  return [own, ...configured];
}
