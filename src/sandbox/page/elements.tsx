/** The interactive elements of Block Kit: buttons and menus. Inputs to type into are in inputs.tsx. */

import type { FC } from "react";
import { isJson } from "../slack/json.ts";
import type { Json } from "../slack/page-protocol.ts";
import { ChoiceList } from "./choice-list.tsx";
import { useConfirm } from "./confirm.tsx";
import type { ElementProps } from "./element-props.ts";
import { withEmoji } from "./emoji.tsx";
import { Icon } from "./icons.tsx";
import { DateInput, TextInput } from "./inputs.tsx";
import { MenuButton } from "./menu-button.tsx";
import { SelectMenu } from "./select-menu.tsx";
import { list, plainText, str } from "./shown-message.ts";
import { useSurface } from "./surface.tsx";

const ELEMENTS: Readonly<Record<string, FC<ElementProps>>> = {
  button: ButtonElement,
  workflow_button: ButtonElement,
  icon_button: ButtonElement,
  feedback_buttons: FeedbackElement,
  overflow: OverflowElement,
  static_select: SelectMenu,
  external_select: SelectMenu,
  users_select: SelectMenu,
  channels_select: SelectMenu,
  conversations_select: SelectMenu,
  multi_static_select: SelectMenu,
  multi_external_select: SelectMenu,
  multi_users_select: SelectMenu,
  multi_channels_select: SelectMenu,
  multi_conversations_select: SelectMenu,
  radio_buttons: ChoiceList,
  checkboxes: ChoiceList,
  plain_text_input: TextInput,
  email_text_input: TextInput,
  url_text_input: TextInput,
  number_input: TextInput,
  datepicker: DateInput,
  timepicker: DateInput,
  datetimepicker: DateInput,
};

/** Whether the element is one that a person can use. */
export function isInteractive(element: unknown): element is Json {
  return isJson(element) && str(element["type"]) in ELEMENTS;
}

/** The element, or its name where it is not drawn here. */
export function ElementView(props: ElementProps) {
  const Shown = ELEMENTS[str(props.element["type"])];
  if (Shown === undefined) {
    return <em className="not-drawn">{str(props.element["type"])} is not drawn here</em>;
  }
  return <Shown {...props} />;
}

function ButtonElement({ element, blockId }: ElementProps) {
  const surface = useSurface();
  const { confirmed, dialog } = useConfirm(element);
  const url = str(element["url"]);
  const label = str(element["accessibility_label"]);
  // Not `disabled` while the bot is asked: a disabled button would lose the focus.
  const press = () => {
    if (surface.isBusy) return;
    if (/^https?:\/\//.test(url)) window.open(url, "_blank", "noopener,noreferrer");
    void surface.act(blockId, str(element["action_id"]));
  };
  return (
    <>
      <button
        type="button"
        className="button"
        data-style={str(element["style"])}
        aria-label={label === "" ? undefined : label}
        aria-disabled={surface.isBusy}
        onClick={() => confirmed(press)}
      >
        {withEmoji(plainText(element["text"]))}
      </button>
      {dialog}
    </>
  );
}

function FeedbackElement({ element, blockId }: ElementProps) {
  const surface = useSurface();
  const actionId = str(element["action_id"]);
  return ["positive_button", "negative_button"].map((name) => {
    const button = element[name];
    if (!isJson(button)) return null;
    const value = str(button["value"]);
    return (
      <button
        key={name}
        type="button"
        className="button"
        aria-pressed={surface.valueOf(blockId, actionId) === value}
        onClick={() => {
          surface.setValue(blockId, actionId, value);
          void surface.act(blockId, actionId, value);
        }}
      >
        {withEmoji(plainText(button["text"]))}
      </button>
    );
  });
}

function OverflowElement({ element, blockId }: ElementProps) {
  const surface = useSurface();
  const { confirmed, dialog } = useConfirm(element);
  const actionId = str(element["action_id"]);
  const items = list(element["options"]).map((option) => ({
    id: str(option["value"]),
    label: withEmoji(plainText(option["text"])),
    ...(isJson(option["description"]) ? { hint: plainText(option["description"]) } : {}),
    run: () => confirmed(() => void surface.act(blockId, actionId, str(option["value"]))),
  }));
  return (
    <>
      <MenuButton label="More choices" className="button button-icon" items={items} align="end">
        <Icon name="dots" />
      </MenuButton>
      {dialog}
    </>
  );
}
