/** An answer -> the exit code that scripts go by. */

import type { HealthReport } from "../../diagnosis/health/health-report.ts";
import type { MetricsLookup } from "../../diagnosis/health/metrics-lookup.ts";
import type { OncallAnswer } from "../../features/duty/render-oncall.ts";
import type { HistoryAnswer } from "../../features/history/render-alert-history.ts";
import type { TimelineAnswer } from "../../features/history/render-timeline.ts";
import type { RunbookAnswer } from "../../features/runbooks/runbook-command.ts";
import type { FoundByCommand } from "../../features/search/search-command.ts";
import type { ChartAnswer } from "../../features/targets/render-chart.ts";
import type { LagAnswer } from "../../features/targets/render-lag.ts";
import type { TopicsAnswer } from "../../features/targets/render-topics.ts";
import type { WhySlowAnswer } from "../../features/why-slow/render-why-slow.ts";
import { EXIT } from "./exit-codes.ts";

type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const OF_ROWS: Readonly<Record<string, (answer: never) => ExitCode>> = {
  "why-slow": ofDiagnosis,
  health: ({ report }: { readonly report: HealthReport }) =>
    report.verdict.state === "healthy" ? EXIT.clean : EXIT.wrong,
  metrics: ({ answer }: MetricsLookup) => (answer.kind === "found" ? EXIT.clean : ofAbsent(answer)),
  lag: ofLag,
  topics: ({ kind }: TopicsAnswer) => (kind === "topics" ? EXIT.clean : EXIT.cannotTell),
  chart: ofChart,
  search: ofSearch,
  oncall: ({ schedules, unread }: OncallAnswer) =>
    schedules.length === 0 || unread.length > 0 || schedules.some(({ problem }) => problem)
      ? EXIT.cannotTell
      : EXIT.clean,
  history: ({ kind }: HistoryAnswer) => (kind === "history" ? EXIT.clean : EXIT.cannotTell),
  timeline: ofTimeline,
  runbook: ({ kind }: RunbookAnswer) => (kind === "runbook" ? EXIT.clean : EXIT.cannotTell),
};

/** @param answer what the row of that name answered */
export function exitCodeOf(command: string, answer: unknown): ExitCode {
  const judge = OF_ROWS[command];
  return judge === undefined ? EXIT.clean : judge(answer as never);
}

function ofDiagnosis(answer: WhySlowAnswer): ExitCode {
  if (answer.kind === "no-replay") return EXIT.cannotTell;
  const { kind } = answer.found.diagnosis.verdict;
  if (kind === "active") return EXIT.wrong;
  return kind === "cannot-tell" ? EXIT.cannotTell : EXIT.clean;
}

/** Whether more polls would tell what this answer cannot. */
export function isKnownLater({
  kind,
  command,
  answer,
}: {
  readonly kind: string;
  readonly command: string;
  readonly answer?: unknown;
}): boolean {
  if (kind !== "answered" || exitCodeOf(command, answer) !== EXIT.cannotTell) return false;
  switch (command) {
    case "why-slow":
      return (answer as WhySlowAnswer).kind !== "no-replay";
    case "lag":
      return (answer as LagAnswer).kind === "group";
    case "chart": {
      const chart = answer as ChartAnswer;
      return chart.kind === "none" && chart.why === "too-early";
    }
    default:
      return false;
  }
}

/** Of several incidents none was named: the words say too little. */
function ofTimeline({ kind }: TimelineAnswer): ExitCode {
  if (kind === "which") return EXIT.usage;
  return kind === "no-such-incident" ? EXIT.cannotTell : EXIT.clean;
}

function ofChart(answer: ChartAnswer): ExitCode {
  if (answer.kind === "chart") return EXIT.clean;
  return answer.kind === "none" && answer.why === "not-understood" ? EXIT.usage : EXIT.cannotTell;
}

function ofAbsent({ kind }: MetricsLookup["answer"]): ExitCode {
  return kind === "not-understood" ? EXIT.usage : EXIT.cannotTell;
}

/** A group that will not catch up is wrong; one that is behind and gets there is at work. */
function ofLag(answer: LagAnswer): ExitCode {
  if (answer.kind === "groups") return EXIT.clean;
  if (answer.kind !== "group") return EXIT.cannotTell;
  const { kind } = answer.report.outlook;
  if (kind === "never" || kind === "stopped") return EXIT.wrong;
  return kind === "unknown" ? EXIT.cannotTell : EXIT.clean;
}

function ofSearch(answer: FoundByCommand): ExitCode {
  if (answer.kind === "explained") {
    return answer.explained.results.length > 0 ? EXIT.clean : EXIT.cannotTell;
  }
  if (answer.kind === "typeahead") return EXIT.usage;
  const { found } = answer;
  if (found.kind === "page") return EXIT.clean;
  return found.kind === "results" && found.results.sections.length > 0
    ? EXIT.clean
    : EXIT.cannotTell;
}
