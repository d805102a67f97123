/**
 * A pasted log or stack trace -> the lines worth looking up.
 *
 * What a terminal and a logger put around a message (colours, times, levels, thread names) is in no
 * runbook, and one line of a hundred says what went wrong.
 */

/** Escape sequences of a terminal; of some, copying leaves only the visible part. */
const COLORS = /\p{Cc}?\[\d{0,3}(?:;\d{1,3})*[mK]/gu;
/** `2026-11-23T03:00:00.123Z`, `Nov 23 03:00:00`, `03:00:00,123`, `[12345.678]`. */
const TIMES = [
  /\[?\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?\]?/g,
  /\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{1,2} \d\d:\d\d:\d\d\b/g,
  /\[?\b\d\d:\d\d:\d\d[.,]\d+\]?/g,
  /^\[\s*\d+\.\d+\]/g,
];
const LEVEL = /^[[<(]?(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|CRITICAL)[\]>)]?[:\s]+/i;
/** A frame of a stack says where, not what. */
const FRAME = /^(?:at |File "|\d+: 0x|\.\.\. \d+ more|goroutine \d+)/;

const TELLING =
  /\b(?:error|errors|failed|failure|fail|exception|panic|panicked|fatal|refused|timeout|timed out|cannot|could not|denied|full|exceeded|caused by|killed|corrupt\w*|backpressure|unavailable)\b/i;

/** A log of thousands of lines is read from both ends: how it began, and how it ended. */
const MOST_LINES = 60;

export interface PastedLine {
  readonly text: string;
  /** It looks like the line that says what went wrong. */
  readonly isTelling: boolean;
}

/**
 * A clock to the second, a level in capitals, "Error: " as programs of a terminal print it, librdkafka's marks, or
 * JSON of a logger: no question begins so.
 */
const LOGGED =
  /^(?:(?:Error|error|Fatal|fatal|Panic|panic|Warning|warning): |[^\n]{0,40}?\b\d\d:\d\d:\d\d\b|[[<(]?(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL)\b|%\d\|\d|\{\s*"(?:@?timestamp|time|ts|level|severity|logger|msg|message)")/;

/** Whether the text begins as a line of a log does. */
export function isLogLine(text: string): boolean {
  return LOGGED.test(text);
}

/** The text without what only a terminal needs. */
export function withoutColors(text: string): string {
  return text.replace(COLORS, "");
}

/** Each line once, without its time and level. */
export function pastedLines(text: string): PastedLine[] {
  const lines = withoutColors(text)
    .split(/\r?\n/)
    .map(bare)
    .filter((line) => /\p{L}{2}/u.test(line) && !FRAME.test(line));
  const all = [...new Set(lines)];
  const half = MOST_LINES / 2;
  const kept = all.length <= MOST_LINES ? all : [...all.slice(0, half), ...all.slice(-half)];
  return kept.map((line) => ({ text: line, isTelling: TELLING.test(line) }));
}

function bare(line: string): string {
  const untimed = TIMES.reduce((rest, time) => rest.replace(time, " "), line.trim());
  return untimed.trim().replace(LEVEL, "").trim();
}
