/** Bolt's log lines on their way into ours. */

import type { Logger as SlackLogger } from "@slack/bolt";
import type { Logger } from "pino";
import { LogLevel } from "./bolt.ts";

/** Bolt logs whole requests at debug level, with tokens and what people wrote: that level is left out. */
export function slackLogger(log: Logger): SlackLogger {
  return linesOf(log, (own, words) => own.warn(words));
}

/**
 * For a client whose callers log themselves what failed: while Slack is away it would warn of each of
 * the calls that ask whether it is back.
 */
export function quietSlackLogger(log: Logger): SlackLogger {
  return linesOf(log, (own, words) => own.debug(words));
}

function linesOf(log: Logger, warn: (own: Logger, words: string) => void): SlackLogger {
  const own = log.child({ name: "slack" });
  const words = (parts: unknown[]): string =>
    parts.map((part) => (part instanceof Error ? part.message : String(part))).join(" ");
  return {
    debug: () => undefined,
    info: (...parts) => own.info(words(parts)),
    warn: (...parts) => warn(own, words(parts)),
    error: (...parts) => own.error(words(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
