/** What Prometheus may scrape of the targets, out of the bot's own memory. */

import { evidenceOf } from "../diagnosis/checks/evidence-of-history.ts";
import { exportedSeries, probeAnswer } from "../diagnosis/exported-series.ts";
import type { Target } from "../diagnosis/target.ts";
import type { TargetRoutes } from "../edges/http/target-routes.ts";
import type { Sample } from "../exposition/sample.ts";
import type { TargetAccess } from "./compose-targets.ts";
import type { Foundation } from "./foundation.ts";

/** What the bot serves of its targets: series of its own, and the answers to probes. */
export function composeExporter(
  { clock, secrets }: Foundation,
  { targets, memory }: Pick<TargetAccess, "targets" | "memory">,
): TargetRoutes {
  const evidence = (target: Target) => evidenceOf(memory.history(target));
  const exported = (target: Target) => exportedSeries(target, evidence(target), clock.now());
  return {
    *all() {
      for (const target of targets) yield* exported(target);
    },
    nameOf: (asked) => targets.find((target) => isMeant(target, asked))?.name,
    *one(name, module): Generator<readonly Sample[], void> {
      const target = targets.find((each) => each.name === name);
      if (target === undefined) return;
      if (module === undefined) yield* exported(target);
      else yield probeAnswer(module, evidence(target), clock.now());
    },
    names: () => targets.map(({ name }) => name),
    auth: () => secrets.current().metricsAuth,
    now: () => clock.now(),
  };
}

/**
 * Prometheus has a server's address at hand rather than our name of it, and for a blackbox exporter a
 * whole one: `http://broker-1:9094/health`.
 */
function isMeant({ name, http, kafka }: Target, asked: string): boolean {
  return [name, http, `${http}/health`, new URL(http).host, kafka].includes(asked);
}
