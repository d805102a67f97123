/**
 * The answer to "why is it slow?", and what the thread of an alert opens with. In the order in which a
 * person acts: the verdict, its proof in three lines, what to do first; folded away behind it all
 * findings, the server's health, how the numbers went, what was ruled out and what nobody could check.
 */

import type { RichTextElement } from "@slack/types";
import { bullets, context, fold, plain } from "../../block-kit/blocks.ts";
import { chartBlock } from "../../block-kit/chart-block.ts";
import { fit, sizeOf } from "../../block-kit/fit.ts";
import { LIMITS } from "../../block-kit/limits.ts";
import type { KnownBlock, Message } from "../../block-kit/message.ts";
import { bolder, richLine } from "../../block-kit/rich-line.ts";
import { inlineWords } from "../../block-kit/rich-words.ts";
import { count, cutMrkdwn, escaped, line } from "../../block-kit/text.ts";
import { duration, moment } from "../../block-kit/times.ts";
import type { Diagnosis } from "../../diagnosis/checks/diagnose.ts";
import { activeIds } from "../../diagnosis/checks/first-step.ts";
import type { Ranked } from "../../diagnosis/checks/rank.ts";
import type { Target } from "../../diagnosis/target.ts";
import { type Excerpt, type RenderedExcerpt, renderExcerpt } from "../runbooks/render-excerpt.ts";
import type { AlertVerdict, FirstLine } from "./alert-verdict.ts";
import { alertElements } from "./alert-words.ts";
import { othersSentence, verdictElements } from "./diagnosis-words.ts";
import { findingLines } from "./render-finding.ts";
import {
  chartFold,
  chartLine,
  findingsFold,
  recoveredFold,
  ruledOutFold,
  uncheckedFold,
} from "./render-folds.ts";
import { spellsFold, windowSentences, windowSource } from "./render-window.ts";
import { firstElements, graverElements, verdictLines } from "./verdict-lines.ts";

/** What is shown beside the diagnosis where an alert's thread opens with it. */
interface OpenedBy {
  /** The alerts of the thread, the one that it is named after first. */
  readonly alerts: readonly AlertVerdict[];
  readonly health?: Message;
  /** The message that the thread hangs on says what to do first; it is not repeated below it. */
  readonly isFirstAbove: boolean;
}

export interface DiagnosisAnswer {
  readonly diagnosis: Diagnosis;
  readonly target: Pick<Target, "name" | "http" | "kafka">;
  /** The section to read for the first cause, and the others of its page. */
  readonly excerpt?: Excerpt;
  readonly first?: FirstLine;
  readonly opened?: OpenedBy;
  /** With it the same answer can be had again. */
  readonly replayId?: string;
  /** What a person must know about how it was found out. */
  readonly notes: readonly string[];
}

const PROOF_LINES = 3;
const VERDICT = 700;
/** What the excerpt may take of what the rest leaves. */
const EXCERPT = { least: 1_000, most: 4_500 };

/** Renders the answer; the same answer gives the same message. */
export function renderDiagnosis(answer: DiagnosisAnswer): Message {
  const { diagnosis, target, opened } = answer;
  const cause = causeOf(answer);
  const head = headOf(answer, cause);
  const first =
    answer.first === undefined || opened?.isFirstAbove === true
      ? []
      : [firstElements(answer.first, target)];
  const folds = [
    findingsFold(diagnosis, cause),
    diagnosis.window === undefined ? recoveredFold(diagnosis) : spellsFold(diagnosis.window),
    healthFold(opened, cause),
    ...(opened === undefined ? [] : [chartFold(diagnosis)]),
    ruledOutFold(diagnosis),
    uncheckedFold(diagnosis),
  ];
  const { chart } = diagnosis;
  const before = [...head.blocks, ...first.map(richLine)];
  const after = [
    ...folds.flatMap(({ blocks }) => blocks),
    // Slack lets no chart stand in a container.
    ...(chart === undefined || opened !== undefined ? [] : [chartBlock(chart)]),
    context(sourceWords(answer)),
  ];
  const excerpt = excerptOf(answer, cause, roomBeside([...before, ...after]));
  return fit({
    blocks: [...before, ...excerpt.blocks, ...after],
    text: [
      ...head.text,
      ...first.map((elements) => inlineWords(elements)),
      ...folds.slice(0, 1).flatMap(({ text }) => text),
      ...chartLine(diagnosis),
      ...excerpt.text,
      ...folds.slice(1).flatMap(({ text }) => text),
      sourceWords(answer),
    ].join("\n"),
  });
}

function causeOf({ diagnosis: { verdict }, opened }: DiagnosisAnswer): Ranked | undefined {
  if (opened?.alerts[0] !== undefined) return opened.alerts[0].cause;
  return verdict.kind === "active" ? verdict.cause : undefined;
}

interface Head {
  readonly blocks: readonly KnownBlock[];
  readonly text: readonly string[];
}

/** The verdict, what it means for the alert, the proof, what else a person must know. */
function headOf(answer: DiagnosisAnswer, cause: Ranked | undefined): Head {
  const { diagnosis, notes } = answer;
  const verdict = headline(answer);
  const alerts = alertLines(answer, cause);
  const proof = cause === undefined ? healthProof(answer) : proofOf(cause, diagnosis);
  const { graver } = answer.opened?.alerts[0] ?? {};
  const others = cause === undefined ? undefined : othersSentence(diagnosis, cause, graver);
  const worse = graver === undefined ? [] : [graverElements(graver)];
  const past = diagnosis.window === undefined ? [] : windowSentences(diagnosis, diagnosis.window);
  const more = [...(others === undefined ? [] : [line(others, VERDICT)]), ...past, ...notes];
  return {
    blocks: [
      richLine(verdict),
      ...(alerts.length === 0 ? [] : [richLine(alerts.flatMap(spaced))]),
      ...(proof.length === 0 ? [] : [bullets(proof)]),
      ...worse.map(richLine),
      ...more.map((text) => richLine([plain(text)])),
    ],
    text: [
      `*${cutMrkdwn(inlineWords(unstyled(verdict)), VERDICT)}*`,
      ...alerts.map((elements) => inlineWords(elements)),
      ...proof.map((elements) => `• ${inlineWords(elements)}`),
      ...worse.map((elements) => inlineWords(elements)),
      ...more.map((text) => escaped(text, VERDICT)),
    ],
  };
}

/** Bold as a whole: single marks inside would end it. */
function unstyled(elements: readonly RichTextElement[]): RichTextElement[] {
  return elements.map((element) => (element.type === "text" ? plain(element.text) : element));
}

function spaced(elements: readonly RichTextElement[], index: number): RichTextElement[] {
  return index === 0 ? [...elements] : [plain(" "), ...elements];
}

function headline({ diagnosis, target, opened }: DiagnosisAnswer): RichTextElement[] {
  const [lead] = opened?.alerts ?? [];
  if (lead === undefined) return verdictElements(diagnosis, target.name);
  const lines = verdictLines(lead, diagnosis, { target, nowMs: diagnosis.nowMs });
  return [plain(`${lines.mark} `), ...lines.verdict].map(bolder);
}

/** Alerts whose answer the headline does not give already. */
function alertLines(
  { diagnosis, opened }: DiagnosisAnswer,
  cause: Ranked | undefined,
): RichTextElement[][] {
  const [lead, ...others] = opened?.alerts ?? [];
  const told = lead !== undefined && cause === undefined && lead.answer.kind !== "confirmed";
  return [...(lead === undefined || told ? [] : [lead]), ...others].map(({ alert, answer }) =>
    alertElements(alert, answer, { nowMs: diagnosis.nowMs, cause }),
  );
}

function proofOf(cause: Ranked, { nowMs }: Diagnosis): RichTextElement[][] {
  const { details } = findingLines(cause, { nowMs, names: new Map(), isVerdict: true });
  return details.slice(0, PROOF_LINES).map(({ elements }) => [...elements]);
}

/** Without a cause the proof is what the server says of itself. */
function healthProof({ opened }: DiagnosisAnswer): RichTextElement[][] {
  const sentence = healthSentence(opened);
  return sentence === undefined ? [] : [[plain(sentence)]];
}

function healthFold(opened: OpenedBy | undefined, cause: Ranked | undefined): Head {
  const sentence = healthSentence(opened);
  if (opened?.health === undefined || sentence === undefined) return { blocks: [], text: [] };
  const title = cause === undefined ? "Health, point by point" : `Health: ${sentence}`;
  return {
    blocks: fold(title, opened.health.blocks),
    text: cause === undefined ? [] : [escaped(sentence, VERDICT)],
  };
}

function healthSentence(opened: OpenedBy | undefined): string | undefined {
  const [sentence] = opened?.health?.text.split("\n", 1) ?? [];
  return sentence === undefined ? undefined : plainWords(sentence);
}

/** What is escaped for mrkdwn, for a title in plain text. */
function plainWords(mrkdwn: string): string {
  return mrkdwn.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

function roomBeside(blocks: readonly KnownBlock[]): number {
  const left = LIMITS.messageTotal - blocks.reduce((sum, block) => sum + sizeOf(block), 0);
  return Math.min(EXCERPT.most, Math.max(EXCERPT.least, left - EXCERPT.least));
}

/** Only a cause has a page to follow; commands are filled in with its own labels. */
function excerptOf(
  { diagnosis, target, excerpt }: DiagnosisAnswer,
  cause: Ranked | undefined,
  budget: number,
): RenderedExcerpt {
  if (excerpt === undefined || cause === undefined) return { blocks: [], text: [] };
  const labels = cause.rows[0]?.labels ?? {};
  return renderExcerpt(excerpt, { target, labels, budget, active: activeIds(diagnosis) });
}

/** What the answer rests on, and how to have it again. */
function sourceWords({ diagnosis, target, replayId }: DiagnosisAnswer): string {
  const { history, nowMs, window } = diagnosis;
  const { firstMs, snapshots } = history;
  if (window !== undefined) {
    return `*${escaped(target.name)}* at ${moment(nowMs)}  ·  ${escaped(windowSource(window), 300)}`;
  }
  const span = firstMs === undefined ? "" : ` over ${duration(nowMs - firstMs)}`;
  return [
    `*${escaped(target.name)}* at ${moment(nowMs)}`,
    `${count(snapshots, "poll")}${span}`,
    ...(replayId === undefined
      ? []
      : [`again: \`/streamline why-slow replay:${escaped(replayId)}\``]),
  ].join("  ·  ");
}
