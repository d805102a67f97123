/** The bot's real log, written to memory. */

import type { Logger } from "pino";
import { createLog } from "../../src/edges/log.ts";

export interface CapturedLog {
  readonly log: Logger;
  /** Everything written so far. */
  readonly text: () => string;
  /** The same as the objects that the lines are. */
  readonly lines: () => Record<string, unknown>[];
}

export function captureLog(level = "trace"): CapturedLog {
  const written: string[] = [];
  const log = createLog(level, { write: (line) => void written.push(line) });
  return {
    log,
    text: () => written.join(""),
    lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
