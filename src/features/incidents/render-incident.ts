/** An incident's message: what fires, how bad it is, who has it, and what may be done. */

import type { RichTextElement } from "@slack/types";
import { actions, bullets, button, context, header, plain } from "../../block-kit/blocks.ts";
import type { KnownBlock, Message } from "../../block-kit/message.ts";
import { bolder, richLine } from "../../block-kit/rich-line.ts";
import { inlineWords } from "../../block-kit/rich-words.ts";
import { SEVERITY_MARKS } from "../../block-kit/state-marks.ts";
import { count, escaped, line, mrkdwnLink } from "../../block-kit/text.ts";
import { duration, moment } from "../../block-kit/times.ts";
import { type Incident, silenceOf } from "../../incidents/incident.ts";
import { durationOf, FLAPPING, isFlapping } from "../../incidents/incident-times.ts";
import { quietOf, quietOfAlert } from "../../incidents/quiet.ts";
import type { VerdictLines } from "../why-slow/verdict-lines.ts";
import { alertLines, plainAlertLine, shownAlerts } from "./alert-lines.ts";
import { isRegrouped, severityWords, titleOf } from "./incident-title.ts";
import { person, quietText } from "./quiet-words.ts";
import { ACTS } from "./render-acts.ts";

/** Characters of what could not be read. */
const PROBLEM_SHOWN = 120;

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
    const where = unread.problems
      .map((problem) => escaped(line(problem, PROBLEM_SHOWN)))
      .join("; ");
    notes.push(`⚠️ ${count(unread.alerts, "alert")} could not be read in full (${where})`);
  }
  return notes;
}

/** The least that can be said: which alerts, and that the message itself could not be made. */
export function renderBrief(incident: Incident): Message {
  const text = `${titleOf(incident, incident.changedAt)}. The details could not be shown; the bot's log says why.`;
  return { text: escaped(text, 1_000), blocks: [] };
}
