/** A view -> Slack's JSON for it; and what stands in a view's or message's fields, from Slack's JSON. */

import type { HomeView, ModalView } from "@slack/types";
import { fitView } from "../../block-kit/fit-view.ts";
import type { View } from "../../block-kit/view.ts";
import type { Fields, OpenView } from "../../features/shared/interactions.ts";

/** The modal within Slack's limits. */
export function modalOf(view: View): ModalView {
  const { callbackId, title, submit, close, metadata, blocks } = fitView(view);
  return {
    type: "modal",
    callback_id: callbackId,
    title: { type: "plain_text", text: title, emoji: false },
    ...(submit === undefined ? {} : { submit: { type: "plain_text", text: submit } }),
    ...(close === undefined ? {} : { close: { type: "plain_text", text: close } }),
    ...(metadata === undefined ? {} : { private_metadata: metadata }),
    blocks: [...blocks],
  };
}

/** A Home tab has no title and no buttons of its own. */
export function homeTabOf(view: View): HomeView {
  const { callbackId, metadata, blocks } = fitView(view);
  return {
    type: "home",
    callback_id: callbackId,
    ...(metadata === undefined ? {} : { private_metadata: metadata }),
    blocks: [...blocks],
  };
}

/** A view that is open, as features know it. */
export function openViewOf(view: {
  readonly id: string;
  readonly callback_id: string;
  readonly private_metadata: string;
}): OpenView {
  return { id: view.id, callbackId: view.callback_id, metadata: view.private_metadata };
}

type StateValues = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** The state of all elements by action id; an element that nobody touched has no value. */
export function fieldsOf(values: StateValues | undefined): Fields {
  return Object.fromEntries(
    Object.values(values ?? {}).flatMap((block) =>
      Object.entries(block).map(([actionId, element]) => [actionId, answerIn(element)] as const),
    ),
  );
}

/** Where each kind of element keeps one value (docs.slack.dev, "Block elements"). */
const SINGLE = [
  "value",
  "selected_user",
  "selected_channel",
  "selected_conversation",
  "selected_date",
  "selected_time",
] as const;

/** What a button carries, or what was chosen or typed; undefined for nothing. */
export function answerIn(element: object): string | readonly string[] | undefined {
  const fields = new Map<string, unknown>(Object.entries(element));
  const single = SINGLE.map((name) => fields.get(name)).find((each) => typeof each === "string");
  if (typeof single === "string") return single;
  const option = optionValue(fields.get("selected_option"));
  if (option !== undefined) return option;
  const options = fields.get("selected_options");
  return Array.isArray(options) ? options.flatMap((each) => optionValue(each) ?? []) : undefined;
}

function optionValue(option: unknown): string | undefined {
  if (typeof option !== "object" || option === null || !("value" in option)) return undefined;
  return typeof option.value === "string" ? option.value : undefined;
}
