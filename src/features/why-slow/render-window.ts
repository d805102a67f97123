/** What a diagnosis over hours says of them: which causes were active and when, and what it rests on. */

import type { RichTextElement } from "@slack/types";
import { bold, bullets, dayAndTime, fold, plain } from "../../block-kit/blocks.ts";
import { inlineWords } from "../../block-kit/rich-words.ts";
import { SEVERITY_MARKS } from "../../block-kit/state-marks.ts";
import { count, cutMrkdwn, line } from "../../block-kit/text.ts";
import { duration } from "../../block-kit/times.ts";
import type { Diagnosis } from "../../diagnosis/checks/diagnose.ts";
import type { Spell } from "../../diagnosis/long-window/spells.ts";
import type { PastCause, WindowReport } from "../../diagnosis/long-window/window-report.ts";
import type { Fold } from "./render-folds.ts";

/** Causes that are listed, and the last times of each. */
const CAUSES = 10;
const TIMES = 4;
/** Times are long where Slack writes them in the zone of the reader. */
const LINE = 1_200;
const SENTENCE = 300;

/** Each cause with its times, and what it found when it was worst. */
export function spellsFold({ past, fromMs, toMs }: WindowReport): Fold {
  if (past.length === 0) return { blocks: [], text: [] };
  const items = past.slice(0, CAUSES).map((cause) => causeElements(cause));
  const left = past.length - items.length;
  const rest: RichTextElement[][] = left === 0 ? [] : [[plain(`and ${count(left, "more cause")}`)]];
  const title = `Wrong in the last ${duration(toMs - fromMs)} (${past.length})`;
  return {
    blocks: fold(title, [bullets([...items, ...rest])]),
    text: [
      `${title}:`,
      ...[...items, ...rest].map((item) => cutMrkdwn(`• ${inlineWords(item)}`, LINE)),
    ],
  };
}

function causeElements({ check, spells, sentences }: PastCause): RichTextElement[] {
  const shown = spells.slice(-TIMES);
  const earlier = spells.length - shown.length;
  const [was] = sentences;
  return [
    plain(`${SEVERITY_MARKS[check.shown]} `),
    bold(`${line(check.title, 100)}: `),
    ...shown.flatMap((spell, n) => [
      ...(n === 0 ? [] : [plain("; ")]),
      ...(check.isEvent ? [plain("at "), dayAndTime(spell.fromMs)] : spellElements(spell)),
    ]),
    plain(earlier === 0 ? "." : `; and ${count(earlier, "earlier time")}.`),
    ...(was === undefined ? [] : [plain(` ${line(was, SENTENCE)}.`)]),
  ];
}

/** "10:02 to 10:40 (38 min)", "since 14:02", "10:02 to 10:40, then no samples". */
function spellElements({ fromMs, untilMs, orEarlier, end }: Spell): RichTextElement[] {
  const from = [dayAndTime(fromMs), plain(orEarlier ? " or earlier" : "")];
  if (end === "now") return [plain("since "), ...from, plain(", now")];
  const lasted = end === "over" ? ` (${duration(untilMs - fromMs)})` : ", then no samples of it";
  return [...from, plain(" to "), dayAndTime(untilMs), plain(lasted)];
}

/** What the verdict, which is of now, does not say of the hours before. */
export function windowSentences(
  { verdict }: Pick<Diagnosis, "verdict">,
  { past, inPart, fromMs, toMs }: WindowReport,
): string[] {
  const span = duration(toMs - fromMs);
  const earlier = past.filter(({ spells }) => spells.some(({ end }) => end !== "now"));
  const names = earlier.slice(0, CAUSES).map(({ check }) => check.title);
  const clean = verdict.kind === "clean" ? `Nothing was wrong in the last ${span} either.` : "";
  const was = `Wrong in the last ${span} and not now: ${names.join(", ")}.`;
  return [
    ...(past.length === 0 ? [clean] : []),
    ...(names.length === 0 || verdict.kind === "recovered" ? [] : [line(was, LINE)]),
    ...(inPart.length === 0 ? [] : [partly(inPart)]),
  ].filter((text) => text !== "");
}

/** Checks that one sentence names. */
const NAMED = 5;

function partly(inPart: WindowReport["inPart"]): string {
  const least = inPart.toSorted((a, b) => a.share - b.share);
  const names = least
    .slice(0, NAMED)
    .map(({ check, share }) => `${check.title} (${Math.round(share * 100)} % of it)`);
  const left = inPart.length - names.length;
  const more = left > 0 ? ` and ${left} more` : "";
  return line(`Checked for part of the time only: ${names.join(", ")}${more}.`, LINE);
}

/** Whose evidence, of how long, in which steps it was judged. */
export function windowSource({ source, fromMs, toMs, stepMs }: WindowReport): string {
  return `from Prometheus at ${source}: the last ${duration(toMs - fromMs)}, checked every ${duration(stepMs)}`;
}
