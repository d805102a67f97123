/** A command's name -> the schema of what its `--json` answers, and how an answer of its row becomes that. */

import { z } from "zod";
import type { HealthReport } from "../../diagnosis/health/health-report.ts";
import type { MetricsLookup } from "../../diagnosis/health/metrics-lookup.ts";
import type { OncallAnswer } from "../../features/duty/render-oncall.ts";
import type { AlertsAnswer } from "../../features/history/alerts.ts";
import type { HandoffAnswer } from "../../features/history/handoff.ts";
import type { HistoryAnswer } from "../../features/history/render-alert-history.ts";
import type { TimelineAnswer } from "../../features/history/render-timeline.ts";
import type { Unavailable } from "../../features/runbooks/render-absent.ts";
import type { RunbookAnswer } from "../../features/runbooks/runbook-command.ts";
import type { FoundByCommand } from "../../features/search/search-command.ts";
import type { ChartAnswer } from "../../features/targets/render-chart.ts";
import type { LagAnswer } from "../../features/targets/render-lag.ts";
import type { TopicsAnswer } from "../../features/targets/render-topics.ts";
import type { WhySlowAnswer } from "../../features/why-slow/render-why-slow.ts";
import {
  type AskedAt,
  concludeAlerts,
  concludeHandoff,
  concludeHistory,
  concludeOncall,
  concludeTimeline,
} from "./conclude-incidents.ts";
import {
  concludeDiagnosis,
  concludeHealth,
  concludeLag,
  concludeQuery,
  concludeSearch,
} from "./conclude-shared.ts";
import {
  concludeExplained,
  concludeMetrics,
  concludeRunbook,
  concludeTopics,
} from "./conclude-targets.ts";
import {
  DIAGNOSIS_OUTPUT,
  HEALTH_OUTPUT,
  LAG_OUTPUT,
  QUERY_OUTPUT,
  SEARCH_OUTPUT,
} from "./shared-shapes.ts";
import {
  ALERTS_OUTPUT,
  EXPLAINED_OUTPUT,
  HANDOFF_OUTPUT,
  HISTORY_OUTPUT,
  METRICS_OUTPUT,
  ONCALL_OUTPUT,
  RUNBOOK_OUTPUT,
  TIMELINE_OUTPUT,
  TOPICS_OUTPUT,
} from "./terminal-shapes.ts";

/** Why there is no answer. */
export const NO_ANSWER = z.object({
  reason: z.enum([
    "unavailable",
    "no-series",
    "not-understood",
    "no-such-group",
    "no-such-topic",
    "no-such-alert",
    "no-such-incident",
    "no-runbook",
    "no-replay",
    "which-incident",
  ]),
  says: z.array(z.string()),
  nearest: z.array(z.string()).optional().describe("names or ids like the one that was asked for"),
});

type Lacking = z.output<typeof NO_ANSWER>;

export type ConcludedAnswer =
  | { readonly answer: Readonly<Record<string, unknown>> }
  | { readonly noAnswer: Lacking };

interface AnswerRow {
  readonly shape: z.ZodType;
  readonly conclude: (answer: never, asked: AskedAt) => ConcludedAnswer;
}

export const ROW_ANSWERS: Readonly<Record<string, AnswerRow>> = {
  "why-slow": { shape: DIAGNOSIS_OUTPUT, conclude: ofDiagnosis },
  health: {
    shape: HEALTH_OUTPUT,
    conclude: (answer: { readonly report: HealthReport }) => ({ answer: concludeHealth(answer) }),
  },
  metrics: { shape: METRICS_OUTPUT, conclude: ofMetrics },
  lag: { shape: LAG_OUTPUT, conclude: ofLag },
  topics: { shape: TOPICS_OUTPUT, conclude: ofTopics },
  chart: { shape: QUERY_OUTPUT, conclude: ofChart },
  alerts: {
    shape: ALERTS_OUTPUT,
    conclude: (answer: AlertsAnswer, asked) => ({ answer: concludeAlerts(answer, asked) }),
  },
  history: { shape: HISTORY_OUTPUT, conclude: ofHistory },
  handoff: {
    shape: HANDOFF_OUTPUT,
    conclude: (answer: HandoffAnswer, asked) => ({ answer: concludeHandoff(answer, asked) }),
  },
  timeline: { shape: TIMELINE_OUTPUT, conclude: ofTimeline },
  oncall: {
    shape: ONCALL_OUTPUT,
    conclude: (answer: OncallAnswer) => ({ answer: concludeOncall(answer) }),
  },
  search: { shape: z.union([SEARCH_OUTPUT, EXPLAINED_OUTPUT]), conclude: ofSearch },
  runbook: { shape: RUNBOOK_OUTPUT, conclude: ofRunbook },
};

function lacking(reason: Lacking["reason"], rest: Omit<Partial<Lacking>, "reason">) {
  return { noAnswer: { reason, says: [], ...rest } };
}

function unavailable({ what, address, says }: Unavailable): ConcludedAnswer {
  return lacking("unavailable", { says: [`${what} cannot be read: ${address} ${says}`] });
}

function ofDiagnosis(answer: WhySlowAnswer): ConcludedAnswer {
  const concluded = concludeDiagnosis(answer);
  if (concluded !== undefined) return { answer: concluded };
  return lacking("no-replay", answer.kind === "no-replay" ? { says: [answer.reason] } : {});
}

function ofMetrics(lookup: MetricsLookup): ConcludedAnswer {
  const { answer } = lookup;
  switch (answer.kind) {
    case "found":
      return { answer: concludeMetrics(lookup, answer) };
    case "none":
      return lacking("no-series", {
        says: answer.notYet.map((name) => `${name} appears with its first event`),
        nearest: [...answer.nearest],
      });
    case "not-understood":
      return lacking("not-understood", { says: [answer.problem] });
    case "unavailable":
      return lacking("unavailable", { says: [`${lookup.http} ${answer.says}`] });
  }
}

function ofLag(answer: LagAnswer): ConcludedAnswer {
  const concluded = concludeLag(answer);
  if (concluded !== undefined) return { answer: concluded };
  if (answer.kind === "no-such-group") {
    return lacking("no-such-group", { nearest: [...answer.nearest] });
  }
  return answer.kind === "unavailable"
    ? unavailable(answer.unavailable)
    : lacking("unavailable", {});
}

function ofTopics(answer: TopicsAnswer): ConcludedAnswer {
  switch (answer.kind) {
    case "topics":
      return { answer: concludeTopics(answer.list) };
    case "none":
      return lacking("no-such-topic", { nearest: [...answer.nearest] });
    case "unavailable":
      return unavailable(answer.unavailable);
  }
}

function ofChart(answer: ChartAnswer): ConcludedAnswer {
  if (answer.kind === "unavailable") return unavailable(answer.unavailable);
  if (answer.kind === "none") return lacking("no-series", { says: [...answer.reasons] });
  const concluded = concludeQuery(answer, answer.chart.title);
  return concluded === undefined ? lacking("no-series", {}) : { answer: concluded };
}

function ofHistory(answer: HistoryAnswer, asked: AskedAt): ConcludedAnswer {
  return answer.kind === "history"
    ? { answer: concludeHistory(answer.past, asked) }
    : lacking("no-such-alert", { nearest: [...answer.nearest] });
}

function ofTimeline(answer: TimelineAnswer, asked: AskedAt): ConcludedAnswer {
  switch (answer.kind) {
    case "exported":
    case "not-exported":
      return { answer: concludeTimeline(answer, asked) };
    case "which":
      return lacking("which-incident", { nearest: answer.incidents.map(({ id }) => id) });
    case "no-such-incident":
      return lacking("no-such-incident", { nearest: [...answer.nearest] });
  }
}

function ofSearch(answer: FoundByCommand): ConcludedAnswer {
  if (answer.kind === "explained") return { answer: concludeExplained(answer.explained) };
  const concluded = concludeSearch(answer);
  return concluded === undefined ? lacking("not-understood", {}) : { answer: concluded };
}

function ofRunbook(answer: RunbookAnswer): ConcludedAnswer {
  return answer.kind === "runbook"
    ? { answer: concludeRunbook(answer) }
    : lacking("no-runbook", { nearest: answer.nearest.map(({ id }) => id) });
}
