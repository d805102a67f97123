/**
 * Blocks as Slackbot shows them of an MCP tool's answer.
 *
 * It takes some kinds of blocks alone, and drops an answer's blocks altogether for one that it does not
 * take (docs.slack.dev, "Returning rich responses to the Slackbot MCP Client"): other kinds, addresses
 * that are not https or not public, long tables, a third chart. A button that names no tool does nothing
 * there, so only links are left of what could be clicked.
 */

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

const MOST_BLOCKS = 50;
const MOST_CHARTS = 2;
/** Characters of a table, by its kind, and of all tables of an answer. */
const TABLE: Readonly<Record<string, number>> = { table: 10_000, data_table: 20_000 };
const ALL_TABLES = 20_000;

type Json = Readonly<Record<string, unknown>>;

/** What of a message's blocks Slackbot shows; none when nothing is left. */
export function slackbotBlocks(blocks: readonly KnownBlock[]): readonly Json[] {
  let charts = 0;
  let tables = 0;
  const shown = blocks.flatMap((block) => {
    const kept = keptBlock(block);
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
  return shown.slice(0, MOST_BLOCKS);
}

function keptBlock(block: object): Json | undefined {
  const type = typeOf(block);
  if (!TAKEN.has(type)) return undefined;
  const kept = passive(block);
  if (typeof kept !== "object" || kept === null) return undefined;
  if (type !== "container") return kept as Json;
  const children = Reflect.get(block, "child_blocks") as readonly object[];
  const shown = children.flatMap((child) => keptBlock(child) ?? []);
  return shown.length === 0 ? undefined : { ...kept, child_blocks: shown };
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
