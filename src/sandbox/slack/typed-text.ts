/**
 * What a person types, as Slack stores it: names become ids, addresses links, and everything else
 * is escaped, so that `<!channel>` typed by hand stays these ten characters.
 */

import type { Json } from "./json.ts";

export interface Names {
  /** Lower-case name to user id. */
  readonly users: ReadonlyMap<string, string>;
  readonly channels: ReadonlyMap<string, string>;
}

export interface TypedMessage {
  readonly text: string;
  readonly blocks: readonly Json[];
}

/** Ids in angle brackets pass as mentions if they exist; a test may write them as it knows them. */
export function readTyped(typed: string, names: Names): TypedMessage {
  const parts = typed.split(/(```[\s\S]*?```)/).filter((part) => part !== "");
  const read = parts.map((part) =>
    part.startsWith("```") && part.length >= 6 ? readFence(part) : readLine(part, names),
  );
  return {
    text: read.map((part) => part.text).join(""),
    blocks: [{ type: "rich_text", elements: read.map((part) => part.element) }],
  };
}

interface TypedPart {
  readonly text: string;
  readonly element: Json;
}

function readFence(part: string): TypedPart {
  const code = part.slice(3, -3).replace(/^\n|\n$/g, "");
  const elements = [{ type: "text", text: code === "" ? " " : code }];
  return { text: escapeText(part), element: { type: "rich_text_preformatted", elements } };
}

const TOKEN = /(<[@#][A-Z0-9]+>|@[\p{L}\d_-]+|#[\p{L}\d_-]+|https?:\/\/[^\s<>|]+|`[^`\n]+`)/u;

function readLine(line: string, names: Names): TypedPart {
  const tokens = line.split(TOKEN).filter((token) => token !== "");
  const read = tokens.map((token) => readToken(token, names));
  return {
    text: read.map((part) => part.text).join(""),
    element: { type: "rich_text_section", elements: read.map((part) => part.element) },
  };
}

function readToken(token: string, names: Names): TypedPart {
  const user = findId(token, "@", names.users);
  if (user !== undefined) return { text: `<@${user}>`, element: { type: "user", user_id: user } };
  const channel = findId(token, "#", names.channels);
  if (channel !== undefined) {
    return { text: `<#${channel}>`, element: { type: "channel", channel_id: channel } };
  }
  if (/^https?:\/\//.test(token)) {
    return { text: `<${escapeText(token)}>`, element: { type: "link", url: token } };
  }
  const code = /^`(.+)`$/.exec(token)?.[1];
  const element =
    code === undefined
      ? { type: "text", text: token }
      : { type: "text", text: code, style: { code: true } };
  return { text: escapeText(token), element };
}

/** `@name` by its name, `<@U1>` by its id. */
function findId(token: string, mark: "@" | "#", known: ReadonlyMap<string, string>) {
  if (token.startsWith(mark)) return known.get(token.slice(1).toLowerCase());
  const id = token.startsWith(`<${mark}`) ? token.slice(2, -1) : undefined;
  return [...known.values()].find((each) => each === id);
}

/** docs.slack.dev, formatting: these three characters and no others. */
function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
