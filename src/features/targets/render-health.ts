/** A target's health: the verdict in one sentence, each probe with its time, what to look at next. */

import type { KnownBlock } from "@slack/types";
import { bold, plain } from "../../block-kit/blocks.ts";
import { fit } from "../../block-kit/fit.ts";
import type { Message } from "../../block-kit/message.ts";
import { richLine, withCode } from "../../block-kit/rich-line.ts";
import { SEVERITY_MARKS, STATE_MARKS } from "../../block-kit/state-marks.ts";
import { type Column, table } from "../../block-kit/table.ts";
import { count, escaped, line, listed } from "../../block-kit/text.ts";
import { bytesText } from "../../block-kit/units.ts";
import { type Severity, severityRank } from "../../diagnosis/checks/check.ts";
import type { HealthReport } from "../../diagnosis/health/health-report.ts";
import type { HealthState } from "../../diagnosis/health/health-verdicts.ts";
import { PROBE_NAMES, type ProbeResult } from "../../diagnosis/probe-results.ts";
import type { HeldRule, PassedOverRule } from "../../diagnosis/rules/rule.ts";
import { wordsOfRule } from "../../diagnosis/rules/rule-words.ts";
import { spanText } from "../../diagnosis/span-text.ts";
import type { FoundState } from "../shared/found-state.ts";

/** As the check of the same state is shown: its colour is that of its alert. */
const SEVERITIES: Readonly<Record<HealthState, Severity | undefined>> = {
  down: "critical",
  "http-down": "warning",
  "wrong-address": "warning",
  foreign: "warning",
  "http-hangs": "warning",
  "http-broken": "warning",
  "kafka-down": "critical",
  "kafka-silent": "critical",
  unhealthy: "critical",
  partial: "warning",
  slow: "warning",
  healthy: undefined,
};

const COLUMNS: readonly Column<ProbeResult>[] = [
  { title: "Probe", cell: (probe) => PROBE_NAMES[probe.probe], most: 20 },
  { title: "Result", cell: (probe) => `${probe.ok ? "✓" : "✗"} ${probe.says}`, most: 300 },
  { title: "Took", cell: took, most: 20 },
];

/** Longest sentence shown: a server's own words are part of it. */
const SENTENCE = 700;

/** What the bot knows beyond the probes, when it keeps a history of the target. */
export interface HealthContext {
  /** The alert rules that hold right now, by our own evaluation. */
  readonly rules: readonly HeldRule[];
  /** The alert rules that cannot be judged from the target's own series. */
  readonly passedOver: readonly PassedOverRule[];
  /** What our polls have cost the target since the bot started. */
  readonly cost: { readonly requests: number; readonly bytes: number };
  /** What the checks find, which the probes may not see. */
  readonly found?: FoundState;
}

export interface HealthNow extends HealthContext {
  readonly report: HealthReport;
}

/** The report of a poll that was made for it. */
export function renderHealthNow({ report, ...context }: HealthNow): Message {
  return renderHealth(report, context);
}

/** What a person gets for `health`, and what an incident's thread says of the live server. */
export function renderHealth(report: HealthReport, context?: HealthContext): Message {
  const { verdict, probes } = report;
  const sentence = headSentence(report, context?.found);
  const notes = verdict.notes.map((note) => line(note, SENTENCE));
  const rules = context === undefined ? [] : rulesTexts(context.rules);
  const small = context === undefined ? [] : smallPrint(context);
  const blocks: KnownBlock[] = [
    richLine([bold(sentence)]),
    ...notes.map((note) => richLine(withCode(note))),
    ...rules.map((text) => richLine([plain(text)])),
    table(COLUMNS, probes),
    ...small.map((text) => smallBlock(text)),
  ];
  return fit({ text: plainForm(sentence, [...notes, ...rules], probes), blocks });
}

/** One colour for the target: that of the worst of what its probes and its checks say. */
function headSentence({ target, verdict }: HealthReport, found: FoundState | undefined): string {
  const own = SEVERITIES[verdict.state];
  const worst = found !== undefined && isWorse(found.severity, own) ? found.severity : own;
  const mark = worst === undefined ? STATE_MARKS.fine : SEVERITY_MARKS[worst];
  const sentence = line(verdict.sentence, SENTENCE);
  if (found === undefined) return `${mark} ${sentence}`;
  return own === undefined
    ? `${mark} ${line(target, 80)}: ${found.title}, although it answers and passes its health checks.`
    : `${mark} ${sentence} Its checks find: ${found.title}.`;
}

function isWorse(severity: Severity, than: Severity | undefined): boolean {
  return than === undefined || severityRank(severity) > severityRank(than);
}

/** Rules named in one line; the others are counted. */
const NAMED_RULES = 8;
const NAMED_REASONS = 3;
/** Rules that are shown with what they say. */
const SAID_RULES = 3;

function rulesTexts(rules: readonly HeldRule[]): string[] {
  const names = [...new Set(rules.map(({ rule, state }) => `${rule.alert} (${state})`))];
  if (names.length === 0) return ["No alert condition is true now."];
  const shown = listed(names, { most: NAMED_RULES, textOf: (name) => name });
  const said = rules.filter(
    ({ rule }, at) => rules.findIndex((other) => other.rule.alert === rule.alert) === at,
  );
  return [
    `Alert conditions true now: ${shown}.`,
    ...said.slice(0, SAID_RULES).flatMap((held) => {
      const words = wordsOfRule(held);
      return words === undefined ? [] : [`• ${held.rule.alert}: ${line(words, SENTENCE)}`];
    }),
  ];
}

function smallPrint({ passedOver, cost }: HealthContext): string[] {
  return [...(passedOver.length === 0 ? [] : [passedOverText(passedOver)]), costText(cost)];
}

/**
 * Rules that cannot be judged are neither firing nor clear here: each says why, the first ones by name. Of
 * those about another job (the bot, the node exporter) nobody expects it: they are counted.
 */
function passedOverText(passedOver: readonly PassedOverRule[]): string {
  const lacking = passedOver.filter(({ isForeign }) => !isForeign);
  const foreign = passedOver.length - lacking.length;
  const named = listed(lacking, {
    most: NAMED_REASONS,
    textOf: ({ alert, reason }) => `${alert} (${reason})`,
  });
  return [
    ...(lacking.length === 0 ? [] : [`Not checked here: ${named}.`]),
    ...(foreign === 0
      ? []
      : [`Not checked here, because they read other jobs: ${count(foreign, "rule")}.`]),
  ].join(" ");
}

function costText({ requests, bytes }: HealthContext["cost"]): string {
  return `Cost of my polls since I started: ${count(requests, "request")}, ${bytesText(bytes)} read.`;
}

function smallBlock(text: string): KnownBlock {
  return { type: "context", elements: [{ type: "plain_text", text, emoji: false }] };
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
