/** The bot's log: JSON lines on standard output, without secrets. */

import { type Logger, pino, stdSerializers } from "pino";

/** Where a library might put a secret into a logged object. */
const SECRET_PATHS = ["token", "password", "authorization", "headers.authorization"].flatMap(
  (path) => [path, `*.${path}`, `*.*.${path}`],
);

/** Slack's tokens, bearer headers and passwords in addresses, wherever they stand in a text. */
const SECRET_TEXT =
  /\b(xox[a-z]-|xapp-)[\w-]+|(bearer|basic)\s+[\w+/=.~-]{8,}|(:\/\/[^\s:/@]+:)[^\s@/]+@/gi;

export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRET_PATHS, censor: "[secret]" },
    serializers: { err: serializeError },
    hooks: { streamWrite: (line) => withoutSecrets(line) },
  });
}

/** The text with everything that looks like a secret taken out. */
export function withoutSecrets(text: string): string {
  return text.replace(SECRET_TEXT, (_, token?: string, scheme?: string, address?: string) =>
    address === undefined ? `${token ?? `${scheme ?? ""} `}[secret]` : `${address}[secret]@`,
  );
}

/** Slack's errors carry the whole request; only what an operator needs is kept. */
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack } = stdSerializers.err(error);
  const cause = error.cause instanceof Error ? { cause: error.cause.message } : {};
  return { type, message, stack, ...cause };
}
