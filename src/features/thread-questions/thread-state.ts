/** Does it still happen, and what has happened: what is known of the incident, and a poll now. */

import { alertName } from "../../alerts/alert.ts";
import type { Message } from "../../block-kit/message.ts";
import { code, count, escaped, line } from "../../block-kit/text.ts";
import { judgeHealth } from "../../diagnosis/health/health-report.ts";
import type { JudgedRules } from "../../diagnosis/rules/held-rules.ts";
import { wordsOfRule } from "../../diagnosis/rules/rule-words.ts";
import type { Target } from "../../diagnosis/target.ts";
import { ASKED } from "../../incidents/change.ts";
import type { IncidentReader, TimelineEntry } from "../incidents/incident-ports.ts";
import { person as nameOf } from "../incidents/quiet-words.ts";
import type { Person, Progress } from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import type { TargetObservations, TargetSource } from "../shared/sources.ts";
import type { WhySlow } from "../why-slow/why-slow.ts";
import {
  type Happening,
  renderChanges,
  renderFacts,
  stateSentence,
} from "./render-thread-answers.ts";
import type { ThreadContext } from "./thread-context.ts";

export interface ThreadStatePorts {
  readonly permission: Pick<Permission, "refusal">;
  readonly poll: Pick<TargetSource, "health">;
  readonly memory: Pick<TargetObservations, "judgedRules">;
  readonly whySlow: Pick<WhySlow, "diagnose">;
}

export interface AskedInThread {
  readonly person: Person;
  readonly context: ThreadContext;
  readonly progress: Progress | undefined;
}

/** What Alertmanager reported last, and what a poll of the target shows now. */
export async function isItStill(
  ports: ThreadStatePorts,
  { person, context, progress }: AskedInThread,
): Promise<Message> {
  const { incident, nowMs, target } = context;
  const state = stateSentence(incident, nowMs);
  if (target === undefined) return renderFacts(state, [NOT_ASKED]);
  const refused = await ports.permission.refusal(person, "ask", target);
  if (refused !== undefined) return renderFacts(state, [refused]);
  progress?.status(`is checking ${target.name}…`);
  return renderFacts(state, await liveFacts(ports, target, context));
}

const NOT_ASKED =
  "That is its last known state. I do not know which server it is about, so I asked none.";

async function liveFacts(
  ports: ThreadStatePorts,
  target: Target,
  { alert }: ThreadContext,
): Promise<string[]> {
  const [poll, diagnosis, judged] = await Promise.all([
    ports.poll.health(target),
    ports.whySlow.diagnose(target),
    ports.memory.judgedRules(target),
  ]);
  const { verdict } = judgeHealth(target, poll);
  // The plain form of a diagnosis begins with its verdict.
  const [cause = ""] = diagnosis.text.split("\n", 1);
  return [
    `Right now: ${escaped(line(verdict.sentence, 400), 400)}`,
    ruleFact(judged, alertName(alert)),
    cause.replace(/^\*|\*$/g, ""),
  ];
}

function ruleFact(judged: JudgedRules, alert: string): string {
  const held = judged.held.filter(({ rule }) => rule.alert === alert);
  const name = code(alert, 100);
  const firing = held.find(({ state }) => state === "firing");
  if (firing !== undefined) {
    const words = wordsOfRule(firing);
    const said = words === undefined ? "." : `: ${escaped(line(words, 300), 300)}`;
    return `The condition of ${name} is true, for long enough to fire${said}`;
  }
  return held.length > 0
    ? `The condition of ${name} is true again, but not long enough to fire.`
    : `The condition of ${name} is not true now, or its rule is not known here.`;
}

/** So many of the last events are shown. */
const SHOWN_EVENTS = 10;
const READ = 100;

/** The latest events of the incident, and its state now. */
export async function whatHappened(
  { incidents }: { readonly incidents: Pick<IncidentReader, "timeline"> },
  context: ThreadContext,
): Promise<Message> {
  const { incident, nowMs } = context;
  const entries = await incidents.timeline(incident.id, READ);
  return renderChanges(incident, entries.flatMap(happeningOf).slice(-SHOWN_EVENTS), nowMs);
}

function happeningOf(entry: TimelineEntry): Happening[] {
  const { at } = entry;
  if (entry.kind === "audit") {
    // A question changed nothing.
    if (entry.action === ASKED) return [];
    return [{ at, what: `${nameOf(entry.who)}: ${escaped(line(entry.action, 40))}` }];
  }
  const { reason, notification } = entry;
  if (reason === "unchanged" || reason === "in-doubt") return [];
  const listed = notification.alerts.filter(({ status }) => status === "firing").length;
  const firing = listed + notification.truncatedAlerts;
  const what = { opened: "it began", changed: "it changed", reopened: "it fired again" } as const;
  return reason === "resolved"
    ? [{ at, what: "it was resolved" }]
    : [{ at, what: `${what[reason]}, ${count(firing, "alert")} firing` }];
}
