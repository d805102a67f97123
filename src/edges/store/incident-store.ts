/**
 * Incidents and what comes in about them.
 *
 * A change is decided on what was read, outside of any transaction, and written only if that is
 * still so (commit-plans); else it is read and decided again. Within one process the decisions about
 * one group follow each other, so that this happens between replicas only.
 */

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Notification } from "../../alerts/alert.ts";
import type {
  ExternalPostContext,
  IncidentReader,
  IncidentWriter,
} from "../../features/incidents/incident-ports.ts";
import { createOneAtATime, type OneAtATime } from "../../features/shared/one-at-a-time.ts";
import {
  EXTERNAL_SOURCE,
  type ExternalOutcome,
  type KnownOfChannel,
} from "../../incidents/apply-external-post.ts";
import type { Change, Outcome } from "../../incidents/change.ts";
import { groupIdentity, type Incident } from "../../incidents/incident.ts";
import { letOthersRun } from "../let-others-run.ts";
import type { Plan } from "./commit-plans.ts";
import type { Database } from "./database.ts";
import { hashOf } from "./hash-of.ts";
import { type Expectation, markOf } from "./incident-marks.ts";
import type { StoredIncident } from "./incident-operations.ts";
import { incidentQueries } from "./incident-queries.ts";
import { auditRowOf, incidentOf, incidentRowOf, noticeDrafts, notificationRowOf } from "./rows.ts";
import { StoreUnavailable } from "./store-error.ts";
import { tellingOf } from "./subscription-store.ts";

/**
 * The port of incidents. A change is decided again as often as somebody else was faster, up to a limit of
 * attempts; then it throws.
 */
export function createIncidentStore(database: Database): IncidentReader & IncidentWriter {
  const turns = createOneAtATime();
  return {
    apply: (notification, receivedAt, decide) =>
      applyToGroup({ database, turns }, { notification, receivedAt, decide }),
    watch: (post, decide) => watchChannel({ database, turns }, post, decide),
    change: (id, nowMs, decide) => changeOne({ database, turns }, { id, nowMs, decide }),
    ...incidentQueries(database.sql),
    setMessageTs: async (id, messageTs) => {
      await database.call("placeMessages", {
        id,
        message_ts: messageTs ?? null,
        key: `digest.${randomUUID()}`,
        nowMs: database.now?.(),
      });
    },
  };
}

interface WriterParts {
  readonly database: Database;
  readonly turns: OneAtATime;
}

interface Applied {
  readonly notification: Notification;
  readonly receivedAt: number;
  readonly decide: (latest: Incident | undefined) => Outcome;
}

function applyToGroup(
  { database, turns }: WriterParts,
  { notification, receivedAt, decide }: Applied,
): Promise<Outcome> {
  const group = hashOf(groupIdentity(notification));
  return turns(`group ${group}`, () =>
    untilCommitted(database, async () => {
      const stored = await database.call("latestOfGroups", group);
      const pause = pauseFor(notification, stored);
      const latest = stored === undefined ? undefined : incidentOf(stored);
      await pause();
      const outcome = decide(latest);
      await pause();
      const isNews = outcome.reason !== "unchanged";
      const entry = { outcome, receivedAt, delayMs: 0 };
      const received = notificationRowOf(notification, entry);
      await pause();
      const plan: DecidedPlan = {
        // What changes nothing is true whatever has happened meanwhile.
        expects: isNews ? [expectedOfGroup(group, stored)] : [],
        notifications: [received],
        incidents: isNews ? [incidentRowOf(outcome.incident)] : [],
        notices: isNews ? noticeDrafts(entry) : [],
        telling: isNews ? tellingOf(entry) : undefined,
      };
      return { plan, result: outcome };
    }),
  );
}

/** Larger ones are read, compared and written in turns of the event loop. */
const MOST_AT_ONCE = { alerts: 500, characters: 500_000 };

function pauseFor(
  { alerts }: Notification,
  stored: StoredIncident | undefined,
): () => Promise<void> {
  const isLarge =
    alerts.length > MOST_AT_ONCE.alerts || (stored?.state.length ?? 0) > MOST_AT_ONCE.characters;
  return isLarge ? () => letOthersRun() : () => Promise.resolve();
}

function expectedOfGroup(group: string, stored: StoredIncident | undefined): Expectation {
  return { kind: "group", group, mark: markOf(stored === undefined ? [] : [stored]) };
}

function watchChannel(
  { database, turns }: WriterParts,
  post: ExternalPostContext,
  decide: (known: KnownOfChannel) => readonly ExternalOutcome[],
): Promise<void> {
  const { channel, sinceMs } = post;
  const group = hashOf(groupIdentity({ source: EXTERNAL_SOURCE, groupKey: post.groupKey }));
  return turns(`posts ${channel}`, () =>
    untilCommitted(database, async () => {
      const [ofPost, inChannel] = await Promise.all([
        database.call("latestOfGroups", group),
        database.call("externalInChannels", { channel, sinceMs }),
      ]);
      const outcomes = decide({
        inChannel: inChannel.map(incidentOf),
        ...(ofPost === undefined ? {} : { ofPost: incidentOf(ofPost) }),
      });
      const entries = outcomes.map(({ notification, outcome }) => ({
        notification,
        entry: {
          outcome,
          receivedAt: post.receivedAt,
          delayMs: Math.max(0, post.dueAt - post.receivedAt),
        },
      }));
      const plan: DecidedPlan = {
        expects: [
          expectedOfGroup(group, ofPost),
          { kind: "channel", channel, sinceMs, mark: markOf(inChannel) },
        ],
        notifications: entries.map(({ notification, entry }) =>
          notificationRowOf(notification, entry),
        ),
        // A later post of its group may have become the message of an incident.
        incidents: entries.map(({ entry }) => ({
          ...incidentRowOf(entry.outcome.incident),
          moves: 1,
        })),
        notices: entries.flatMap(({ entry }) => noticeDrafts(entry)),
      };
      return { plan: outcomes.length === 0 ? undefined : plan, result: undefined };
    }),
  );
}

interface Changed {
  readonly id: string;
  readonly nowMs: number;
  readonly decide: (incident: Incident) => Change | undefined;
}

function changeOne(
  { database, turns }: WriterParts,
  { id, nowMs, decide }: Changed,
): Promise<Incident | undefined> {
  return turns(`incident ${id}`, () =>
    untilCommitted<Incident | undefined>(database, async () => {
      const stored = await database.call("incidentsById", id);
      const change = stored === undefined ? undefined : decide(incidentOf(stored));
      if (stored === undefined || change === undefined)
        return { plan: undefined, result: undefined };
      const { incident, audit, leavesChannel } = change;
      const isLeaving = leavesChannel === true;
      const plan: DecidedPlan = {
        expects: [{ kind: "incident", id, mark: markOf([stored]) }],
        notifications: [],
        incidents: [{ ...incidentRowOf(incident), moves: isLeaving ? 1 : 0 }],
        ...(isLeaving ? { leaving: [id] } : {}),
        notices: noticeDrafts({ outcome: change, receivedAt: nowMs, delayMs: 0 }),
        ...(audit === undefined
          ? {}
          : { audit: [auditRowOf({ at: nowMs, incidentId: id, ...audit })] }),
      };
      return { plan, result: incident };
    }),
  );
}

type DecidedPlan = Omit<Plan, "nowMs" | "audit" | "leaving"> &
  Partial<Pick<Plan, "audit" | "leaving">>;

interface Decision<T> {
  /** Undefined when there is nothing to write. */
  readonly plan: DecidedPlan | undefined;
  readonly result: T;
}

/** Replicas that meet over and over wait a little, each for another time. */
const PATIENT_ATTEMPTS = 5;
const LONGEST_PAUSE_MS = 50;
/** More conflicts in a row do not happen by chance. */
const MOST_ATTEMPTS = 60;

async function untilCommitted<T>(
  database: Database,
  decide: () => Promise<Decision<T>>,
): Promise<T> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const { plan, result } = await decide();
    if (plan === undefined) return result;
    const written = await database.call("commitPlans", {
      audit: [],
      leaving: [],
      ...plan,
      nowMs: database.now?.(),
    });
    if (written === "committed") return result;
    if (attempt > PATIENT_ATTEMPTS) await sleep(Math.random() * LONGEST_PAUSE_MS);
  }
  throw new StoreUnavailable("others change the same incident without end", {
    retryAfterMs: 1_000,
  });
}
