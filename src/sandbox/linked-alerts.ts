/**
 * Faults of the simulated server with the alert that each causes: some seconds after a fault is switched
 * on, its alert fires, and some seconds after it is switched off, that alert ends. A real rule waits
 * for minutes, so the fault has lasted as long already, and what its checks look back over; the panel
 * says all of it.
 */

import { parseDuration } from "../promql/duration.ts";
import type { ControlFault, FaultChange, SandboxControls } from "./slack/controls.ts";

export interface LinkedAlertOptions {
  readonly faults: Pick<SandboxControls, "faults" | "setFault">;
  readonly alerts: Pick<SandboxControls, "alerts" | "fireAlert">;
  readonly afterMs: number;
}

export interface LinkedAlerts extends Pick<SandboxControls, "faults" | "setFault"> {
  /** Nothing fires any more. */
  stop(): void;
}

/** Where the alert is called otherwise than its fault. */
const NAMES: Readonly<Record<string, string>> = {
  "server-down": "StreamlineDown",
  "http-hanging": "StreamlineDown",
  "http-garbage": "StreamlineDown",
  "foreign-service": "StreamlineDown",
  "cluster-leaderless": "ClusterWithoutLeader",
  saturated: "ServerSaturated",
  "consumer-stuck-after-replay": "ConsumerStopped",
  "transactions-timing-out": "TransactionTimeouts",
};

/** What the simulated faults of consumers befall. */
const LABELS: Readonly<Record<string, string>> = { topic: "orders", group: "fulfilment" };
const OF_GROUPS = /^(?:consumer-|group-|rebalance-|lag-)/;

/** Switches whose faults fire and end their alerts `afterMs` milliseconds later, through `alerts`. */
export function linkAlerts({ faults, alerts, afterMs }: LinkedAlertOptions): LinkedAlerts {
  const waiting = new Map<string, NodeJS.Timeout>();
  const fired = new Set<string>();

  const alertOf = (id: string): LinkedAlert | undefined => {
    const name = NAMES[id] ?? pascal(id);
    const found = alerts.alerts().find((each) => each.name === name);
    if (found === undefined) return undefined;
    return { name, waits: found.waits, lastedMinutes: lastedMinutes(found.waits) };
  };

  const settle = (id: string, status: "firing" | "resolved"): void => {
    const alert = alertOf(id);
    clearTimeout(waiting.get(id));
    waiting.delete(id);
    if (alert === undefined || (status === "resolved" && !fired.has(id))) return;
    const labels = OF_GROUPS.test(id) ? { labels: LABELS } : {};
    const fire = async (): Promise<void> => {
      waiting.delete(id);
      if (status === "firing") fired.add(id);
      else fired.delete(id);
      await alerts.fireAlert(alert.name, { status, ...labels });
    };
    // The bot may be stopping; a person can fire it by hand.
    const timer = setTimeout(() => void fire().catch(() => undefined), afterMs);
    waiting.set(id, timer.unref());
  };

  return {
    faults: () => faults.faults().map((fault) => withAlert(fault, alertOf(fault.id), afterMs)),
    async setFault(id: string, change: FaultChange) {
      const fault = faults.faults().find((each) => each.id === id);
      const isOn = fault?.on === true;
      const alert = fault?.kind === "fault" && change.on && !isOn ? alertOf(id) : undefined;
      await faults.setFault(
        id,
        alert === undefined ? change : { ...change, lastedMinutes: alert.lastedMinutes },
      );
      if (isOn !== change.on) settle(id, change.on ? "firing" : "resolved");
    },
    stop() {
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}

interface LinkedAlert {
  readonly name: string;
  readonly waits: string;
  readonly lastedMinutes: number;
}

/** What checks look back over beside what their rules wait for, and the most that fits into a past. */
const LOOK_BACK_MINUTES = 5;
const MOST_MINUTES = 25;

function lastedMinutes(waits: string): number {
  const minutes = Math.ceil((parseDuration(waits) ?? 0) / 60_000);
  return Math.min(MOST_MINUTES, minutes + LOOK_BACK_MINUTES);
}

function withAlert(
  fault: ControlFault,
  alert: LinkedAlert | undefined,
  afterMs: number,
): ControlFault {
  if (fault.kind !== "fault" || alert === undefined) return fault;
  return { ...fault, alert: { ...alert, afterSeconds: Math.round(afterMs / 1_000) } };
}

/** "disk-full" -> "DiskFull" */
function pascal(id: string): string {
  return id
    .split("-")
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join("");
}
