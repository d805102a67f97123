/** Transactions that time out, and the producers they fence (streamline-facts 7.5). */
import type { Conditions } from "./conditions.ts";
import { LOGGED_PER_STEP } from "./log-ring.ts";
import { type ServerState, type Topic, writeLog } from "./state.ts";
import { crossesMark } from "./storage.ts";

/** The server's checker runs every 10 s; the default timeout is 60 s. */
const CHECK_EVERY_MS = 10_000;
const COORDINATOR = "streamline::transaction::coordinator";

/** Expires transactions at the checker's pace, and refuses producers with an old epoch. */
export function advanceTransactions(
  state: ServerState,
  conditions: Conditions,
  fromMs: number,
): void {
  const topic = state.topics[0];
  if (topic === undefined) return;
  const { timeoutsPerMinute, staleEpochsPerSecond } = conditions.transactions;
  const seconds = (state.nowMs - fromMs) / 1000;
  logStaleEpochs(state, topic, state.random.count(staleEpochsPerSecond * seconds));
  if (timeoutsPerMinute === 0 || !crossesMark(state, fromMs, CHECK_EVERY_MS)) return;
  const timedOut = state.random.count((timeoutsPerMinute * CHECK_EVERY_MS) / 60_000);
  for (let index = 0; index < timedOut; index += 1) timeOut(state, topic, index);
}

/** Abort markers and fencing are on by default (src/transaction/coordinator.rs:63-64). */
function timeOut(state: ServerState, topic: Topic, index: number): void {
  const id = `checkout-${1 + index}`;
  const producer = { producer_id: String(4000 + index), producer_epoch: "7" };
  writeLog(state, {
    level: "WARN",
    target: COORDINATOR,
    message: "Transaction timed out",
    fields: { transactional_id: id, state: "Ongoing", ...producer, timeout_ms: "60000" },
  });
  state.recorder.add("streamline_transaction_timeouts_total", "", 1);
  state.recorder.add("streamline_transaction_abort_markers_total", topic.labels, 2);
  writeLog(state, {
    level: "INFO",
    target: COORDINATOR,
    message: "Abort markers written for timed-out transaction",
    fields: { transactional_id: id, ...producer, partition_count: "2", success_count: "2" },
  });
  state.recorder.add("streamline_producers_fenced_total", "", 1);
  writeLog(state, {
    level: "INFO",
    target: COORDINATOR,
    message: "Producer fenced due to transaction timeout",
    fields: { transactional_id: id, producer_id: producer.producer_id, old_epoch: "7" },
  });
}

/** A fenced producer that goes on gets error 47 (streamline-facts 7.3, sequence errors). */
function logStaleEpochs(state: ServerState, topic: Topic, count: number): void {
  const logged = Math.min(count, LOGGED_PER_STEP);
  for (let index = 0; index < logged; index += 1) {
    writeLog(state, {
      level: "WARN",
      target: "streamline::protocol::kafka::data_plane",
      message: "Invalid producer epoch",
      fields: {
        topic: topic.shape.name,
        partition: String(index % topic.partitions.length),
        producer_id: "4000",
        current_epoch: "8",
        received_epoch: "7",
      },
    });
  }
  state.log.skip(count - logged);
}
