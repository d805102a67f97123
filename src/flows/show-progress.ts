/** The ports of an answer, which tell whoever waits when they begin to ask a target. */

import type { Target } from "../diagnosis/target.ts";
import type { TargetSource } from "./answer-command.ts";
import type { Progress } from "./interactions.ts";
import type { WhySlow } from "./why-slow.ts";

interface Asking {
  readonly look: TargetSource;
  readonly whySlow: WhySlow;
}

export function showProgress<Ports extends Asking>(
  ports: Ports,
  progress: Progress | undefined,
): Ports {
  if (progress === undefined) return ports;
  const { look, whySlow } = ports;
  const looking = ({ name }: Target): void => progress.status(`is looking at ${name}…`);
  return {
    ...ports,
    look: {
      health: (target) => {
        looking(target);
        return look.health(target);
      },
      metrics: (target) => {
        looking(target);
        return look.metrics(target);
      },
      counts: (target) => look.counts(target),
    },
    whySlow: {
      diagnose: (target, options) => {
        looking(target);
        return whySlow.diagnose(target, options, progress);
      },
      replay: (id) => whySlow.replay(id),
    },
  };
}
