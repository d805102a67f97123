/** An incident's message and the replies in its thread that need no server and no runbook. */

import type { RichTextElement } from "@slack/types";
import { type Alert, alertName, NO_ALERTNAME, ruleName } from "../../alerts/alert.ts";
import { actions, bullets, button, context, header, plain } from "../../block-kit/blocks.ts";
import type { KnownBlock, Message } from "../../block-kit/message.ts";
import { bolder, richLine } from "../../block-kit/rich-line.ts";
import { inlineWords } from "../../block-kit/rich-words.ts";
import { SEVERITY_MARKS } from "../../block-kit/state-marks.ts";
import { count, escaped, line, listed, mrkdwnLink } from "../../block-kit/text.ts";
import { duration, moment } from "../../block-kit/times.ts";
import {
  durationOf,
  FLAPPING,
  type Incident,
  isFlapping,
  silenceOf,
} from "../../incidents/incident.ts";
import { quietOf, quietOfAlert } from "../../incidents/quiet.ts";
import { severityOf } from "../../incidents/severity.ts";
import type { VerdictLines } from "../why-slow/verdict-lines.ts";
import { alertLines, plainAlertLine, shownAlerts } from "./alert-lines.ts";
import { person, quietText, quietWord } from "./quiet-words.ts";
import { ACTS } from "./render-acts.ts";
import { severityWordsOf } from "./severity-words.ts";

/** Characters of a name or a problem. */
const LABEL_VALUE = 120;
/** Characters of an alert's name where several share a line. */
const NAME = 60;
/** Longer addresses are left out: cut, they would lead nowhere. */
const LONGEST_URL = 500;

/**
 * The message of an incident as it is at this moment: what fires and how bad, what is wrong and what to
 * do first, who has it. The words begin with the same, since a phone shows no more of them.
 */
export function renderIncident(incident: Incident, nowMs: number, verdict?: VerdictLines): Message {
  const title = titleOf(incident, nowMs);
  const opening = verdictParts(incident, verdict);
  const shown = shownAlerts(incident);
  const lines = alertLines(shown, incident);
  const states = statesOf(incident, nowMs);
  const facts = [...factsOf(incident), ...states];
  const notes = leftOut(incident, shown.length - lines.length);
  return {
    text: [
      escaped(title),
      ...opening.map((elements) => inlineWords(elements)),
      [...facts, ...notes].join(", "),
      ...lines.map(plainAlertLine),
    ].join("\n"),
    blocks: [
      header(title),
      ...opening.map((elements, index) => richLine(index === 0 ? elements.map(bolder) : elements)),
      context(facts.join("  ·  ")),
      bullets(lines),
      ...(notes.length === 0 ? [] : [context(notes.join("  ·  "))]),
      ...buttonsOf(incident, nowMs),
    ],
  };
}

/** The verdict, with its colour where the alert's own does not cover it; the first step; what is worse. */
function verdictParts(
  incident: Incident,
  lines: VerdictLines | undefined,
): (readonly RichTextElement[])[] {
  if (lines === undefined || incident.status !== "firing") return [];
  const { mark, verdict, first, graver } = lines;
  const isCovered = mark === "" || isNoWorse(mark, severityWords(incident).mark);
  const sign = isCovered ? [] : [plain(`${mark} `)];
  return [
    ...(verdict.length === 0 ? [] : [[...sign, ...verdict]]),
    ...(first === undefined ? [] : [first]),
    ...(graver === undefined ? [] : [graver]),
  ];
}

/** Two colours of trouble in two lines would read as two states; a worse one is news. */
function isNoWorse(mark: string, thanMark: string): boolean {
  const worst: readonly string[] = Object.values(SEVERITY_MARKS);
  return worst.includes(mark) && worst.includes(thanMark)
    ? worst.indexOf(mark) >= worst.indexOf(thanMark)
    : mark === thanMark;
}

/** What people and time made of it; each stands in the plain form, too. */
function statesOf(incident: Incident, nowMs: number): string[] {
  const { acknowledged, noise } = incident;
  const states: string[] = [];
  if (incident.status === "firing") {
    if (acknowledged !== undefined) {
      states.push(
        `👀 acknowledged by ${person(acknowledged.by)} until ${moment(acknowledged.until)}`,
      );
    }
    const quiet = quietOf(incident, nowMs);
    if (quiet !== undefined) states.push(`🔕 ${quietText(quiet)}`);
    states.push(...partlyQuiet(incident, nowMs));
  } else if (acknowledged !== undefined) {
    states.push(`👀 ${person(acknowledged.by)} was on it`);
  }
  if (isFlapping(incident, nowMs)) {
    const recent = incident.firedAt.filter((at) => nowMs - at <= FLAPPING.withinMs);
    states.push(`🔁 flapping: fired ${recent.length} times in ${duration(FLAPPING.withinMs)}`);
  }
  if (noise !== undefined) states.push(`🧹 marked as noise by ${person(noise.by)}`);
  return states;
}

/** How many of several firing alerts are quiet, and which their group left out. */
function partlyQuiet(incident: Incident, nowMs: number): string[] {
  const firing = incident.alerts.filter(({ status }) => status === "firing");
  const quiet = firing.filter((alert) => quietOfAlert(alert, incident, nowMs) !== undefined);
  const unreported = firing.flatMap(({ unreportedSince }) => unreportedSince ?? []);
  return [
    ...(quiet.length === 0 || quiet.length === firing.length
      ? []
      : [`🔕 ${count(quiet.length, "alert")} of them silenced or inhibited`]),
    ...(unreported.length === 0
      ? []
      : [
          `${count(unreported.length, "alert")} not reported since ${moment(Math.min(...unreported))}: over, silenced, or left out`,
        ]),
  ];
}

/** Each carries the incident's id; what belongs to it stays on our side. */
function buttonsOf(incident: Incident, nowMs: number): KnownBlock[] {
  const { id, acknowledged, noise, target } = incident;
  const of = (label: string, action: string) => button(label, { id: action, value: id });
  const isFiring = incident.status === "firing";
  const firing = [
    acknowledged === undefined
      ? of("Acknowledge", ACTS.acknowledge)
      : of("Unacknowledge", ACTS.unacknowledge),
    ...(silenceOf(incident, nowMs) === undefined ? [of("Silence…", ACTS.silence)] : []),
    ...(target === undefined ? [] : [of("Why slow?", ACTS.whySlow)]),
  ];
  const always = [
    of("Runbook", ACTS.runbook),
    noise === undefined ? of("Mark as noise", ACTS.noise) : of("Not noise", ACTS.notNoise),
  ];
  // The timeline is offered once it is over; before, a command gives it.
  const after = [of("Timeline", ACTS.timeline)];
  return [actions([...(isFiring ? firing : []), ...always, ...(isFiring ? [] : after)])];
}

/** "🔴 CRITICAL StreamlineDown · orders-prod": colour and word, never colour alone. */
export function titleOf(incident: Incident, nowMs: number): string {
  const { target } = incident;
  const what = `${namesOf(incident)}${target === undefined ? "" : ` · ${line(target, NAME)}`}`;
  if (incident.status === "resolved") {
    return isRegrouped(incident) ? `➡️ MOVED ${what}` : `✅ RESOLVED ${what}`;
  }
  const { mark, word } = severityWords(incident);
  if (incident.testUntil !== undefined) return `🧪 TEST (${word}) ${what}`;
  const quiet = quietOf(incident, nowMs);
  if (quiet !== undefined) return `🔕 ${quietWord(quiet)} (${word}) ${what}`;
  return `${mark} ${word} ${what}${incident.acknowledged === undefined ? "" : ", acknowledged"}`;
}

/** It did not end: Alertmanager groups its alerts in another way, and they go on there. */
function isRegrouped({ closing }: Incident): boolean {
  return closing?.kind === "regrouped";
}

/** Colour and word for how bad it is: never colour alone. */
export function severityWords(incident: Pick<Incident, "alerts">): { mark: string; word: string } {
  return severityWordsOf(severityOf(incident));
}

/** The alerts' names in a few words. */
export function namesOf(incident: Pick<Incident, "alerts">): string {
  const names = [...new Set(shownAlerts(incident).map(shownName))];
  return listed(names, { most: 3, textOf: (name) => line(name, NAME) });
}

/** Labels that stand for the name of an alert that has none. */
const NAMING_LABELS = 3;

/** What an alert without a name is known by; its severity stands beside it. */
function namingLabels({ labels }: Pick<Alert, "labels">): string {
  return Object.keys(labels)
    .filter((name) => name !== "severity" && name !== "alertname")
    .toSorted()
    .slice(0, NAMING_LABELS)
    .map((name) => `${name}=${labels[name]}`)
    .join(" ");
}

/** The name, and of what, where the sender fires another one in place of the rule. */
function shownName(alert: Pick<Alert, "labels">): string {
  const [name, rule] = [alertName(alert), ruleName(alert)];
  if (name === NO_ALERTNAME) return namingLabels(alert) || name;
  return name === rule ? name : `${name} of ${rule}`;
}

function factsOf(incident: Incident): string[] {
  const firing = incident.alerts.filter((alert) => alert.status === "firing").length;
  const facts = [incident.status === "firing" ? firingFact(incident, firing) : endedFact(incident)];
  if (incident.status === "firing" && incident.testUntil !== undefined) {
    facts.push(
      `a test: what ${incident.sender ?? "its sender"} sends arrives here, and nothing is wrong; it ends ${moment(incident.testUntil)}`,
    );
  }
  if (incident.reopened > 0) facts.push(`fired again ${count(incident.reopened, "time")}`);
  const { externalUrl } = incident;
  if (/^https?:\/\/[^\s<>|]+$/.test(externalUrl) && externalUrl.length <= LONGEST_URL) {
    facts.push(mrkdwnLink(externalUrl, incident.sender ?? "Alertmanager"));
  }
  return facts;
}

/** All that is named may be over, and what was left out is not known. */
function firingFact(
  { openedAt, truncatedAlerts, sender = "Alertmanager" }: Incident,
  firing: number,
): string {
  const since = `since ${moment(openedAt)}`;
  if (firing > 0 || truncatedAlerts === 0) return `${count(firing, "alert")} firing ${since}`;
  return `open ${since}: all named alerts are over, and ${sender} does not say whether the ${count(truncatedAlerts, "alert")} that it left out still fire`;
}

function endedFact(incident: Incident): string {
  const after = duration(durationOf(incident, incident.openedAt));
  if (isRegrouped(incident)) {
    return `after ${after} it continued in a newer message: Alertmanager groups its alerts in another way`;
  }
  if (incident.closing?.kind === "test") {
    return `a test: what ${incident.sender ?? "its sender"} sends arrives here, and nothing was wrong`;
  }
  return incident.closing === undefined
    ? `resolved after ${after}`
    : `resolved after ${after}: Alertmanager no longer holds it`;
}

function leftOut({ truncatedAlerts, unread, sender }: Incident, unlisted: number): string[] {
  const notes: string[] = [];
  if (unlisted > 0) notes.push(`${count(unlisted, "more alert")} not listed`);
  if (truncatedAlerts > 0)
    notes.push(`${count(truncatedAlerts, "alert")} left out by ${sender ?? "Alertmanager"}`);
  if (unread !== undefined) {
    const where = unread.problems.map((problem) => escaped(line(problem, LABEL_VALUE))).join("; ");
    notes.push(`⚠️ ${count(unread.alerts, "alert")} could not be read in full (${where})`);
  }
  return notes;
}

/** Said in the thread when it is over. */
export function renderResolved(incident: Incident): Message {
  if (isRegrouped(incident)) {
    const moved = `➡️ Alertmanager groups these alerts in another way now. They still fire: follow the newer message.`;
    return { text: moved, blocks: [context(moved)] };
  }
  const how = incident.closing === undefined ? "" : " Alertmanager no longer holds it.";
  const text =
    `✅ Resolved after ${duration(durationOf(incident, incident.openedAt))}` +
    ` (${moment(incident.openedAt)} to ${moment(incident.resolvedAt ?? incident.openedAt)}).${how}${foundWords(incident)}`;
  return { text, blocks: [context(text)] };
}

/** What the diagnosis named while it fired, in order. */
function foundWords({ found = [] }: Incident): string {
  const titles = found.map(({ title }) => escaped(line(title, NAME)));
  return titles.length === 0 ? "" : ` Found meanwhile: ${titles.join(", ")}.`;
}

/** Said in the thread, and shown in the channel, when it fires again. */
export function renderReopened(incident: Incident): Message {
  const text = `🔁 Firing again: ${escaped(namesOf(incident))}, since ${moment(incident.openedAt)}.`;
  return { text, blocks: [context(text)] };
}

/** Said in the thread when it holds more alert names than runbooks fit. */
export function renderUnexplained(alerts: readonly string[]): Message {
  const names = alerts.slice(0, 20).map((name) => line(name, LABEL_VALUE));
  const more = alerts.length > names.length ? ` and ${alerts.length - names.length} more` : "";
  const ask = "Ask for their runbooks with /streamline runbook ALERT.";
  const text = `Also firing: ${escaped(names.join(", "), 3_000)}${more}. ${ask}`;
  return { text, blocks: [context(text)] };
}

/** The least that can be said: which alerts, and that the message itself could not be made. */
export function renderBrief(incident: Incident): Message {
  const text = `${titleOf(incident, incident.changedAt)}. The details could not be shown; the bot's log says why.`;
  return { text: escaped(text, 1_000), blocks: [] };
}
