/** What stands folded away behind a verdict, each with its words for the plain form. */

import type {
  RichTextBlock,
  RichTextBlockElement,
  RichTextList,
  RichTextSection,
} from "@slack/types";
import { fold, plain } from "../../block-kit/blocks.ts";
import { chartWords } from "../../block-kit/chart-block.ts";
import { figureText } from "../../block-kit/figure.ts";
import type { KnownBlock } from "../../block-kit/message.ts";
import { richLine } from "../../block-kit/rich-line.ts";
import { inlineWords, richWords } from "../../block-kit/rich-words.ts";
import { sparkline } from "../../block-kit/sparkline.ts";
import { count, cutMrkdwn, escaped, line } from "../../block-kit/text.ts";
import { duration } from "../../block-kit/times.ts";
import type { Diagnosis } from "../../diagnosis/checks/diagnose.ts";
import type { Ranked } from "../../diagnosis/checks/rank.ts";
import { recoveredElements } from "./diagnosis-words.ts";
import { uncheckedByReason } from "./missing-evidence-words.ts";
import { findingLines } from "./render-finding.ts";

export interface Fold {
  readonly blocks: readonly KnownBlock[];
  readonly text: readonly string[];
}

const NOTHING: Fold = { blocks: [], text: [] };

/** Findings in full, and their room in the message; the rest is named in one line. */
const IN_FULL = 5;
const FINDINGS = 3_000;
const FINDINGS_PLAIN = 1_400;
/** Characters of a list of checks. */
const NAMES = 1_200;
const NAMES_PLAIN = 600;
/** Reasons, and things that are over, of which each is a line. */
const LINES = 8;
const LINE = 400;

/** Each finding an item of a numbered list, its proof below it. */
export function findingsFold({ active, nowMs }: Diagnosis, cause: Ranked | undefined): Fold {
  if (active.length === 0) return NOTHING;
  const names = new Map(active.map(({ check }) => [check.id, check.title]));
  const elements: RichTextBlockElement[] = [];
  let shown = 0;
  for (const ranked of active.slice(0, IN_FULL)) {
    const isVerdict = ranked.check.id === cause?.check.id;
    const { title, details } = findingLines(ranked, { nowMs, names, isVerdict });
    const next: RichTextBlockElement[] = [
      numbered(title, shown),
      { type: "rich_text_list", style: "bullet", indent: 1, elements: [...details] },
    ];
    if (shown > 0 && JSON.stringify([...elements, ...next]).length > FINDINGS) break;
    elements.push(...next);
    shown += 1;
  }
  const block: RichTextBlock = {
    type: "rich_text",
    elements: [...elements, ...restLine(active.slice(shown))],
  };
  return {
    blocks: fold(`All findings (${active.length})`, [block]),
    text: [richWords(block, FINDINGS_PLAIN).text],
  };
}

/** @slack/types 3.2 does not know `offset`, how many items were numbered before. */
function numbered(item: RichTextSection, before: number): RichTextList & { offset?: number } {
  const list: RichTextList = { type: "rich_text_list", style: "ordered", elements: [item] };
  return before === 0 ? list : { ...list, offset: before };
}

function restLine(rest: readonly Ranked[]): RichTextBlockElement[] {
  if (rest.length === 0) return [];
  const names = rest.map(({ check }) => check.title).join(", ");
  const text = plain(`${count(rest.length, "more finding")}: ${line(names, 400)}`);
  return [{ type: "rich_text_section", elements: [text] }];
}

/** What was wrong and is over, but for what the verdict itself says. */
export function recoveredFold({ verdict, recovered, nowMs }: Diagnosis): Fold {
  const said = verdict.kind === "recovered" ? verdict.cause : undefined;
  const past = recovered
    .filter((each) => each !== said)
    .slice(0, LINES)
    .map((each) => recoveredElements(each, nowMs));
  if (past.length === 0) return NOTHING;
  return {
    blocks: fold(`Recovered (${past.length})`, past.map(richLine)),
    text: past.map((elements) => cutMrkdwn(inlineWords(elements), LINE)),
  };
}

/** How the first finding's numbers went. */
export function chartFold({ chart }: Diagnosis): Fold {
  if (chart === undefined) return NOTHING;
  const { check, series } = chart;
  const values = series[0]?.values ?? [];
  const words = chartWords(chart, (value) => figureText(value, check.chartUnit));
  if (words === "") return NOTHING;
  const lines: KnownBlock[] = [
    {
      type: "rich_text",
      elements: [
        { type: "rich_text_preformatted", elements: [{ type: "text", text: sparkline(values) }] },
      ],
    },
    richLine([plain(`${spanOf(chart)} ago until now: ${words}`)]),
  ];
  return { blocks: fold(`Chart: ${check.title}, last ${spanOf(chart)}`, lines), text: [] };
}

/** The same in one line, for a reader without it. */
export function chartLine({ chart }: Diagnosis): string[] {
  if (chart === undefined) return [];
  const words = chartWords(chart, (value) => figureText(value, chart.check.chartUnit));
  return words === ""
    ? []
    : [escaped(line(`${chart.check.title}, last ${spanOf(chart)}: ${words}`))];
}

function spanOf({ timesMs }: NonNullable<Diagnosis["chart"]>): string {
  const [first = 0] = timesMs;
  return duration((timesMs.at(-1) ?? 0) - first);
}

/** What was checked and is fine. */
export function ruledOutFold({ healthy }: Diagnosis): Fold {
  if (healthy.length === 0) return NOTHING;
  const names = healthy.map(({ check }) => check.title).join(", ");
  return {
    blocks: fold(`Ruled out (${healthy.length})`, [richLine([plain(line(names, NAMES))])]),
    text: [escaped(`Ruled out (${healthy.length}): ${names}`, NAMES_PLAIN)],
  };
}

/** What nobody could check, and why. */
export function uncheckedFold({ unknown, nowMs }: Diagnosis): Fold {
  if (unknown.length === 0) return NOTHING;
  const groups = uncheckedByReason(unknown, nowMs).slice(0, LINES);
  const lines = groups.map(
    ({ reason, titles }) =>
      `Because ${line(reason, 300)} (${titles.length}): ${line(titles.join(", "), LINE)}`,
  );
  return {
    blocks: fold(
      `Not checked (${unknown.length})`,
      lines.map((text) => richLine([plain(text)])),
    ),
    text: groups.map(({ reason, titles }) =>
      escaped(
        `Not checked, because ${line(reason, 300)} (${titles.length}): ${titles.join(", ")}`,
        NAMES_PLAIN,
      ),
    ),
  };
}
