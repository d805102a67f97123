/**
 * The answer to "why is it slow?": the verdict first, then the proof, a picture, what to do, and
 * folded away what was ruled out and what nobody could check.
 */

import type {
  ContainerBlock,
  RichTextBlock,
  RichTextBlockElement,
  RichTextList,
  RichTextSection,
} from "@slack/types";
import type { Diagnosis } from "../diagnosis/diagnose.ts";
import type { Ranked } from "../diagnosis/rank.ts";
import type { Target } from "../diagnosis/target.ts";
import { bold, context, plain } from "./blocks.ts";
import { chartBlock, chartWords } from "./chart-block.ts";
import { othersSentence, uncheckedByReason, verdictSentence } from "./diagnosis-words.ts";
import { figureText } from "./figure.ts";
import { fit } from "./fit.ts";
import type { KnownBlock, Message } from "./message.ts";
import { type Excerpt, type RenderedExcerpt, renderExcerpt } from "./render-excerpt.ts";
import { findingLines } from "./render-finding.ts";
import { richLine } from "./rich-line.ts";
import { richWords } from "./rich-words.ts";
import { count, escaped, line } from "./text.ts";
import { duration, moment } from "./times.ts";

export interface DiagnosisAnswer {
  readonly diagnosis: Diagnosis;
  readonly target: Pick<Target, "name" | "http" | "kafka">;
  /** The section to read for the first cause, and the others of its page. */
  readonly excerpt?: Excerpt;
  /** With it the same answer can be had again. */
  readonly replayId?: string;
  /** What a person must know about how it was found out. */
  readonly notes: readonly string[];
}

/** Findings told in full; the rest is named in one line. */
const TOLD = 5;
const VERDICT = 900;
const FOLDED = 2_400;
const FOLDED_PLAIN = 1_200;

/** Renders the answer; the same answer gives the same message. */
export function renderDiagnosis(answer: DiagnosisAnswer): Message {
  const { diagnosis, target, notes } = answer;
  const verdict = line(verdictSentence(diagnosis, target.name), VERDICT);
  const others = othersSentence(diagnosis);
  const lead = [verdict, ...(others === undefined ? [] : [line(others, VERDICT)]), ...notes];
  const findings = findingsBlock(diagnosis);
  const excerpt = excerptOf(answer);
  const folded = foldedLines(diagnosis);
  const { chart } = diagnosis;
  return fit({
    blocks: [
      richLine([bold(verdict)]),
      ...lead.slice(1).map((text) => richLine([plain(text)])),
      ...(findings === undefined ? [] : [findings]),
      ...(chart === undefined ? [] : [chartBlock(chart)]),
      ...excerpt.blocks,
      ...fold(diagnosis, folded),
      context(sourceWords(answer)),
    ],
    text: [
      `*${escaped(verdict, VERDICT)}*`,
      ...lead.slice(1).map((text) => escaped(text, VERDICT)),
      ...(findings === undefined ? [] : [richWords(findings, 1_400).text]),
      ...chartLine(diagnosis),
      ...excerpt.text,
      ...folded.map((text) => escaped(text, FOLDED_PLAIN)),
      sourceWords(answer),
    ].join("\n"),
  });
}

/** Each finding an item of a numbered list, its proof below it. */
function findingsBlock({ suspects, nowMs, verdict }: Diagnosis): RichTextBlock | undefined {
  if (suspects.length === 0) return undefined;
  const first = verdict.kind === "suspect" ? verdict.cause.check.id : undefined;
  const names = new Map(suspects.map(({ check }) => [check.id, check.title]));
  const told = suspects.slice(0, TOLD).flatMap((ranked, index): RichTextBlockElement[] => {
    const isVerdict = ranked.check.id === first;
    const { title, details } = findingLines(ranked, { nowMs, names, isVerdict });
    return [
      numbered(title, index),
      { type: "rich_text_list", style: "bullet", indent: 1, elements: [...details] },
    ];
  });
  const rest = suspects.slice(TOLD);
  return { type: "rich_text", elements: [...told, ...restLine(rest)] };
}

/** @slack/types 3.2 does not know `offset`, how many items were numbered before. */
function numbered(item: RichTextSection, before: number): RichTextList & { offset?: number } {
  const list: RichTextList = { type: "rich_text_list", style: "ordered", elements: [item] };
  return before === 0 ? list : { ...list, offset: before };
}

/** Only a cause has a page to follow; commands are filled in with its own labels. */
function excerptOf({ diagnosis, target, excerpt }: DiagnosisAnswer): RenderedExcerpt {
  const { verdict } = diagnosis;
  if (excerpt === undefined || verdict.kind !== "suspect") return { blocks: [], text: [] };
  return renderExcerpt(excerpt, { target, labels: verdict.cause.rows[0]?.labels ?? {} });
}

function restLine(rest: readonly Ranked[]): RichTextBlockElement[] {
  if (rest.length === 0) return [];
  const names = rest.map(({ check }) => check.title).join(", ");
  const text = plain(`${count(rest.length, "more finding")}: ${line(names, 400)}`);
  return [{ type: "rich_text_section", elements: [text] }];
}

function chartLine({ chart }: Diagnosis): string[] {
  if (chart === undefined) return [];
  const words = chartWords(chart, (value) => figureText(value, chart.check.chartUnit));
  const [first = 0] = chart.timesMs;
  const span = duration((chart.timesMs.at(-1) ?? 0) - first);
  return words === "" ? [] : [escaped(`${chart.check.title}, last ${span}: ${words}`)];
}

/** What was wrong and is over, what was ruled out, what could not be checked and why. */
function foldedLines({ over, healthy, unknown, nowMs }: Diagnosis): string[] {
  const past = over.map(({ sentence, fromMs, toMs }) => {
    const ago = `over for ${duration(nowMs - toMs)}, lasted ${duration(toMs - fromMs)}`;
    return `Was so, and is no more (${ago}): ${line(sentence, 300)}`;
  });
  const fine = healthy.map(({ check }) => check.title).join(", ");
  const unchecked = uncheckedByReason(unknown).map(
    ({ reason, titles }) =>
      `Not checked, because ${line(reason, 300)} (${titles.length}): ${titles.join(", ")}`,
  );
  return [
    ...past,
    ...(fine === "" ? [] : [`Ruled out (${healthy.length}): ${fine}`]),
    ...unchecked,
  ];
}

function fold({ healthy, unknown, over }: Diagnosis, lines: readonly string[]): KnownBlock[] {
  if (lines.length === 0) return [];
  const parts = [
    ...(over.length === 0 ? [] : [`${over.length} over`]),
    `${healthy.length} ruled out`,
    ...(unknown.length === 0 ? [] : [`${unknown.length} not checked`]),
  ];
  const most = Math.floor(FOLDED / Math.min(lines.length, 10));
  const block: ContainerBlock = {
    type: "container",
    title: { type: "plain_text", text: parts.join(", "), emoji: false },
    is_collapsible: true,
    default_collapsed: true,
    child_blocks: lines.slice(0, 10).map((text) => ({
      type: "rich_text",
      elements: [{ type: "rich_text_section", elements: [plain(line(text, Math.max(300, most)))] }],
    })),
  };
  return [block];
}

/** What the answer rests on, and how to have it again. */
function sourceWords({ diagnosis, target, replayId }: DiagnosisAnswer): string {
  const { history, nowMs } = diagnosis;
  const { firstMs, snapshots } = history;
  const span = firstMs === undefined ? "" : ` over ${duration(nowMs - firstMs)}`;
  return [
    `*${escaped(target.name)}* at ${moment(nowMs)}`,
    `${count(snapshots, "look")}${span}`,
    ...(replayId === undefined ? [] : [`again: \`why-slow replay:${escaped(replayId)}\``]),
  ].join("  ·  ");
}
