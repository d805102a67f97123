/**
 * Sends notifications as Alertmanager does, again until they are taken, and keeps account of them.
 *
 * Those of one group follow each other, as Alertmanager's do (dispatch: a group is flushed again only
 * when its last flush has ended), and one that would have waited behind another is not sent any more
 * when there is a newer one: the next flush says what is true by then. Without that, a retry of an older
 * state could be taken after a newer one, and the account would be of what no Alertmanager sends.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { createOneAtATime } from "../../src/features/shared/one-at-a-time.ts";
import { WEBHOOK_TOKEN } from "./processes.ts";

/** What was sent of one group of alerts, and what must be true of it in Slack. */
export interface SentGroup {
  readonly name: string;
  readonly severity: string;
  alerts: number;
  state: "firing" | "resolved";
  /** Ends that were taken: each must be said once in its thread. */
  ends: number;
  /** Since when its alerts fire, as their source says. */
  startedAt: number;
}

export interface Sender {
  readonly groups: ReadonlyMap<string, SentGroup>;
  /** Notifications that were taken. */
  readonly taken: number;
  /** How long each request that was answered took, in milliseconds. */
  readonly times: readonly number[];
  /** Requests without an answer in time, or with one that asks to come again. */
  readonly refused: { timeouts: number; busy: number };
  /** Until it is taken, or until a newer one of its group takes its place. */
  send(what: Sending): Promise<void>;
}

interface Sending {
  readonly name: string;
  readonly state: "firing" | "resolved";
  readonly severity?: string;
  readonly alerts?: number;
  /** By which it is routed; without one of PLACES into the channel of the storm. */
  readonly place?: string;
}

/** Alertmanager's own timeout is the group's interval; it sends again at growing intervals. */
const TIMEOUT_MS = 10_000;
const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 2_000;

/** `urls` are the bot's replicas, each of which takes its turn, as behind a balancer. */
export function createSender(urls: readonly string[]): Sender {
  const groups = new Map<string, SentGroup>();
  const times: number[] = [];
  const refused = { timeouts: 0, busy: 0 };
  let taken = 0;
  let turn = 0;
  const once = async (body: string): Promise<boolean> => {
    const beganAt = performance.now();
    turn += 1;
    try {
      const answer = await fetch(`${urls[turn % urls.length]}/webhook/alertmanager`, {
        method: "POST",
        headers: { authorization: `Bearer ${WEBHOOK_TOKEN}`, "content-type": "application/json" },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await answer.text();
      times.push(performance.now() - beganAt);
      if (answer.ok) return true;
      refused.busy += 1;
      if (answer.status < 500 && answer.status !== 429) throw new Error(`HTTP ${answer.status}`);
    } catch (error) {
      if (error instanceof Error && error.message.startsWith("HTTP")) throw error;
      if (error instanceof Error && error.name === "TimeoutError") refused.timeouts += 1;
    }
    return false;
  };
  const untilTaken = async (what: Sending): Promise<void> => {
    const group = groups.get(what.name) ?? newGroup(what);
    groups.set(what.name, group);
    group.alerts = what.alerts ?? group.alerts;
    if (group.state === "resolved" && what.state === "firing") group.startedAt = Date.now();
    const body = JSON.stringify(bodyOf(what, group));
    let waitMs = FIRST_RETRY_MS;
    while (!(await once(body))) {
      await sleep(waitMs);
      waitMs = Math.min(LONGEST_RETRY_MS, waitMs * 2);
    }
    taken += 1;
    if (what.state === "resolved" && group.state === "firing") group.ends += 1;
    group.state = what.state;
  };
  const turns = createOneAtATime();
  const newest = new Map<string, Sending>();
  return {
    groups,
    times,
    refused,
    get taken() {
      return taken;
    },
    async send(what) {
      newest.set(what.name, what);
      await turns(what.name, async () => {
        if (newest.get(what.name) === what) await untilTaken(what);
      });
    },
  };
}

function newGroup({ name, severity = "warning", alerts = 1 }: Sending): SentGroup {
  return { name, severity, alerts, startedAt: Date.now(), state: "firing", ends: 0 };
}

/** Groups share their alert's name, as a storm's do; the label topic tells them apart. */
function bodyOf({ name, state, place = "storm" }: Sending, group: SentGroup): object {
  const labels = {
    alertname: "StreamlineChaosAlert",
    severity: group.severity,
    topic: name,
    place,
  };
  const ended = state === "resolved";
  const alerts = Array.from({ length: group.alerts }, (_, index) => ({
    status: state,
    labels: { ...labels, partition: String(index) },
    annotations: { summary: `partition ${index} of ${name} has trouble` },
    startsAt: new Date(group.startedAt).toISOString(),
    endsAt: ended ? new Date().toISOString() : "0001-01-01T00:00:00Z",
    generatorURL: "http://prometheus.example/graph",
    fingerprint: `${name}-${index}`,
  }));
  return {
    version: "4",
    groupKey: `{}:{topic="${name}"}`,
    truncatedAlerts: 0,
    status: state,
    receiver: "chaos",
    groupLabels: { alertname: labels.alertname, topic: name },
    commonLabels: labels,
    commonAnnotations: {},
    externalURL: "http://alertmanager.example:9093",
    alerts,
  };
}
