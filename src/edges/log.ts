/** The bot's log: JSON lines on standard output, without secrets. */

import { type DestinationStream, type Logger, pino, stdSerializers } from "pino";
import { withHiddenNumbered } from "../block-kit/text.ts";
import { redaction } from "./redaction.ts";

/** Where a library might put a secret into a logged object. */
const SECRET_PATHS = ["token", "password", "authorization", "headers.authorization"].flatMap(
  (path) => [path, `*.${path}`, `*.*.${path}`],
);

/** What waits for a slow reader, in characters. Beyond that lines are lost, so that the bot is not. */
const MOST_WAITING = 4 * 1024 ** 2;

/**
 * Written beside the event loop: a reader that stands still (a full pipe, a terminal that is held) must
 * hold up no alert. What waits at an orderly end is written then.
 */
function standardOutput(): DestinationStream {
  return pino.destination({ dest: 1, sync: false, maxLength: MOST_WAITING });
}

/** JSON lines to `destination`, by default standard output. */
export function createLog(level: string, destination = standardOutput()): Logger {
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
