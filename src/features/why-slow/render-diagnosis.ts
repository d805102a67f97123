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
import { bold, context, plain } from "../../block-kit/blocks.ts";
import { chartBlock, chartWords } from "../../block-kit/chart-block.ts";
import { figureText } from "../../block-kit/figure.ts";
import { fit, sizeOf } from "../../block-kit/fit.ts";
import { LIMITS } from "../../block-kit/limits.ts";
import type { KnownBlock, Message } from "../../block-kit/message.ts";
import { richLine } from "../../block-kit/rich-line.ts";
import { richWords } from "../../block-kit/rich-words.ts";
import { count, escaped, line } from "../../block-kit/text.ts";
import { duration, moment } from "../../block-kit/times.ts";
import type { Diagnosis } from "../../diagnosis/checks/diagnose.ts";
import type { Ranked } from "../../diagnosis/checks/rank.ts";
import type { Target } from "../../diagnosis/target.ts";
import { type Excerpt, type RenderedExcerpt, renderExcerpt } from "../runbooks/render-excerpt.ts";
import {
  othersSentence,
  recoveredSentence,
  uncheckedByReason,
  verdictSentence,
} from "./diagnosis-words.ts";
import { findingLines } from "./render-finding.ts";

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

/** Findings told in full, and their room in the message; the rest is named in one line. */
const TOLD = 5;
const FINDINGS = 3_600;
const VERDICT = 600;
const FOLDED = 2_400;
const FOLDED_PLAIN = 1_200;
/** What the excerpt may take of what the rest leaves. */
const EXCERPT = { least: 1_000, most: 4_500 };

/** Renders the answer; the same answer gives the same message. */
export function renderDiagnosis(answer: DiagnosisAnswer): Message {
  const { diagnosis, target, notes } = answer;
  const others = othersSentence(diagnosis);
  const verdict = line(verdictSentence(diagnosis, target.name), VERDICT);
  const more = [...(others === undefined ? [] : [line(others, VERDICT)]), ...notes];
  const findings = findingsBlock(diagnosis);
  const folded = foldedLines(diagnosis);
  const { chart } = diagnosis;
  const before: KnownBlock[] = [
    richLine([bold(verdict)]),
    ...more.map((text) => richLine([plain(text)])),
    ...(findings === undefined ? [] : [findings]),
    ...(chart === undefined ? [] : [chartBlock(chart)]),
  ];
  const after = [...fold(diagnosis, folded), context(sourceWords(answer))];
  const excerpt = excerptOf(answer, roomBeside([...before, ...after]));
  return fit({
    blocks: [...before, ...excerpt.blocks, ...after],
    text: [
      `*${escaped(verdict, VERDICT)}*`,
      ...more.map((text) => escaped(text, VERDICT)),
      ...(findings === undefined ? [] : [richWords(findings, 1_400).text]),
      ...chartLine(diagnosis),
      ...excerpt.text,
      ...folded.map((text) => escaped(text, FOLDED_PLAIN)),
      sourceWords(answer),
    ].join("\n"),
  });
}

function roomBeside(blocks: readonly KnownBlock[]): number {
  const left = LIMITS.messageTotal - blocks.reduce((sum, block) => sum + sizeOf(block), 0);
  return Math.min(EXCERPT.most, Math.max(EXCERPT.least, left - EXCERPT.least));
}

/** Each finding an item of a numbered list, its proof below it. */
function findingsBlock({ active, nowMs, verdict }: Diagnosis): RichTextBlock | undefined {
  if (active.length === 0) return undefined;
  const first = verdict.kind === "active" ? verdict.cause.check.id : undefined;
  const names = new Map(active.map(({ check }) => [check.id, check.title]));
  const elements: RichTextBlockElement[] = [];
  let told = 0;
  for (const ranked of active.slice(0, TOLD)) {
    const isVerdict = ranked.check.id === first;
    const { title, details } = findingLines(ranked, { nowMs, names, isVerdict });
    const next: RichTextBlockElement[] = [
      numbered(title, told),
      { type: "rich_text_list", style: "bullet", indent: 1, elements: [...details] },
    ];
    if (told > 0 && JSON.stringify([...elements, ...next]).length > FINDINGS) break;
    elements.push(...next);
    told += 1;
  }
  return { type: "rich_text", elements: [...elements, ...restLine(active.slice(told))] };
}

/** @slack/types 3.2 does not know `offset`, how many items were numbered before. */
function numbered(item: RichTextSection, before: number): RichTextList & { offset?: number } {
  const list: RichTextList = { type: "rich_text_list", style: "ordered", elements: [item] };
  return before === 0 ? list : { ...list, offset: before };
}

/** Only a cause has a page to follow; commands are filled in with its own labels. */
function excerptOf(
  { diagnosis, target, excerpt }: DiagnosisAnswer,
  budget: number,
): RenderedExcerpt {
  const { verdict } = diagnosis;
  if (excerpt === undefined || verdict.kind !== "active") return { blocks: [], text: [] };
  const labels = verdict.cause.rows[0]?.labels ?? {};
  return renderExcerpt(excerpt, { target, labels, budget });
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
function foldedLines({ verdict, recovered, healthy, unknown, nowMs }: Diagnosis): string[] {
  const told = verdict.kind === "recovered" ? verdict.cause : undefined;
  const past = recovered
    .filter((each) => each !== told)
    .map((each) => line(recoveredSentence(each, nowMs), 400));
  const fine = healthy.map(({ check }) => check.title).join(", ");
  const unchecked = uncheckedByReason(unknown, nowMs).map(
    ({ reason, titles }) =>
      `Not checked, because ${line(reason, 300)} (${titles.length}): ${titles.join(", ")}`,
  );
  return [
    ...past,
    ...(fine === "" ? [] : [`Ruled out (${healthy.length}): ${fine}`]),
    ...unchecked,
  ];
}

function fold({ healthy, unknown, recovered }: Diagnosis, lines: readonly string[]): KnownBlock[] {
  if (lines.length === 0) return [];
  const parts = [
    ...(recovered.length === 0 ? [] : [`${recovered.length} recovered`]),
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
    `${count(snapshots, "poll")}${span}`,
    ...(replayId === undefined ? [] : [`again: \`why-slow replay:${escaped(replayId)}\``]),
  ].join("  ·  ");
}
