/** What Prometheus may scrape of the targets, out of the bot's own memory. */

import { evidenceOf } from "../diagnosis/checks/evidence-of-history.ts";
import { exportedSeries, probeAnswer } from "../diagnosis/exported-series.ts";
import type { Target } from "../diagnosis/target.ts";
import type { TargetRoutes } from "../edges/http/target-routes.ts";
import type { TargetAccess } from "./compose-targets.ts";
import type { Foundation } from "./foundation.ts";

export function composeExporter(
  { clock, secrets }: Foundation,
  { targets, memory }: Pick<TargetAccess, "targets" | "memory">,
): TargetRoutes {
  const evidence = (target: Target) => evidenceOf(memory.history(target));
  return {
    all: () => targets.flatMap((target) => exportedSeries(target, evidence(target), clock.now())),
    one(asked, module) {
      const target = targets.find((each) => isMeant(each, asked));
      if (target === undefined) return undefined;
      return module === undefined
        ? exportedSeries(target, evidence(target), clock.now())
        : probeAnswer(module, evidence(target), clock.now());
    },
    names: () => targets.map(({ name }) => name),
    auth: () => secrets.current().metricsAuth,
    now: () => clock.now(),
  };
}

/** Prometheus has a server's address at hand rather than our name of it. */
function isMeant({ name, http, kafka }: Target, asked: string): boolean {
  return [name, http, new URL(http).host, kafka].includes(asked);
}
