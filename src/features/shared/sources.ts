/** What several features ask: the knowledge, the targets, what was observed of them. */

import type { RuleState } from "../../diagnosis/checks/answer-alert.ts";
import type { HealthPoll, MetricsReply } from "../../diagnosis/reply.ts";
import type { JudgedRules } from "../../diagnosis/rules/held-rules.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Library } from "../../knowledge/library.ts";
import type { AskOptions, SearchAnswer } from "../../search/asking.ts";

/** What the bot knows, as of now: the library and the search over it change together. */
export interface KnowledgeSource {
  library(): Library;
  ask(question: string, options: Omit<AskOptions, "learned">): Promise<SearchAnswer>;
}

export interface TargetSource {
  health(target: Target): Promise<HealthPoll>;
  metrics(target: Target): Promise<MetricsReply>;
  /** What all polls of the target since the start have cost it. */
  counts(target: Target): { readonly requests: number; readonly bytes: number };
}

/** What the bot concludes from its last polls of the targets. */
export interface TargetObservations {
  /** The alert rules whose condition is true now, and those that cannot be judged from the target's series. */
  judgedRules(target: Target): Promise<JudgedRules>;
  /** What the rule of an alert comes to now; undefined when the bot has no such rule. */
  ruleState(target: Target, alert: string): RuleState | undefined;
  /** Names of the metrics that the last polls brought. */
  metricNames(target: Target): ReadonlySet<string>;
}
