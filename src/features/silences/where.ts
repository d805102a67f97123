/** Which Alertmanager is meant: the target's; without a target the only one, or the one chosen. */

import type { Target } from "../../diagnosis/target.ts";

export type AlertmanagerChoice =
  | { readonly kind: "at"; readonly address: string }
  /** Several are configured and nothing tells which: each by a target that uses it. */
  | { readonly kind: "choose"; readonly options: readonly PlaceOption[] }
  | { readonly kind: "none"; readonly problem: string };

interface PlaceOption {
  /** The first target that uses it. */
  readonly value: string;
  readonly address: string;
  readonly label: string;
}

/** The configured Alertmanagers, each once, in the order of the targets. */
export function addressesOf(targets: readonly Target[]): string[] {
  return [...new Set(targets.flatMap(({ alertmanager }) => alertmanager ?? []))];
}

export interface AlertmanagerHints {
  /** The target that the incident speaks of. */
  readonly target?: string;
  /** The target that was chosen where nothing else told. */
  readonly chosen?: string;
}

export function placeOf(
  targets: readonly Target[],
  { target, chosen }: AlertmanagerHints,
): AlertmanagerChoice {
  const own = targets.find(({ name }) => name === target);
  if (own !== undefined) {
    return own.alertmanager === undefined
      ? {
          kind: "none",
          problem: `The target ${own.name} names no Alertmanager, so nothing can be silenced from here. Set its targets[].alertmanager in the bot's configuration.`,
        }
      : { kind: "at", address: own.alertmanager };
  }
  const addresses = addressesOf(targets);
  const [only, ...others] = addresses;
  if (only === undefined) return { kind: "none", problem: NOWHERE };
  if (others.length === 0) return { kind: "at", address: only };
  const picked = targets.find(({ name }) => name === chosen)?.alertmanager;
  return picked === undefined
    ? { kind: "choose", options: optionsOf(targets) }
    : { kind: "at", address: picked };
}

const NOWHERE =
  "No Alertmanager is configured, so nothing can be silenced from here. Set targets[].alertmanager in the bot's configuration.";

/** All that can be chosen between, when nothing but a choice can tell; otherwise none. */
function optionsOf(targets: readonly Target[]): PlaceOption[] {
  return addressesOf(targets).map((address) => {
    const users = targets.filter(({ alertmanager }) => alertmanager === address);
    const names = users.map(({ name }) => name).join(", ");
    return { value: users[0]?.name ?? "", address, label: `${names}: ${address}` };
  });
}
