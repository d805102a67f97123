/** Select menus: fixed choices, people, channels, or what the bot offers while one types. */

import { useState } from "react";
import { isJson } from "../slack/json.ts";
import type { Json, PageState, Suggested } from "../slack/page-protocol.ts";
import { Combobox } from "./combobox.tsx";
import { type ComboboxOption, type ComboboxResult, filterOptions } from "./combobox-choices.tsx";
import { useConfirm } from "./confirm.tsx";
import type { ElementProps } from "./element-props.ts";
import { usePage } from "./page-context.tsx";
import { list, plainText, str } from "./shown-message.ts";
import { useSurface } from "./surface.tsx";

/** The menu for one element of Block Kit, single or multiple; asks first where the element has a confirmation. */
export function SelectMenu(props: ElementProps) {
  const { element, blockId, isInput = false, dispatches = true } = props;
  const surface = useSurface();
  const { page } = usePage();
  const { confirmed, dialog } = useConfirm(element);
  const type = str(element["type"]);
  const actionId = str(element["action_id"]);
  const isMultiple = type.startsWith("multi_");
  const fixed = fixedOptions(element, page);
  const [chosen, setChosen] = useState<readonly ComboboxOption[]>(() =>
    initialOptions(element, fixed),
  );
  const placeholder = plainText(element["placeholder"]) || "Select an option";

  const find = (typed: string): ComboboxResult | Promise<ComboboxResult> =>
    type.endsWith("external_select")
      ? findExternal(element, typed, () => surface.suggest(blockId, actionId, typed))
      : filterOptions(fixed, typed);
  const choose = (options: readonly ComboboxOption[]) => {
    setChosen(options);
    const values = options.map((option) => option.value);
    const choice = isMultiple ? values : (values[0] ?? null);
    surface.setValue(blockId, actionId, choice);
    if (!isInput || dispatches) void surface.act(blockId, actionId, choice);
  };
  return (
    <>
      <Combobox
        {...(props.inputId === undefined ? {} : { id: props.inputId })}
        label={props.label ?? placeholder}
        placeholder={placeholder}
        chosen={chosen}
        isMultiple={isMultiple}
        isInvalid={surface.errors[blockId] !== undefined}
        find={find}
        onChoose={(options) => confirmed(() => choose(options))}
      />
      {dialog}
    </>
  );
}

/** Slack asks the bot only from so many characters on; three unless the element says otherwise. */
const MIN_QUERY_LENGTH = 3;

async function findExternal(
  element: Json,
  typed: string,
  ask: () => Promise<Suggested>,
): Promise<ComboboxResult> {
  const declared = element["min_query_length"];
  const min = typeof declared === "number" ? declared : MIN_QUERY_LENGTH;
  if (typed.length < min) {
    return { options: [], note: `Type ${min === 1 ? "a character" : `${min} characters`} or more` };
  }
  const suggested = await ask();
  if (suggested.kind === "failed") return { options: [], note: `No choices: ${suggested.reason}` };
  const grouped = suggested.groups.flatMap((group) => groupOptions(group));
  return { options: [...suggested.options.map((option) => readOption(option)), ...grouped] };
}

function fixedOptions(element: Json, page: PageState): readonly ComboboxOption[] {
  const type = str(element["type"]).replace("multi_", "");
  const people = page.people.map(({ id, realName }) => ({ value: id, label: realName }));
  const channels = page.channels.map(({ id, name }) => ({ value: id, label: `#${name}` }));
  switch (type) {
    case "users_select":
      return people;
    case "channels_select":
      return channels;
    case "conversations_select":
      return channels;
    default:
      return [
        ...list(element["options"]).map((option) => readOption(option)),
        ...list(element["option_groups"]).flatMap((group) => groupOptions(group)),
      ];
  }
}

function groupOptions(group: Json): ComboboxOption[] {
  const label = plainText(group["label"]);
  return list(group["options"]).map((option) => ({ ...readOption(option), group: label }));
}

function readOption(option: Json): ComboboxOption {
  return {
    value: str(option["value"]),
    label: plainText(option["text"]),
    ...(isJson(option["description"]) ? { description: plainText(option["description"]) } : {}),
  };
}

function initialOptions(
  element: Json,
  fixed: readonly ComboboxOption[],
): readonly ComboboxOption[] {
  const one = element["initial_option"];
  if (isJson(one)) return [readOption(one)];
  const many = list(element["initial_options"]);
  if (many.length > 0) return many.map((option) => readOption(option));
  const ids = ["user", "channel", "conversation"].flatMap((kind) => {
    const several = element[`initial_${kind}s`];
    return Array.isArray(several) ? several.map(str) : [str(element[`initial_${kind}`])];
  });
  return fixed.filter((option) => ids.includes(option.value));
}
