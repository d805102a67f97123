/** A metric's value in the unit a person reads: MiB, ms, 1,234,567. */

import { RECORDED, type Unit } from "../diagnosis/known-metrics.ts";
import { spanText } from "../diagnosis/span-text.ts";

/**
 * The unit of a metric: by the table of the server's own metrics, whose names do not all end in
 * their unit, otherwise by the suffixes that Prometheus recommends
 * (https://prometheus.io/docs/practices/naming/#base-units). Undefined when the name tells none.
 */
export function unitOf(name: string): Unit | undefined {
  const known = Object.hasOwn(RECORDED, name) ? RECORDED[name] : undefined;
  if (known !== undefined) return known;
  if (/_(count|bucket)$/.test(name)) return "count";
  const base = name.replace(/_sum$/, "");
  if (base !== name) return unitOf(base);
  return SUFFIXES.find(([suffix]) => suffix.test(name))?.[1];
}

const SUFFIXES: readonly (readonly [RegExp, Unit])[] = [
  [/_bytes(_total)?$/, "bytes"],
  [/_seconds(_total)?$/, "seconds"],
  [/_(ms|milliseconds)(_total)?$/, "milliseconds"],
  [/_ratio$/, "ratio"],
  [/_offset$/, "offset"],
  [/_total$/, "count"],
];

/** A value as text; NaN is what a server says when it has no data. */
export function valueText(name: string, value: number): string {
  if (Number.isNaN(value)) return "no data";
  if (!Number.isFinite(value)) return value > 0 ? "infinite" : "-infinite";
  const unit = unitOf(name);
  switch (unit) {
    case "bytes":
      return bytesText(value);
    case "seconds":
      return value === 0 ? "0 s" : spanText(value);
    case "milliseconds":
      return value === 0 ? "0 ms" : spanText(value / 1000);
    case "ratio":
      return `${numberText(value * 100)}%`;
    case "count":
    case "offset":
    case undefined:
      return numberText(value);
  }
}

const BYTE_UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;

/** Binary units with one decimal; below a KiB the bytes themselves. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit: (typeof BYTE_UNITS)[number] = "B";
  for (const next of BYTE_UNITS.slice(1)) {
    if (Math.abs(value) < 1024) break;
    value /= 1024;
    unit = next;
  }
  return `${value.toLocaleString("en-US", { maximumFractionDigits: 1 })} ${unit}`;
}

/** Separators for what can be counted, three significant digits for small fractions. */
function numberText(value: number): string {
  if (Math.abs(value) >= 1e15) return value.toExponential(3);
  if (value !== 0 && Math.abs(value) < 1) return String(Number(value.toPrecision(3)));
  return value.toLocaleString("en-US", { maximumFractionDigits: 2 });
}
