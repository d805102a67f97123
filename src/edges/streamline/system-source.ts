/**
 * Memory and disk, from the dashboard's endpoint: the only place that has them.
 *
 * Each request walks the whole data directory (streamline-facts 1.4), so it is asked every few
 * minutes. In between the last figures stand, since PromQL forgets a series after five minutes;
 * after two intervals without a new answer they are dropped.
 */

import { systemSeries } from "../../diagnosis/checks/own-series.ts";
import { API } from "../../diagnosis/health/api-answers.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Sample } from "../../exposition/sample.ts";
import { ask, type Source } from "./source.ts";
import type { TargetClient } from "./target-client.ts";

export interface SystemSourceOptions {
  readonly poll: Pick<TargetClient, "get">;
  readonly target: Target;
  readonly everyMs: number;
}

/** A source of samples; intervals in milliseconds. */
export function createSystemSource(options: SystemSourceOptions): Source {
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let knownAtMs = Number.NEGATIVE_INFINITY;
  let known: readonly Sample[] = [];
  return {
    async sample({ atMs }) {
      if (atMs - askedAtMs >= options.everyMs) {
        askedAtMs = atMs;
        const system = await ask(options, "/api/v1/dashboard/system", API.system);
        if (system.kind === "value") {
          knownAtMs = atMs;
          known = systemSeries(system.value);
        }
      }
      return atMs - knownAtMs < 2 * options.everyMs ? known : [];
    },
  };
}
