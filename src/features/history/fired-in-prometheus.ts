/**
 * How often an alert fired by what Prometheus keeps of it: also before the bot was there, and where its
 * notifications go elsewhere. Prometheus has a series ALERTS while an alert is pending or fires
 * (prometheus.io/docs, "Alerting rules", "Inspecting alerts during runtime").
 */

import type { LineOverTime, Moments } from "../../diagnosis/checks/picture.ts";
import { type Target, targetOfAlert } from "../../diagnosis/target.ts";
import type { Labels } from "../../exposition/sample.ts";
import { DAY_MS } from "../../promql/duration.ts";
import { promqlString } from "../../promql/literals.ts";
import type { Person } from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import type { Clock } from "../shared/ports.ts";
import type { PrometheusSource } from "../targets/chart-source.ts";
import type { FiredInPrometheus } from "./render-alert-history.ts";

/** Prometheus keeps 15 days unless it is configured otherwise. */
const WINDOW_MS = 14 * DAY_MS;
const STEP_MS = 10 * 60_000;
/** Targets that are asked for one answer. */
const MOST_TARGETS = 5;

export interface FiredPorts {
  readonly prometheus: PrometheusSource;
  readonly targets: readonly Target[];
  readonly permission: Pick<Permission, "targetsFor">;
  readonly clock: Pick<Clock, "now">;
}

/** Of each target that the person may ask: what fired there, its Kafka port and disk included. */
export async function firedInPrometheus(
  { prometheus, targets, permission, clock }: FiredPorts,
  alert: string,
  person: Person,
): Promise<FiredInPrometheus[]> {
  const asked = permission
    .targetsFor(person, targets)
    .filter((target) => target.prometheus !== undefined)
    .slice(0, MOST_TARGETS);
  const endMs = Math.floor(clock.now() / 1_000) * 1_000;
  const moments = { startMs: endMs - WINDOW_MS, endMs, stepMs: STEP_MS };
  return Promise.all(
    asked.map(async (target) => {
      const answer = await prometheus.range(target, firingExpr(alert, targets), moments);
      const head = { target: target.name, windowMs: WINDOW_MS };
      if (answer.kind === "lines") {
        const lines = answer.lines.filter((each) => isOf(target, { targets, labels: each.labels }));
        return { ...head, ...timesOf(lines, moments) };
      }
      const problem =
        answer.kind === "refused" ? `answers ${answer.status}: ${answer.problem}` : answer.says;
      return { ...head, times: 0, totalMs: 0, problem };
    }),
  );
}

/** By these an alert is known to be of a target, besides the labels that the targets name. */
const TELLING = ["job", "instance", "host", "service"];

/** Whatever fired between two moments counts at the later one. */
function firingExpr(alert: string, targets: readonly Target[]): string {
  const names = new Set([...TELLING, ...targets.flatMap(({ labels }) => Object.keys(labels))]);
  const firing = `ALERTS{alertname=${promqlString(alert)},alertstate="firing"}`;
  return `sum by (${[...names].join(",")}) (count_over_time(${firing}[${STEP_MS / 1_000}s]))`;
}

/** What fires for no target, and contradicts the labels of none, is of all: a Watchdog, for one. */
function isOf(
  target: Target,
  { targets, labels }: { readonly targets: readonly Target[]; readonly labels: Labels },
): boolean {
  const owner = targetOfAlert(targets, labels);
  if (owner !== undefined) return owner.name === target.name;
  const named = Object.entries(target.labels);
  if (named.length === 0) return targets.length === 1;
  return named.every(([name, value]) => [value, ""].includes(labels[name] ?? ""));
}

function timesOf(
  lines: readonly LineOverTime[],
  { stepMs }: Moments,
): Pick<FiredInPrometheus, "times" | "totalMs" | "lastMs"> {
  const all = lines.flatMap(({ points }) => points.map(({ timeMs }) => timeMs));
  const moments = [...new Set(all)].toSorted((a, b) => a - b);
  const begins = moments.filter((timeMs, n) => timeMs - (moments[n - 1] ?? 0) > stepMs);
  const lastMs = moments.at(-1);
  return {
    times: begins.length,
    totalMs: moments.length * stepMs,
    ...(lastMs === undefined ? {} : { lastMs }),
  };
}
