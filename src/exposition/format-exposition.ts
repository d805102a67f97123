/** Samples -> Prometheus' text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats). */

import type { Sample } from "./sample.ts";

export const EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8";

export interface FamilyText {
  readonly type: "counter" | "gauge";
  readonly help: string;
}

type Families = Readonly<Record<string, FamilyText>>;

/** @param families what each name is; one that is not there is a gauge without a help line */
export function formatExposition(samples: readonly Sample[], families: Families): string {
  return [...expositionParts(samples, families)].join("");
}

/** Lines of one part: some milliseconds of work. */
const LINES_OF_PART = 1_000;

/** The same piece by piece, for whoever must pause. */
export function* expositionParts(
  samples: readonly Sample[],
  families: Families,
): Generator<string, void> {
  for (const [name, own] of Map.groupBy(samples, (sample) => sample.name)) {
    const { type, help } = families[name] ?? { type: "gauge", help: "" };
    const head = help === "" ? "" : `# HELP ${name} ${escapedHelp(help)}\n`;
    yield `${head}# TYPE ${name} ${type}\n`;
    for (let from = 0; from < own.length; from += LINES_OF_PART) {
      yield own
        .slice(from, from + LINES_OF_PART)
        .map(sampleLine)
        .join("");
    }
  }
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
