/** The series that match a pattern, as a table with units; or why there are none. */

import type { KnownBlock } from "@slack/types";
import { bold, mono, plain } from "../../block-kit/blocks.ts";
import { fit } from "../../block-kit/fit.ts";
import type { Message } from "../../block-kit/message.ts";
import { richLine, withCode } from "../../block-kit/rich-line.ts";
import { type Column, table } from "../../block-kit/table.ts";
import { code, count, escaped, line } from "../../block-kit/text.ts";
import { valueText } from "../../block-kit/units.ts";
import type { MetricsLookup } from "../../diagnosis/health/metrics-lookup.ts";
import type { SeriesAnswer, SeriesRow } from "../../diagnosis/series.ts";
import type { Labels } from "../../exposition/sample.ts";

type FoundSeries = Extract<SeriesAnswer, { kind: "found" }>;
type None = Extract<SeriesAnswer, { kind: "none" }>;

/** What a person gets for `metrics PATTERN`. */
export function renderMetrics(poll: MetricsLookup): Message {
  const { answer } = poll;
  switch (answer.kind) {
    case "found":
      return fit(renderFound(poll, answer));
    case "none":
      return fit(renderWords(`No series on ${poll.target} matches`, answer.query, reasons(answer)));
    case "not-understood":
      return fit(renderWords("I cannot read the pattern", answer.query, [answer.problem]));
    case "unavailable":
      return fit(
        renderWords(
          `The metrics of ${poll.target} cannot be read: ${poll.http}/metrics ${answer.says}.`,
        ),
      );
  }
}

function renderFound(poll: MetricsLookup, found: FoundSeries): Message {
  const verb = found.series === 1 ? "matches" : "match";
  const head = `${count(found.series, "series", "series")} on ${poll.target} ${verb}`;
  const notes = notesOf(poll, found);
  const blocks: KnownBlock[] = [
    titleLine(head, found.query),
    table(columnsFor(found.rows), found.rows),
    ...(notes === "" ? [] : [footnote(notes)]),
  ];
  const lines = found.rows.map(
    (row) => `• ${code(`${row.name}${labelsInBraces(row.labels)}`, 160)} ${escaped(rowValue(row))}`,
  );
  const title = `*${escaped(head)}* ${code(found.query)}`;
  return {
    text: [title, escaped(notes), ...lines].filter((each) => each !== "").join("\n"),
    blocks,
  };
}

function notesOf(poll: MetricsLookup, found: FoundSeries): string {
  const notes: string[] = [];
  if (found.leftOut > 0) {
    notes.push(
      `${count(found.leftOut, "more row")} left out: add a label, as in NAME{topic="…"}, or more of the name.`,
    );
  }
  if (poll.brokenLines > 0) {
    notes.push(`${count(poll.brokenLines, "line")} of the answer could not be read.`);
  }
  return notes.join(" ");
}

/** A column in which every row would say the same is left out; a single name heads the labels. */
function columnsFor(rows: readonly SeriesRow[]): Column<SeriesRow>[] {
  const [onlyName = "", ...otherNames] = new Set(rows.map((row) => row.name));
  const hasNames = otherNames.length > 0;
  const hasLabels = rows.some((row) => Object.keys(row.labels).length > 0);
  const firstOfName = new Set(rows.filter((row, index) => row.name !== rows[index - 1]?.name));
  const name: Column<SeriesRow> = {
    title: "Metric",
    // A ditto mark: a column of equal names is harder to read than one of changes.
    cell: (row) => (firstOfName.has(row) ? row.name : "″"),
    most: 90,
  };
  const labels: Column<SeriesRow> = {
    title: hasNames ? "Labels" : line(onlyName, 90),
    cell: labelsText,
    most: 160,
  };
  const value: Column<SeriesRow> = { title: "Value", cell: rowValue, most: 200 };
  return [...(hasNames || !hasLabels ? [name] : []), ...(hasLabels ? [labels] : []), value];
}

function labelsText(row: SeriesRow): string {
  const pairs = Object.entries(row.labels).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? "(no labels)" : pairs.join(", ");
}

function labelsInBraces(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function rowValue(row: SeriesRow): string {
  if (row.kind === "value") return valueText(row.name, row.value);
  const { name, quantiles } = row;
  const isQuiet = quantiles.every(({ value }) => value === 0);
  // Quantiles cover about the last 60 s and are all 0 without a sample in it (streamline-facts 2.1).
  const parts = isQuiet
    ? ["nothing in the last minute"]
    : quantiles.map(({ quantile, value }) => `${quantileName(quantile)} ${valueText(name, value)}`);
  return [parts.join(", "), totals(row)].filter((part) => part !== "").join("; ");
}

function totals(row: Extract<SeriesRow, { kind: "summary" }>): string {
  const { name, sum, count: observed } = row;
  if (observed === undefined) return "";
  const inAll = `${valueText(`${name}_count`, observed)} in all`;
  const hasMean = sum !== undefined && observed > 0;
  return hasMean ? `${inAll}, mean ${valueText(name, sum / observed)}` : inAll;
}

/** 0.99 is p99; the smallest and the largest have names of their own. */
function quantileName(quantile: string): string {
  const share = Number(quantile);
  if (share === 0) return "min";
  if (share === 1) return "max";
  return Number.isFinite(share) ? `p${Number((share * 100).toFixed(4))}` : `quantile ${quantile}`;
}

/** Why no series matches, and what is near. */
export function reasons(none: Omit<None, "kind" | "query">): string[] {
  const { otherLabels, notYet, neverRecorded, nearest } = none;
  const reasonsFound: string[] = [];
  if (otherLabels !== undefined) {
    const values = otherLabels.values.map((value) => line(value, 60)).join(", ");
    reasonsFound.push(
      values === ""
        ? `The metric is there, but without the label ${otherLabels.label}.`
        : `The metric is there, but not with that ${otherLabels.label}; it has ${values}.`,
    );
  }
  if (notYet.length > 0) {
    reasonsFound.push(
      `Not recorded so far: ${notYet.join(", ")}. A series appears when its event first happens, and again after each restart.`,
    );
  }
  for (const { name, instead } of neverRecorded) {
    reasonsFound.push(
      `${name} is described by the server, but never recorded in v0.3.0.${instead === undefined ? "" : ` ${instead}`}`,
    );
  }
  if (nearest.length > 0) reasonsFound.push(`Nearest names: ${nearest.join(", ")}.`);
  return reasonsFound;
}

function renderWords(title: string, query = "", sentences: readonly string[] = []): Message {
  const details = sentences.map((each) => line(each, 600));
  const subject = query === "" ? "" : ` ${code(query)}`;
  return {
    text: [`${escaped(title)}${subject}`, ...details.map((each) => escaped(each, 600))].join("\n"),
    blocks: [titleLine(title, query), ...details.map((each) => richLine(withCode(each)))],
  };
}

function titleLine(title: string, query: string): KnownBlock {
  const shown = line(query);
  return richLine([bold(line(title)), ...(shown === "" ? [] : [plain(" "), mono(shown)])]);
}

function footnote(text: string): KnownBlock {
  return { type: "context", elements: [{ type: "plain_text", text, emoji: false }] };
}
