/** What the bot remembers of each target: an hour of snapshots, taken by the sampler. */

import type { Logger } from "pino";
import type { RuleState } from "../diagnosis/checks/answer-alert.ts";
import { evidenceOf } from "../diagnosis/checks/evidence-of-history.ts";
import { scrapeLabels } from "../diagnosis/checks/own-series.ts";
import { asScraped, heldRules, recordedSamples } from "../diagnosis/rules/held-rules.ts";
import type { LoadedRules, PassedOverRule, RecordingRule, Rule } from "../diagnosis/rules/rule.ts";
import { type RuleScope, recordedHere, whyNotJudged } from "../diagnosis/rules/rule-scope.ts";
import type { Target } from "../diagnosis/target.ts";
import type { Sample } from "../exposition/sample.ts";
import type { LastPolls } from "../features/home/home.ts";
import type { Clock } from "../features/shared/ports.ts";
import type { MemorySource } from "../features/shared/sources.ts";
import type { HistorySource } from "../features/why-slow/why-slow.ts";
import { createHistory, type History } from "../history/history.ts";
import { createMatcher } from "../history/matcher.ts";
import { createSampler, type Sampler } from "./streamline/sampler.ts";
import type { TargetClient } from "./streamline/target-client.ts";

/** The last hour, as the diagnosis needs it. */
const RETENTION_MS = 60 * 60_000;

/** A target with 10,000 partitions has about 60,000 series; ten times that is somebody's mistake. */
const MAX_SERIES = 600_000;

export interface TargetMemory extends MemorySource, HistorySource, LastPolls {
  readonly sampler: Sampler;
}

export interface TargetMemoryOptions {
  readonly poll: TargetClient;
  readonly targets: readonly Target[];
  readonly rules: Pick<LoadedRules, "rules" | "recording">;
  readonly intervalMs: number;
  readonly clock: Clock;
  readonly log: Logger;
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
      createHistory({ retentionMs: RETENTION_MS, maxSeries: MAX_SERIES }),
    ]),
  );
  const history = (target: Target): History => {
    const found = histories.get(target.name);
    if (found === undefined) throw new Error(`no history is kept of ${target.name}`);
    return found;
  };
  for (const target of targets) {
    for (const { timeMs, samples } of options.past?.(target) ?? []) {
      history(target).append(timeMs, samples);
    }
  }
  const sampler = createSampler({
    poll: options.poll,
    targets,
    historyOf: (target) => withRecorded(options, target, history(target)),
    clock,
    random: Math.random,
    log: options.log,
    settings: { intervalMs: options.intervalMs },
  });
  return {
    sampler,
    history,
    metricNames: (target) => new Set(history(target).names()),
    poll: async (target) => {
      await sampler.sample(target);
    },
    lastPoll: (target) => lastPollOf(history(target)),
    heldRules: (target) => {
      const { ours } = sorted(options, target, history(target));
      const scraped = asScraped(history(target), scrapeLabels(target));
      return heldRules(ours, evidenceOf(scraped), clock.now());
    },
    ruleState: (target, alert) => ruleStateOf(options, { target, alert }, history(target)),
    passedOver: (target) => sorted(options, target, history(target)).passedOver,
  };
}

/** A rule looks back over a few minutes: with less history than this it cannot be called clear. */
const CLEAR_AFTER_MS = 15 * 60_000;

/** Several rules of one name, as with two severities, hold when one does. */
function ruleStateOf(
  { rules: { rules, recording }, clock }: TargetMemoryOptions,
  { target, alert }: { readonly target: Target; readonly alert: string },
  history: History,
): RuleState | undefined {
  const own = rules.filter((rule) => rule.alert === alert);
  if (own.length === 0) return undefined;
  const scope = scopeOf(recording, target, history);
  const judged = own.filter((rule) => whyNotJudged(rule.parsed, scope) === undefined);
  const [reason] = own.flatMap((rule) => whyNotJudged(rule.parsed, scope) ?? []);
  if (judged.length === 0) return { kind: "not-judged", reason: reason ?? "" };
  const nowMs = clock.now();
  const held = heldRules(judged, evidenceOf(asScraped(history, scope.labels)), nowMs);
  if (held.some(({ state }) => state === "firing")) return { kind: "holds" };
  if (held.length > 0) return { kind: "pending" };
  const { firstMs } = history.stats();
  const isLong = firstMs !== undefined && nowMs - firstMs >= CLEAR_AFTER_MS;
  return { kind: isLong ? "clear" : "too-early" };
}

function scopeOf(recording: readonly RecordingRule[], target: Target, history: History): RuleScope {
  const labels = scrapeLabels(target);
  return { history, labels, recorded: recordedHere(recording, { history, labels }) };
}

/** The rules that the target's series can judge, and the others with the reason. */
function sorted(
  { rules: { rules, recording } }: TargetMemoryOptions,
  target: Target,
  history: History,
): { readonly ours: readonly Rule[]; readonly passedOver: readonly PassedOverRule[] } {
  const scope = scopeOf(recording, target, history);
  const ours: Rule[] = [];
  const passedOver: PassedOverRule[] = [];
  for (const rule of rules) {
    const reason = whyNotJudged(rule.parsed, scope);
    if (reason === undefined) ours.push(rule);
    else passedOver.push({ alert: rule.alert, reason });
  }
  return { ours, passedOver };
}

/** A history that keeps what the recording rules make of it, as of the poll before. */
function withRecorded(
  { rules: { recording } }: TargetMemoryOptions,
  target: Target,
  history: History,
): History {
  if (recording.length === 0) return history;
  const scraped = asScraped(history, scrapeLabels(target));
  return {
    ...history,
    get revision() {
      return history.revision;
    },
    append(timeMs, samples) {
      const recorded = recordedSamples(recording, evidenceOf(scraped), timeMs);
      return history.append(timeMs, [...samples, ...recorded]);
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
