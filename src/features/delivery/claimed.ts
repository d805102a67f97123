/** A row that a worker has, with its place in the channel's pace. */

import type { OutboxRow } from "./delivery-ports.ts";
import type { Way } from "./pace.ts";

export interface Claimed {
  readonly row: OutboxRow;
  /**
   * To be called right before each write to Slack. False when another worker may have the row by
   * now: then nothing may be written.
   */
  mayWrite(way: Way): Promise<boolean>;
}

/** Delivers a claimed row and settles it in the store; rejects when the store or the rendering fails. */
export type Deliver = (claimed: Claimed) => Promise<void>;
