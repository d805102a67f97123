/** A span of time in words: "120 µs", "850 ms", "4.2 s", "2 h 15 min", "3 d 4 h". */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Two units at most: nobody acts on the seconds of an uptime of days. */
export function spanText(seconds: number): string {
  if (seconds < 0) return `-${spanText(-seconds)}`;
  if (seconds > 0 && seconds < 0.001) return `${Number((seconds * 1e6).toPrecision(3))} µs`;
  if (seconds < 1) return `${Number((seconds * 1000).toPrecision(3))} ms`;
  if (seconds < MINUTE) return `${Number(seconds.toPrecision(3))} s`;
  const whole = Math.floor(seconds);
  if (whole < HOUR) return pair(whole, [MINUTE, "min"], [1, "s"]);
  if (whole < DAY) return pair(whole, [HOUR, "h"], [MINUTE, "min"]);
  return pair(whole, [DAY, "d"], [HOUR, "h"]);
}

type Unit = readonly [seconds: number, name: string];

function pair(seconds: number, large: Unit, small: Unit): string {
  const rest = Math.floor((seconds % large[0]) / small[0]);
  const first = `${Math.floor(seconds / large[0]).toLocaleString("en-US")} ${large[1]}`;
  return rest === 0 ? first : `${first} ${rest} ${small[1]}`;
}
