/** The database, its ports, and the removal of old rows. */

import { createAnnouncements } from "../edges/store/announcements.ts";
import { createAuditLog } from "../edges/store/audit.ts";
import { type Database, openDatabase } from "../edges/store/database.ts";
import { createDigestStore } from "../edges/store/digest-store.ts";
import { createFeedbackStore } from "../edges/store/feedback-store.ts";
import { createHeartbeatStore } from "../edges/store/heartbeat-store.ts";
import { createIncidentStore } from "../edges/store/incident-store.ts";
import { createLateCopyStore } from "../edges/store/late-copy-store.ts";
import { createOutbox } from "../edges/store/outbox.ts";
import { createPastAlerts } from "../edges/store/past-alerts.ts";
import { createQuestionStore } from "../edges/store/question-store.ts";
import { pruneStore } from "../edges/store/retention.ts";
import { sharePolls } from "../edges/store/shared-polls.ts";
import { createChannelPositions, createEventInbox } from "../edges/store/slack-event-store.ts";
import { createSubscriptionStore } from "../edges/store/subscription-store.ts";
import { waitingNotices } from "../edges/store/waiting-notices.ts";
import { queueAgeOf } from "../features/delivery/queue-age.ts";
import type { OnDuty } from "../features/duty/on-duty.ts";
import { mentioningPeople } from "../features/incidents/mention-people.ts";
import { repeat } from "../features/shared/repeat.ts";
import { HOUR_MS } from "../promql/duration.ts";
import type { Foundation } from "./foundation.ts";

export type Stores = Awaited<ReturnType<typeof composeStore>>;

/** Old rows are few by the hour. */
const PRUNE_EVERY_MS = HOUR_MS;

/** Opens the database, whose incidents call whoever is on duty, and frees what a process before this one had claimed. */
export async function composeStore(foundation: Foundation, onDuty: OnDuty) {
  const { config, log, clock, meter, teardown } = foundation;
  const database = await openDatabase(config.store, { log });
  teardown.add("store", () => database.close());
  const outbox = createOutbox(database);
  await outbox.recover();
  teardown.add("channels it delivers to", () => outbox.release());
  const inbox = createEventInbox(database);
  await inbox.recover();
  const queueAge = async () => queueAgeOf(await waitingNotices(database), clock.now());
  meter.queueAge(queueAge);
  const sharedPolls = sharePolls(database, config.sampling.intervalMs);
  teardown.add("targets it polls", () => sharedPolls.release());
  pruneOldRows(foundation, database);
  return {
    incidents: mentioningPeople(createIncidentStore(database), config.routes, onDuty),
    outbox,
    digests: createDigestStore(database),
    lateCopies: createLateCopyStore(database),
    audit: createAuditLog(database),
    pastAlerts: createPastAlerts(database),
    feedback: createFeedbackStore(database),
    questions: createQuestionStore(database),
    subscriptions: createSubscriptionStore(database),
    heartbeats: createHeartbeatStore(database),
    announcements: createAnnouncements(database),
    inbox,
    positions: createChannelPositions(database),
    sharedPolls,
    queueAge,
    problem: () => database.problem(),
  };
}

function pruneOldRows({ config, clock, log, teardown }: Foundation, database: Database): void {
  const sleep = (ms: number) => clock.sleep(ms);
  const pruning = repeat({
    everyMs: PRUNE_EVERY_MS,
    clock,
    log,
    failure: "old rows could not be removed from the store",
    work: async () => {
      await pruneStore({ database, times: config.retention, nowMs: clock.now(), log, sleep });
    },
  });
  pruning.start();
  teardown.add("pruning", () => pruning.stop());
}
