/** Answers in an alert's thread: its state, who has it, how it went before. */

import { alertName } from "../../alerts/alert.ts";
import { actions, button, context, paragraph } from "../../block-kit/blocks.ts";
import type { Message } from "../../block-kit/message.ts";
import { code, count, escaped, line, listed } from "../../block-kit/text.ts";
import { duration, moment } from "../../block-kit/times.ts";
import type { Incident } from "../../incidents/incident.ts";
import { durationOf, episodesOf, isFlapping } from "../../incidents/incident-times.ts";
import { severityOf } from "../../incidents/severity.ts";
import { person } from "../incidents/quiet-words.ts";
import { ACTS } from "../incidents/render-acts.ts";

/** The answer in one sentence, and what it rests on; both are mrkdwn of our own, escaped. */
export function renderFacts(answer: string, facts: readonly string[]): Message {
  return {
    text: [answer, ...facts].join("\n"),
    blocks: [paragraph(`*${answer}*`), ...facts.map(context)],
  };
}

/** "Still firing: 2 alerts, for 12 min." */
export function stateSentence(incident: Incident, nowMs: number): string {
  const span = duration(durationOf(incident, nowMs));
  if (incident.status === "resolved") {
    const over = nowMs - (incident.resolvedAt ?? nowMs);
    return `It is over: resolved after ${span}, ${duration(over)} ago.`;
  }
  const named = incident.alerts.filter(({ status }) => status === "firing").length;
  const firing = named + incident.truncatedAlerts;
  const also = isFlapping(incident, nowMs) ? ", and flapping" : "";
  return `Still firing${also}: ${count(firing, "alert")}, for ${span}.`;
}

/** How long it has been firing, or fired. */
export function renderSince(incident: Incident, nowMs: number): Message {
  const { status, openedAt, resolvedAt, reopened } = incident;
  const span = duration(durationOf(incident, nowMs));
  const again = `It fired again ${count(reopened, "time")} since this thread began.`;
  const isFiring = status === "firing";
  return renderFacts(isFiring ? `For ${span} now.` : `It fired for ${span}.`, [
    isFiring
      ? `Since ${moment(openedAt)}`
      : `From ${moment(openedAt)} to ${moment(resolvedAt ?? openedAt)}`,
    ...(reopened > 0 ? [again] : []),
  ]);
}

/** Who acknowledged it; where nobody did, a button. */
export function renderOwner(incident: Incident, nowMs: number): Message {
  const { acknowledged, status, id } = incident;
  const facts = silenceFacts(incident, nowMs);
  if (acknowledged === undefined) {
    const { text, blocks } = renderFacts("Nobody has acknowledged it.", facts);
    const offer = [actions([button("Acknowledge", { id: ACTS.acknowledge, value: id })])];
    return { text, blocks: [...blocks, ...(status === "firing" ? offer : [])] };
  }
  const { by, at, until } = acknowledged;
  return status === "firing"
    ? renderFacts(`${person(by)} is on it.`, [
        `Since ${moment(at)}; the acknowledgement expires ${moment(until)}.`,
        ...facts,
      ])
    : renderFacts(`${person(by)} was on it.`, [`From ${moment(at)} on`, ...facts]);
}

function silenceFacts({ silences = [] }: Incident, nowMs: number): string[] {
  return silences
    .filter(({ until }) => until > nowMs)
    .slice(0, 5)
    .map(({ by, until }) => `🔕 ${person(by)} silenced it until ${moment(until)}.`);
}

/** Incidents of the same alert, latest first, without this one. */
export function renderHistory(
  alert: string,
  incident: Incident,
  earlier: readonly Incident[],
): Message {
  const name = code(alert, 100);
  const own =
    incident.reopened > 0 ? [`In this thread it fired ${incident.reopened + 1} times.`] : [];
  const [last] = earlier;
  if (last === undefined) {
    const text =
      incident.reopened > 0
        ? `Only here: I have not seen ${name} fire outside this thread.`
        : `No: I have not seen ${name} fire before.`;
    return renderFacts(text, own);
  }
  const times = earlier.reduce((sum, { reopened }) => sum + 1 + reopened, 0);
  const episodes = earlier.flatMap(episodesOf);
  const spans = episodes
    .flatMap(({ startedAt, endedAt }) => (endedAt === undefined ? [] : [endedAt - startedAt]))
    .toSorted((a, b) => a - b);
  const median = spans[Math.floor(spans.length / 2)];
  const longest = spans.at(-1);
  const oldest = episodes.reduce(
    (least, { startedAt }) => Math.min(least, startedAt),
    last.openedAt,
  );
  return renderFacts(
    `Yes: ${name} fired ${count(times, "time")} before, since ${moment(oldest)}.`,
    [
      ...(median === undefined || longest === undefined
        ? []
        : [`It usually lasted ${duration(median)}; the longest was ${duration(longest)}.`]),
      lastTime(last),
      ...own,
    ],
  );
}

function lastTime(last: Incident): string {
  const who = last.acknowledged === undefined ? "" : `; ${person(last.acknowledged.by)} was on it`;
  const end =
    last.status === "resolved"
      ? `resolved after ${duration(durationOf(last, last.openedAt))}`
      : "not resolved yet";
  return `Last time: ${moment(last.openedAt)}, ${end}${who}.`;
}

function sinceFact({ status, openedAt }: Incident): string[] {
  return status === "firing" ? [`Since ${moment(openedAt)}`] : [];
}

/** Places named in one sentence. */
const NAMED_PLACES = 8;

/** Its severity, and what fires where. */
export function renderHowBad(incident: Incident, nowMs: number): Message {
  const severity = escaped(line(severityOf(incident), 40));
  const firing = incident.alerts.filter(({ status }) => status === "firing");
  const shown = firing.length > 0 ? firing : incident.alerts;
  const places = shown.flatMap((alert) => {
    const { topic, group, instance } = alert.labels;
    const where = topic ?? group ?? instance;
    return where === undefined ? [] : [`${line(alertName(alert), 60)} of ${line(where, 60)}`];
  });
  const named = listed([...new Set(places)], { most: NAMED_PLACES, textOf: (place) => place });
  return renderFacts(`Severity: ${severity}. ${stateSentence(incident, nowMs)}`, [
    ...sinceFact(incident),
    ...(named === "" ? [] : [escaped(named, 900)]),
    ...(incident.truncatedAlerts > 0
      ? [`${count(incident.truncatedAlerts, "alert")} more, whose names are not known`]
      : []),
  ]);
}

export interface Happening {
  readonly at: number;
  /** In words, escaped. */
  readonly what: string;
}

/** Its state, then what happened, in the order of the time. */
export function renderChanges(incident: Incident, happenings: readonly Happening[], nowMs: number) {
  const lines = happenings.map(({ at, what }) => `• ${moment(at)}: ${what}`);
  return renderFacts(stateSentence(incident, nowMs), lines.length === 0 ? [] : [lines.join("\n")]);
}

/** Nothing covers a question, with what can be asked here. */
export function renderNothingHere(question: string): Message {
  return renderFacts("Nothing in the runbooks covers this.", [
    `You asked: ${code(question, 200)}`,
    "Here you can also ask: what do I check first? · is it still happening? · why is it slow? · has this fired before? · who is on it? · what changed?",
  ]);
}

/** The alert speaks of no server that the configuration knows. */
export function renderNoTarget(targets: readonly string[]): Message {
  const names = targets.slice(0, 10).map((name) => code(name));
  return renderFacts("I do not know which server this alert is about.", [
    `Its labels match none of the targets, or several. Name one: ${names.join(", ")}`,
  ]);
}
