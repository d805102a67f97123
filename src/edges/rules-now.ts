/**
 * What the alert rules come to over the samples of a target.
 *
 * Evaluating the `for` of sixty rules over ten thousand series takes a second: it is done in turns,
 * once for all who ask of the same samples.
 */

import type { RuleState } from "../diagnosis/checks/answer-alert.ts";
import { scrapeLabels } from "../diagnosis/checks/own-series.ts";
import { asScraped } from "../diagnosis/rules/as-scraped.ts";
import { type JudgedRules, judgeRules, judgingRules } from "../diagnosis/rules/held-rules.ts";
import type { LoadedRules, PassedOverRule, Rule } from "../diagnosis/rules/rule.ts";
import { ruleEvidence } from "../diagnosis/rules/rule-evidence.ts";
import { type RuleScope, recordedHere, whyNotJudged } from "../diagnosis/rules/rule-scope.ts";
import type { Target } from "../diagnosis/target.ts";
import type { Clock } from "../features/shared/ports.ts";
import type { History } from "../history/history.ts";
import { letOthersRun } from "./let-others-run.ts";

export interface RulesNowOptions {
  readonly rules: Pick<LoadedRules, "rules" | "recording">;
  readonly history: (target: Target) => History;
  /** Names that recording rules would keep, and that were too much to compute. */
  readonly leftOut: (target: Target) => ReadonlySet<string>;
  readonly clock: Pick<Clock, "now">;
}

export interface RulesNow {
  /** Those that hold, and those that cannot be judged from the target's series. */
  judged(target: Target): Promise<JudgedRules>;
  /** What the rule of an alert comes to; undefined when there is no such rule. */
  state(target: Target, alert: string): RuleState | undefined;
}

/** All evaluations of one rule, in turns: a `for` of an hour over 10,000 series. */
const UNITS_IN_TURNS = 20_000_000;
/** All evaluations of one rule where nobody has a turn in between: 150 ms of the costliest kind. */
const UNITS_AT_ONCE = 2_000_000;

/** The same samples at nearly the same moment give the same answer. */
const SAME_MOMENT_MS = 15_000;
/** Alerts whose state is remembered for each target. */
const MOST_STATES = 500;

/** A rule looks back over a few minutes: with less history than this it cannot be called clear. */
const CLEAR_AFTER_MS = 15 * 60_000;

/** One for all targets; what was judged is kept until a target's samples change. */
export function createRulesNow(options: RulesNowOptions): RulesNow {
  const { clock, history } = options;
  const known = new Map<string, Remembered>();

  function remembered(target: Target): Remembered {
    const { revision } = history(target);
    const key = `${revision} ${Math.floor(clock.now() / SAME_MOMENT_MS)}`;
    const before = known.get(target.name);
    if (before?.key === key) return before;
    const now: Remembered = { key, states: new Map() };
    known.set(target.name, now);
    return now;
  }

  return {
    judged(target) {
      const own = remembered(target);
      own.judged ??= judgeInTurns(options, target);
      return own.judged;
    },
    state(target, alert) {
      const { states } = remembered(target);
      if (states.size >= MOST_STATES) states.clear();
      if (!states.has(alert)) states.set(alert, stateOf(options, target, alert));
      return states.get(alert);
    },
  };
}

interface Remembered {
  readonly key: string;
  judged?: Promise<JudgedRules>;
  readonly states: Map<string, RuleState | undefined>;
}

async function judgeInTurns(options: RulesNowOptions, target: Target): Promise<JudgedRules> {
  const scope = scopeOf(options, target);
  const { ours, passedOver } = sorted(options.rules.rules, scope);
  const evidence = ruleEvidence(asScraped(scope.history, scope.labels), UNITS_IN_TURNS);
  const judging = judgingRules(ours, evidence, options.clock.now());
  for (;;) {
    const { done, value } = judging.next();
    if (done === true) return { ...value, passedOver: [...value.passedOver, ...passedOver] };
    await letOthersRun();
  }
}

/** Several rules of one name, as with two severities, hold when one does. */
function stateOf(options: RulesNowOptions, target: Target, alert: string): RuleState | undefined {
  const named = options.rules.rules.filter((rule) => rule.alert === alert);
  if (named.length === 0) return undefined;
  const scope = scopeOf(options, target);
  const { ours, passedOver } = sorted(named, scope);
  const nowMs = options.clock.now();
  const evidence = ruleEvidence(asScraped(scope.history, scope.labels), UNITS_AT_ONCE);
  const judged = judgeRules(ours, evidence, nowMs);
  if (judged.held.some(({ state }) => state === "firing")) return { kind: "holds" };
  if (judged.held.length > 0) return { kind: "pending" };
  const notJudged = [...passedOver, ...judged.passedOver];
  const [{ reason } = { reason: "" }] = notJudged;
  if (notJudged.length === named.length) return { kind: "not-judged", reason };
  const { firstMs } = scope.history.stats();
  const isLong = firstMs !== undefined && nowMs - firstMs >= CLEAR_AFTER_MS;
  return { kind: isLong ? "clear" : "too-early" };
}

function scopeOf({ rules, history, leftOut }: RulesNowOptions, target: Target): RuleScope {
  const own = history(target);
  const labels = scrapeLabels(target);
  // What is left out is not absent: a rule that asks for it says nothing here.
  const missing = leftOut(target);
  const kept = rules.recording.filter(({ record }) => !missing.has(record));
  return { history: own, labels, recorded: recordedHere(kept, { history: own, labels }) };
}

/** The rules that the target's series can judge, and the others with the reason. */
function sorted(
  rules: readonly Rule[],
  scope: RuleScope,
): { readonly ours: readonly Rule[]; readonly passedOver: readonly PassedOverRule[] } {
  const ours: Rule[] = [];
  const passedOver: PassedOverRule[] = [];
  for (const rule of rules) {
    const why = whyNotJudged(rule.parsed, scope);
    if (why === undefined) ours.push(rule);
    else passedOver.push({ alert: rule.alert, ...why });
  }
  return { ours, passedOver };
}
