/** Inputs to type into, and pickers for dates and times. */

import { type KeyboardEvent, useId } from "react";
import { isJson } from "../slack/json.ts";
import type { Json } from "../slack/page-protocol.ts";
import type { ElementProps } from "./element-props.ts";
import { plainText, str } from "./shown-message.ts";
import { useSurface } from "./surface.tsx";

const TYPES: Readonly<Record<string, string>> = {
  email_text_input: "email",
  url_text_input: "url",
  datepicker: "date",
  timepicker: "time",
  datetimepicker: "datetime-local",
};

/** The field for one element of Block Kit; what is typed goes into the surface's state. */
export function TextInput(props: ElementProps) {
  const { element, blockId, dispatches = false, label } = props;
  const surface = useSurface();
  const actionId = str(element["action_id"]);
  const own = useId();
  const value = surface.valueOf(blockId, actionId) ?? str(element["initial_value"]);
  const shared = {
    id: props.inputId ?? own,
    className: "field",
    "aria-label": label,
    "aria-invalid": surface.errors[blockId] !== undefined,
    placeholder: plainText(element["placeholder"]),
    maxLength: numberOr(element["max_length"], 3_000),
    value: typeof value === "string" ? value : "",
  };
  const change = (next: string) => {
    surface.setValue(blockId, actionId, next === "" ? null : next);
    if (dispatches && dispatchesOn(element, "on_character_entered")) {
      void surface.act(blockId, actionId, next);
    }
  };
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !dispatches) return;
    if (dispatchesOn(element, "on_enter_pressed")) {
      event.preventDefault();
      void surface.act(blockId, actionId, shared.value);
    }
  };
  if (element["multiline"] === true) {
    return <textarea {...shared} rows={4} onChange={(event) => change(event.target.value)} />;
  }
  return (
    <input
      {...shared}
      type={TYPES[str(element["type"])] ?? "text"}
      inputMode={str(element["type"]) === "number_input" ? "decimal" : undefined}
      onKeyDown={onEnter}
      onChange={(event) => change(event.target.value)}
    />
  );
}

/** A date and time leaves as seconds since 1970, everything else as the browser writes it. */
export function DateInput(props: ElementProps) {
  const { element, blockId, isInput = false, dispatches = true, label } = props;
  const surface = useSurface();
  const actionId = str(element["action_id"]);
  const type = TYPES[str(element["type"])] ?? "date";
  const value = surface.valueOf(blockId, actionId) ?? initialOf(element);
  const choose = (written: string) => {
    const moment = type === "datetime-local" ? String(new Date(written).getTime() / 1000) : written;
    const choice = written === "" ? null : moment;
    surface.setValue(blockId, actionId, choice);
    if (!isInput || dispatches) void surface.act(blockId, actionId, choice);
  };
  return (
    <input
      id={props.inputId}
      type={type}
      className="field field-date"
      aria-label={label ?? (plainText(element["placeholder"]) || "Date")}
      value={shownDate(type, typeof value === "string" ? value : "")}
      onChange={(event) => choose(event.target.value)}
    />
  );
}

function initialOf(element: Json): string {
  return (
    str(element["initial_date"]) ||
    str(element["initial_time"]) ||
    str(element["initial_date_time"])
  );
}

function shownDate(type: string, value: string): string {
  if (type !== "datetime-local" || value === "") return value;
  const date = new Date(Number(value) * 1000);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** By default a dispatching input tells the bot when Enter is pressed. */
function dispatchesOn(element: Json, when: string): boolean {
  const config = element["dispatch_action_config"];
  const on = isJson(config) ? config["trigger_actions_on"] : undefined;
  return Array.isArray(on) ? on.includes(when) : when === "on_enter_pressed";
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === "number" ? value : fallback;
}
