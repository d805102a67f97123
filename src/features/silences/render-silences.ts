/** The list of silences, those that somebody may have forgotten first, each with a way to end it. */

import type { SectionBlock } from "@slack/types";
import { alertNames } from "../../alerts/alert.ts";
import type { ForgottenReason, ListedSilence } from "../../alerts/forgotten-silences.ts";
import { actions, button, context, paragraph } from "../../block-kit/blocks.ts";
import type { KnownBlock, Message } from "../../block-kit/message.ts";
import { count, cutMrkdwn, escaped, line } from "../../block-kit/text.ts";
import { duration, moment } from "../../block-kit/times.ts";
import { person } from "../incidents/quiet-words.ts";
import { ACTS } from "../incidents/render-acts.ts";
import { matchersText } from "./matchers-text.ts";

/** The button that ends a silence; its value is the silence's id. */
export const END_SILENCE = "end_silence";

/** The silences of one Alertmanager, or why they are not known; a problem may hold a stranger's words. */
export interface SilencesOf {
  readonly address: string;
  readonly answer:
    | { readonly kind: "answered"; readonly listed: readonly ListedSilence[] }
    | { readonly kind: "failed"; readonly problem: string };
}

/** Silences shown one by one, over all Alertmanagers: each takes two lines and a button. */
const SHOWN = 15;

/** By Alertmanager, as many in all as a message has room for. */
export function renderSilences(all: readonly SilencesOf[], nowMs: number): Message {
  if (all.length === 0) return renderNoAlertmanager();
  let room = SHOWN;
  const parts = all.map((of) => {
    const part = partOf(of, { room, nowMs, isOnly: all.length === 1 });
    if (of.answer.kind === "answered") room = Math.max(0, room - of.answer.listed.length);
    return part;
  });
  return {
    text: parts.flatMap(({ lines }) => lines).join("\n"),
    blocks: parts.flatMap(({ blocks }) => blocks),
  };
}

function renderNoAlertmanager(): Message {
  const text =
    "No Alertmanager is configured, so silences are not known here. Set sources[].members, or targets[].alertmanager, in the bot's configuration.";
  return { text, blocks: [paragraph(text)] };
}

interface SilencesPart {
  readonly lines: readonly string[];
  readonly blocks: readonly KnownBlock[];
}

interface Placing {
  readonly room: number;
  readonly nowMs: number;
  readonly isOnly: boolean;
}

function partOf({ address, answer }: SilencesOf, { room, nowMs, isOnly }: Placing): SilencesPart {
  const where = escaped(address, 200);
  if (answer.kind === "failed") {
    const text = `⚠️ The silences cannot be read. ${escaped(line(answer.problem, 600), 700)}`;
    return { lines: [text], blocks: [paragraph(text)] };
  }
  const { listed } = answer;
  if (listed.length === 0) {
    const text = `🔔 Nothing is silenced${isOnly ? "" : ` in ${where}`}.`;
    const about = `Alertmanager at ${where} has no active or pending silence.`;
    return { lines: [`${text} ${about}`], blocks: [paragraph(`*${text}*`), context(about)] };
  }
  const forgotten = listed.filter(({ reasons }) => reasons.length > 0).length;
  const head = `🔕 ${count(listed.length, "silence")} in Alertmanager at ${where}`;
  const doubt = forgotten === 0 ? "" : `, ${forgotten} of them perhaps forgotten`;
  const shown = listed.slice(0, room);
  const rest = listed.length - shown.length;
  const more = rest === 0 ? [] : [`${count(rest, "more silence")} not listed here: see ${where}`];
  return {
    lines: [
      `${head}${doubt}:`,
      ...shown.map((each) => `• ${sentences(each, nowMs).join(" ")}`),
      ...more,
    ],
    blocks: [
      paragraph(`*${head}${doubt}*`),
      ...shown.map((each) => silenceBlock(each, nowMs)),
      ...more.map(context),
    ],
  };
}

function silenceBlock(listed: ListedSilence, nowMs: number): SectionBlock {
  return {
    type: "section",
    text: { type: "mrkdwn", text: sentences(listed, nowMs).join("\n"), verbatim: true },
    accessory: {
      ...button("End", {
        id: `${END_SILENCE}:${listed.silence.id}`.slice(0, 255),
        value: listed.silence.id,
      }),
      confirm: {
        title: { type: "plain_text", text: "End this silence?" },
        text: { type: "plain_text", text: "The alerts that it hides will notify again." },
        confirm: { type: "plain_text", text: "End it" },
        deny: { type: "plain_text", text: "Leave it" },
      },
    },
  };
}

function ageText(ms: number): string {
  return ms < 60_000 ? "just now" : `${duration(ms)} ago`;
}

const REASONS: Readonly<Record<ForgottenReason, string>> = {
  "hides-nothing": "no longer hides anything",
  "made-long-ago": "made more than a day ago",
  "lasts-long": "lasts for several more days",
};

function sentences({ silence, hidden, reasons }: ListedSilence, nowMs: number): string[] {
  const { matchers, createdBy, comment, startsAt, endsAt, state } = silence;
  const mark = reasons.length === 0 ? "" : "⚠️ ";
  const why =
    reasons.length === 0 ? "" : `  ·  *${reasons.map((each) => REASONS[each]).join(", ")}*`;
  const age =
    state === "pending" ? `begins ${moment(startsAt)}` : `made ${ageText(nowMs - startsAt)}`;
  const names = alertNames(hidden);
  const shown = names.slice(0, 3).map((name) => line(name, 60));
  const left = names.length > shown.length ? ` and ${names.length - shown.length} more names` : "";
  const hides =
    hidden.length === 0
      ? "hides nothing now"
      : `hides ${count(hidden.length, "alert")} now: ${escaped(shown.join(", "), 300)}${left}`;
  const said = comment.trim() === "" ? "no comment" : `“${escaped(line(comment, 200), 200)}”`;
  return [
    `${mark}${matchersText(matchers)}${why}`,
    `${age} by ${person(line(createdBy, 40) || "somebody")}, until ${moment(endsAt)}: ${said}  ·  ${hides}`,
  ];
}

/** Which of several is meant, with a button for each that opens the modal. */
export function renderWhichToSilence(
  text: string,
  offered: readonly { readonly value: string; readonly label: string }[],
): Message {
  const shown = offered
    .slice(0, 10)
    .map(({ value, label }) => ({ value, label: line(label, 70) || "(no name)" }));
  const buttons = shown.map(({ value, label }, index) =>
    button(label, { id: `${ACTS.silence}:${index}`, value }),
  );
  const said = cutMrkdwn(text, 2_000);
  const list = shown.map(({ label }) => `• ${escaped(label, 150)}`);
  return {
    text: [said, ...list].join("\n"),
    blocks: [paragraph(said), ...(buttons.length === 0 ? [] : [actions(buttons)])],
  };
}
