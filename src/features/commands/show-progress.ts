/** The ports of an answer, which tell whoever waits when they begin to ask a target. */

import type { Target } from "../../diagnosis/target.ts";
import type { Progress } from "../shared/interactions.ts";
import type { TargetSource } from "../shared/sources.ts";
import type { WhySlow } from "../why-slow/why-slow.ts";

interface Asking {
  readonly poll: TargetSource;
  readonly whySlow: WhySlow;
}

export function showProgress<Ports extends Asking>(
  ports: Ports,
  progress: Progress | undefined,
): Ports {
  if (progress === undefined) return ports;
  const { poll, whySlow } = ports;
  const polling = ({ name }: Target): void => progress.status(`is looking at ${name}…`);
  return {
    ...ports,
    poll: {
      health: (target) => {
        polling(target);
        return poll.health(target);
      },
      metrics: (target) => {
        polling(target);
        return poll.metrics(target);
      },
      counts: (target) => poll.counts(target),
    },
    whySlow: {
      diagnose: (target, options) => {
        polling(target);
        return whySlow.diagnose(target, options, progress);
      },
      replay: (id) => whySlow.replay(id),
    },
  };
}
