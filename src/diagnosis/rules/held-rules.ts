/** Which alert rules hold now, by our own evaluation: no Prometheus is needed for it. */

import type { Evidence } from "../checks/evidence.ts";
import { keptFiring } from "./kept-firing.ts";
import type { HeldRule, PassedOverRule, Rule } from "./rule.ts";
import { isTooMuch, type RuleEvidence } from "./rule-evidence.ts";
import { type InTurns, type RuleInTime, ruleInTime, STEP_MS } from "./rule-in-time.ts";

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

function* resultsOf(rule: Rule, evidence: Evidence, nowMs: number): InTurns<HeldRule[]> {
  const inTime = ruleInTime(rule, evidence);
  const now = yield* inTime.at(nowMs);
  const kept = rule.keepFiringMs > 0 ? yield* keptFiring(inTime, nowMs) : undefined;
  const firing = kept ?? (yield* firingAt(inTime, nowMs));
  const held = Array.from(now, ([key, { labels, value }]): HeldRule => {
    return { rule, labels, value, state: firing.has(key) ? "firing" : "pending" };
  });
  const gone = [...(kept ?? [])].filter(([key]) => !now.has(key));
  const others = gone.map(([, { labels, value }]): HeldRule => {
    return { rule, labels, value, state: "firing" };
  });
  return [...held, ...others];
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
