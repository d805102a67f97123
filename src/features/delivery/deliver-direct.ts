/**
 * Tells one subscriber of an incident in a direct message, once.
 *
 * It may fail for reasons that concern nobody but the person (messages turned off, an account that
 * is gone), so it is given up after a while; an incident's own rows never are.
 */

import type { Incident } from "../../incidents/incident.ts";
import { backoffOf } from "./backoff.ts";
import type { DeliveryPorts, OutboxRow } from "./delivery-ports.ts";
import type { PostOutcome } from "./messenger.ts";
import type { Pace } from "./pace.ts";

/** Attempts, with waits that add up to some four minutes. */
const MOST_ATTEMPTS = 8;
/** The incident's message, to which it leads, is waited for this often. */
const WAITS_FOR_MESSAGE = 4;

export interface Direct {
  readonly row: OutboxRow;
  readonly incident: Incident | undefined;
}

export async function deliverDirect(
  ports: DeliveryPorts,
  pace: Pace,
  { row, incident }: Direct,
): Promise<void> {
  const { outbox } = ports;
  if (incident === undefined) return outbox.finish(row);
  if (incident.messageTs === undefined && row.attempts < WAITS_FOR_MESSAGE) {
    return outbox.postpone(row, { afterMs: backoffOf(row), isAmbiguous: row.isAmbiguous });
  }
  const outcome = await sendOnce(ports, row, incident);
  if (outcome === undefined) return outbox.finish(row);
  ports.meter.post(outcome.kind);
  if (outcome.kind === "rate-limited") {
    pace.hold(row.channel, outcome.retryAfterMs);
    return outbox.postpone(row, { afterMs: outcome.retryAfterMs, isAmbiguous: false });
  }
  if (outcome.kind === "posted") return outbox.finish(row);
  const isDoubtful = outcome.kind === "unknown";
  if (isDoubtful && row.attempts + 1 < MOST_ATTEMPTS) {
    return outbox.postpone(row, { afterMs: backoffOf(row), isAmbiguous: true });
  }
  const told = { key: row.key, who: row.channel, reason: outcome.error };
  ports.log.warn(told, "a subscriber could not be told of an incident");
  return outbox.finish(row);
}

/** Looks first where an earlier attempt may have reached Slack; undefined when there is nothing to say. */
async function sendOnce(
  ports: DeliveryPorts,
  row: OutboxRow,
  incident: Incident,
): Promise<PostOutcome | undefined> {
  const { messenger } = ports;
  const { channel, key } = row;
  if (row.isAmbiguous) {
    try {
      const ts = await messenger.find({ channel, key, sinceMs: row.createdAt });
      if (ts !== undefined) return { kind: "posted", ts };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { kind: "unknown", error: `cannot look for an earlier attempt: ${reason}` };
    }
  }
  const message = await ports.render(row, incident);
  return message === undefined ? undefined : messenger.post({ channel, message, key });
}
