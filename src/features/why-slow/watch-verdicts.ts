/**
 * Keeps the verdict in each firing incident's message current: polls targets whose last poll is old,
 * and edits a message when its verdict has changed.
 */

import type { Target } from "../../diagnosis/target.ts";
import type { Incident } from "../../incidents/incident.ts";
import { noteVerdict } from "../../incidents/note-verdict.ts";
import { quietOf } from "../../incidents/quiet.ts";
import { incidentRank } from "../../incidents/severity.ts";
import type { IncidentReader, IncidentWriter } from "../incidents/incident-ports.ts";
import type { Clock, Log } from "../shared/ports.ts";
import { type Repeated, repeat } from "../shared/repeat.ts";
import type { IncidentVerdicts } from "./incident-verdicts.ts";
import { PRESENT_MS } from "./present.ts";
import type { HistorySource } from "./why-slow-ports.ts";

export interface WatchVerdictsPorts {
  readonly incidents: Pick<IncidentReader, "openIncidents"> & Pick<IncidentWriter, "change">;
  readonly verdicts: Pick<IncidentVerdicts, "seen" | "lastShown">;
  readonly memory: HistorySource;
  readonly targets: readonly Target[];
  readonly clock: Clock;
  readonly log: Log;
  readonly wakeDelivery: () => void;
}

/** A first verdict that needs a poll is in its message within three seconds of it. */
const EVERY_MS = 1_000;
/** Firing incidents that are kept current, the latest first. */
const MOST = 200;
/** Slack allows some fifty edits a minute in all, of which people's acts need their part. */
const EDITS = { most: 8, withinMs: 30_000 };
/** A server that hangs is not waited for: what is known of it by then is said. */
const PATIENCE_MS = 2_000;

/**
 * Nothing is polled before `start`; edits are bounded, so that a storm's messages do not use up Slack's
 * limit.
 */
export function watchVerdicts(ports: WatchVerdictsPorts): Repeated {
  const edits: number[] = [];
  const polls = createPolls(ports);
  return repeat({
    everyMs: EVERY_MS,
    clock: ports.clock,
    log: ports.log,
    failure: "the verdicts in the messages could not be updated",
    work: async () => {
      const open = (await ports.incidents.openIncidents(MOST)).filter((each) =>
        isKept(each, ports.clock.now()),
      );
      await polls.refresh(open);
      for (const incident of open.toSorted((a, b) => incidentRank(a) - incidentRank(b))) {
        const nowMs = ports.clock.now();
        while ((edits[0] ?? nowMs) < nowMs - EDITS.withinMs) edits.shift();
        if (edits.length >= EDITS.most) return;
        if (await note(ports, incident)) edits.push(nowMs);
      }
    },
  });
}

/** Another app's message is not ours to edit, and nobody is called to what is silenced. */
function isKept(incident: Incident, nowMs: number): boolean {
  const { target, isExternal, messageTs } = incident;
  if (target === undefined || quietOf(incident, nowMs) !== undefined) return false;
  return isExternal === true || messageTs !== undefined;
}

/** Whether its message is edited now. */
async function note(ports: WatchVerdictsPorts, incident: Incident): Promise<boolean> {
  const seen = ports.verdicts.seen(incident);
  if (seen === undefined) return false;
  const nowMs = ports.clock.now();
  const how = { shown: ports.verdicts.lastShown(incident), nowMs };
  // Most turns change nothing: the store is asked only when one may.
  if (noteVerdict(incident, seen, how) === undefined) return false;
  let isEdit = false;
  await ports.incidents.change(incident.id, nowMs, (current) => {
    const change = noteVerdict(current, seen, how);
    const notices = (change?.notices ?? []).filter(
      ({ kind }) => current.isExternal !== true || kind !== "incident",
    );
    isEdit = notices.length > 0;
    return change === undefined ? undefined : { ...change, notices };
  });
  if (isEdit) ports.wakeDelivery();
  return isEdit;
}

interface Polls {
  /** Polls the targets of these incidents whose last poll is old, once at a time. */
  refresh(incidents: readonly Incident[]): Promise<void>;
}

function createPolls({ memory, targets, clock, log }: WatchVerdictsPorts): Polls {
  const underWay = new Set<string>();
  const pollNow = async (target: Target): Promise<void> => {
    underWay.add(target.name);
    await memory
      .poll(target)
      .catch((error: unknown) => log.warn({ err: error, target: target.name }, "a poll failed"))
      .finally(() => underWay.delete(target.name));
  };
  return {
    async refresh(incidents) {
      const names = new Set(incidents.map(({ target }) => target));
      const old = targets.filter((target) => {
        if (!names.has(target.name) || underWay.has(target.name)) return false;
        const { lastMs } = memory.history(target).stats();
        return lastMs === undefined || clock.now() - lastMs > PRESENT_MS;
      });
      if (old.length === 0) return;
      await Promise.race([Promise.all(old.map(pollNow)), clock.sleep(PATIENCE_MS)]);
    },
  };
}
