/** A target's health: the verdict in one sentence, each probe with its time, what to look at next. */

import type { KnownBlock } from "@slack/types";
import type { HealthReport } from "../diagnosis/health-report.ts";
import type { HealthState } from "../diagnosis/health-verdicts.ts";
import { PROBE_NAMES, type ProbeResult } from "../diagnosis/probe-results.ts";
import { spanText } from "../diagnosis/span-text.ts";
import { bold } from "./blocks.ts";
import { fit } from "./fit.ts";
import type { Message } from "./message.ts";
import { richLine, withCode } from "./rich-line.ts";
import { type Column, table } from "./table.ts";
import { escaped, line } from "./text.ts";

/** A sign beside the words, never instead of them. */
const SIGNS: Readonly<Record<HealthState, string>> = {
  down: "🔴",
  "http-down": "🟠",
  foreign: "🔴",
  "http-hangs": "🔴",
  "http-broken": "🟠",
  "kafka-down": "🔴",
  "kafka-silent": "🟠",
  unhealthy: "🔴",
  partial: "🟡",
  slow: "🟡",
  healthy: "🟢",
};

const COLUMNS: readonly Column<ProbeResult>[] = [
  { title: "Probe", cell: (probe) => PROBE_NAMES[probe.probe], most: 20 },
  { title: "Result", cell: (probe) => `${probe.ok ? "✓" : "✗"} ${probe.says}`, most: 300 },
  { title: "Took", cell: took, most: 20 },
];

/** Longest sentence shown: a server's own words are part of it. */
const SENTENCE = 700;

/** What a person gets for `health`, and what an incident's thread says of the live server. */
export function renderHealth(report: HealthReport): Message {
  const { verdict, probes } = report;
  const sentence = `${SIGNS[verdict.state]} ${line(verdict.sentence, SENTENCE)}`;
  const notes = verdict.notes.map((note) => line(note, SENTENCE));
  const blocks: KnownBlock[] = [
    richLine([bold(sentence)]),
    ...notes.map((note) => richLine(withCode(note))),
    table(COLUMNS, probes),
  ];
  return fit({ text: plainForm(sentence, notes, probes), blocks });
}

function plainForm(
  sentence: string,
  notes: readonly string[],
  probes: readonly ProbeResult[],
): string {
  const lines = probes.map(
    (probe) =>
      `• ${PROBE_NAMES[probe.probe]}: ${probe.ok ? "ok" : "failed"}, ${line(probe.says)} (${took(probe)})`,
  );
  return [sentence, ...notes, ...lines].map((each) => escaped(each, SENTENCE + 10)).join("\n");
}

function took(probe: ProbeResult): string {
  return probe.ms < 1 ? "under 1 ms" : spanText(Math.round(probe.ms) / 1000);
}
