/** The silences of all configured Alertmanagers. */

import { listSilences } from "../../alerts/forgotten-silences.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Clock } from "../shared/ports.ts";
import type { Alertmanagers } from "./ports.ts";
import type { SilencesOf } from "./render-silences.ts";
import { addressesOf } from "./where.ts";

export interface ListPorts {
  readonly alertmanagers: Pick<Alertmanagers, "silences" | "alerts">;
  readonly targets: readonly Target[];
  readonly clock: Pick<Clock, "now">;
}

/** The silences, as of a moment. */
export interface SilencesAnswer {
  readonly silences: readonly SilencesOf[];
  readonly nowMs: number;
}

export async function listedSilences({
  alertmanagers,
  targets,
  clock,
}: ListPorts): Promise<SilencesAnswer> {
  const nowMs = clock.now();
  const all = await Promise.all(
    addressesOf(targets).map(async (address): Promise<SilencesOf> => {
      const [silences, alerts] = await Promise.all([
        alertmanagers.silences(address),
        alertmanagers.alerts(address, []),
      ]);
      if (silences.kind === "failed") return { address, told: silences };
      if (alerts.kind === "failed") return { address, told: alerts };
      const list = listSilences(silences.value, alerts.value, nowMs);
      return { address, told: { kind: "told", listed: list } };
    }),
  );
  return { silences: all, nowMs };
}
