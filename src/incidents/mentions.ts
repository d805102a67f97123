/**
 * Whom an incident calls, and when: at the beginning of each episode, once more while nobody has
 * acknowledged it, and others when it becomes worse. Nobody is called twice for one of these, however
 * often the incident is written, restarted or looked after by several replicas: what was done stands
 * in the incident.
 */

import type { Incident, Mentions } from "./incident.ts";
import { isFlapping } from "./incident-times.ts";
import type { Notice } from "./notice.ts";
import { quietOf } from "./quiet.ts";
import { type QuietHours, quietUntil } from "./quiet-hours.ts";
import { severityOf } from "./severity.ts";

/** Of a route; the first whose severities hold the incident's is the one that counts. */
export interface MentionRule {
  /** In lower case; unset means any. */
  readonly severities?: readonly string[];
  /**
   * Ids of people and user groups, and `schedule:NAME` for whoever is on duty by a calendar; once
   * `onDuty` has put people in their place, a schedule that is left names nobody now.
   */
  readonly who: readonly string[];
  /** So long after the first time they are called once more, unless somebody acknowledged. */
  readonly againAfterMs?: number;
  /** Called instead of waiting for longer; at once where nobody is on duty. */
  readonly escalate?: Escalation;
  /** Then nobody is called; who would have been is called when they end. */
  readonly quiet?: QuietHours;
}

interface Escalation {
  /** As `who` of the rule. */
  readonly who: readonly string[];
  /** So long after the first call, unless somebody acknowledged. */
  readonly afterMs: number;
}

const SCHEDULE = "schedule:";

/** The schedule that an entry of `who` means; undefined for a person or a group. */
export function scheduleOf(who: string): string | undefined {
  return who.startsWith(SCHEDULE) ? who.slice(SCHEDULE.length) : undefined;
}

const NOBODY: Mentions = { called: [] };

interface Decided {
  readonly incident: Incident;
  readonly notices: readonly Notice[];
}

/** The same decision, with the calls that are due because of it; nothing new leaves it as it is. */
export function withMentions<Each extends Decided>(
  decided: Each,
  rules: readonly MentionRule[],
  nowMs: number,
): Each {
  const { incident, notices } = decided;
  const { mentions, notice } = callsOf(incident, rules, nowMs);
  if (notice === undefined && isSame(mentions, incident.mentions)) return decided;
  const { mentions: _, ...rest } = incident;
  return {
    ...decided,
    incident: { ...rest, ...(mentions === undefined ? {} : { mentions }) },
    notices: notice === undefined ? notices : inserted(notices, notice),
  };
}

/** Who is on duty is not known yet: asked again after this. */
const ASK_AGAIN_MS = 10_000;

/** The same decision; whom it calls is decided a little later. */
export function postponeCall<Each extends Decided>(decided: Each, nowMs: number): Each {
  const { incident } = decided;
  if (!isForPeople(incident, nowMs)) return decided;
  const mentions = { ...(incident.mentions ?? NOBODY), dueAt: nowMs + ASK_AGAIN_MS };
  return { ...decided, incident: { ...incident, mentions } };
}

function isSame(a: Mentions | undefined, b: Mentions | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** After the incident's message, before what explains it. */
function inserted(notices: readonly Notice[], notice: Notice): Notice[] {
  const place = notices.findIndex(({ kind }) => kind === "incident") + 1;
  return notices.toSpliced(place, 0, notice);
}

interface Calls {
  readonly mentions: Mentions | undefined;
  readonly notice?: Notice;
}

function callsOf(incident: Incident, rules: readonly MentionRule[], nowMs: number): Calls {
  const { dueAt: _, ...before } = incident.mentions ?? NOBODY;
  const kept = before.called.length === 0 ? undefined : before;
  const rule = ruleFor(incident, rules);
  if (rule === undefined || !isForPeople(incident, nowMs)) return { mentions: kept };
  const next = nextCall(rule, before, nowMs);
  if (next === undefined) return { mentions: kept };
  const dueAt = outsideQuiet(rule, Math.max(next.at, nowMs)) ?? next.at;
  if (dueAt > nowMs) return { mentions: { ...before, dueAt } };
  const made = withCall(before, next, nowMs);
  const following = nextCall(rule, made, nowMs);
  return {
    mentions: following === undefined ? made : { ...made, dueAt: Math.max(following.at, nowMs) },
    notice: noticeOf(next),
  };
}

function outsideQuiet({ quiet }: MentionRule, dueAt: number): number | undefined {
  return quiet === undefined ? undefined : quietUntil(quiet, dueAt);
}

interface MentionCall {
  readonly kind: "first" | "again" | "escalation";
  readonly who: readonly string[];
  readonly at: number;
}

/** The call that comes next in this episode; those that are due together come one after another. */
function nextCall(rule: MentionRule, before: Mentions, nowMs: number): MentionCall | undefined {
  const calls = [firstCall(rule, before, nowMs), callAgain(rule, before), escalation(rule, before)];
  return calls
    .filter((each) => each !== undefined && each.who.length > 0)
    .toSorted((a, b) => (a?.at ?? 0) - (b?.at ?? 0))[0];
}

function firstCall({ who }: MentionRule, { called }: Mentions, nowMs: number): MentionCall {
  return { kind: "first", who: without(who, called), at: nowMs };
}

function callAgain(rule: MentionRule, { at, repeated = [] }: Mentions): MentionCall | undefined {
  if (rule.againAfterMs === undefined || at === undefined) return undefined;
  const people = rule.who.filter((each) => scheduleOf(each) === undefined);
  return { kind: "again", who: without(people, repeated), at: at + rule.againAfterMs };
}

/** Where nobody could be called there is nobody to wait for. */
function escalation(
  { who, escalate }: MentionRule,
  { at, escalated = [] }: Mentions,
): MentionCall | undefined {
  if (escalate === undefined || at === undefined) return undefined;
  const isStaffed = who.some((each) => scheduleOf(each) === undefined);
  const afterMs = isStaffed ? escalate.afterMs : 0;
  return { kind: "escalation", who: without(escalate.who, escalated), at: at + afterMs };
}

function without(who: readonly string[], done: readonly string[]): string[] {
  return who.filter((each) => !done.includes(each));
}

function withCall(before: Mentions, { kind, who }: MentionCall, nowMs: number): Mentions {
  const { called, repeated = [], escalated = [] } = before;
  switch (kind) {
    case "first":
      return { ...before, called: [...called, ...who], at: nowMs };
    case "again":
      return { ...before, repeated: [...repeated, ...who] };
    case "escalation":
      return { ...before, escalated: [...escalated, ...who] };
  }
}

function noticeOf({ kind, who }: MentionCall): Notice {
  if (kind === "escalation") return { kind: "mention", who, again: true, escalated: true };
  return { kind: "mention", who, again: kind === "again" };
}

function ruleFor(incident: Incident, rules: readonly MentionRule[]): MentionRule | undefined {
  const severity = severityOf(incident).toLowerCase();
  return rules.find(({ severities }) => severities === undefined || severities.includes(severity));
}

/** What nobody has, and nobody has silenced; what comes and goes all the time calls nobody. */
function isForPeople(incident: Incident, nowMs: number): boolean {
  const { status, acknowledged, isExternal, mentions, testUntil } = incident;
  const isFresh = mentions === undefined && isFlapping(incident, nowMs);
  return (
    status === "firing" &&
    acknowledged === undefined &&
    isExternal !== true &&
    testUntil === undefined &&
    !isFresh &&
    quietOf(incident, nowMs) === undefined
  );
}
