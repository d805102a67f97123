/**
 * Renders /metrics as the server's exporter does: counters, gauges, then summaries; HELP only for
 * described names, TYPE for each, an empty line after each family (streamline-facts 2.1;
 * metrics-exporter-prometheus 0.16.2, recorder.rs `render` and formatting.rs).
 */
import type { ExpositionCondition } from "./conditions.ts";
import { type CatalogueMetric, METRICS, type MetricName } from "./metric-catalogue.ts";
import type { LabelText, Recorder } from "./recorder.ts";
import type { RollingSummary } from "./rolling-summary.ts";

/** The exporter's default quantiles; a histogram has no buckets (streamline-facts 2.1). */
export const QUANTILES = [0, 0.5, 0.9, 0.95, 0.99, 0.999, 1] as const;

const REAL_PREFIX = "streamline_";

/** The exposition text at that moment, with what the conditions drop or rename. */
export function renderExposition(
  recorder: Recorder,
  atMs: number,
  { dropped, prefix }: Pick<ExpositionCondition, "dropped" | "prefix">,
): string {
  const lines: string[] = [];
  const wanted = (name: string) => !dropped.includes(name);
  for (const type of ["counter", "gauge"] as const) {
    for (const [name, series] of recorder.values) {
      if (METRICS[name].type !== type || !wanted(name)) continue;
      renderValues(lines, { name, shownAs: rename(name, prefix), series });
    }
  }
  for (const [name, series] of recorder.summaries) {
    if (wanted(name)) renderSummaries(lines, { name, shownAs: rename(name, prefix), series }, atMs);
  }
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

/**
 * A number as Rust's `Display` writes it: shortest form, never an exponent, `inf` and `NaN`.
 */
export function formatRustNumber(value: number): string {
  if (value === Infinity) return "inf";
  if (value === -Infinity) return "-inf";
  const text = String(value);
  if (!text.includes("e")) return text;
  const [digits = text, exponent] = text.split("e");
  return withoutExponent(digits, Number(exponent));
}

interface ShownFamily<Cell> {
  readonly name: MetricName;
  readonly shownAs: string;
  readonly series: ReadonlyMap<LabelText, Cell>;
}

function renderValues(lines: string[], { name, shownAs, series }: ShownFamily<number>): void {
  renderHead(lines, name, shownAs);
  for (const [labels, value] of series) {
    lines.push(`${shownAs}${braced(labels)} ${formatRustNumber(value)}`);
  }
  lines.push("");
}

function renderSummaries(
  lines: string[],
  { name, shownAs, series }: ShownFamily<RollingSummary>,
  atMs: number,
): void {
  renderHead(lines, name, shownAs);
  for (const [labels, summary] of series) {
    const values = summary.quantiles(QUANTILES, atMs);
    const before = labels === "" ? "" : `${labels},`;
    QUANTILES.forEach((quantile, index) => {
      const value = formatRustNumber(values[index] ?? 0);
      lines.push(`${shownAs}{${before}quantile="${quantile}"} ${value}`);
    });
    lines.push(`${shownAs}_sum${braced(labels)} ${formatRustNumber(summary.sum)}`);
    lines.push(`${shownAs}_count${braced(labels)} ${summary.count}`);
  }
  lines.push("");
}

function renderHead(lines: string[], name: MetricName, shownAs: string): void {
  const { type, help }: CatalogueMetric = METRICS[name];
  if (help !== undefined) lines.push(`# HELP ${shownAs} ${help}`);
  lines.push(`# TYPE ${shownAs} ${type}`);
}

function braced(labels: LabelText): string {
  return labels === "" ? "" : `{${labels}}`;
}

function rename(name: string, prefix: string): string {
  return name.startsWith(REAL_PREFIX) ? prefix + name.slice(REAL_PREFIX.length) : name;
}

function withoutExponent(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = mantissa.replace("-", "").split(".");
  const digits = whole + fraction;
  const point = whole.length + exponent;
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, "0");
}
