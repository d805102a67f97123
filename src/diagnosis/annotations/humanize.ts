/** Numbers as Prometheus writes them for people (prometheus/prometheus, template/template.go). */

import { general } from "./format-floats.ts";
import { TemplateError, TemplateTime } from "./template-value.ts";

const DIGITS = 4;
const LARGE = ["k", "M", "G", "T", "P", "E", "Z", "Y"];
const SMALL = ["m", "u", "n", "p", "f", "a", "z", "y"];
const BINARY = ["ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"];

/** With prefixes of 1000, as Prometheus' function of that name. */
export function humanize(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return general(value, DIGITS);
  return Math.abs(value) >= 1 ? divided(value, 1000, LARGE) : multiplied(value);
}

/** With prefixes of 1024, as Prometheus' function of that name. */
export function humanize1024(value: number): string {
  if (Math.abs(value) <= 1 || !Number.isFinite(value)) return general(value, DIGITS);
  return divided(value, 1024, BINARY);
}

/** Seconds as days, hours, minutes and seconds; less than a second with a prefix. */
export function humanizeDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return general(seconds, DIGITS);
  if (seconds === 0) return `${general(seconds, DIGITS)}s`;
  if (Math.abs(seconds) < 1) return `${multiplied(seconds)}s`;
  const sign = seconds < 0 ? "-" : "";
  const size = Math.abs(seconds);
  // What does not fit 64 bits becomes their smallest number, as in Go on amd64.
  const whole = size < 2 ** 63 ? BigInt(Math.trunc(size)) : -(2n ** 63n);
  const parts = [
    [whole / 86_400n, "d"],
    [(whole / 3_600n) % 24n, "h"],
    [(whole / 60n) % 60n, "m"],
    [whole % 60n, "s"],
  ] as const;
  const first = parts.findIndex(([count]) => count !== 0n);
  if (first === parts.length - 1) return `${sign}${general(size, DIGITS)}s`;
  return (
    sign +
    parts
      .slice(first)
      .map(([count, unit]) => `${count}${unit}`)
      .join(" ")
  );
}

/** A share of 1 in percent, as Prometheus' function of that name. */
export function humanizePercentage(value: number): string {
  return `${general(value * 100, DIGITS)}%`;
}

/** The last moment that fits Go's nanoseconds in 64 bits. */
const MOST_NANOSECONDS = 2 ** 63;

/** Seconds since 1970 as Go prints a time in UTC, to the millisecond. */
export function humanizeTimestamp(seconds: number): string {
  return Number.isFinite(seconds) ? timeOf(seconds).text : general(seconds, DIGITS);
}

/** Seconds since 1970 as a moment in UTC, to the millisecond. */
export function timeOf(seconds: number): TemplateTime {
  if (!Number.isFinite(seconds)) throw new TemplateError(`${seconds} is not a time`);
  if (Math.abs(seconds * 1e9) >= MOST_NANOSECONDS) {
    throw new TemplateError(`${seconds} is too large for a time`);
  }
  const ms = Number(BigInt(Math.trunc(seconds * 1e9)) / 1_000_000n);
  const [date = "", time = ""] = new Date(ms).toISOString().replace("Z", "").split("T");
  const [clock = "", fraction = ""] = time.split(".");
  const rest = fraction.replace(/0+$/, "");
  return new TemplateTime(ms, `${date} ${clock}${rest === "" ? "" : `.${rest}`} +0000 UTC`);
}

/** 64 bits of nanoseconds; what does not fit them is their smallest number, as in Go on amd64. */
function nanosecondsOf(seconds: number): bigint {
  const exact = seconds * 1e9;
  return Math.abs(exact) < MOST_NANOSECONDS ? BigInt(Math.trunc(exact)) : -(2n ** 63n);
}

const UNITS = [
  [1_000_000_000n, "s"],
  [1_000_000n, "ms"],
  [1_000n, "µs"],
  [1n, "ns"],
] as const;

/** Seconds as Go writes a duration: 1h0m1.5s. */
export function goDuration(seconds: number): string {
  const nanoseconds = nanosecondsOf(seconds);
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  const [unit, name] = UNITS.find(([each]) => size >= each) ?? [1n, "s"];
  const whole = size / unit;
  const rest = size % unit;
  const fraction = rest === 0n ? "" : `.${decimalsOf(rest, unit)}`;
  const sign = nanoseconds < 0n ? "-" : "";
  if (name !== "s" || whole < 60n) return `${sign}${whole}${fraction}${name}`;
  const hours = whole / 3_600n;
  const minutes = `${(whole / 60n) % 60n}m${whole % 60n}${fraction}s`;
  return `${sign}${hours === 0n ? "" : `${hours}h`}${minutes}`;
}

/** Without zeros at the end. */
function decimalsOf(rest: bigint, unit: bigint): string {
  const places = String(unit).length - 1;
  return String(rest).padStart(places, "0").replace(/0+$/, "");
}

function divided(value: number, step: number, prefixes: readonly string[]): string {
  let [left, prefix] = [value, ""];
  for (const next of prefixes) {
    if (Math.abs(left) < step) break;
    [left, prefix] = [left / step, next];
  }
  return general(left, DIGITS) + prefix;
}

function multiplied(value: number): string {
  let [left, prefix] = [value, ""];
  for (const next of SMALL) {
    if (Math.abs(left) >= 1) break;
    [left, prefix] = [left * 1000, next];
  }
  return general(left, DIGITS) + prefix;
}
