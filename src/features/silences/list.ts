/** The silences of all configured Alertmanagers. */

import { listSilences } from "../../alerts/forgotten-silences.ts";
import type { Clock } from "../shared/ports.ts";
import { firstAnswer } from "./first-answer.ts";
import type { Alertmanagers } from "./ports.ts";
import type { SilencesOf } from "./render-silences.ts";
import type { SilencePlaces } from "./where.ts";

export interface ListPorts {
  readonly alertmanagers: Pick<Alertmanagers, "silences" | "alerts">;
  readonly places: SilencePlaces;
  readonly clock: Pick<Clock, "now">;
}

/** The silences, as of a moment. */
export interface SilencesAnswer {
  readonly silences: readonly SilencesOf[];
  readonly nowMs: number;
}

/** Of each place the first member that answers; where none does, why not. */
export async function listedSilences({
  alertmanagers,
  places,
  clock,
}: ListPorts): Promise<SilencesAnswer> {
  const nowMs = clock.now();
  const all = await Promise.all(
    places.all.map(async ({ addresses }): Promise<SilencesOf> => {
      const { address, result: silences } = await firstAnswer(addresses, (each) =>
        alertmanagers.silences(each),
      );
      if (silences.kind === "failed") return { address, answer: silences };
      const alerts = await alertmanagers.alerts(address, []);
      if (alerts.kind === "failed") return { address, answer: alerts };
      const list = listSilences(silences.value, alerts.value, nowMs);
      return { address, answer: { kind: "answered", listed: list } };
    }),
  );
  return { silences: all, nowMs };
}
