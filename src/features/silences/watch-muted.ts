/**
 * Watches silenced incidents whose source has no API that is asked: those of another app's posts.
 *
 * Alertmanager tells nothing of muted alerts, not that they are over, and nothing of a silence that
 * somebody ended in its own page. So while an incident is silenced, and after that until its alerts
 * were seen unmuted, it is asked once a minute.
 */

import type { SilenceMatcher } from "../../alerts/silence.ts";
import { draftFields, matchersOf } from "../../alerts/silence-draft.ts";
import type { Labels } from "../../exposition/sample.ts";
import { silenceEnded } from "../../incidents/act-on-incident.ts";
import type { Incident } from "../../incidents/incident.ts";
import {
  endUnreported,
  goneAlerts,
  isReportedAgain,
  reportedAgain,
} from "../../incidents/unreported-end.ts";
import type { IncidentReader, IncidentWriter } from "../incidents/incident-ports.ts";
import type { Clock, Log } from "../shared/ports.ts";
import { type Repeated, repeat } from "../shared/repeat.ts";
import type { Alertmanagers } from "./ports.ts";

export interface WatchMutedPorts {
  readonly alertmanagers: Pick<Alertmanagers, "alerts" | "silence">;
  readonly incidents: Pick<IncidentReader, "openIncidents"> & Pick<IncidentWriter, "change">;
  readonly clock: Clock;
  readonly log: Log;
  readonly wakeDelivery: () => void;
  /** It is compared with what its source holds, so nothing need be asked here. */
  readonly isReconciled: (incident: Incident) => boolean;
}

const EVERY_MS = 60_000;
const MOST_INCIDENTS = 1_000;

/**
 * An Alertmanager that has just started knows no alerts until Prometheus tells them again, which it
 * does within a minute or so; only what is missing for longer is gone.
 */
export const GONE_FOR_MS = 3 * 60_000;

/** What was seen gone is this process's own; nothing is asked before `start`. */
export function watchMuted(ports: WatchMutedPorts): Repeated {
  /** When an alert was first seen to be gone, by incident and fingerprint. */
  let gone: ReadonlyMap<string, number> = new Map();
  return repeat({
    everyMs: EVERY_MS,
    clock: ports.clock,
    log: ports.log,
    failure: "silenced incidents cannot be checked",
    work: async () => {
      const still = new Map<string, number>();
      for (const incident of await ports.incidents.openIncidents(MOST_INCIDENTS)) {
        // The others are compared with what their source holds.
        if (incident.mutedIn === undefined || ports.isReconciled(incident)) continue;
        const address = incident.mutedIn;
        await endSilences(ports, incident, address);
        for (const [key, since] of await poll(ports, { incident, address, gone })) {
          still.set(key, since);
        }
      }
      gone = still;
    },
  });
}

/** Silences that do not hold any more, whoever ended them. */
async function endSilences(ports: WatchMutedPorts, incident: Incident, address: string) {
  for (const { id } of incident.silences ?? []) {
    const answer = await ports.alertmanagers.silence(address, id);
    const isOver =
      answer.kind === "answered" &&
      (answer.value === undefined || answer.value.state === "expired");
    if (!isOver) continue;
    await ports.incidents.change(incident.id, ports.clock.now(), (current) =>
      silenceEnded(current, id),
    );
    ports.wakeDelivery();
  }
}

interface Polled {
  readonly incident: Incident;
  readonly address: string;
  readonly gone: ReadonlyMap<string, number>;
}

/** Returns since when which of its alerts are gone, of those that are not yet given up. */
async function poll(
  { alertmanagers, incidents, clock, log, wakeDelivery }: WatchMutedPorts,
  { incident, address, gone }: Polled,
): Promise<[key: string, since: number][]> {
  const firing = incident.alerts.filter(({ status }) => status === "firing");
  const answer = await alertmanagers.alerts(address, narrowing(firing.map(({ labels }) => labels)));
  const keyOf = (fingerprint: string): string => `${incident.id} ${fingerprint}`;
  if (answer.kind === "failed") {
    log.warn(
      { incident: incident.id, problem: answer.problem },
      "a silenced incident cannot be checked",
    );
    // What was gone before is neither back nor gone for longer.
    return [];
  }
  const nowMs = clock.now();
  const missing = goneAlerts(incident, answer.value).map((alert) => ({
    alert,
    since: gone.get(keyOf(alert.fingerprint)) ?? nowMs,
  }));
  const over = missing.filter(({ since }) => nowMs - since >= GONE_FOR_MS);
  const changed = await incidents.change(incident.id, nowMs, (current) => {
    const ended = endUnreported(
      current,
      over.map(({ alert }) => alert),
      nowMs,
    );
    if (ended !== undefined) return ended;
    return missing.length === 0 && isReportedAgain(current, answer.value)
      ? reportedAgain(current)
      : undefined;
  });
  if (changed !== undefined) wakeDelivery();
  return missing.map(({ alert, since }) => [keyOf(alert.fingerprint), since]);
}

/** Characters of a value that still go into an address. */
const LONGEST_VALUE = 500;

/** What all alerts with these labels have in common, so that few others are sent. */
function narrowing(all: readonly Labels[]): SilenceMatcher[] {
  const names = (labels: Labels): string[] =>
    Object.keys(labels).filter((name) => /^[a-zA-Z_]\w*$/.test(name));
  const plain = all.map((labels) =>
    Object.fromEntries(names(labels).map((name) => [name, labels[name] ?? ""])),
  );
  return matchersOf(draftFields(plain), []).filter(({ value }) => value.length <= LONGEST_VALUE);
}
