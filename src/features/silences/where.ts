/** Which Alertmanager is meant: the incident's source, its target's; else the only one, or the one chosen. */

import { type AlertSource, addressOfMember } from "../../alerts/source.ts";
import type { Target } from "../../diagnosis/target.ts";

/** One Alertmanager, or the members of a cluster: what is silenced at one of them is at all. */
export interface SilencePlace {
  /** What it is chosen by: the name of its source, or of the first target that uses it. */
  readonly value: string;
  readonly label: string;
  readonly addresses: readonly string[];
  readonly source?: string;
  /** Names of the targets whose alerts it holds; empty where nobody says. */
  readonly targets: readonly string[];
}

type AlertmanagerChoice =
  | { readonly kind: "at"; readonly addresses: readonly string[] }
  /** Several are configured and nothing tells which. */
  | { readonly kind: "choose"; readonly options: readonly SilencePlace[] }
  | { readonly kind: "none"; readonly problem: string };

export interface AlertmanagerHints {
  /** The source of the incident. */
  readonly source?: string;
  /** The target that the incident speaks of. */
  readonly target?: string;
  /** What was chosen where nothing else decides. */
  readonly chosen?: string;
}

export interface SilencePlaces {
  /** Each place once: those of the sources, then what only targets name. */
  readonly all: readonly SilencePlace[];
  of(hints: AlertmanagerHints): AlertmanagerChoice;
  /** The members of the cluster that this one belongs to, itself first; none when it is not configured. */
  peersOf(address: string): readonly string[];
}

/** The places of all sources and targets. Peers are one place; members that are none are a place each. */
export function createPlaces(
  sources: readonly AlertSource[],
  targets: readonly Target[],
): SilencePlaces {
  const all = placesOf(sources, targets);
  return {
    all,
    of: (hints) => placeOf(all, targets, hints),
    peersOf(address) {
      const members = all.find(({ addresses }) => addresses.includes(address))?.addresses ?? [];
      return members.toSorted((a, b) => Number(b === address) - Number(a === address));
    },
  };
}

function placesOf(sources: readonly AlertSource[], targets: readonly Target[]): SilencePlace[] {
  const ofSources = sources.flatMap((source) => {
    const { name, members, arePeers } = source;
    // Members that are no peers hold different alerts, so each is a place of its own.
    const clusters = arePeers ? [members] : members.map((member) => [member]);
    return clusters
      .filter((addresses) => addresses.length > 0)
      .map((addresses) => ({ ...namedPlace(addresses, { source, targets }), source: name }));
  });
  const known = new Set(ofSources.flatMap(({ addresses }) => addresses.map(addressOfMember)));
  const others = new Set(targets.flatMap(({ alertmanager }) => alertmanager ?? []));
  const ofTargets = [...others]
    .filter((address) => !known.has(address))
    .map((address) => namedPlace([address], { targets }));
  return [...ofSources, ...ofTargets];
}

interface Naming {
  readonly source?: AlertSource;
  readonly targets: readonly Target[];
}

function namedPlace(addresses: readonly string[], { source, targets }: Naming): SilencePlace {
  const users = targets.filter(
    ({ alertmanager }) => alertmanager !== undefined && addresses.includes(alertmanager),
  );
  const names = [...new Set([...(source?.targets ?? []), ...users.map(({ name }) => name)])];
  const isNamed = source !== undefined && (source.arePeers || names.length === 0);
  const [first = source?.name ?? ""] = names;
  const where = addresses.join(", ");
  return {
    value: isNamed ? source.name : first,
    label: `${isNamed && names.length === 0 ? source.name : names.join(", ")}: ${where}`,
    addresses,
    targets: names,
  };
}

function placeOf(
  all: readonly SilencePlace[],
  targets: readonly Target[],
  { source, target, chosen }: AlertmanagerHints,
): AlertmanagerChoice {
  const ofSource = all.filter((place) => place.source !== undefined && place.source === source);
  const [only, ...more] = ofSource;
  if (only !== undefined && more.length === 0) return at(only);
  const among = ofSource.length > 0 ? ofSource : all;
  const own = targets.find(({ name }) => name === target);
  if (own !== undefined) {
    const used = among.find(({ targets: names }) => names.includes(own.name));
    return used === undefined ? { kind: "none", problem: nothingNamed(own.name) } : at(used);
  }
  const [first, ...others] = among;
  if (first === undefined) return { kind: "none", problem: NOWHERE };
  if (others.length === 0) return at(first);
  const picked = among.find(({ value }) => value === chosen);
  return picked === undefined ? { kind: "choose", options: among } : at(picked);
}

function at({ addresses }: SilencePlace): AlertmanagerChoice {
  return { kind: "at", addresses };
}

function nothingNamed(target: string): string {
  return `The target ${target} names no Alertmanager, and no source says that it holds its alerts, so nothing can be silenced from here. Set sources[].members with sources[].targets, or targets[].alertmanager, in the bot's configuration.`;
}

const NOWHERE =
  "No Alertmanager is configured, so nothing can be silenced from here. Set sources[].members, or targets[].alertmanager, in the bot's configuration.";
