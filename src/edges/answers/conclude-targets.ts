/** What the commands about servers and runbooks conclude, where agents have no tool of the kind. */

import type { z } from "zod";
import type { MetricsLookup } from "../../diagnosis/health/metrics-lookup.ts";
import type { SeriesRow } from "../../diagnosis/series.ts";
import { doctorVerdict } from "../../features/doctor/doctor-words.ts";
import type { SetupCheck } from "../../features/doctor/setup-check.ts";
import type { RunbookAnswer } from "../../features/runbooks/runbook-command.ts";
import type { Explained } from "../../features/search/render-explained.ts";
import type { TopicList } from "../../features/targets/render-topics.ts";
import { concludeSection, jsonNumber } from "./conclude-shared.ts";
import type {
  EXPLAINED_OUTPUT,
  METRICS_OUTPUT,
  RUNBOOK_OUTPUT,
  SETUP_OUTPUT,
  TOPICS_OUTPUT,
} from "./terminal-shapes.ts";

type FoundSeries = Extract<MetricsLookup["answer"], { kind: "found" }>;

/** The series that were found, with how many were left out. */
export function concludeMetrics(
  { target, brokenLines }: Pick<MetricsLookup, "target" | "brokenLines">,
  { query, rows, leftOut }: FoundSeries,
): z.output<typeof METRICS_OUTPUT> {
  return { target, query, rows: rows.map(concludeRow), leftOut, brokenLines };
}

function concludeRow(row: SeriesRow) {
  const { name, labels } = row;
  const series = { name, labels: { ...labels } };
  if (row.kind === "value") return { ...series, value: jsonNumber(row.value) };
  const { quantiles, sum, count } = row;
  return {
    ...series,
    quantiles: quantiles.map(({ quantile, value }) => ({ quantile, value: jsonNumber(value) })),
    ...(sum === undefined ? {} : { sum: jsonNumber(sum) }),
    ...(count === undefined ? {} : { count: jsonNumber(count) }),
  };
}

/** The topics of a list, the pattern where one was given. */
export function concludeTopics({
  target,
  pattern,
  topics,
}: TopicList): z.output<typeof TOPICS_OUTPUT> {
  return {
    target,
    ...(pattern === undefined ? {} : { pattern }),
    topics: topics.map((each) => ({ ...each })),
  };
}

/** Each result with its routes, matched words and score. */
export function concludeExplained({
  question,
  results,
  meant,
  isUnsure,
}: Explained): z.output<typeof EXPLAINED_OUTPUT> {
  return {
    question,
    isUnsure: isUnsure === true,
    ...(meant === undefined ? {} : { didYouMean: meant }),
    results: results.map(({ section, found }) => ({
      id: section.id,
      title: section.title,
      score: found.score,
      routes: found.routes.map(({ route, score, matched }) => {
        return { route, score, matched: [...matched] };
      }),
    })),
  };
}

/** A runbook's sections, whole. */
export function concludeRunbook({
  title,
  sections,
}: Extract<RunbookAnswer, { kind: "runbook" }>): z.output<typeof RUNBOOK_OUTPUT> {
  return { title, sections: sections.map(concludeSection) };
}

/** The doctor's checks and the verdict over all of them. */
export function concludeSetup(checks: readonly SetupCheck[]): z.output<typeof SETUP_OUTPUT> {
  return { verdict: doctorVerdict(checks), checks: checks.map((each) => ({ ...each })) };
}
