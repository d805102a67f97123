/**
 * Writes what was decided: incidents, what came in, what must be posted and who did it, together or
 * not at all.
 *
 * A decision is made outside the transaction, on what was read before. So a plan says what it was
 * made on, and is refused when that has changed since; its maker reads and decides again. Nobody
 * holds a transaction open while somebody thinks.
 */

import { addAudit, type StoredAudit } from "./audit-operations.ts";
import type { StoreConnection } from "./connection.ts";
import { type Expectation, expectedSubject, marksNow } from "./incident-marks.ts";
import { addNotices, leaveChannels } from "./notice-operations.ts";
import type { NoticeDraft } from "./notice-rows.ts";
import { addNotifications, type NotificationRow } from "./notification-operations.ts";
import { type IncidentRow, saveIncidents } from "./save-incidents.ts";
import type { Telling } from "./subscriber-operations.ts";

export interface Plan {
  readonly expects: readonly Expectation[];
  readonly incidents: readonly IncidentRow[];
  readonly notifications: readonly NotificationRow[];
  readonly notices: readonly NoticeDraft[];
  /** Of an incident that begins, to whoever subscribed to it. */
  readonly telling?: Telling | undefined;
  readonly audit: readonly StoredAudit[];
  /** Ids of incidents that go on in another channel. */
  readonly leaving: readonly string[];
  /** For tests; else the database's clock counts. */
  readonly nowMs: number | undefined;
}

export type Committed = "committed" | "conflict";

/**
 * An operation of a group commit. What became of each plan, in their order: written, or refused as no
 * longer true.
 */
export async function commitPlans(
  connection: StoreConnection,
  plans: readonly Plan[],
): Promise<Committed[]> {
  const marks = await marksNow(
    connection,
    plans.flatMap(({ expects }) => expects),
  );
  const changed = new Set<string>();
  const results = plans.map((plan): Committed => {
    const holds = plan.expects.every(
      (each) =>
        marks.get(expectedSubject(each)) === each.mark && !changed.has(expectedSubject(each)),
    );
    if (!holds) return "conflict";
    for (const subject of changedBy(plan)) changed.add(subject);
    return "committed";
  });
  const accepted = plans.filter((_, index) => results[index] === "committed");
  await write(connection, accepted);
  return results;
}

/** What another plan of this transaction may have been decided on. */
function changedBy({ incidents }: Plan): string[] {
  return incidents.flatMap(({ id, group_key: group, channel, external }) => [
    expectedSubject({ kind: "incident", id, mark: "" }),
    expectedSubject({ kind: "group", group, mark: "" }),
    ...(external === 1
      ? [expectedSubject({ kind: "channel", channel, sinceMs: 0, mark: "" })]
      : []),
  ]);
}

/** Sent together, in the order in which they build on each other. */
async function write(connection: StoreConnection, plans: readonly Plan[]): Promise<void> {
  if (plans.length === 0) return;
  const nowMs = plans.find((plan) => plan.nowMs !== undefined)?.nowMs ?? (await connection.now());
  const rows = [
    saveIncidents(
      connection,
      plans.flatMap(({ incidents }) => incidents),
    ),
    addNotifications(
      connection,
      plans.flatMap(({ notifications }) => notifications),
    ),
    addAudit(
      connection,
      plans.flatMap(({ audit }) => audit),
    ),
    leaveChannels(
      connection,
      plans.flatMap(({ leaving }) => leaving),
    ),
  ];
  const notices = plans.flatMap((plan) => plan.notices);
  const tellings = plans.flatMap(({ telling }) => telling ?? []);
  await Promise.all([...rows, addNotices(connection, { notices, tellings, nowMs })]);
}
