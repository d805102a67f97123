/** An alert's past in a few sentences and its last incidents. */

import type { RichTextElement } from "@slack/types";
import { clockTime, dayAndTime, plain } from "../../block-kit/blocks.ts";
import type { KnownBlock, Message } from "../../block-kit/message.ts";
import {
  buttonRow,
  commandButton,
  headline,
  listOf,
  messageOf,
  type Part,
  paragraphOf,
  personElement,
  sentence,
} from "../../block-kit/parts.ts";
import { count, line } from "../../block-kit/text.ts";
import { duration } from "../../block-kit/times.ts";
import type { AlertHistory, TypicalHours } from "../../incidents/alert-history.ts";
import type { Incident } from "../../incidents/incident.ts";
import { durationOf } from "../../incidents/incident-times.ts";
import type { MeanTimes } from "../../incidents/mean-times.ts";
import type { Section } from "../../knowledge/page.ts";
import { sectionPath } from "../../knowledge/section-path.ts";
import { DAY_MS, HOUR_MS } from "../../promql/duration.ts";
import { type JumpTo, linkOf } from "../incidents/incident-lines.ts";
import { renderUnknownName } from "../runbooks/render-absent.ts";
import { sectionButtons } from "../runbooks/section-buttons.ts";

/** A section and what people said of it for this alert. */
export interface Helped {
  readonly section: Section;
  readonly useful: number;
  readonly notUseful: number;
  readonly cleared: number;
}

export type HistoryAnswer =
  | { readonly kind: "history"; readonly past: Omit<PastOfAlert, "jumpTo"> }
  | {
      readonly kind: "no-such-alert";
      readonly alert: string;
      /** Alerts with a name like it. */
      readonly nearest: readonly string[];
    };

/** What a person wrote of how they ended an incident. */
export interface WrittenFix {
  readonly who: string;
  readonly at: number;
  readonly text: string;
}

/** How often an alert fired on one target by what its Prometheus keeps. */
export interface FiredInPrometheus {
  readonly target: string;
  readonly windowMs: number;
  readonly times: number;
  /** All of them together, to ten minutes. */
  readonly totalMs: number;
  /** When it fired last, to ten minutes; absent when it did not. */
  readonly lastMs?: number;
  /** Why it is not known, as the end of a sentence. */
  readonly problem?: string;
}

export interface PastOfAlert {
  readonly alert: string;
  readonly history: AlertHistory;
  /** Best first. */
  readonly helped: readonly Helped[];
  /** The last first. */
  readonly fixes: readonly WrittenFix[];
  readonly inPrometheus: readonly FiredInPrometheus[];
  readonly hasRunbook: boolean;
  readonly nowMs: number;
  readonly jumpTo: JumpTo;
}

/** The past of an alert, or the nearest names of one that is unknown. */
export function renderHistoryAnswer(answer: HistoryAnswer, jumpTo: JumpTo): Message {
  if (answer.kind === "history") return renderAlertHistory({ ...answer.past, jumpTo });
  return renderUnknownName({
    what: "alert",
    name: answer.alert,
    where: "in the rules, the runbooks or past alerts",
    nearest: answer.nearest,
    command: (near) => `history ${near}`,
    words: `history ${answer.alert}`,
  });
}

/** The past of an alert that is known, also of one that never fired. */
export function renderAlertHistory(answer: PastOfAlert): Message {
  const { alert, history, hasRunbook } = answer;
  const name = line(alert, 120);
  const runbook = buttonRow(
    hasRunbook ? commandButton("Runbook", `runbook ${alert}`, "runbook") : [],
  );
  if (history.last.length === 0) {
    return messageOf([
      headline(`${name} has not fired since I started to record alerts.`),
      ...answer.inPrometheus.map(inPrometheusPart),
      runbook,
    ]);
  }
  return messageOf([
    headline(`${name}: ${oftenText(history)}`),
    paragraphOf([
      plain(lastedText(history, answer.nowMs)),
      ...hoursElements(history.hours, answer.nowMs),
    ]),
    ...helpedParts(answer.helped),
    ...fixParts(answer.fixes),
    ...answer.inPrometheus.map(inPrometheusPart),
    sentence("The last times:"),
    listOf(history.last.map((incident) => lastLine(incident, answer))),
    runbook,
  ]);
}

/** Prometheus counts each firing of the rule, silenced and elsewhere notified ones, too. */
function inPrometheusPart(seen: FiredInPrometheus): Part {
  const where = `Prometheus of ${line(seen.target, 60)}`;
  if (seen.problem !== undefined) {
    return sentence(`${where} could not be asked: it ${line(seen.problem, 200)}.`);
  }
  const window = `in the last ${duration(seen.windowMs)}`;
  if (seen.lastMs === undefined) return sentence(`${where}: it did not fire ${window}.`);
  return paragraphOf([
    plain(
      `${where}: it fired ${count(seen.times, "time")} ${window}, about ${duration(seen.totalMs)} in total, and last at about `,
    ),
    dayAndTime(seen.lastMs),
    plain(" (to 10 minutes)."),
  ]);
}

function oftenText({ week, month, isMore }: AlertHistory): string {
  const more = isMore ? " or more" : "";
  return month === 0
    ? "it has not fired in 30 days."
    : `fired ${count(week, "time")} in 7 days, ${count(month, "time")}${more} in 30.`;
}

function lastedText({ median, longest, firingSince, means }: AlertHistory, nowMs: number): string {
  const parts = [
    ...(firingSince === undefined ? [] : [`It fires now, for ${duration(nowMs - firingSince)}.`]),
    ...(median === undefined || longest === undefined
      ? ["None of these has ended yet, so its usual duration is not known."]
      : [`Median duration ${duration(median)}, longest ${duration(longest)}.`]),
    meansText(means),
  ];
  return parts.filter((part) => part !== "").join(" ");
}

/** Counted in hours of UTC, and shown in the reader's own zone. */
function hoursElements(hours: TypicalHours | undefined, nowMs: number): RichTextElement[] {
  if (hours === undefined) return [];
  const midnight = nowMs - (nowMs % DAY_MS);
  const clock = (hour: number): RichTextElement => clockTime(midnight + hour * HOUR_MS);
  return [
    plain(" Mostly between "),
    clock(hours.from),
    plain(" and "),
    clock(hours.to),
    plain(` (${hours.firings} of ${hours.of}).`),
  ];
}

/** "Mean time to acknowledge 2 min, to resolve 12 min." */
export function meansText({ toAcknowledge, toResolve }: MeanTimes): string {
  const times = [
    ...(toAcknowledge === undefined ? [] : [`to acknowledge ${duration(toAcknowledge)}`]),
    ...(toResolve === undefined ? [] : [`to resolve ${duration(toResolve)}`]),
  ];
  return times.length === 0 ? "" : `Mean time ${times.join(", ")}.`;
}

const HELPED = 3;

function helpedParts(helped: readonly Helped[]): Part[] {
  if (helped.length === 0) return [];
  const shown = helped.slice(0, HELPED);
  const blocks: KnownBlock[] = sectionButtons(shown.map(({ section }) => section));
  return [
    sentence("What helped:"),
    listOf(shown.map((each) => [plain(helpedText(each))])),
    { blocks, words: "" },
  ];
}

/** Notes shown, and characters of each. */
const FIXES = 3;
const FIX = 300;

function fixParts(fixes: readonly WrittenFix[]): Part[] {
  if (fixes.length === 0) return [];
  return [
    sentence("What fixed it, as people wrote:"),
    listOf(
      fixes
        .slice(0, FIXES)
        .map(({ who, at, text }) => [
          plain(`“${line(text, FIX)}” (`),
          dayAndTime(at),
          plain(", "),
          personElement(who),
          plain(")"),
        ]),
    ),
  ];
}

function helpedText({ section, cleared, useful, notUseful }: Helped): string {
  const said = [
    ...(cleared > 0 ? [`cleared it ${count(cleared, "time")}`] : []),
    ...(useful > 0 ? [`useful to ${useful}`] : []),
    ...(notUseful > 0 ? [`not to ${notUseful}`] : []),
  ];
  return `${line(sectionPath(section), 150)}: ${said.join(", ")}`;
}

function lastLine(incident: Incident, { nowMs, jumpTo }: PastOfAlert): RichTextElement[] {
  const { status, openedAt, acknowledged, reopened, target } = incident;
  const url = linkOf(incident, jumpTo);
  const lasted = duration(durationOf(incident, nowMs));
  const again = reopened === 0 ? "" : `, fired again ${count(reopened, "time")}`;
  const where = target === undefined ? "" : ` on ${line(target, 60)}`;
  return [
    dayAndTime(openedAt),
    plain(`${where}: ${status === "firing" ? "firing for" : "resolved after"} ${lasted}${again}`),
    ...(acknowledged === undefined
      ? []
      : [plain(", acknowledged by "), personElement(acknowledged.by)]),
    ...(url === undefined ? [] : [plain("  "), { type: "link" as const, url, text: "open" }]),
  ];
}
