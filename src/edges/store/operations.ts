/** Everything that is done to the tables in a group commit, by name: the names cross to the store's thread. */

import { addAudit } from "./audit-operations.ts";
import { releaseChannels } from "./channel-holders.ts";
import { claimNotices, nextDueIn, takeBackLeases } from "./claim-operations.ts";
import { commitPlans } from "./commit-plans.ts";
import type { StoreConnection } from "./connection.ts";
import {
  gatherDigests,
  leaveDigests,
  placeMessages,
  readDigests,
  saveDigestMessages,
} from "./digest-operations.ts";
import type { Operation } from "./grouped-calls.ts";
import { externalInChannels, incidentsById, latestOfGroups } from "./incident-operations.ts";
import { copiesSearched, takeCopies, watchCopies } from "./late-copy-operations.ts";
import { leavePollPlaces, publishPolls, takePollPlaces } from "./poll-share-operations.ts";
import { probeWriting } from "./probe.ts";
import { pruneRows } from "./prune-operations.ts";
import { finishNotices, postponeNotices, renewLeases } from "./settle-operations.ts";
import {
  answerEvents,
  freeEvents,
  leftOverEvents,
  movePositions,
  takeEvents,
} from "./slack-event-operations.ts";
import { runStatements } from "./statements.ts";

const OPERATIONS = {
  addAudit,
  answerEvents,
  claimNotices,
  commitPlans,
  copiesSearched,
  externalInChannels,
  finishNotices,
  freeEvents,
  gatherDigests,
  incidentsById,
  latestOfGroups,
  leaveDigests,
  leavePollPlaces,
  leftOverEvents,
  movePositions,
  nextDueIn,
  placeMessages,
  postponeNotices,
  probeWriting,
  pruneRows,
  publishPolls,
  readDigests,
  releaseChannels,
  renewLeases,
  runStatements,
  saveDigestMessages,
  takeBackLeases,
  takeCopies,
  takeEvents,
  takePollPlaces,
  watchCopies,
} as const;

/** Those that may find nothing to write. */
const READING: ReadonlySet<OperationName> = new Set([
  "claimNotices",
  "externalInChannels",
  "gatherDigests",
  "readDigests",
  "incidentsById",
  "latestOfGroups",
  "leftOverEvents",
  "nextDueIn",
  "takeCopies",
]);

/** Whether the operation may find nothing to write. */
export function isReading(name: OperationName): boolean {
  return READING.has(name);
}

/** Those that write nothing and lock nothing: no transaction is needed for them, and none is waited for. */
const ONLY_READING: ReadonlySet<OperationName> = new Set([
  "externalInChannels",
  "incidentsById",
  "latestOfGroups",
  "nextDueIn",
  "readDigests",
]);

/** Whether the operation needs no transaction. */
export function isOnlyReading(name: OperationName): boolean {
  return ONLY_READING.has(name);
}

export type OperationName = keyof typeof OPERATIONS;

export type ArgumentOf<Name extends OperationName> = Parameters<
  (typeof OPERATIONS)[Name]
>[1][number];

export type ResultOf<Name extends OperationName> = Awaited<
  ReturnType<(typeof OPERATIONS)[Name]>
>[number];

/** Runs one call of an operation; what waits at the same time is written together. */
export type CallStore = <Name extends OperationName>(
  name: Name,
  argument: ArgumentOf<Name>,
) => Promise<ResultOf<Name>>;

/** The operation of a name; its arguments crossed a thread, so their types are known by the name alone. */
export function operationOf(name: OperationName): Operation<unknown, unknown> {
  return OPERATIONS[name] as (
    connection: StoreConnection,
    calls: readonly unknown[],
  ) => Promise<readonly unknown[]>;
}
