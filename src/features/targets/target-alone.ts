/** "lag orders-prod" and "topics orders-prod" name a target where a group or a topic could stand. */

import type { Target } from "../../diagnosis/target.ts";

/** The command with what stands under `key` as its target, when a target is called so and none is named. */
export function withTargetAlone<K extends string>(
  targets: readonly Target[],
  command: Readonly<Partial<Record<K | "target", string>>>,
  key: K,
): { readonly name: string | undefined; readonly target: string | undefined } {
  const name = command[key];
  const named = targets.find((target) => target.name.toLowerCase() === name?.toLowerCase());
  const isTarget = command.target === undefined && named !== undefined;
  return isTarget ? { name: undefined, target: named.name } : { name, target: command.target };
}
