/** What digests need of the store. */

import type { Incident } from "../../incidents/incident.ts";

/** One message of a channel that names the new incidents of a storm. */
export interface Digest {
  readonly id: string;
  readonly channel: string;
  /** Slack's timestamp of its message, once it is posted. */
  readonly messageTs?: string;
  readonly incidents: readonly Incident[];
}

export interface DigestLimits {
  /** So many new incidents may wait in a channel before they are gathered. */
  readonly threshold: number;
  /** Incidents that one digest names at most. */
  readonly most: number;
  /** A digest takes in new incidents for so long after it was begun, in milliseconds. */
  readonly openMs: number;
}

export interface DigestStore {
  /**
   * When more than the threshold of new incidents wait in the channel, they become members of a
   * digest, whose notice takes the place of theirs. Returns how many became so.
   */
  gather(channel: string, limits: DigestLimits): Promise<number>;
  digest(id: string): Promise<Digest | undefined>;
  /** Remembers Slack's timestamp of its message; undefined forgets it. */
  setMessage(id: string, messageTs: string | undefined): Promise<void>;
  /** The incident gets a message of its own from now on; false when it has one, or is in no digest. */
  leave(incidentId: string): Promise<boolean>;
}
