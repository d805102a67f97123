/**
 * Whom an incident calls, and when: at the beginning of each episode, once more while nobody has
 * acknowledged it, and others when it becomes worse. Nobody is called twice for one of these, however
 * often the incident is written, restarted or looked after by several replicas: what was done stands
 * in the incident.
 */

import { type Incident, isFlapping, type Mentions, severityOf } from "./incident.ts";
import type { Notice } from "./notice.ts";
import { quietOf } from "./quiet.ts";
import { type QuietHours, quietUntil } from "./quiet-hours.ts";

/** Of a route; the first whose severities hold the incident's is the one that counts. */
export interface MentionRule {
  /** In lower case; unset means any. */
  readonly severities?: readonly string[];
  /** Ids of people and user groups. */
  readonly who: readonly string[];
  /** So long after the first time they are called once more, unless somebody acknowledged. */
  readonly againAfterMs?: number;
  /** Then nobody is called; who would have been is called when they end. */
  readonly quiet?: QuietHours;
}

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

const NOBODY: Mentions = { called: [] };

function callsOf(incident: Incident, rules: readonly MentionRule[], nowMs: number): Calls {
  const { dueAt: _, ...before } = incident.mentions ?? NOBODY;
  const kept = before.called.length === 0 ? undefined : before;
  const rule = ruleFor(incident, rules);
  if (rule === undefined || !isForPeople(incident, nowMs)) return { mentions: kept };
  const wanted = rule.who.filter((each) => !before.called.includes(each));
  const again = rule.againAfterMs;
  const isFirst = wanted.length > 0;
  const { repeated = [] } = before;
  const once = rule.who.filter((each) => !repeated.includes(each));
  if (!isFirst && (again === undefined || once.length === 0)) return { mentions: kept };
  const due = isFirst ? nowMs : (before.at ?? nowMs) + (again ?? 0);
  const quietEnd =
    rule.quiet === undefined ? undefined : quietUntil(rule.quiet, Math.max(due, nowMs));
  const dueAt = quietEnd ?? due;
  if (dueAt > nowMs) return { mentions: { ...before, dueAt } };
  if (!isFirst) {
    const mentions: Mentions = { ...before, at: nowMs, repeated: [...repeated, ...once] };
    return { mentions, notice: { kind: "mention", who: once, again: true } };
  }
  const called = [...before.called, ...wanted];
  const next = again === undefined ? {} : { dueAt: nowMs + again };
  const mentions: Mentions = { ...before, called, at: nowMs, ...next };
  return { mentions, notice: { kind: "mention", who: wanted, again: false } };
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
