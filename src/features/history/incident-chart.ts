/** How an incident's first cause went, as far as the bot's samples reach back: the chart of its timeline. */

import type { Drawing } from "../../block-kit/chart-block.ts";
import type { Check } from "../../diagnosis/checks/check.ts";
import type { Target } from "../../diagnosis/target.ts";
import { HISTORY_MS } from "../../history/history.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Clock } from "../shared/ports.ts";
import type { ChartSource } from "../targets/chart-source.ts";

export interface IncidentChartPorts {
  readonly whySlow: { checks(): readonly Check[] };
  readonly charts: Pick<ChartSource, "draw">;
  readonly targets: readonly Target[];
  readonly clock: Pick<Clock, "now">;
}

/** Shown before the alert, so that the beginning is in it, and after its end. */
const BEFORE_MS = 10 * 60_000;
const AFTER_MS = 3 * 60_000;

/** Undefined where no cause was found, or nothing of its time is kept. */
export async function incidentChart(
  { whySlow, charts, targets, clock }: IncidentChartPorts,
  { target: name, found = [], openedAt, resolvedAt, status }: Incident,
): Promise<Drawing | undefined> {
  const target = targets.find((each) => each.name === name);
  const check = found
    .map(({ check: id }) => whySlow.checks().find((each) => each.id === id))
    .find((each) => each?.chart !== undefined);
  if (target === undefined || check?.chart === undefined) return undefined;
  const nowMs = clock.now();
  const untilMs = Math.min(nowMs, (resolvedAt ?? nowMs) + AFTER_MS);
  const fromMs = Math.max(openedAt - BEFORE_MS, nowMs - HISTORY_MS);
  // An alert that is older than the samples has its beginning nowhere.
  if (fromMs >= untilMs || openedAt < nowMs - HISTORY_MS) return undefined;
  const what = { kind: "promql", text: check.chart } as const;
  const drawn = await charts.draw(target, { what, windowMs: untilMs - fromMs, nowMs: untilMs });
  if (drawn.kind !== "picture") return undefined;
  const { timesMs, series } = drawn.picture;
  return { check, timesMs, series, ...(status === "firing" ? {} : { isOver: true }) };
}
