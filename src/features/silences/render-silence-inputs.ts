/** The fields of the silence's modal that are the same for every alert: where, how long, why. */

import type { InputBlock, PlainTextOption } from "@slack/types";
import { LIMITS } from "../../block-kit/limits.ts";
import { line } from "../../block-kit/text.ts";
import { DURATIONS, SILENCE } from "./form-names.ts";

const DURATION_WORDS: Readonly<Record<string, string>> = {
  "30m": "30 minutes",
  "1h": "1 hour",
  "2h": "2 hours",
  "4h": "4 hours",
  "1d": "1 day",
  "3d": "3 days",
};

export interface AlertmanagerMenu {
  /** By the name of its source, or of a target that uses it. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly chosen?: string;
}

/** A menu of Alertmanagers; what is chosen is told at once. */
export function whereInput({ options, chosen }: AlertmanagerMenu): InputBlock {
  const offered = options.map(({ value, label }) => option(label, value));
  const first = offered.find(({ value }) => value === chosen);
  return {
    type: "input",
    block_id: SILENCE.where,
    label: fieldText("In which Alertmanager"),
    dispatch_action: true,
    element: {
      type: "static_select",
      action_id: SILENCE.where,
      options: offered.slice(0, LIMITS.options),
      ...initial(first),
    },
  };
}

/** A menu of usual spans. */
export function durationInput(chosen: string): InputBlock {
  const options = DURATIONS.map((each) => option(DURATION_WORDS[each] ?? each, each));
  return {
    type: "input",
    block_id: SILENCE.duration,
    label: fieldText("For how long"),
    element: {
      type: "static_select",
      action_id: SILENCE.duration,
      options,
      ...initial(options.find(({ value }) => value === chosen) ?? options[1]),
    },
  };
}

/** A field for any other span, which goes before the menu's. */
export function otherInput(value: string): InputBlock {
  return {
    type: "input",
    block_id: SILENCE.other,
    optional: true,
    label: fieldText("Or for another time"),
    element: {
      type: "plain_text_input",
      action_id: SILENCE.other,
      placeholder: fieldText("90m, 12h or 1d12h"),
      ...(value === "" ? {} : { initial_value: value }),
    },
  };
}

/** Characters of a comment; Alertmanager has no limit, its readers do. */
const LONGEST_COMMENT = 1_000;

/** A field for the reason, with what it is good for. */
export function commentInput(value: string): InputBlock {
  return {
    type: "input",
    block_id: SILENCE.comment,
    label: fieldText("Why"),
    hint: fieldText("Everyone who asks why it is quiet reads this, in Alertmanager too."),
    element: {
      type: "plain_text_input",
      action_id: SILENCE.comment,
      multiline: true,
      max_length: LONGEST_COMMENT,
      ...(value === "" ? {} : { initial_value: value }),
    },
  };
}

/** The key only where there is something to choose at first: Slack takes no empty one. */
export function initial(chosen: PlainTextOption | undefined): { initial_option?: PlainTextOption } {
  return chosen === undefined ? {} : { initial_option: chosen };
}

/** An option of a menu, cut to Slack's limit and never empty. */
export function option(text: string, value: string): PlainTextOption {
  return { text: fieldText(line(text, LIMITS.optionText) || "–"), value };
}

/** Plain text in which `:names:` stay as they are. */
export function fieldText(text: string) {
  return { type: "plain_text", text, emoji: false } as const;
}
