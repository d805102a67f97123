/** What Home shows of a target, from its last poll: it is not asked again. */

import type { Target } from "../../diagnosis/target.ts";
import type { FoundOn } from "../shared/found-state.ts";
import type { TargetObservations } from "../shared/sources.ts";
import type { TargetState } from "./render-home.ts";

export interface LastPolls {
  /** The last poll, and whether the target answered; undefined before the first. */
  lastPoll(target: Target): { readonly at: number; readonly answered: boolean } | undefined;
}

interface TargetStatePorts {
  readonly memory: Pick<TargetObservations, "judgedRules"> & LastPolls;
  readonly found: FoundOn;
}

/** Read for a target; its worst state of each alert counts. */
export function targetStates({ memory, found }: TargetStatePorts) {
  return async (target: Target): Promise<TargetState> => {
    const seen = memory.lastPoll(target);
    const rules = new Map<string, TargetState["rules"][number]>();
    const { held } = await memory.judgedRules(target);
    for (const { rule, state } of held) {
      const { alert, severity } = rule;
      if (rules.get(alert)?.state !== "firing") rules.set(alert, { alert, severity, state });
    }
    const worst = found(target);
    return {
      name: target.name,
      ...(seen === undefined ? {} : { seen }),
      ...(worst === undefined ? {} : { found: worst }),
      rules: [...rules.values()],
    };
  };
}
