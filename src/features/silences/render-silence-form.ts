/** The modal in which a silence is made: its matchers, how long, why, and what it would hide. */

import type { InputBlock, PlainTextOption } from "@slack/types";
import type { DraftField, MatcherChoice } from "../../alerts/silence-draft.ts";
import { context, paragraph } from "../../block-kit/blocks.ts";
import { LIMITS } from "../../block-kit/limits.ts";
import type { KnownBlock } from "../../block-kit/message.ts";
import { count, escaped, line } from "../../block-kit/text.ts";
import { moment } from "../../block-kit/times.ts";
import type { View } from "../../block-kit/view.ts";
import type { IncidentSilence } from "../../incidents/incident.ts";
import { matchersText } from "./matchers-text.ts";
import { previewBlock, type SilencePreview } from "./render-silence-preview.ts";

/** The modal, and its fields; a label's field has the draft and its place behind a colon. */
export const SILENCE = {
  callback: "silence_form",
  label: "silence_label",
  where: "silence_where",
  duration: "silence_duration",
  other: "silence_other",
  comment: "silence_comment",
} as const;

/** Identity of a label's field: another draft has other fields, so nothing typed is mixed up. */
export function labelField(draft: string, index: number): string {
  return `${SILENCE.label}:${draft}:${index}`;
}

/** What the select offers; what is typed beside it wins. */
const DURATIONS = ["30m", "1h", "2h", "4h", "1d", "3d"] as const;

const DURATION_WORDS: Readonly<Record<string, string>> = {
  "30m": "30 minutes",
  "1h": "1 hour",
  "2h": "2 hours",
  "4h": "4 hours",
  "1d": "1 day",
  "3d": "3 days",
};

interface AlertmanagerMenu {
  /** By the name of a target that uses the Alertmanager. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly chosen?: string;
}

export interface SilenceForm {
  /** What is to be silenced, in a stranger's words. */
  readonly subject: string;
  /** The Alertmanager; unset while it has to be chosen. */
  readonly address?: string;
  readonly where?: AlertmanagerMenu;
  readonly draft: string;
  readonly fields: readonly DraftField[];
  /** Places of the chosen choices. */
  readonly chosen: readonly (number | undefined)[];
  readonly duration: string;
  readonly other: string;
  readonly comment: string;
  readonly preview: SilencePreview;
  /** What changed while they chose; stands first. */
  readonly notice?: string;
  /** Why it was not silenced, in a stranger's words; stands beside the button that was pressed. */
  readonly problem?: string;
  readonly metadata: string;
}

/** Labels that can be chosen; the modal has room for no more, and nobody reads so many. */
const SHOWN_FIELDS = 40;

const TITLE = "Silence alerts";

export function renderSilenceForm(form: SilenceForm): View {
  const { subject, address, notice, where, draft, fields, chosen } = form;
  const at = address === undefined ? "" : `  ·  in Alertmanager at ${escaped(address, 200)}`;
  return {
    callbackId: SILENCE.callback,
    title: TITLE,
    submit: "Silence",
    close: "Cancel",
    metadata: form.metadata,
    blocks: [
      ...warning(notice),
      context(`*${escaped(line(subject, 150))}*${at}`),
      ...(where === undefined ? [] : [whereInput(where)]),
      ...shownFields(fields).map((field) =>
        labelInput(field.field, {
          id: labelField(draft, field.index),
          chosen: chosen[field.index],
        }),
      ),
      ...notes(fields),
      paragraph("*What it hides*"),
      previewBlock(form.preview),
      durationInput(form.duration),
      otherInput(form.other),
      commentInput(form.comment),
      ...warning(form.problem),
    ],
  };
}

function warning(text: string | undefined): KnownBlock[] {
  return text === undefined ? [] : [paragraph(`⚠️ ${escaped(line(text, 1_000), 1_000)}`)];
}

/** What is shown until there is something to choose from. */
export function renderSilenceSkeleton(
  text = "Reading the alert's labels, and asking Alertmanager what fires…",
): View {
  return { callbackId: SILENCE.callback, title: TITLE, close: "Cancel", blocks: [paragraph(text)] };
}

/** The modal when there is nothing to choose; `text` may hold a stranger's words. */
export function renderSilenceWords(text: string): View {
  const blocks = [paragraph(escaped(line(text, 2_000), 2_000))];
  return { callbackId: SILENCE.callback, title: TITLE, close: "Close", blocks };
}

interface PlacedField {
  readonly field: DraftField;
  readonly index: number;
}

/** Fields in which there is something to choose, as many as fit. */
function shownFields(fields: readonly DraftField[]): PlacedField[] {
  return choosable(fields).slice(0, SHOWN_FIELDS);
}

function choosable(fields: readonly DraftField[]): PlacedField[] {
  return fields
    .map((field, index) => ({ field, index }))
    .filter(({ field }) => field.choices.length > 1);
}

interface Chosen {
  readonly id: string;
  readonly chosen: number | undefined;
}

function labelInput(field: DraftField, { id, chosen }: Chosen): InputBlock {
  const options = field.choices.map((choice, index) =>
    option(choiceText(field, choice), `${index}`),
  );
  const value = valuesText(field);
  const isCut = value.length > LIMITS.optionText - IS.length;
  return {
    type: "input",
    block_id: id,
    label: plainText(line(field.label, 100) || "(a label without a name)"),
    dispatch_action: true,
    ...(isCut ? { hint: plainText(line(value, 300)) } : {}),
    element: {
      type: "static_select",
      action_id: id,
      options,
      ...initial(options[chosen ?? field.initial] ?? options[0]),
    },
  };
}

const IS = "is exactly ";
/** More values than these are counted before they are named. */
const FEW = 5;

function choiceText(field: DraftField, choice: MatcherChoice): string {
  switch (choice.kind) {
    case "is":
      return field.values.length === 1
        ? `${IS}${valuesText(field)}`
        : `is one of ${field.values.length > FEW ? `${field.values.length}: ` : ""}${valuesText(field)}`;
    case "starts":
      return `starts with ${line(choice.with, 200)}`;
    case "any":
      return "any value, or none";
  }
}

function valuesText({ values }: DraftField): string {
  return values.map((value) => line(value, 500) || "(without this label)").join(", ");
}

/** Labels that are not shown are not lost: what happens to them is said. */
function notes(fields: readonly DraftField[]): KnownBlock[] {
  const exact = choosable(fields).slice(SHOWN_FIELDS);
  const open = fields.filter(({ choices }) => choices.length === 1);
  const named = (all: readonly DraftField[]): string => {
    const told = all.slice(0, 40).map(({ label }) => line(label, 40));
    return escaped(
      `${told.join(", ")}${all.length > told.length ? ` and ${all.length - told.length} more` : ""}`,
      1_800,
    );
  };
  const texts = [
    ...(exact.length === 0
      ? []
      : [
          `${count(exact.length, "more label")} must be exactly as they are, too: ${named(exact.map(({ field }) => field))}`,
        ]),
    ...(open.length === 0
      ? []
      : [
          `⚠️ Left out, so that any value is hidden, since its values would fill pages: ${named(open)}`,
        ]),
  ];
  return texts.map(context);
}

function whereInput({ options, chosen }: AlertmanagerMenu): InputBlock {
  const offered = options.map(({ value, label }) => option(label, value));
  const first = offered.find(({ value }) => value === chosen);
  return {
    type: "input",
    block_id: SILENCE.where,
    label: plainText("In which Alertmanager"),
    dispatch_action: true,
    element: {
      type: "static_select",
      action_id: SILENCE.where,
      options: offered.slice(0, LIMITS.options),
      ...initial(first),
    },
  };
}

function durationInput(chosen: string): InputBlock {
  const options = DURATIONS.map((each) => option(DURATION_WORDS[each] ?? each, each));
  return {
    type: "input",
    block_id: SILENCE.duration,
    label: plainText("For how long"),
    element: {
      type: "static_select",
      action_id: SILENCE.duration,
      options,
      ...initial(options.find(({ value }) => value === chosen) ?? options[1]),
    },
  };
}

function otherInput(value: string): InputBlock {
  return {
    type: "input",
    block_id: SILENCE.other,
    optional: true,
    label: plainText("Or for another time"),
    element: {
      type: "plain_text_input",
      action_id: SILENCE.other,
      placeholder: plainText("90m, 12h or 1d12h"),
      ...(value === "" ? {} : { initial_value: value }),
    },
  };
}

/** Characters of a comment; Alertmanager has no limit, its readers do. */
const LONGEST_COMMENT = 1_000;

function commentInput(value: string): InputBlock {
  return {
    type: "input",
    block_id: SILENCE.comment,
    label: plainText("Why"),
    hint: plainText("Everyone who wonders about the quiet reads this, in Alertmanager, too."),
    element: {
      type: "plain_text_input",
      action_id: SILENCE.comment,
      multiline: true,
      max_length: LONGEST_COMMENT,
      ...(value === "" ? {} : { initial_value: value }),
    },
  };
}

function initial(chosen: PlainTextOption | undefined): { initial_option?: PlainTextOption } {
  return chosen === undefined ? {} : { initial_option: chosen };
}

function option(text: string, value: string): PlainTextOption {
  return { text: plainText(line(text, LIMITS.optionText) || "–"), value };
}

function plainText(text: string) {
  return { type: "plain_text", text, emoji: false } as const;
}

export interface DoneSilence {
  readonly silence: IncidentSilence;
  readonly hidden: number;
  /** Then its thread tells of it, with a button to undo it. */
  readonly isIncident: boolean;
}

/** What the modal shows once the silence is made. */
export function renderSilenceDone({ silence, hidden, isIncident }: DoneSilence): View {
  const { until, comment, alertmanager = "", matchers = [] } = silence;
  const undo = isIncident
    ? "The incident's thread has a button to undo it."
    : "End it with `/streamline silences`.";
  return {
    callbackId: SILENCE.callback,
    title: TITLE,
    close: "Close",
    blocks: [
      paragraph(`*🔕 Silenced until ${moment(until)}*: ${escaped(line(comment, 500), 500)}`),
      paragraph(matchersText(matchers)),
      context(
        `${count(hidden, "alert that fires", "alerts that fire")} now will not be notified  ·  Alertmanager at ${escaped(alertmanager, 200)}`,
      ),
      context(undo),
    ],
  };
}
