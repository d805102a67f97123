/** The message that names the new incidents of a storm, worst first. */

import type { RichTextElement } from "@slack/types";
import {
  actions,
  bold,
  clockTime,
  context,
  header,
  paragraph,
  plain,
  select,
} from "../../block-kit/blocks.ts";
import type { KnownBlock, Message } from "../../block-kit/message.ts";
import { richLine } from "../../block-kit/rich-line.ts";
import { inlineWords } from "../../block-kit/rich-words.ts";
import { STATE_MARKS } from "../../block-kit/state-marks.ts";
import { count, escaped, line } from "../../block-kit/text.ts";
import { alertNamer } from "../../incidents/alert-naming.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Notice } from "../../incidents/notice.ts";
import { incidentRank } from "../../incidents/severity.ts";
import { type JumpTo, linkOf } from "../incidents/incident-lines.ts";
import { namesOf, titleOf } from "../incidents/incident-title.ts";
import { mentionTexts } from "../incidents/render-mention.ts";
import type { VerdictLines } from "../why-slow/verdict-lines.ts";

/** The action of the menu under a digest. */
export const EXPLAIN_INCIDENT = "explain-incident";

/** Characters of a line; a hundred of them fit a message. */
const LINE = 80;
/** Choices of the menu, the worst: more would take the room of the list. Characters of each. */
const MOST_CHOICES = 15;
const CHOICE = 75;
/** Characters of one text element; Slack does not say its limit, the bot's own is 6,000. */
const MOST_TEXT = 4_000;
/** With more incidents than this, links to Alertmanager would fill the message. */
const MOST_LINKED = 25;

export interface DigestView {
  readonly incidents: readonly Incident[];
  readonly nowMs: number;
  readonly jumpTo: JumpTo;
  /** Of an incident's target, from what is known already; undefined where nothing is. */
  readonly verdictOf?: (incident: Incident) => VerdictLines | undefined;
}

/** Servers whose verdict is said; in a storm of more the network between is to blame. */
const MOST_VERDICTS = 3;

/**
 * What began at once, then what is wrong on the servers that it is about and what to do first, then the
 * list. Nothing edits it for a verdict alone, so each says as of when it is.
 */
export function renderDigest({ incidents, nowMs, jumpTo, verdictOf }: DigestView): Message {
  const ordered = incidents.toSorted(byUrgency);
  const firing = ordered.filter(({ status }) => status === "firing");
  const title = `🌩️ ${count(incidents.length, "new incident")} at once: ${firing.length} firing`;
  const lineOf = lineNamer(ordered, nowMs);
  const verdicts = verdictOf === undefined ? [] : verdictsOf(firing, verdictOf, nowMs);
  const about =
    "They are too many to post one by one. Choose one below, and I post it with its runbook and verdict in a thread.";
  return {
    text: [
      title,
      ...verdicts.map((elements) => inlineWords(elements)),
      ...ordered.map((incident) => `• ${escaped(lineOf(incident))}`),
    ].join("\n"),
    blocks: [
      header(title),
      ...verdicts.map(richLine),
      listOf(ordered, { lineOf, jumpTo, isLinked: ordered.length <= MOST_LINKED }),
      ...callsOf(firing),
      context(about),
      ...menuOf(ordered, lineOf),
    ],
  };
}

/** Two or three lines for each server, those of the worst incident first. */
function verdictsOf(
  firing: readonly Incident[],
  verdictOf: (incident: Incident) => VerdictLines | undefined,
  nowMs: number,
): RichTextElement[][] {
  const byTarget = new Map(firing.toReversed().map((incident) => [incident.target, incident]));
  return firing
    .filter(
      (incident) => incident.target !== undefined && byTarget.get(incident.target) === incident,
    )
    .slice(0, MOST_VERDICTS)
    .flatMap((incident) => {
      const lines = verdictOf(incident);
      if (lines === undefined) return [];
      const { mark, verdict, first, graver } = lines;
      // Without a cause the sentence is about the alert, which is one of many here.
      const isOfAlert = mark === STATE_MARKS.fine || mark === STATE_MARKS.unknown;
      const about = [incident.target ?? "", ...(isOfAlert ? [namesOf(incident)] : [])].join(", ");
      const where = `${mark} ${line(about, 120)}: `.trimStart();
      return [
        ...(verdict.length === 0
          ? []
          : [[bold(where), ...verdict, plain(" (as of "), clockTime(nowMs), plain(")")]]),
        ...(first === undefined ? [] : [[...first]]),
        ...(graver === undefined ? [] : [[...graver]]),
      ];
    });
}

/** Its incidents' own calls are not written: all of them are called here, once. */
function callsOf(firing: readonly Incident[]): KnownBlock[] {
  const called = new Set(firing.flatMap(({ mentions }) => mentions?.called ?? []));
  const who = mentionTexts([...called]);
  return who.length === 0 ? [] : [paragraph(`📣 ${who.join(" ")}`)];
}

/** Undefined once nobody need come any more: all of it is over, or somebody has it. */
export function renderDigestCall(
  { who, again }: Extract<Notice, { kind: "digest-call" }>,
  incidents: readonly Incident[],
): Message | undefined {
  const open = incidents.filter(
    ({ status, acknowledged }) => status === "firing" && acknowledged === undefined,
  );
  const called = mentionTexts(who);
  if (open.length === 0 || called.length === 0) return undefined;
  const [firing, many] = [open.length === 1 ? "fires" : "fire", count(open.length, "incident")];
  const why = again
    ? `${many} of this list still ${firing}, and nobody has acknowledged ${open.length === 1 ? "it" : "them"}.`
    : `${many} of this list ${firing}.`;
  const text = `📣 ${called.join(" ")} ${why} Choose one above: I post it with its runbook and its buttons.`;
  return { text, blocks: [paragraph(text)] };
}

function byUrgency(a: Incident, b: Incident): number {
  const isOver = (incident: Incident): number => (incident.status === "firing" ? 0 : 1);
  return isOver(a) - isOver(b) || incidentRank(a) - incidentRank(b) || a.openedAt - b.openedAt;
}

/**
 * "🔴 CRITICAL StreamlineDown · broker=b1": what tells it from the others of its name. A sender that
 * names no labels of the group is known by those in which the single alerts differ.
 */
function lineNamer(incidents: readonly Incident[], nowMs: number): (incident: Incident) => string {
  const naming = alertNamer(incidents.flatMap(({ alerts }) => alerts.slice(0, 1)));
  const isTelling = tellingLabels(incidents);
  return (incident) => {
    const { alertname: _, ...labels } = incident.groupLabels;
    const own = Object.entries(labels)
      .filter(([name]) => isTelling(incident, name))
      .map(([name, value]) => `${name}=${value}`);
    const [first, ...others] = incident.alerts;
    const isAlone = Object.keys(labels).length === 0 && first !== undefined && others.length === 0;
    const where = isAlone ? naming(first).details : own;
    return line([titleOf(incident, nowMs), ...where].join(" · "), LINE);
  };
}

/** A label that all incidents of a target share says no more than the target's name, which stands there. */
function tellingLabels(
  incidents: readonly Incident[],
): (incident: Incident, name: string) => boolean {
  const byTarget = Map.groupBy(incidents, ({ target }) => target);
  return ({ target, groupLabels }, name) => {
    const others = byTarget.get(target) ?? [];
    const isShared = others.every((other) => other.groupLabels[name] === groupLabels[name]);
    return target === undefined || others.length === 1 || !isShared;
  };
}

interface ListView {
  readonly lineOf: (incident: Incident) => string;
  readonly jumpTo: JumpTo;
  readonly isLinked: boolean;
}

/** Lines without a link are one text, since each element costs room. */
function listOf(incidents: readonly Incident[], view: ListView): KnownBlock {
  const elements: RichTextElement[] = [];
  let text = "";
  for (const incident of incidents) {
    text += view.lineOf(incident);
    const url = addressOf(incident, view);
    if (url !== undefined) {
      elements.push(plain(`${text}  `), url);
      text = "";
    } else if (text.length > MOST_TEXT) {
      elements.push(plain(text));
      text = "";
    }
    text += "\n";
  }
  return {
    type: "rich_text",
    elements: [{ type: "rich_text_section", elements: [...elements, plain(text)] }],
  };
}

/** To its thread, once it has one; else to Alertmanager, where it stands. */
function addressOf(
  incident: Incident,
  { jumpTo, isLinked }: ListView,
): RichTextElement | undefined {
  const thread = linkOf(incident, jumpTo);
  if (thread !== undefined) return { type: "link", url: thread, text: "thread" };
  const { externalUrl } = incident;
  if (!isLinked || !/^https?:\/\/[^\s<>|]{1,200}$/.test(externalUrl)) return undefined;
  const filter = Object.entries(incident.groupLabels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(",");
  const url = `${externalUrl.replace(/(?<!\/)\/+$/, "")}/#/alerts?filter=${encodeURIComponent(`{${filter}}`)}`;
  return url.length > 500 ? undefined : { type: "link", url, text: "Alertmanager" };
}

function menuOf(incidents: readonly Incident[], lineOf: ListView["lineOf"]): KnownBlock[] {
  const choices = incidents
    .filter(({ messageTs, status }) => messageTs === undefined && status === "firing")
    .slice(0, MOST_CHOICES)
    .map((incident) => ({ label: line(lineOf(incident), CHOICE), value: incident.id }));
  return choices.length === 0
    ? []
    : [actions([select("Explain one of them…", EXPLAIN_INCIDENT, choices)])];
}

/** What a person reads who chose one to be explained. */
export function renderOwnMessageComes(incident: Incident): Message {
  const text = `I am posting ${escaped(namesOf(incident))} as a separate message, with its own thread.`;
  return { text, blocks: [context(text)] };
}
