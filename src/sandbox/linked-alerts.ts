/**
 * Faults of the simulated server with the alert that each causes: some seconds after a fault is switched
 * on, its alert fires, and some seconds after it is switched off, that alert ends. A real rule waits
 * for minutes; the panel says both.
 */

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
  "transactions-timing-out": "TransactionTimeouts",
};

/** What the simulated faults of consumers befall. */
const LABELS: Readonly<Record<string, string>> = { topic: "orders", group: "fulfilment" };
const OF_GROUPS = /^(?:consumer-|group-|rebalance-|lag-)/;

export function linkAlerts({ faults, alerts, afterMs }: LinkedAlertOptions): LinkedAlerts {
  const waiting = new Map<string, NodeJS.Timeout>();
  const fired = new Set<string>();

  const alertOf = (id: string): { name: string; waits: string } | undefined => {
    const name = NAMES[id] ?? pascal(id);
    const found = alerts.alerts().find((each) => each.name === name);
    return found === undefined ? undefined : { name, waits: found.waits };
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
      const isOn = faults.faults().some((fault) => fault.id === id && fault.on);
      await faults.setFault(id, change);
      if (isOn !== change.on) settle(id, change.on ? "firing" : "resolved");
    },
    stop() {
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}

function withAlert(
  fault: ControlFault,
  alert: { readonly name: string; readonly waits: string } | undefined,
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
