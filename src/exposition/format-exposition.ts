/** Samples -> Prometheus' text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats). */

import type { Sample } from "./sample.ts";

export const EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8";

export interface FamilyText {
  readonly type: "counter" | "gauge";
  readonly help: string;
}

/** @param families what each name is; one that is not there is a gauge without a help line */
export function formatExposition(
  samples: readonly Sample[],
  families: Readonly<Record<string, FamilyText>>,
): string {
  const byName = Map.groupBy(samples, ({ name }) => name);
  const parts = [...byName].map(([name, own]) => {
    const { type, help } = families[name] ?? { type: "gauge", help: "" };
    const head = help === "" ? "" : `# HELP ${name} ${escapedHelp(help)}\n`;
    return `${head}# TYPE ${name} ${type}\n${own.map(sampleLine).join("")}`;
  });
  return parts.join("");
}

function sampleLine({ name, labels, value }: Sample): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escapedValue(text)}"`);
  return `${name}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${numberText(value)}\n`;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? "+Inf" : "-Inf";
}

function escapedValue(text: string): string {
  return text.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n");
}

function escapedHelp(text: string): string {
  return text.replace(/\\/g, "\\\\").replace(/\n/g, "\\n");
}
