/**
 * A button of ours -> the tool that does the same in Slackbot, where a button calls a tool by its name
 * (`tool:NAME`) with the arguments in its value (docs.slack.dev, "Returning rich responses to the Slackbot
 * MCP Client"). What no tool does has no button there.
 */

import { RUN_COMMAND } from "../../block-kit/parts.ts";
import type { ToolCall } from "../../block-kit/slackbot-blocks.ts";
import { SHOW_SECTION } from "../../features/runbooks/link-menu.ts";
import { SEARCH } from "../../features/search/render-search.ts";

/** Undefined for what Slackbot cannot do. */
export function toolOfButton(actionId: string, value: string): ToolCall | undefined {
  const [action] = actionId.split(":", 1);
  if (action === SHOW_SECTION && value !== "") {
    return { tool: "get_section", arguments: { id: value } };
  }
  if (action === SEARCH.open) {
    // Search, page and section, of which the section is what it opens.
    return { tool: "get_section", arguments: { id: value.split(" ").at(-1) ?? "" } };
  }
  return action === RUN_COMMAND ? toolOfCommand(value) : undefined;
}

/** A command as buttons carry it: its name, a name or words, options as `key:value`. */
function toolOfCommand(command: string): ToolCall | undefined {
  const [name = "", ...rest] = command.trim().split(/\s+/);
  const { options, words } = optionsIn(rest);
  const { target, replay, topic, group, last } = options;
  const on = target === undefined ? {} : { target };
  switch (name) {
    case "why-slow":
      if (replay !== undefined) return { tool: "replay_diagnosis", arguments: { id: replay } };
      return ofTarget("why_slow", words, { ...on, ...defined({ topic, group, last }) });
    case "health":
      return ofTarget("health", words, on);
    case "lag":
      return words.length > 1
        ? undefined
        : { tool: "consumer_lag", arguments: { ...on, ...defined({ group: group ?? words[0] }) } };
    case "alerts":
      return words.length > 0 ? undefined : { tool: "list_incidents", arguments: on };
    case "timeline":
      return ofOne("get_incident", "incident", words);
    case "search":
    case "runbook":
      return words.length === 0
        ? undefined
        : { tool: "search_runbooks", arguments: { question: rest.join(" ") } };
    default:
      return undefined;
  }
}

type Texts = Readonly<Record<string, string>>;

function optionsIn(rest: readonly string[]) {
  const read = rest.map((word) => /^(target|replay|topic|group|last):(.+)$/.exec(word));
  const options: Partial<Record<string, string>> = Object.fromEntries(
    read.flatMap((found) => (found === null ? [] : [[found[1], found[2]]])),
  );
  return { options, words: rest.filter((_, index) => read[index] === null) };
}

function defined(values: Readonly<Record<string, string | undefined>>): Texts {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

/** A bare word is the target's name. */
function ofTarget(tool: string, words: readonly string[], given: Texts): ToolCall | undefined {
  if (words.length > 1) return undefined;
  return { tool, arguments: { ...given, ...defined({ target: given["target"] ?? words[0] }) } };
}

function ofOne(tool: string, key: string, words: readonly string[]): ToolCall | undefined {
  const [word] = words;
  return word === undefined || words.length > 1 ? undefined : { tool, arguments: { [key]: word } };
}
