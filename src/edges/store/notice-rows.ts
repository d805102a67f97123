/** A notice as it is added to the outbox, and as it is taken from it. */

import type { Notice } from "../../incidents/notice.ts";

/** A notice as it is added. */
export interface NoticeDraft {
  readonly key: string;
  readonly incidentId: string;
  readonly lane: string;
  readonly channel: string;
  readonly kind: Notice["kind"];
  /** JSON. */
  readonly notice: string;
  /** Less is delivered earlier, among the heads of a channel. */
  readonly priority: number;
  /** It may be taken after so many milliseconds. */
  readonly delayMs: number;
  /** When what it is about happened, as people are shown it. */
  readonly createdAt: number;
}

export interface StoredNotice {
  readonly id: number;
  readonly key: string;
  readonly incident_id: string;
  readonly channel: string;
  readonly notice: string;
  readonly priority: number;
  readonly attempts: number;
  readonly settled: number;
  readonly created_at: number;
}

export interface ClaimedNotice extends StoredNotice {
  /** Replicas that deliver now, this one included. */
  readonly sharers: number;
}
