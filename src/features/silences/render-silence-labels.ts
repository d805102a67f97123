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
}

export function labelInput(field: DraftField, { id, chosen }: Chosen): InputBlock {
  const options = field.choices.map((choice, index) =>
    option(choiceText(field, choice), `${index}`),
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
export function notes(fields: readonly DraftField[]): KnownBlock[] {
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
