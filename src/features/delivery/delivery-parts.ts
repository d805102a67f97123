/** What all deliveries share while the process lives: pace, causes of failure, doubts. */

import type { Causes } from "./causes.ts";
import type { DeliveryPorts, OutboxRow } from "./delivery-ports.ts";
import type { EarlierAttempts } from "./earlier-attempts.ts";
import type { LateCopies } from "./late-copies.ts";
import type { OneAtATime } from "./one-at-a-time.ts";
import type { Pace, Way } from "./pace.ts";

export interface DeliveryParts extends DeliveryPorts {
  readonly pace: Pace;
  readonly causes: Causes;
  readonly attempts: EarlierAttempts;
  readonly copies: LateCopies;
  /** Posting an incident's message, by its id: two rows must not both find that there is none. */
  readonly parents: OneAtATime;
}

/** A row that a worker has, with its place in the channel's pace. */
export interface Claimed {
  readonly row: OutboxRow;
  /**
   * To be called right before each write to Slack. False when another worker may have the row by
   * now: then nothing may be written.
   */
  mayWrite(way: Way): Promise<boolean>;
}
