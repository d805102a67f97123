/** The fields of the silence's modal in which a label's matcher is chosen, and what is not shown. */

import type { InputBlock } from "@slack/types";
import type { DraftField, MatcherChoice } from "../../alerts/silence-draft.ts";
import { context } from "../../block-kit/blocks.ts";
import { LIMITS } from "../../block-kit/limits.ts";
import type { KnownBlock } from "../../block-kit/message.ts";
import { count, escaped, line } from "../../block-kit/text.ts";
import { fieldText, initial, option } from "./render-silence-inputs.ts";

/** Labels that can be chosen; the modal has room for no more, and nobody reads so many. */
const SHOWN_FIELDS = 40;

interface PlacedField {
  readonly field: DraftField;
  readonly index: number;
}

/** Fields in which there is something to choose, as many as fit. */
export function shownFields(fields: readonly DraftField[]): PlacedField[] {
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
  /** By choice: other alerts that it would hide. */
  readonly takenIn: readonly number[];
}

/** A menu of the label's values, each with how many alerts it would take in. */
export function labelInput(field: DraftField, { id, chosen, takenIn }: Chosen): InputBlock {
  const options = field.choices.map((choice, index) =>
    option(choiceText(field, choice, takenIn[index] ?? 0), `${index}`),
  );
  const value = valuesText(field);
  const isCut = value.length > LIMITS.optionText - IS.length;
  return {
    type: "input",
    block_id: id,
    label: fieldText(line(field.label, 100) || "(a label without a name)"),
    dispatch_action: true,
    ...(isCut ? { hint: fieldText(line(value, 300)) } : {}),
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

/** How many others it takes in stands at the end, so what is before it is cut. */
function choiceText(field: DraftField, choice: MatcherChoice, others: number): string {
  const more = others === 0 ? "" : `: ${count(others, "other alert")}, too`;
  return `${line(choiceWords(field, choice), LIMITS.optionText - more.length)}${more}`;
}

function choiceWords(field: DraftField, choice: MatcherChoice): string {
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

/** Every label that is not shown is named, with what happens to it. */
export function notes(fields: readonly DraftField[]): KnownBlock[] {
  const exact = choosable(fields).slice(SHOWN_FIELDS);
  const leftOut = (why: DraftField["isLeftOut"]) =>
    fields.filter(({ isLeftOut }) => isLeftOut === why);
  return [
    ...named(
      `${count(exact.length, "more label")} must match exactly, too`,
      exact.map(({ field }) => field),
    ),
    ...named(
      "⚠️ Left out, because it has too many values: any value is hidden",
      leftOut("too-long"),
    ),
    ...named(
      "⚠️ Left out, because this Alertmanager does not accept a label of that name: any value is hidden",
      leftOut("name-refused"),
    ),
  ];
}

/** Characters of a label's name, and of one text block. */
const NAME = 60;
const TEXT = 1_800;

/** As many blocks as the names fill; a stranger's names, so each is escaped. */
function named(what: string, fields: readonly DraftField[]): KnownBlock[] {
  const texts: string[] = [];
  let text = `${what}: `;
  for (const [index, { label }] of fields.entries()) {
    const name = `${escaped(line(label, NAME), 4 * NAME)}${index === fields.length - 1 ? "" : ", "}`;
    if (text.length + name.length > TEXT) {
      texts.push(text);
      text = "";
    }
    text += name;
  }
  return fields.length === 0 ? [] : [...texts, text].map(context);
}
