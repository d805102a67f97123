/** The bot's log: JSON lines on standard output, without secrets. */

import { type DestinationStream, type Logger, pino, stdSerializers } from "pino";
import { redaction } from "./redaction.ts";

/** Where a library might put a secret into a logged object. */
const SECRET_PATHS = ["token", "password", "authorization", "headers.authorization"].flatMap(
  (path) => [path, `*.${path}`, `*.*.${path}`],
);

/** JSON lines to `destination`, by default standard output. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRET_PATHS, censor: "[secret]" },
    serializers: { err: serializeError },
    hooks: { streamWrite: redaction.text },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
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
