/** Asking whether a section helped, and what cleared an incident; and the confirmation of an answer. */

import type { Button, InputBlock, StaticSelect } from "@slack/types";
import {
  actions,
  button,
  type Choice,
  context,
  paragraph,
  select,
} from "../../block-kit/blocks.ts";
import { LIMITS } from "../../block-kit/limits.ts";
import type { KnownBlock, Message } from "../../block-kit/message.ts";
import { capitalized, escaped, line } from "../../block-kit/text.ts";
import { moment } from "../../block-kit/times.ts";
import type { View } from "../../block-kit/view.ts";
import type { Section } from "../../knowledge/page.ts";
import { sectionKey } from "../../knowledge/sections/section-key.ts";
import { person } from "../incidents/quiet-words.ts";
import { sectionLabel } from "../runbooks/section-name.ts";
import { type ShownStep, stepKey } from "./shown-steps.ts";

export const FEEDBACK = {
  useful: "useful",
  notUseful: "not_useful",
  cleared: "cleared",
  /** The modal in which a person writes what fixed it, and its only field. */
  note: "fixed_note",
  pageOrder: "page_order",
  learnedOrder: "learned_order",
} as const;

/**
 * What a verdict is about: an incident's alert, by its place among those that the thread explains,
 * and a section by its key. A search's answer is about no incident.
 */
export interface AboutVerdict {
  readonly incidentId?: string;
  readonly alert?: number;
  readonly key?: string;
}

/** Words in place of a step's key: nothing of what was shown, or something that a note says. */
export const NOTHING_OF_THIS = "itself";
export const WITH_NOTE = "other";

/** A button's value: ids and a number, parted by blanks. */
export function verdictValue({ incidentId = "-", alert = 0, key = "-" }: AboutVerdict): string {
  return `${incidentId} ${alert} ${key}`;
}

/** What `verdictValue` wrote; what it lacks is left out. */
export function parseVerdict(value: string): AboutVerdict {
  const [incidentId = "-", alert = "", key = "-"] = value.split(" ");
  return {
    ...(incidentId === "-" ? {} : { incidentId, alert: Number(alert) }),
    ...(key === "-" || key === "" ? {} : { key }),
  };
}

/** The two buttons below what was shown. */
export function verdictButtons(about: AboutVerdict): Button[] {
  const value = verdictValue(about);
  return [
    button("Useful", { id: FEEDBACK.useful, value }),
    button("Not useful", { id: FEEDBACK.notUseful, value }),
  ];
}

/** The order in which a thread's runbook is shown: as learned, as on the page, or there is no difference. */
export type ShownOrder = "learned" | "page" | "same";

/** Under the runbook in an incident's thread. */
export function runbookFoot(about: AboutVerdict, order: ShownOrder): KnownBlock[] {
  const value = verdictValue(about);
  const orders: Record<ShownOrder, Button[]> = {
    learned: [button("Show in the page's order", { id: FEEDBACK.pageOrder, value })],
    page: [button("Show first what helped", { id: FEEDBACK.learnedOrder, value })],
    same: [],
  };
  return [actions([...verdictButtons(about), ...orders[order]])];
}

/** A section to choose among those of an incident's runbooks. */
export interface Offered {
  readonly alert: number;
  readonly section: Section;
}

/** The reply that an incident is over, with the question which of the shown steps ended it. */
export function askWhatCleared(
  resolved: Message,
  incidentId: string,
  steps: readonly ShownStep[],
): Message {
  const value = (key: string): string => verdictValue({ incidentId, alert: 0, key });
  const choices = [
    ...stepChoices(incidentId, steps),
    { label: "Something else: write a note…", value: value(WITH_NOTE) },
    { label: "None of these: it ended without action", value: value(NOTHING_OF_THIS) },
  ];
  const menu = select("What fixed it?", FEEDBACK.cleared, choices);
  return {
    text: `${resolved.text} What fixed it? Choose in the thread.`,
    blocks: [...resolved.blocks, actions([menu])],
  };
}

function stepChoices(incidentId: string, steps: readonly ShownStep[]): Choice[] {
  return steps
    .map((step) => ({
      label: step.lead === "" ? sectionLabel(step.section) : stepLabel(step.lead),
      value: verdictValue({ incidentId, alert: step.alert, key: stepKey(step) }),
    }))
    .filter(({ value }) => value.length <= LIMITS.optionValue)
    .slice(0, LIMITS.options - 2);
}

/** A step as a choice: its first sentence, without what stands in brackets where that is too long. */
export function stepLabel(lead: string): string {
  const [sentence = lead] = capitalized(line(lead, 500)).split(/(?<=[.!?;])\s/, 1);
  const short = sentence.replace(/[.;]$/, "");
  return short.length <= LIMITS.optionText ? short : short.replace(/ \([^()]*\)/g, "");
}

/** Characters of a note; a page has room for more. */
export const LONGEST_NOTE = 1_000;

/** The window in which a person writes what fixed it. */
export function renderNoteForm(incidentId: string): View {
  const input: InputBlock = {
    type: "input",
    block_id: FEEDBACK.note,
    label: { type: "plain_text", text: "What fixed it?" },
    hint: {
      type: "plain_text",
      text: "The incident's timeline shows it, and the alert's history, for whoever gets this alert next.",
    },
    element: {
      type: "plain_text_input",
      action_id: FEEDBACK.note,
      multiline: true,
      max_length: LONGEST_NOTE,
      placeholder: { type: "plain_text", text: "For example: grew the volume of broker-2" },
    },
  };
  return {
    callbackId: FEEDBACK.note,
    title: "What fixed it?",
    submit: "Save",
    close: "Cancel",
    metadata: incidentId,
    blocks: [input],
  };
}

/** What the window shows when the note is kept, or why it is not. */
export function renderNoteDone(text: string): View {
  return {
    callbackId: FEEDBACK.note,
    title: "What fixed it?",
    close: "Close",
    blocks: [paragraph(text)],
  };
}

function choicesOf(incidentId: string, offered: readonly Offered[]): Choice[] {
  return offered
    .slice(0, LIMITS.options - 2)
    .map(({ alert, section }) => ({
      label: sectionLabel(section),
      value: verdictValue({ incidentId, alert, key: sectionKey(section.id) }),
    }))
    .filter(({ value }) => value.length <= LIMITS.optionValue);
}

/** After a verdict on a whole runbook: which part of it? */
export function renderWhichPart(
  isUseful: boolean,
  incidentId: string,
  offered: readonly Offered[],
): Message {
  const text = isUseful
    ? "Noted, thank you. Which part helped?"
    : "Noted. Which part did not help? Write what is missing with `/streamline feedback TEXT`.";
  const choices = choicesOf(incidentId, offered);
  const id = `${isUseful ? FEEDBACK.useful : FEEDBACK.notUseful}:part`;
  const menus: StaticSelect[] = choices.length === 0 ? [] : [select("Choose a part", id, choices)];
  return {
    text,
    blocks: [paragraph(text), ...(menus.length === 0 ? [] : [actions(menus)])],
  };
}

export interface WrittenNote {
  readonly who: string;
  readonly at: number;
  readonly text: string;
}

/** Characters shown of each note. */
const NOTE = 400;

/** What people wrote for the maintainers of the runbooks, the last first. */
export function renderNotes(notes: readonly WrittenNote[]): Message {
  if (notes.length === 0) {
    const none = "Nobody has left a note yet. Leave one with `/streamline feedback TEXT`.";
    return { text: none, blocks: [paragraph(none)] };
  }
  const lines = notes.map(
    ({ who, at, text }) => `${person(who)}, ${moment(at)}: ${escaped(line(text, NOTE), NOTE)}`,
  );
  const title = "Notes for the runbooks, the last first";
  return {
    text: [`${title}:`, ...lines.map((each) => `• ${each}`)].join("\n"),
    blocks: [paragraph(`*${title}*`), ...lines.map(context)],
  };
}
