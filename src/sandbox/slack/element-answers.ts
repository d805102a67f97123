/**
 * What a person chose or typed in an element, in the form in which Slack reports it: the value in
 * a view's state, and the same fields in an action.
 */

import { type Json, object, objects, text } from "./json.ts";

/** Option values, ids, a date or a text, as the element asks; null or [] is nothing chosen. */
export type ElementChoice = string | readonly string[] | null;

type AnswerShape = (element: Json, choice: ElementChoice, offered: readonly Json[]) => Json;

const SHAPES: Readonly<Record<string, AnswerShape>> = {
  plain_text_input: typed,
  email_text_input: typed,
  url_text_input: typed,
  number_input: typed,
  static_select: oneOption,
  external_select: oneOption,
  radio_buttons: oneOption,
  overflow: oneOption,
  multi_static_select: manyOptions,
  multi_external_select: manyOptions,
  checkboxes: manyOptions,
  users_select: (_, choice) => ({ selected_user: first(choice) }),
  multi_users_select: (_, choice) => ({ selected_users: every(choice) }),
  channels_select: (_, choice) => ({ selected_channel: first(choice) }),
  multi_channels_select: (_, choice) => ({ selected_channels: every(choice) }),
  conversations_select: (_, choice) => ({ selected_conversation: first(choice) }),
  multi_conversations_select: (_, choice) => ({ selected_conversations: every(choice) }),
  datepicker: (_, choice) => ({ selected_date: first(choice) }),
  timepicker: (_, choice) => ({ selected_time: first(choice) }),
  datetimepicker: (_, choice) => ({ selected_date_time: asNumber(first(choice)) }),
};

/**
 * Undefined for an element without a value, such as a button. `offered` are the options that a
 * typeahead answered before: an external select carries none itself.
 */
export function answerOf(
  element: Json,
  choice: ElementChoice,
  offered: readonly Json[] = [],
): Json | undefined {
  const type = text(element, "type");
  const shape = SHAPES[type];
  return shape === undefined ? undefined : { type, ...shape(element, choice, offered) };
}

/** What stands in the element before anybody touched it. */
export function initialAnswer(element: Json): Json | undefined {
  const many = objects(element, "initial_options").map((option) => text(option, "value"));
  const one = text(object(element, "initial_option"), "value");
  const offered = [...objects(element, "initial_options"), object(element, "initial_option") ?? {}];
  if (many.length > 0) return answerOf(element, many, offered);
  if (one !== "") return answerOf(element, one, offered);
  for (const name of INITIAL_FIELDS) {
    const value = element[name];
    if (Array.isArray(value)) return answerOf(element, value.map(String));
    if (value !== undefined && value !== null) return answerOf(element, text(element, name));
  }
  return answerOf(element, null);
}

const INITIAL_FIELDS = [
  "initial_value",
  "initial_date",
  "initial_time",
  "initial_date_time",
  "initial_user",
  "initial_users",
  "initial_channel",
  "initial_channels",
  "initial_conversation",
  "initial_conversations",
] as const;

function typed(_: Json, choice: ElementChoice): Json {
  return { value: first(choice) };
}

function oneOption(element: Json, choice: ElementChoice, offered: readonly Json[]): Json {
  const value = first(choice);
  return { selected_option: value === null ? null : findOption(element, value, offered) };
}

function manyOptions(element: Json, choice: ElementChoice, offered: readonly Json[]): Json {
  const selected = every(choice).map((value) => findOption(element, value, offered));
  return { selected_options: selected };
}

function findOption(element: Json, value: string, offered: readonly Json[]): Json {
  const grouped = objects(element, "option_groups").flatMap((group) => objects(group, "options"));
  const known = [...objects(element, "options"), ...grouped, ...offered];
  const found = known.find((option) => text(option, "value") === value);
  return found ?? { text: { type: "plain_text", text: value, emoji: true }, value };
}

function every(choice: ElementChoice): readonly string[] {
  return choice === null ? [] : typeof choice === "string" ? [choice] : choice;
}

function first(choice: ElementChoice): string | null {
  return every(choice)[0] ?? null;
}

function asNumber(value: string | null): number | null {
  return value === null ? null : Number(value);
}
