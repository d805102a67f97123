/** Fetches from Prometheus what the checks of a longer window lack: bounded in queries, rows and time. */

import { duration } from "../../block-kit/times.ts";
import type { Check } from "../../diagnosis/checks/check.ts";
import type { Scope } from "../../diagnosis/checks/judge-check.ts";
import type { Moments } from "../../diagnosis/checks/picture.ts";
import type {
  Fetched,
  FetchedEvidence,
  WantedResult,
} from "../../diagnosis/long-window/fetched-evidence.ts";
import { inPrometheus } from "../../diagnosis/long-window/prometheus-expression.ts";
import type { PrometheusPlace } from "../../diagnosis/long-window/prometheus-place.ts";
import type { RangeAnswer } from "../../diagnosis/prometheus-answers.ts";
import type { Target } from "../../diagnosis/target.ts";
import { PromqlError } from "../../promql/promql-error.ts";
import type { Clock } from "../shared/ports.ts";
import type { PrometheusSource } from "../targets/chart-source.ts";

/** Our own checks take some 150; a folder of one's own may hold as many again. */
const MOST_QUERIES = 400;
/** A person waits for all of them together no longer than this. */
export const PATIENCE_MS = 30_000;
/** Queries of one answer under way at once; the Prometheus allows as many of all answers together. */
const AT_ONCE = 4;
/** Rows of one finding at a moment that are fetched: the worst. */
const MOST_ROWS = 50;

export interface LongerWindowPorts {
  readonly prometheus: PrometheusSource;
  readonly clock: Pick<Clock, "now" | "sleep">;
}

export interface LongerQuestion {
  readonly target: Target;
  readonly checks: readonly Check[];
  readonly scope: Scope;
  readonly windowMs: number;
}

export interface PlacedQuestion extends LongerQuestion {
  readonly place: PrometheusPlace;
  readonly moments: Moments;
}

interface Fetching {
  /** Resolves when all is there, or the time is over. */
  into(evidence: FetchedEvidence, wanted: readonly WantedResult[]): Promise<void>;
  state(): { readonly queries: number; readonly lacksTime: boolean };
  stop(): void;
}

/** Every query that it begins counts; `stop` ends its patience. */
export function startFetching(
  { prometheus, clock }: LongerWindowPorts,
  { target, checks, scope, place }: PlacedQuestion,
): Fetching {
  const worst = worstRows(checks, scope);
  const done = new AbortController();
  let isOver = false;
  const waiting = clock.sleep(PATIENCE_MS, done.signal).then(() => {
    isOver = true;
  });
  let queries = 0;
  let isCut = false;
  const fetch = async (wanted: WantedResult): Promise<Fetched> => {
    if (queries >= MOST_QUERIES) return TOO_MANY;
    queries += 1;
    return fetchOne(prometheus, target, { wanted, expr: worst(wanted.expr), place });
  };
  return {
    async into(evidence, wanted) {
      const queue = [...wanted];
      const worker = async (): Promise<void> => {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
          evidence.put(next, LATE);
          if (isOver) continue;
          const fetched = await fetch(next);
          if (!isOver) evidence.put(next, fetched);
        }
      };
      await Promise.race([Promise.all(Array.from({ length: AT_ONCE }, worker)), waiting]);
      isCut ||= isOver;
      for (const left of queue.splice(0)) evidence.put(left, LATE);
    },
    state: () => ({ queries, lacksTime: isCut }),
    stop: () => done.abort(),
  };
}

const TOO_MANY: Fetched = {
  kind: "failed",
  says: `is asked ${MOST_QUERIES} queries for one answer at most`,
};

const LATE: Fetched = {
  kind: "failed",
  says: `did not answer all queries within ${duration(PATIENCE_MS)}`,
};

/** What a check finds may be thousands of rows at each moment, of which the worst are told. */
function worstRows(checks: readonly Check[], { topic, group }: Scope): (expr: string) => string {
  if (topic !== undefined || group !== undefined) return (expr) => expr;
  const operators = new Map(
    checks.flatMap(({ expr, chart, below }) =>
      [expr, ...(chart === undefined ? [] : [chart])].map((each) => [each, below] as const),
    ),
  );
  return (expr) => {
    const below = operators.get(expr);
    if (below === undefined) return expr;
    return `${below ? "bottomk" : "topk"}(${MOST_ROWS}, ${expr})`;
  };
}

async function fetchOne(
  prometheus: PrometheusSource,
  target: Target,
  {
    wanted,
    expr,
    place,
  }: { readonly wanted: WantedResult; readonly expr: string; readonly place: PrometheusPlace },
): Promise<Fetched> {
  try {
    const answer = await prometheus.range(target, inPrometheus(expr, place), wanted.moments);
    return answer.kind === "lines" ? answer : { kind: "failed", says: problemOf(answer) };
  } catch (error) {
    // A folder of one's own may hold what only newer versions understand.
    if (error instanceof PromqlError)
      return { kind: "failed", says: `cannot be asked: ${error.message}` };
    throw error;
  }
}

/** What Prometheus did instead of answering, behind its name. */
export function problemOf(answer: Exclude<RangeAnswer, { kind: "lines" }>): string {
  return answer.kind === "refused" ? `answers ${answer.status}: ${answer.problem}` : answer.says;
}
