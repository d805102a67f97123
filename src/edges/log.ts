/** The bot's log: JSON lines on standard output, without secrets. */

import { type DestinationStream, type Logger, pino, stdSerializers } from "pino";

/** Where a library might put a secret into a logged object. */
const SECRET_PATHS = ["token", "password", "authorization", "headers.authorization"].flatMap(
  (path) => [path, `*.${path}`, `*.*.${path}`],
);

/**
 * Slack's tokens, credentials of the Authorization header (the webhook's have 16 characters or
 * more) and passwords in addresses, wherever they stand in a text. A quote ends what is looked at:
 * in a line of JSON the next field begins behind it.
 */
const SECRET_TEXT =
  /\b(xox[a-z]-|xapp-)[\w-]+|\b(bearer|basic)\s+[\w+/=.~-]{16,}|(:\/\/[^\s:/@"\\]+:)[^\s/"\\]+@/gi;

/** JSON lines to `destination`, by default standard output. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRET_PATHS, censor: "[secret]" },
    serializers: { err: serializeError },
    hooks: { streamWrite: withoutSecrets },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** The text with everything that looks like a secret taken out. */
export function withoutSecrets(text: string): string {
  return text.replace(SECRET_TEXT, (_, token?: string, scheme?: string, address?: string) =>
    address === undefined ? `${token ?? `${scheme ?? ""} `}[secret]` : `${address}[secret]@`,
  );
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
