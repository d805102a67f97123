/**
 * Blocks as Slackbot shows them of an MCP tool's answer.
 *
 * It takes some kinds of blocks alone, and drops an answer's blocks altogether for one that it does not
 * take (docs.slack.dev, "Returning rich responses to the Slackbot MCP Client"): other kinds, addresses
 * that are not https or not public, long tables, a third chart, two elements of a block with one action.
 * A button calls a tool there (`tool:NAME`, its arguments as JSON in the value); one that names none does
 * nothing, so of what could be clicked only links and buttons of tools are left.
 */

import { LIMITS } from "./limits.ts";
import type { KnownBlock } from "./message.ts";

const TAKEN: ReadonlySet<string> = new Set([
  "card",
  "carousel",
  "container",
  "context",
  "data_table",
  "data_visualization",
  "divider",
  "header",
  "markdown",
  "rich_text",
  "section",
  "table",
]);

const MOST_CHARTS = 2;
const MOST_CHILDREN = 10;
/** Characters of a table, by its kind, and of all tables of an answer. */
const TABLE: Readonly<Record<string, number>> = { table: 10_000, data_table: 20_000 };
const ALL_TABLES = 20_000;

type Json = Readonly<Record<string, unknown>>;

/** A tool that a button calls. */
export interface ToolCall {
  readonly tool: string;
  readonly arguments: Readonly<Record<string, string>>;
}

/** The tool that does what a button of ours does; undefined where there is none. */
export type ToolOf = (actionId: string, value: string) => ToolCall | undefined;

const NO_TOOLS: ToolOf = () => undefined;

/** Characters of a button's value there. */
const MOST_VALUE = 2_000;
/** Each takes a line of its own. */
const MOST_BUTTONS = 5;

/** What of a message's blocks Slackbot shows; none when nothing is left. */
export function slackbotBlocks(
  blocks: readonly KnownBlock[],
  toolOf: ToolOf = NO_TOOLS,
): readonly Json[] {
  let charts = 0;
  let tables = 0;
  const shown = blocks.flatMap((block) => {
    if (block.type === "actions") return toolButtons(block.elements, toolOf);
    const kept = keptBlock(block, toolOf);
    if (kept === undefined) return [];
    const most = TABLE[block.type];
    if (most !== undefined) {
      const size = JSON.stringify(kept).length;
      if (size > most || tables + size > ALL_TABLES) return [];
      tables += size;
    }
    if (block.type === "data_visualization") {
      charts += 1;
      if (charts > MOST_CHARTS) return [];
    }
    return [kept];
  });
  return shown.slice(0, LIMITS.messageBlocks);
}

/** The same tool may be called by one button of a block alone: each has a block of its own. */
function toolButtons(elements: readonly object[], toolOf: ToolOf): readonly Json[] {
  return elements
    .flatMap((element) => toolButton(element, toolOf) ?? [])
    .slice(0, MOST_BUTTONS)
    .map((element) => ({ type: "actions", elements: [element] }));
}

function toolButton(element: object, toolOf: ToolOf): Json | undefined {
  if (typeOf(element) !== "button") return undefined;
  const { action_id: id, value, text } = element as Json;
  const called =
    typeof id === "string" && typeof value === "string" ? toolOf(id, value) : undefined;
  const given = called === undefined ? "" : JSON.stringify(called.arguments);
  if (called === undefined || given.length > MOST_VALUE) return undefined;
  return { type: "button", text, action_id: `tool:${called.tool}`, value: given };
}

function keptBlock(block: object, toolOf: ToolOf): Json | undefined {
  const type = typeOf(block);
  if (!TAKEN.has(type)) return undefined;
  const button = "accessory" in block ? toolButton(block.accessory as object, toolOf) : undefined;
  const plain = passive(block);
  const kept = button === undefined ? plain : { ...(plain as Json), accessory: button };
  if (typeof kept !== "object" || kept === null) return undefined;
  if (type !== "container") return kept as Json;
  const children = Reflect.get(block, "child_blocks") as readonly object[];
  const shown = children.flatMap((child) =>
    typeOf(child) === "actions"
      ? toolButtons(Reflect.get(child, "elements") as readonly object[], toolOf)
      : (keptBlock(child, toolOf) ?? []),
  );
  return shown.length === 0 ? undefined : { ...kept, child_blocks: shown.slice(0, MOST_CHILDREN) };
}

/** Without what could be clicked, and with words in place of links that lead nowhere from outside. */
function passive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(passive).filter((each) => each !== undefined);
  if (typeof value !== "object" || value === null) return value;
  if (typeOf(value) === "link" && !isPublic(Reflect.get(value, "url"))) return wordsOf(value);
  if ("image_url" in value && !isPublic(value.image_url)) return undefined;
  if ("action_id" in value) return undefined;
  const entries = Object.entries(value).flatMap(([name, each]) => {
    const kept = passive(each);
    return kept === undefined ? [] : [[name, kept] as const];
  });
  return Object.fromEntries(entries);
}

function wordsOf(link: object): Json {
  const { text, url, style } = link as { text?: string; url: string; style?: object };
  return {
    type: "text",
    text: text === undefined || text === "" ? url : text,
    ...(style === undefined ? {} : { style }),
  };
}

function typeOf(value: object): string {
  return "type" in value && typeof value.type === "string" ? value.type : "";
}

/** An https address of a host that has a public name. */
function isPublic(address: unknown): boolean {
  if (typeof address !== "string" || !URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  const isName = /\.[a-z][a-z0-9-]+$/i.test(hostname);
  return protocol === "https:" && isName && !/\.(?:local|localhost|internal)$/i.test(hostname);
}
