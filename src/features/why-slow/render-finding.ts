/** A finding as lines: the sentence, then its proof, then what else there is of the same kind. */

import type { RichTextElement, RichTextSection } from "@slack/types";
import { bold, mono, plain } from "../../block-kit/blocks.ts";
import { figureText } from "../../block-kit/figure.ts";
import { SEVERITY_MARKS } from "../../block-kit/state-marks.ts";
import { capitalized, count, line } from "../../block-kit/text.ts";
import type { Check } from "../../diagnosis/checks/check.ts";
import type { Ranked } from "../../diagnosis/checks/rank.ts";
import { type Labels, labelValue } from "../../exposition/sample.ts";
import { sinceElements } from "./diagnosis-words.ts";

const SENTENCE = 300;
const SERIES = 120;
/** Rows of one finding that are shown. */
const ROWS = 3;
/** Selectors in one line of proof; an expression over more of them is shown by the first ones. */
const TOLD = 2;

export interface FindingLines {
  readonly title: RichTextSection;
  readonly details: readonly RichTextSection[];
}

export interface FindingContext {
  readonly nowMs: number;
  /** Titles of the findings by their ids. */
  readonly names: ReadonlyMap<string, string>;
  /** The verdict has said its sentence already. */
  readonly isVerdict: boolean;
}

/** The lines of one finding. */
export function findingLines(
  ranked: Ranked,
  { nowMs, names, isVerdict }: FindingContext,
): FindingLines {
  const { check, sentences, causes } = ranked;
  const title = `${SEVERITY_MARKS[check.shown]} ${capitalized(check.title)}`;
  const sentence = isVerdict ? "" : `: ${line(sentences[0] ?? "", SENTENCE)}`;
  const more = sentences
    .slice(1, ROWS)
    .map((sentence) => section([plain(line(sentence, SENTENCE))]));
  const left = ranked.rows.length - Math.min(ROWS, sentences.length);
  return {
    title: section([bold(title), ...(sentence === "" ? [] : [plain(sentence)])]),
    details: [
      section(proof(ranked, nowMs)),
      ...more,
      ...(left > 0 ? [section([plain(`and ${count(left, "more like it", "more like it")}`)])] : []),
      ...(causes.length === 0
        ? []
        : [section([plain(`because of: ${causeNames(causes, names)}`)])]),
    ],
  };
}

function causeNames(causes: readonly string[], names: ReadonlyMap<string, string>): string {
  return causes.map((id) => names.get(id) ?? id).join(", ");
}

/** Series, value, threshold, since when. */
function proof({ check, rows, since }: Ranked, nowMs: number): RichTextElement[] {
  const { threshold, below, unit } = check;
  const [worst] = rows;
  const series = seriesText(check);
  const of = labelsText(worst?.labels ?? {}, series);
  const value = figureText(worst?.value ?? Number.NaN, unit);
  const limit =
    threshold === undefined
      ? ""
      : `; wrong ${below ? "below" : "above"} ${figureText(threshold, unit)}`;
  return [
    mono(line(series, SERIES)),
    plain(`${of === "" ? "" : ` of ${line(of, SERIES)}`}: ${value}${limit}; `),
    ...sinceElements(since, nowMs),
  ];
}

function seriesText({ proof, selectors }: Check): string {
  if (proof !== undefined) return proof;
  return selectors.slice(0, TOLD).join(", ") + (selectors.length > TOLD ? ", …" : "");
}

/** What the shown series do not say themselves. */
function labelsText(labels: Labels, series: string): string {
  const pairs = Object.keys(labels)
    .filter((name) => name !== "__name__")
    .map((name) => [name, labelValue(labels, name)] as const)
    .filter(([name, value]) => !series.includes(`${name}="${value}"`));
  return pairs.map(([name, value]) => `${name}=${value}`).join(", ");
}

function section(elements: RichTextElement[]): RichTextSection {
  return { type: "rich_text_section", elements };
}
