/** Radio buttons and checkboxes. */

import { useId } from "react";
import { isJson } from "../slack/json.ts";
import type { ElementProps } from "./element-props.ts";
import { withEmoji } from "./emoji.tsx";
import { list, plainText, str } from "./shown-message.ts";
import { useSurface } from "./surface.tsx";

/**
 * The options of one element; a choice goes into the surface's state, and to the bot where the element acts
 * at once.
 */
export function ChoiceList({
  element,
  blockId,
  isInput = false,
  dispatches = true,
  label,
}: ElementProps) {
  const surface = useSurface();
  const name = useId();
  const actionId = str(element["action_id"]);
  const isSingle = str(element["type"]) === "radio_buttons";
  const current =
    surface.valueOf(blockId, actionId) ??
    initial(element["initial_option"], element["initial_options"]);
  const chosen = typeof current === "string" ? [current] : (current ?? []);
  const choose = (value: string) => {
    const others = chosen.filter((each) => each !== value);
    const many = others.length === chosen.length ? [...chosen, value] : others;
    const choice = isSingle ? value : many;
    surface.setValue(blockId, actionId, choice);
    if (!isInput || dispatches) void surface.act(blockId, actionId, choice);
  };
  return (
    <fieldset className="choices">
      <legend className="visually-hidden">{label ?? "Choices"}</legend>
      {list(element["options"]).map((option) => {
        const value = str(option["value"]);
        return (
          <label key={value} className="choice">
            <input
              type={isSingle ? "radio" : "checkbox"}
              name={name}
              checked={chosen.includes(value)}
              onChange={() => choose(value)}
            />
            <span>
              {withEmoji(plainText(option["text"]))}
              {isJson(option["description"]) && (
                <span className="choice-description">{plainText(option["description"])}</span>
              )}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

function initial(one: unknown, many: unknown): readonly string[] {
  if (isJson(one)) return [str(one["value"])];
  return list(many).map((option) => str(option["value"]));
}
