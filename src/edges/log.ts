/** The bot's log: JSON lines on standard output, without secrets. */

import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { type DestinationStream, type Logger, pino, stdSerializers } from "pino";
import { withHiddenNumbered } from "../block-kit/text.ts";
import { redaction } from "./redaction.ts";

/** Where a library might put a secret into a logged object. */
const SECRET_PATHS = ["token", "password", "authorization", "headers.authorization"].flatMap(
  (path) => [path, `*.${path}`, `*.*.${path}`],
);

/** What waits for a slow reader, in characters. Beyond that lines are lost, so that the bot is not. */
const MOST_WAITING = 4 * 1024 ** 2;

/** A reader that takes nothing for so long gets the rest in whatever order, or not at all. */
const MOST_ENDING_MS = 5_000;

type Destination = ReturnType<typeof pino.destination>;
let opened: Destination | undefined;

/**
 * Written beside the event loop: a reader that stands still (a full pipe, a terminal that is held) must
 * hold up no alert. All logs of a process share it, so that their lines come in order.
 */
function standardOutput(): Destination {
  opened ??= pino.destination({ dest: 1, sync: false, maxLength: MOST_WAITING });
  return opened;
}

/**
 * Writes what waits, in its order; nothing may be logged afterwards. A process that just exits has the rest
 * written at once while a line before it may still be under way in another thread, and comes last then.
 */
export async function endLog(): Promise<void> {
  if (opened === undefined) return;
  // Where the reader is gone there is nothing to wait for.
  const closed = once(opened, "close").catch(() => undefined);
  opened.end();
  await Promise.race([closed, sleep(MOST_ENDING_MS)]);
}

/** JSON lines to `destination`, by default standard output. */
export function createLog(
  level: string,
  destination: DestinationStream = standardOutput(),
): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRET_PATHS, censor: "[secret]" },
    serializers: { err: serializeError },
    // What strangers wrote may stand in it, and an operator reads it in a terminal.
    hooks: { streamWrite: (line: string) => withHiddenNumbered(redaction.text(line)) },
  };
  return pino(options, destination);
}

/**
 * Slack's errors carry the whole request; only what an operator needs is kept. The message and the
 * stack hold those of the causes, too.
 */
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack } = stdSerializers.err(error);
  return { type, message, stack };
}
