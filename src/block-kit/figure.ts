/** A number of a finding in the unit of its check: 850 ms, 1.2 GiB, 36%, 4.5/s. */

import type { CheckUnit } from "../diagnosis/checks/check.ts";
import { spanText } from "../diagnosis/span-text.ts";
import { bytesText } from "./units.ts";

/** Whole seconds, bytes or counts below this many digits are shown as they are. */
const MOST_DIGITS = 3;

/** A value with its unit as people read it, with as many digits as they compare. */
export function figureText(value: number, unit: CheckUnit): string {
  if (Number.isNaN(value)) return "no number";
  if (!Number.isFinite(value)) return value > 0 ? "infinite" : "-infinite";
  switch (unit) {
    case "seconds":
      return value === 0 ? "0 s" : spanText(value);
    case "bytes":
      return bytesText(value);
    case "bytes_per_second":
      return `${bytesText(value)}/s`;
    case "per_second":
      return `${shortNumber(value)}/s`;
    case "ratio":
      return `${shortNumber(value * 100)}%`;
    case "count":
      return shortNumber(value);
  }
}

/** What a chart's axis is called. */
export function unitName(unit: CheckUnit): string | undefined {
  switch (unit) {
    case "seconds":
      return "seconds";
    case "bytes":
      return "bytes";
    case "bytes_per_second":
      return "bytes per second";
    case "per_second":
      return "per second";
    case "ratio":
      return "share";
    case "count":
      return undefined;
  }
}

/** Three digits, and separators for what is larger. */
function shortNumber(value: number): string {
  const isLarge = Math.abs(value) >= 10 ** MOST_DIGITS;
  const rounded = isLarge ? Math.round(value) : Number(value.toPrecision(MOST_DIGITS));
  return rounded.toLocaleString("en-US", { maximumFractionDigits: 6 });
}
