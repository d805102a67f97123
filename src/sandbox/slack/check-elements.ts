/** Slack's rules for interactive elements: buttons, menus, inputs. */

import { SLACK } from "./block-limits.ts";
import { Complaints } from "./complaints.ts";
import { type Json, object, text } from "./json.ts";

type ElementCheck = (element: Json, path: string, complaints: Complaints) => void;

const CHECKS: Readonly<Record<string, ElementCheck>> = {
  button: checkButton,
  workflow_button: checkButton,
  icon_button: checkIconButton,
  feedback_buttons: checkFeedback,
  image: checkImage,
  overflow: (element, path, complaints) =>
    checkOptionList(element, path, { complaints, max: SLACK.overflowOptions }),
  radio_buttons: (element, path, complaints) =>
    checkOptionList(element, path, { complaints, max: SLACK.fewOptions }),
  checkboxes: (element, path, complaints) =>
    checkOptionList(element, path, { complaints, max: SLACK.fewOptions }),
  static_select: checkStaticMenu,
  multi_static_select: checkStaticMenu,
  external_select: checkMenu,
  multi_external_select: checkMenu,
  users_select: checkMenu,
  multi_users_select: checkMenu,
  conversations_select: checkMenu,
  multi_conversations_select: checkMenu,
  channels_select: checkMenu,
  multi_channels_select: checkMenu,
  plain_text_input: checkMenu,
  email_text_input: checkMenu,
  url_text_input: checkMenu,
  number_input: checkMenu,
  rich_text_input: checkMenu,
  datepicker: checkMenu,
  timepicker: checkMenu,
  datetimepicker: () => {},
  file_input: () => {},
};

/** Adds what Slack would say about this element; `path` is its JSON pointer. */
export function checkElement(element: Json, path: string, complaints: Complaints): void {
  const type = text(element, "type");
  const check = CHECKS[type];
  if (check === undefined) {
    complaints.add(`${path}/type`, `unsupported type: ${type}`);
    return;
  }
  complaints.string(element, "action_id", { path, max: SLACK.actionId });
  checkConfirm(element, path, complaints);
  check(element, path, complaints);
}

/** What Slack would say about the options that answer a typeahead. */
export function checkOptions(options: readonly Json[]): readonly string[] {
  const complaints = new Complaints();
  if (options.length > SLACK.options) {
    complaints.add("/options", `no more than ${SLACK.options} items allowed`);
  }
  for (const [index, option] of options.entries()) {
    checkOption(option, `/options/${index}`, complaints);
  }
  return complaints.messages;
}

function checkOption(option: Json, path: string, complaints: Complaints): void {
  complaints.textObject(option, "text", { path, max: SLACK.optionText, required: true });
  complaints.string(option, "value", { path, max: SLACK.optionValue, required: true });
  complaints.textObject(option, "description", { path, max: SLACK.optionText });
}

function checkButton(element: Json, path: string, complaints: Complaints): void {
  const plain = { path, max: SLACK.buttonText, required: true, plain: true };
  complaints.textObject(element, "text", plain);
  complaints.string(element, "value", { path, max: SLACK.buttonValue });
  complaints.string(element, "url", { path, max: SLACK.url });
  complaints.string(element, "accessibility_label", { path, max: SLACK.buttonText });
  const style = text(element, "style");
  if (!["", "primary", "danger"].includes(style)) {
    complaints.add(`${path}/style`, `must be a valid enum value: ${style}`);
  }
}

function checkIconButton(element: Json, path: string, complaints: Complaints): void {
  complaints.string(element, "icon", { path, max: 50, required: true });
  complaints.textObject(element, "text", { path, max: SLACK.buttonText, required: true });
  complaints.string(element, "value", { path, max: SLACK.buttonValue });
}

function checkFeedback(element: Json, path: string, complaints: Complaints): void {
  for (const name of ["positive_button", "negative_button"]) {
    const button = object(element, name);
    if (button === undefined) complaints.add(path, `missing required field: ${name}`);
    else {
      const at = `${path}/${name}`;
      complaints.textObject(button, "text", { path: at, max: SLACK.buttonText, required: true });
      complaints.string(button, "value", { path: at, max: SLACK.buttonValue, required: true });
    }
  }
}

function checkImage(element: Json, path: string, complaints: Complaints): void {
  complaints.string(element, "alt_text", { path, max: SLACK.altText, required: true });
  complaints.string(element, "image_url", { path, max: SLACK.url });
}

function checkMenu(element: Json, path: string, complaints: Complaints): void {
  complaints.textObject(element, "placeholder", { path, max: SLACK.placeholder, plain: true });
}

function checkStaticMenu(element: Json, path: string, complaints: Complaints): void {
  checkMenu(element, path, complaints);
  if (element["option_groups"] === undefined) {
    checkOptionList(element, path, { complaints, max: SLACK.options });
    return;
  }
  const groups = complaints.list(element, "option_groups", { path, max: SLACK.options });
  for (const [index, group] of groups.entries()) {
    const at = `${path}/option_groups/${index}`;
    complaints.textObject(group, "label", { path: at, max: SLACK.optionText, required: true });
    checkOptionList(group, at, { complaints, max: SLACK.options });
  }
}

interface OptionsRule {
  readonly complaints: Complaints;
  readonly max: number;
}

function checkOptionList(from: Json, path: string, { complaints, max }: OptionsRule): void {
  const options = complaints.list(from, "options", { path, max, required: true });
  for (const [index, option] of options.entries()) {
    checkOption(option, `${path}/options/${index}`, complaints);
  }
}

function checkConfirm(element: Json, path: string, complaints: Complaints): void {
  const confirm = object(element, "confirm");
  if (confirm === undefined) return;
  const at = `${path}/confirm`;
  complaints.textObject(confirm, "title", { path: at, max: SLACK.confirmTitle });
  complaints.textObject(confirm, "text", { path: at, max: SLACK.confirmText, required: true });
  complaints.textObject(confirm, "confirm", { path: at, max: SLACK.confirmButton });
  complaints.textObject(confirm, "deny", { path: at, max: SLACK.confirmButton });
}
