/** Buttons, menus and fields within Slack's sizes: words are cut, what carries an id is whole or absent. */

import type { KnownBlock as SlackBlock } from "@slack/types";
import { LIMITS } from "./limits.ts";
import { cut } from "./text.ts";

type Of<T extends SlackBlock["type"]> = Extract<SlackBlock, { type: T }>;
export type BlockElement =
  | Of<"actions">["elements"][number]
  | Of<"input">["element"]
  | Of<"context_actions">["elements"][number]
  | NonNullable<Of<"section">["accessory"]>;

interface PlainText {
  readonly type: "plain_text";
  text: string;
}

interface OptionLike {
  readonly value?: string;
  text: { readonly type: "plain_text" | "mrkdwn"; text: string };
  description?: { readonly type: "plain_text" | "mrkdwn"; text: string };
}

/**
 * The element within its limits; undefined when a value or address would have to be cut, since it
 * would then stand for something else, or when nothing can be chosen.
 */
export function fitElement<T extends BlockElement>(element: T): T | undefined {
  if (isTooLong(element)) return undefined;
  const fields: Record<string, unknown> = {};
  if ("text" in element && isPlain(element.text)) {
    fields["text"] = fitText(element.text, LIMITS.buttonText);
  }
  if ("placeholder" in element && isPlain(element.placeholder)) {
    fields["placeholder"] = fitText(element.placeholder, LIMITS.placeholder);
  }
  if ("options" in element) {
    const options = fitOptions(element.options, mostOptions(element.type));
    if (options.length === 0) return undefined;
    fields["options"] = options;
    if ("initial_option" in element) {
      const chosen = element.initial_option?.value;
      fields["initial_option"] = options.find(({ value }) => value === chosen);
    }
  }
  const fitted = { ...element, ...fields };
  if ("initial_option" in fields && fields["initial_option"] === undefined) {
    Reflect.deleteProperty(fitted, "initial_option");
  }
  return fitted;
}

/** All elements that can be within their limits. */
export function fitElements<T extends BlockElement>(elements: readonly T[], most: number): T[] {
  return elements.flatMap((element) => fitElement(element) ?? []).slice(0, most);
}

function isTooLong(element: BlockElement): boolean {
  const isOver = (text: unknown, most: number) => typeof text === "string" && text.length > most;
  return (
    ("value" in element && isOver(element.value, LIMITS.buttonValue)) ||
    ("url" in element && isOver(element.url, LIMITS.url)) ||
    ("action_id" in element && isOver(element.action_id, LIMITS.actionId))
  );
}

function mostOptions(type: string): number {
  if (type === "overflow") return LIMITS.overflowOptions;
  return type === "radio_buttons" || type === "checkboxes" ? LIMITS.fewOptions : LIMITS.options;
}

function fitOptions(options: unknown, most: number): OptionLike[] {
  if (!Array.isArray(options)) return [];
  return (options as OptionLike[])
    .filter(({ value = "", text }) => value.length <= LIMITS.optionValue && text.text !== "")
    .slice(0, most)
    .map((option) => {
      const { description, ...rest } = option;
      const about = description === undefined || description.text === "" ? undefined : description;
      return {
        ...rest,
        text: fitText(option.text, LIMITS.optionText),
        ...(about === undefined ? {} : { description: fitText(about, LIMITS.optionText) }),
      };
    });
}

function isPlain(value: unknown): value is PlainText {
  return typeof value === "object" && value !== null && "text" in value;
}

function fitText<T extends { readonly text: string }>(object: T, most: number): T {
  return { ...object, text: cut(object.text, most) };
}
