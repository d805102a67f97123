/** Replies in an incident's thread: what came and went, what people did, what time did. */

import { actions, button, context } from "../../block-kit/blocks.ts";
import type { Message } from "../../block-kit/message.ts";
import { count, escaped, line, listed } from "../../block-kit/text.ts";
import { moment } from "../../block-kit/times.ts";
import { alertNamer } from "../../incidents/alert-naming.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Notice } from "../../incidents/notice.ts";
import { matchersText } from "../silences/matchers-text.ts";
import { person, quietText } from "./quiet-words.ts";

/** The buttons under an incident's message and its replies; each carries the incident's id. */
export const ACTS = {
  acknowledge: "acknowledge",
  unacknowledge: "unacknowledge",
  silence: "silence",
  unsilence: "unsilence",
  noise: "noise",
  notNoise: "not_noise",
  whySlow: "incident_why_slow",
  runbook: "incident_runbook",
  timeline: "incident_timeline",
} as const;

type ActNotice = Extract<
  Notice,
  {
    kind:
      | "changed"
      | "acknowledged"
      | "unacknowledged"
      | "reminder"
      | "acknowledgement-ended"
      | "silenced"
      | "unsilenced"
      | "quieted"
      | "reported-again"
      | "noise"
      | "not-noise";
  }
>;

/** The reply, with the buttons that take the act back or go on from it. */
export function renderAct(notice: ActNotice, incident: Incident): Message {
  const text = sentenceOf(notice, incident);
  const buttons = buttonsOf(notice, incident);
  return { text, blocks: [context(text), ...(buttons.length === 0 ? [] : [actions(buttons)])] };
}

function sentenceOf(notice: ActNotice, incident: Incident): string {
  switch (notice.kind) {
    case "changed":
      return changedSentence(notice, incident);
    case "acknowledged":
      return `👀 ${person(notice.by)} is on it; expires ${moment(notice.until)} unless renewed.`;
    case "unacknowledged":
      return `${person(notice.by)} unacknowledged it: nobody is on it now.`;
    case "reminder":
      return `⏰ ${person(notice.by)}, you are on this, and it still fires. Your acknowledgement expires ${moment(notice.until)}.`;
    case "acknowledgement-ended":
      return `⏰ The acknowledgement of ${person(notice.by)} expired, and it still fires: nobody is on it now.`;
    case "silenced":
      return silencedSentence(notice);
    case "unsilenced":
      return notice.by === undefined
        ? "🔔 The silence has ended."
        : `🔔 ${person(notice.by)} ended the silence.`;
    case "quieted":
      return `🔕 It still fires, but Alertmanager no longer reports it: ${quietText(notice.quiet)}.`;
    case "reported-again":
      return "🔔 Alertmanager reports it again, and it still fires.";
    case "noise":
      return `🧹 ${person(notice.by)} marked it as noise: its rule needs a review.`;
    case "not-noise":
      return `${person(notice.by)} removed the noise mark.`;
  }
}

function silencedSentence({ silence }: Extract<ActNotice, { kind: "silenced" }>): string {
  const comment = silence.comment === "" ? "" : `: ${escaped(line(silence.comment))}`;
  const { matchers = [] } = silence;
  const hidden = matchers.length === 0 ? "" : `\nAlertmanager mutes ${matchersText(matchers)}`;
  return `🔕 ${person(silence.by)} silenced it until ${moment(silence.until)}${comment}${hidden}`;
}

/** Names shown of each kind of change. */
const NAMED = 5;

function changedSentence(
  { added, gone }: Extract<ActNotice, { kind: "changed" }>,
  { alerts }: Incident,
): string {
  const known = new Map(alerts.map((alert) => [alert.fingerprint, alert]));
  const naming = alertNamer(alerts);
  const namesOf = (fingerprints: readonly string[]): string => {
    const nameOf = (fingerprint: string): string => {
      const alert = known.get(fingerprint);
      if (alert === undefined) return "an alert";
      const { name, details } = naming(alert);
      const which = details.map((detail) => line(detail, 60)).join(", ");
      return `${line(name, 60)}${which === "" ? "" : ` (${which})`}`;
    };
    return escaped(listed(fingerprints, { most: NAMED, textOf: nameOf }), 1_000);
  };
  const parts = [
    ...(added.length > 0 ? [`${count(added.length, "new", "new")}: ${namesOf(added)}`] : []),
    ...(gone.length > 0 ? [`${count(gone.length, "resolved", "resolved")}: ${namesOf(gone)}`] : []),
  ];
  return `🔀 ${parts.join("; ")}`;
}

function buttonsOf(notice: ActNotice, { id }: Incident) {
  switch (notice.kind) {
    case "reminder":
      return [
        button("Still on it", { id: ACTS.acknowledge, value: id }),
        button("Unacknowledge", { id: ACTS.unacknowledge, value: id }),
      ];
    case "acknowledgement-ended":
      return [button("Acknowledge", { id: ACTS.acknowledge, value: id })];
    case "silenced":
      return [button("Undo", { id: ACTS.unsilence, value: `${id} ${notice.silence.id}` })];
    case "changed":
    case "acknowledged":
    case "unacknowledged":
    case "unsilenced":
    case "quieted":
    case "reported-again":
    case "noise":
    case "not-noise":
      return [];
  }
}
