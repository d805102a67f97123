/** Which alert rules hold now, by our own evaluation: no Prometheus is needed for it. */

import { type Evidence, type EvidenceRow, evidenceKey } from "../checks/evidence.ts";
import type { HeldRule, PassedOverRule, Rule } from "./rule.ts";
import { isTooMuch, type RuleEvidence, rowsAt } from "./rule-evidence.ts";

/** The steps at which `for` is judged backwards: the sampler's own interval. */
const STEP_MS = 15_000;

export interface JudgedRules {
  /** Firing ones first. */
  readonly held: readonly HeldRule[];
  /** Those that need more computing than they may. */
  readonly passedOver: readonly PassedOverRule[];
}

/**
 * The rules whose expression has a result now. Yields between evaluations: whoever runs it can let
 * others have a turn there.
 */
export function* judgingRules(
  rules: readonly Rule[],
  { evidence, allowance }: RuleEvidence,
  nowMs: number,
): Generator<undefined, JudgedRules> {
  const held: HeldRule[] = [];
  const passedOver: PassedOverRule[] = [];
  for (const rule of rules) {
    allowance.refill();
    try {
      held.push(...(yield* resultsOf(rule, evidence, nowMs)));
    } catch (error) {
      if (!isTooMuch(error)) throw error;
      passedOver.push({ alert: rule.alert, reason: TOO_MUCH, isForeign: false });
    }
  }
  const isPending = ({ state }: HeldRule): number => Number(state === "pending");
  return { held: held.toSorted((a, b) => isPending(a) - isPending(b)), passedOver };
}

/** The same at once, for few series. */
export function judgeRules(
  rules: readonly Rule[],
  evidence: RuleEvidence,
  nowMs: number,
): JudgedRules {
  const judging = judgingRules(rules, evidence, nowMs);
  for (;;) {
    const { done, value } = judging.next();
    if (done === true) return value;
  }
}

const TOO_MUCH = "it needs more computing than the bot spends on one rule";

/** The results of an expression at a moment, by what they are about. */
type Results = ReadonlyMap<string, EvidenceRow>;
type InTurns<T> = Generator<undefined, T>;

/** One rule at many moments, each of which is evaluated once whatever number of results it has. */
interface RuleInTime {
  readonly rule: Rule;
  readonly firstMs: number | undefined;
  at(timeMs: number): InTurns<Results>;
}

function ruleInTime(rule: Rule, evidence: Evidence): RuleInTime {
  const known = new Map<number, Results>();
  return {
    rule,
    firstMs: evidence.firstMs,
    *at(timeMs) {
      const before = known.get(timeMs);
      if (before !== undefined) return before;
      const rows = rowsAt(rule.expr, evidence, timeMs);
      const results = new Map(rows.map((row) => [evidenceKey(row.labels), row]));
      known.set(timeMs, results);
      yield;
      return results;
    },
  };
}

function* resultsOf(rule: Rule, evidence: Evidence, nowMs: number): InTurns<HeldRule[]> {
  const inTime = ruleInTime(rule, evidence);
  const now = yield* inTime.at(nowMs);
  const firing = yield* firingAt(inTime, nowMs);
  const held = Array.from(now, ([key, { labels, value }]): HeldRule => {
    return { rule, labels, value, state: firing.has(key) ? "firing" : "pending" };
  });
  return [...held, ...(yield* keptFiring(inTime, nowMs, now))];
}

/** With `keep_firing_for`, what fired so shortly ago fires on, with the value that it had last. */
function* keptFiring(inTime: RuleInTime, nowMs: number, now: Results): InTurns<HeldRule[]> {
  const { rule } = inTime;
  const seen = new Set(now.keys());
  const kept: HeldRule[] = [];
  for (let timeMs = nowMs - STEP_MS; timeMs > nowMs - rule.keepFiringMs; timeMs -= STEP_MS) {
    const news = [...(yield* inTime.at(timeMs))].filter(([key]) => !seen.has(key));
    if (news.length === 0) continue;
    const firing = yield* firingAt(inTime, timeMs);
    for (const [key, { labels, value }] of news) {
      seen.add(key);
      if (firing.has(key)) kept.push({ rule, labels, value, state: "firing" });
    }
  }
  return kept;
}

/** Of the results at a moment those that had held for the rule's `for` then. */
function* firingAt(inTime: RuleInTime, nowMs: number): InTurns<ReadonlySet<string>> {
  const { rule, firstMs = nowMs } = inTime;
  const sinceMs = nowMs - rule.forMs;
  if (rule.forMs > 0 && firstMs > sinceMs) return new Set();
  let holding = [...(yield* inTime.at(nowMs)).keys()];
  for (let timeMs = nowMs - STEP_MS; timeMs >= sinceMs && holding.length > 0; timeMs -= STEP_MS) {
    const results = yield* inTime.at(timeMs);
    holding = holding.filter((key) => results.has(key));
  }
  return new Set(holding);
}
