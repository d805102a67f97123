/** What every feature needs of the world. */

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after so many milliseconds, or at once when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** For waits and leases: a clock that is set, or steps, must not make anything wait or hurry. */
export interface MonotonicClock extends Clock {
  /** Milliseconds since some moment; never goes back. */
  elapsed(): number;
}

/** The part of pino's logger that flows use. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Times answers, for the bot's own /metrics. */
export interface AnswerMeter {
  /** Time from a question, or a webhook, to its answer in Slack. */
  answered(kind: string, seconds: number): void;
}
