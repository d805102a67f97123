/**
 * An Alertmanager that can be cut off either way: from the bot's webhook, and from the bot that asks
 * its API. Its clock differs from ours by as much as a test wants.
 */

import type { Alert, Notification } from "../../../src/alerts/alert.ts";
import type { Silence } from "../../../src/alerts/silence.ts";
import type { MemberAlert, MemberApi } from "../../../src/edges/alertmanager/member-api.ts";
import type { AlertmanagerResult } from "../../../src/features/silences/ports.ts";

const GROUP_WAIT_MS = 10_000;
const LEASE_MS = 4 * 60_000;
const FAR = Date.parse("2030-01-01T00:00:00Z");

interface Held {
  readonly group: string;
  readonly startsAt: number;
  readonly isSilenced: boolean;
}

export interface SimulatedSource {
  readonly api: MemberApi;
  readonly held: ReadonlyMap<string, Held>;
  fire(name: string): void;
  end(name: string): void;
  silence(name: string, isSilenced: boolean): void;
  /** Forgets everything, as a restart without data. */
  forget(): void;
  /** What it sends of each group that has something to tell. */
  notifications(): readonly Notification[];
  isApiCut: boolean;
}

/** "a1" is the alert 1 of the group A. */
export function createSimulatedSource(
  now: () => number,
  { skewMs }: { readonly skewMs: number },
): SimulatedSource {
  const held = new Map<string, Held>();
  const over = new Map<string, Alert>();
  const theirs = (): number => now() + skewMs;
  const notified = (name: string, { startsAt, group }: Omit<Held, "isSilenced">): Alert => ({
    fingerprint: name,
    status: "firing",
    labels: { alertname: group, n: name },
    annotations: {},
    startsAt,
  });
  const answer = <T>(value: () => T): Promise<AlertmanagerResult<T>> =>
    Promise.resolve(
      source.isApiCut
        ? { kind: "failed", problem: "It is cut off.", isTooLarge: false, mayBeDone: false }
        : { kind: "answered", value: value() },
    );
  const silence: Silence = {
    id: "s1",
    matchers: [],
    startsAt: 0,
    endsAt: FAR,
    createdBy: "alice",
    comment: "",
    state: "active",
  };
  const api: MemberApi = {
    held: () => answer(() => [...held].map(([name, each]) => memberAlert(name, each, now()))),
    silences: () => answer(() => [silence]),
    groups: () =>
      answer(() =>
        [...Map.groupBy(held, ([, { group }]) => group)].map(([group, members]) => ({
          labels: { alertname: group },
          fingerprints: members.map(([name]) => name),
          active: members.flatMap(([name, each]) =>
            each.isSilenced ? [] : [notified(name, each)],
          ),
        })),
      ),
    started: () => answer(() => ({ at: 0, resolveTimeoutMs: 300_000, groupWaitMs: GROUP_WAIT_MS })),
  };
  const source: SimulatedSource = {
    api,
    held,
    isApiCut: false,
    fire(name) {
      over.delete(name);
      if (held.has(name)) return;
      held.set(name, { group: groupOf(name), startsAt: theirs(), isSilenced: false });
    },
    end(name) {
      const found = held.get(name);
      held.delete(name);
      if (found === undefined || found.isSilenced) return;
      over.set(name, { ...notified(name, found), status: "resolved", endsAt: theirs() });
    },
    silence(name, isSilenced) {
      const found = held.get(name);
      if (found !== undefined) held.set(name, { ...found, isSilenced });
    },
    forget() {
      held.clear();
      over.clear();
    },
    notifications() {
      const firing = [...held].flatMap(([name, each]) =>
        each.isSilenced ? [] : [notified(name, each)],
      );
      const all = [...firing, ...over.values()];
      over.clear();
      return [...Map.groupBy(all, ({ labels }) => labels["alertname"] ?? "")].map(
        ([group, alerts]) => notificationOf(group, alerts),
      );
    },
  };
  return source;
}

function groupOf(name: string): string {
  return name.charAt(0).toUpperCase();
}

function memberAlert(
  name: string,
  { group, startsAt, isSilenced }: Held,
  now: number,
): MemberAlert {
  return {
    fingerprint: name,
    labels: { alertname: group, n: name },
    startsAt,
    leaseUntil: now + LEASE_MS,
    isSuppressed: isSilenced,
    silencedBy: isSilenced ? ["s1"] : [],
    inhibitedBy: [],
    mutedBy: [],
  };
}

function notificationOf(group: string, alerts: readonly Alert[]): Notification {
  const labels = { alertname: group };
  return {
    source: "prod",
    groupKey: `{}/{team="x"}:{alertname="${group}"}`,
    receiver: "bot",
    status: alerts.some(({ status }) => status === "firing") ? "firing" : "resolved",
    groupLabels: labels,
    commonLabels: labels,
    externalUrl: "http://am:9093",
    truncatedAlerts: 0,
    alerts,
  };
}
