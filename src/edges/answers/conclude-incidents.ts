/** What the commands about incidents conclude -> by their schemas. */

import type { z } from "zod";
import { alertName, alertNames } from "../../alerts/alert.ts";
import type { OncallAnswer } from "../../features/duty/render-oncall.ts";
import type { AlertsAnswer } from "../../features/history/alerts.ts";
import type { HandoffAnswer } from "../../features/history/handoff.ts";
import type { PastOfAlert } from "../../features/history/render-alert-history.ts";
import type { ExportedStory, TimelineAnswer } from "../../features/history/render-timeline.ts";
import { type Incident, silenceOf } from "../../incidents/incident.ts";
import type { MeanTimes } from "../../incidents/mean-times.ts";
import type { Shift } from "../../incidents/schedule.ts";
import { severityOf } from "../../incidents/severity.ts";
import { standingOf } from "../../incidents/standing.ts";
import type { StoryEntry } from "../../incidents/story.ts";
import { storyFacts } from "../../incidents/story-facts.ts";
import { type ConcludedBy, iso } from "./conclude-shared.ts";
import type {
  INCIDENT_HEAD,
  INCIDENT_OUTPUT,
  INCIDENTS_OUTPUT,
  PERSON_OUTPUT,
} from "./shared-shapes.ts";
import type {
  ALERTS_OUTPUT,
  HANDOFF_OUTPUT,
  HISTORY_OUTPUT,
  ONCALL_OUTPUT,
  TIMELINE_OUTPUT,
} from "./terminal-shapes.ts";

/** When it was asked, and what people are called, as far as is known. */
export interface AskedAt {
  readonly nowMs: number;
  readonly nameOf?: (id: string) => string | undefined;
}

/** Open incidents for an agent, which gets no more of each than its head. */
export function concludeIncidents({
  incidents,
  isMore,
  nowMs,
}: AlertsAnswer): z.output<typeof INCIDENTS_OUTPUT> {
  return { incidents: incidents.map((each) => incidentHead(each, { nowMs })), isMore };
}

/** One incident with its timeline as Markdown; undefined where the answer is no story. */
export function concludeIncident(
  answer: TimelineAnswer,
  asked: AskedAt,
): ConcludedBy<typeof INCIDENT_OUTPUT> {
  if (!("markdown" in answer)) return undefined;
  return { ...incidentHead(answer.incident, asked), timeline: answer.markdown };
}

/** Open incidents for a terminal, with how many others there are. */
export function concludeAlerts(
  { incidents, isMore, others }: AlertsAnswer,
  asked: AskedAt,
): z.output<typeof ALERTS_OUTPUT> {
  return { incidents: heads(incidents, asked), isMore, others };
}

/** An alert's past; spans in seconds, as the schema has them, and what is unknown left out. */
export function concludeHistory(
  past: Omit<PastOfAlert, "jumpTo">,
  asked: AskedAt,
): z.output<typeof HISTORY_OUTPUT> {
  const { week, month, isMore, median, longest, hours, means, firingSince, last } = past.history;
  return {
    alert: past.alert,
    firings: { last7Days: week, last30Days: month, isMore },
    ...(median === undefined ? {} : { secondsMedian: median / 1_000 }),
    ...(longest === undefined ? {} : { secondsLongest: longest / 1_000 }),
    means: concludeMeans(means),
    ...(hours === undefined ? {} : { usualHours: { ...hours } }),
    ...(firingSince === undefined ? {} : { firingSince: iso(firingSince) }),
    last: heads(last, asked),
    helped: past.helped.map(({ section, useful, notUseful, cleared }) => {
      return { section: section.id, title: section.title, useful, notUseful, cleared };
    }),
    fixes: past.fixes.map(({ who, at, text }) => ({ by: personOf(who, asked), at: iso(at), text })),
    inPrometheus: past.inPrometheus.map(({ target, times, totalMs, lastMs, problem }) => ({
      target,
      times,
      secondsInAll: totalMs / 1_000,
      ...(lastMs === undefined ? {} : { last: iso(lastMs) }),
      ...(problem === undefined ? {} : { problem }),
    })),
    hasRunbook: past.hasRunbook,
  };
}

/** A handoff by the state of its incidents; spans in seconds. */
export function concludeHandoff(
  { handoff, windowMs, gaps }: HandoffAnswer,
  asked: AskedAt,
): z.output<typeof HANDOFF_OUTPUT> {
  return {
    seconds: windowMs / 1_000,
    open: heads(handoff.open, asked),
    acknowledged: heads(handoff.acknowledged, asked),
    silenced: heads(handoff.silenced, asked),
    flapping: heads(handoff.flapping, asked),
    noisy: handoff.noisy.map((each) => ({ ...each })),
    resolved: heads(handoff.resolved, asked),
    unanswered: handoff.unanswered,
    means: concludeMeans(handoff.means),
    gaps: [...gaps],
  };
}

/** An exported story: its Markdown and the facts that a post-mortem begins with. */
export function concludeTimeline(
  story: ExportedStory,
  asked: AskedAt,
): z.output<typeof TIMELINE_OUTPUT> {
  const { incident, markdown, entries, episodes } = story;
  const { firstFiredAt, causes, endings, means } = storyFacts(story);
  return {
    ...incidentHead(incident, asked),
    timeline: markdown,
    firstFiredAt: iso(firstFiredAt),
    causes: causes.map(({ title, since }) => ({ title, since: iso(since) })),
    endings: endings.map(({ by, at, ...rest }) => ({
      ...rest,
      by: personOf(by, asked),
      at: iso(at),
    })),
    means: concludeMeans(means),
    episodes: episodes.map(({ startedAt, endedAt, acknowledgedAfter, resolvedAfter }) => ({
      startedAt: iso(startedAt),
      ...(endedAt === undefined ? {} : { endedAt: iso(endedAt) }),
      ...concludeMeans({
        ...(acknowledgedAfter === undefined ? {} : { toAcknowledge: acknowledgedAfter }),
        ...(resolvedAfter === undefined ? {} : { toResolve: resolvedAfter }),
      }),
    })),
    entries: entries.map((entry) => ({ at: iso(entry.at), ...concludeEntry(entry, asked) })),
  };
}

function concludeEntry(entry: StoryEntry, asked: AskedAt) {
  const { kind } = entry;
  switch (kind) {
    case "fired":
      return { kind, again: entry.again, alerts: entry.alerts.map(alertName) };
    case "changed":
      return { kind, alerts: entry.added.map(alertName), gone: entry.gone.map(alertName) };
    case "resolved":
      return { kind };
    case "did":
      return { kind, by: personOf(entry.who, asked), action: entry.action, ...detailOf(entry) };
    case "diagnosed":
      return { kind, text: entry.title };
    case "wrote":
      return { kind, by: personOf(entry.by, asked), text: entry.text };
  }
}

/** What of an act is a fact: until when, the command or the words, and what was said of a section. */
function detailOf({ detail }: Extract<StoryEntry, { kind: "did" }>) {
  const { until, verdict } = detail;
  const words = [detail["command"], detail["comment"], detail["step"], detail["note"]];
  const text = words.find((each) => typeof each === "string" && each !== "");
  return {
    ...(typeof until === "number" && isDate(until) ? { until: iso(until) } : {}),
    ...(typeof verdict === "string" ? { verdict } : {}),
    ...(typeof text === "string" ? { text } : {}),
  };
}

/** A silence may be made until any number of milliseconds. */
function isDate(ms: number): boolean {
  return Number.isFinite(new Date(ms).getTime());
}

/** Who is on duty by each schedule, and the schedules that could not be read. */
export function concludeOncall({
  schedules,
  unread,
}: OncallAnswer): z.output<typeof ONCALL_OUTPUT> {
  return {
    schedules: schedules.map(({ name, now, next, readAt, problem }) => ({
      name,
      now: now.map(concludeShift),
      ...(next === undefined
        ? {}
        : { next: { at: iso(next.at), shifts: next.shifts.map(concludeShift) } }),
      ...(readAt === undefined ? {} : { readAt: iso(readAt) }),
      ...(problem === undefined ? {} : { problem }),
    })),
    unread: [...unread],
  };
}

function concludeShift({ name, person: id, from, until }: Shift) {
  const known = id === undefined ? {} : { id };
  return { name, ...known, from: iso(from), until: iso(until) };
}

function heads(incidents: readonly Incident[], asked: AskedAt): z.output<typeof INCIDENT_HEAD>[] {
  return incidents.map((each) => incidentHead(each, asked));
}

function incidentHead(incident: Incident, asked: AskedAt): z.output<typeof INCIDENT_HEAD> {
  const { id, alerts, status, target, source, openedAt, resolvedAt, acknowledged } = incident;
  const { found = [] } = incident;
  const silence = silenceOf(incident, asked.nowMs);
  return {
    id,
    alerts: alertNames(alerts),
    severity: severityOf(incident),
    standing: status === "resolved" ? "resolved" : standingOf(incident, asked.nowMs),
    ...(target === undefined ? {} : { target }),
    source,
    openedAt: iso(openedAt),
    ...(resolvedAt === undefined ? {} : { resolvedAt: iso(resolvedAt) }),
    ...(acknowledged === undefined ? {} : { acknowledged: holding(acknowledged, asked) }),
    ...(silence === undefined ? {} : { silenced: holding(silence, asked) }),
    ...(found.length === 0 ? {} : { found: found.map(({ title }) => title) }),
  };
}

function holding({ by, until }: { readonly by: string; readonly until: number }, asked: AskedAt) {
  return { by: personOf(by, asked), until: iso(until) };
}

function personOf(id: string, { nameOf }: AskedAt): z.output<typeof PERSON_OUTPUT> {
  const name = nameOf?.(id);
  return name === undefined ? { id } : { id, name };
}

function concludeMeans({ toAcknowledge, toResolve }: MeanTimes) {
  return {
    ...(toAcknowledge === undefined ? {} : { secondsToAcknowledge: toAcknowledge / 1_000 }),
    ...(toResolve === undefined ? {} : { secondsToResolve: toResolve / 1_000 }),
  };
}
