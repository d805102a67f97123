/** What the bot remembers of each target: an hour of snapshots, taken by the sampler. */

import type { Logger } from "pino";
import { evidenceOf } from "../diagnosis/checks/evidence-of-history.ts";
import { OWN_NAMES, scrapeLabels } from "../diagnosis/checks/own-series.ts";
import { asScraped } from "../diagnosis/rules/as-scraped.ts";
import { recordedSamples } from "../diagnosis/rules/recorded-samples.ts";
import type { LoadedRules, RecordingRule } from "../diagnosis/rules/rule.ts";
import { ruleEvidence } from "../diagnosis/rules/rule-evidence.ts";
import type { Target } from "../diagnosis/target.ts";
import type { Sample } from "../exposition/sample.ts";
import type { LastPolls } from "../features/home/target-state.ts";
import type { Clock } from "../features/shared/ports.ts";
import type { TargetObservations } from "../features/shared/sources.ts";
import type { HistorySource } from "../features/why-slow/why-slow-ports.ts";
import { createHistory, HISTORY_MS, type History, type Snapshot } from "../history/history.ts";
import { createMatcher } from "../history/matcher.ts";
import { createRulesNow } from "./rules-now.ts";
import type { PollShare } from "./streamline/poll-share.ts";
import { createSampler, type Sampler } from "./streamline/sampler.ts";
import type { TargetClient } from "./streamline/target-client.ts";

/** A target with 10,000 partitions has about 60,000 series; ten times that is somebody's mistake. */
const MAX_SERIES = 600_000;

export interface TargetMemory extends TargetObservations, HistorySource, LastPolls {
  readonly sampler: Sampler;
  /** Takes these snapshots, oldest first, in place of all that is remembered of each target. */
  rewrite(past: Past): void;
}

export interface TargetMemoryOptions {
  readonly poll: TargetClient;
  readonly targets: readonly Target[];
  readonly rules: Pick<LoadedRules, "rules" | "recording">;
  readonly intervalMs: number;
  readonly clock: Clock;
  readonly log: Logger;
  /** Which of several replicas polls. */
  readonly share?: PollShare;
  /** What is already known of a target, oldest first; the sandbox's server has a past. */
  readonly past?: Past;
}

export type Past = (
  target: Target,
) => readonly { readonly timeMs: number; readonly samples: readonly Sample[] }[];

/** One history per target and one sampler for all; the caller starts and stops the sampler. */
export function createTargetMemory(options: TargetMemoryOptions): TargetMemory {
  const { clock, targets } = options;
  const histories = new Map(
    targets.map(({ name }) => [
      name,
      createHistory({ retentionMs: HISTORY_MS, maxSeries: MAX_SERIES }),
    ]),
  );
  const history = (target: Target): History => {
    const found = histories.get(target.name);
    if (found === undefined) throw new Error(`no history is kept of ${target.name}`);
    return found;
  };
  const learn = (past: Past): void => {
    for (const target of targets) {
      for (const { timeMs, samples } of past(target)) history(target).append(timeMs, samples);
    }
  };
  if (options.past !== undefined) learn(options.past);
  const leftOut = new Map<string, ReadonlySet<string>>();
  const rulesNow = createRulesNow({
    rules: options.rules,
    history,
    clock,
    leftOut: ({ name }) => leftOut.get(name) ?? NOTHING_LEFT_OUT,
  });
  const sampler = createSampler({
    poll: options.poll,
    targets,
    historyOf: (target) =>
      withRecorded(options.rules.recording, {
        target,
        history: history(target),
        leaveOut: (rules) =>
          void leftOut.set(target.name, new Set(rules.map(({ record }) => record))),
      }),
    earlierOf: (target) => lastLogCounts(history(target)),
    clock,
    random: Math.random,
    log: options.log,
    settings: { intervalMs: options.intervalMs },
    ...(options.share === undefined ? {} : { share: options.share }),
  });
  return {
    sampler,
    rewrite(past) {
      for (const target of targets) history(target).forget();
      learn(past);
    },
    history,
    metricNames: (target) => new Set(history(target).names()),
    poll: async (target) => {
      await sampler.sample(target);
    },
    lastPoll: (target) => lastPollOf(history(target)),
    judgedRules: (target) => rulesNow.judged(target),
    ruleState: (target, alert) => rulesNow.state(target, alert),
  };
}

/** What a poller that starts counts on from: the last totals of the log. */
function lastLogCounts(history: History): Snapshot | undefined {
  const { lastMs } = history.stats();
  if (lastMs === undefined) return undefined;
  const rows = evidenceOf(history).at("log_signature_total", lastMs);
  return {
    timeMs: lastMs,
    samples: rows.map(({ labels, value }) => ({ name: "log_signature_total", labels, value })),
  };
}

/** All recording rules of one poll, together: 70 ms of the costliest kind. */
const RECORDING_UNITS = 1_000_000;

const NOTHING_LEFT_OUT: ReadonlySet<string> = new Set();

interface Recording {
  readonly target: Target;
  readonly history: History;
  /** Says what could not be recorded. */
  readonly leaveOut: (rules: readonly RecordingRule[]) => void;
}

/** A history that keeps what the recording rules make of it, as of the poll before. */
function withRecorded(
  recording: readonly RecordingRule[],
  { target, history, leaveOut }: Recording,
): History {
  if (recording.length === 0) return history;
  const scraped = asScraped(history, scrapeLabels(target));
  // What the bot itself sees is not to be replaced by a rule that records under the same name.
  let order = recording.filter(({ record }) => !OWN_NAMES.has(record));
  return {
    ...history,
    get revision() {
      return history.revision;
    },
    append(timeMs, samples) {
      const { evidence } = ruleEvidence(scraped, RECORDING_UNITS);
      const recorded = recordedSamples(order, evidence, timeMs);
      leaveOut(recorded.leftOut);
      // What needs too much comes last from now on, so that it leaves out itself alone.
      const [greedy] = recorded.leftOut;
      if (greedy !== undefined) order = [...order.filter((rule) => rule !== greedy), greedy];
      // Of one series twice the last counts: what the server says.
      return history.append(timeMs, [...recorded.samples, ...samples]);
    },
  };
}

const PROBES = createMatcher("__name__", "=", "probe_success");

/** Any probe that succeeded is an answer: Kafka may work while HTTP does not. */
function lastPollOf(history: History): { at: number; answered: boolean } | undefined {
  const at = history.stats().lastMs;
  if (at === undefined) return undefined;
  const slot = history.slotAt(at, 1);
  const probes = history.select([PROBES]);
  return { at, answered: probes.some((series) => slot?.read(series) === 1) };
}
