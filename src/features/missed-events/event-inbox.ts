/** Events of Slack that are kept until they are answered, and where each channel was read to. */

/** An event as it came. */
export interface SlackEventRecord {
  /** The same for every copy of it, whoever delivers it. */
  readonly id: string;
  readonly kind: string;
  /** JSON. */
  readonly body: string;
}

export interface EventInbox {
  /**
   * Keeps an event, durably when this resolves; false when it is here already, or was. It belongs to
   * this replica for so long, in milliseconds.
   */
  take(event: SlackEventRecord, leaseMs: number): Promise<boolean>;
  /** It is dealt with: nobody else needs to, and its words are forgotten. */
  done(id: string): Promise<void>;
  /**
   * Takes events over that nobody dealt with in time, at most so many, the oldest first. One that has
   * failed several times is not among them.
   */
  leftOver(claim: {
    readonly limit: number;
    readonly leaseMs: number;
  }): Promise<SlackEventRecord[]>;
}

/** How far a channel was read. */
export interface ChannelPosition {
  readonly channel: string;
  /** Slack's timestamp of the last message seen. */
  readonly ts: string;
}

export interface ChannelPositions {
  all(limit: number): Promise<ChannelPosition[]>;
  /** Never moves back. */
  move(positions: readonly ChannelPosition[]): Promise<void>;
}
