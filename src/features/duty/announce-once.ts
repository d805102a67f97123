/** Posts what belongs to a moment once, whichever replica comes first and however often it starts. */

import type { Message } from "../../block-kit/message.ts";
import type { Messenger } from "../delivery/messenger.ts";
import type { Clock, Log } from "../shared/ports.ts";

export interface Announcements {
  /** Whether this is the first to ask for the key. */
  claim(key: string, at: number): Promise<boolean>;
  /** Lets somebody ask for it again. */
  release(key: string): Promise<void>;
}

export interface AnnouncePorts {
  readonly announcements: Announcements;
  readonly messenger: Pick<Messenger, "post">;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
}

interface Announcement {
  readonly key: string;
  readonly channel: string;
  readonly message: () => Promise<Message>;
}

/**
 * What surely did not reach Slack is tried again in the next round. What perhaps did, or what Slack
 * refuses, is not, nor what a process was busy with that died: twice would be worse, and it is no alert.
 */
export async function announceOnce(
  ports: AnnouncePorts,
  { key, channel, message }: Announcement,
): Promise<void> {
  const { announcements, messenger, clock, log } = ports;
  if (!(await announcements.claim(key, clock.now()))) return;
  let isAgain = true;
  try {
    const outcome = await messenger.post({ channel, message: await message() });
    isAgain = outcome.kind === "rate-limited" || outcome.kind === "unreached";
    if (outcome.kind !== "posted") log.warn({ channel, outcome }, "a message was not posted");
  } finally {
    if (isAgain) await announcements.release(key);
  }
}
