/**
 * A message's plain form, which is Slack's mrkdwn, as a terminal shows it (docs.slack.dev,
 * "Formatting message text"). Controls are taken out first: a server's words could steer the terminal.
 */

import { clean, line } from "../../block-kit/text.ts";
import { PROGRAM, terminalCommandNames } from "./terminal-help.ts";

export interface TerminalStyle {
  /** Bold and colours; off for a file or a pipe. */
  readonly isColoured: boolean;
  /** IANA name of the zone of all times; the machine's own when left out. */
  readonly timeZone?: string;
  /** What somebody in Slack is called, where that is known. */
  readonly nameOf?: (id: string) => string | undefined;
}

/** Code, which holds no other marks, and everything between. */
const PARTS = /```([\s\S]*?)```|`([^`\n]+)`/g;
const LINKS = /<([^<>]+)>/g;
/** A pair of asterisks around words; a lone one is a sign like any other. */
const BOLD = /(?<![\w*])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])/g;

/** The text, without a line end behind it. */
export function terminalText(mrkdwn: string, style: TerminalStyle): string {
  const text = clean(mrkdwn);
  let shown = "";
  let end = 0;
  for (const { index, 0: whole, 1: block, 2: code = "" } of text.matchAll(PARTS)) {
    shown += words(text.slice(end, index), style);
    shown += block === undefined ? paint(plainCode(code), "36", style) : indented(plainCode(block));
    end = index + whole.length;
  }
  return (shown + words(text.slice(end), style)).trimEnd();
}

function words(text: string, style: TerminalStyle): string {
  const linked = text.replace(LINKS, (_, inside: string) => linkText(inside, style));
  return typedHere(entities(linked.replace(BOLD, (_, bold: string) => paint(bold, "1", style))));
}

/** In Slack a command stands behind a slash, here behind the program's name; some are in Slack only. */
function typedHere(text: string): string {
  return text.replace(SLASH, (typed, before: string, name: string) =>
    terminalCommandNames().includes(name) ? `${before}${PROGRAM} ${name}` : typed,
  );
}

const SLASH = /(^|[\s(])\/streamline ([a-z-]+)/g;

function plainCode(text: string): string {
  return typedHere(entities(text));
}

function indented(block: string): string {
  const lines = block.replace(/^\n|\n$/g, "").split("\n");
  return lines.map((line) => `    ${line}`).join("\n");
}

function linkText(inside: string, style: TerminalStyle): string {
  const date = /^!date\^(\d+)\^[^|]*(?:\|(.*))?$/.exec(inside);
  if (date !== null) return localTime(Number(date[1]) * 1_000, style);
  const [target = "", label] = inside.split("|", 2);
  const [, group] = /^!subteam\^(\w+)$/.exec(target) ?? [];
  if (group !== undefined) return `Slack group ${group}`;
  if (target.startsWith("!")) return `@${label ?? target.slice(1)}`;
  if (target.startsWith("@")) return label ?? personText(target.slice(1), style);
  if (target.startsWith("#")) return label === undefined ? target : `#${label}`;
  return label === undefined || label === target ? target : `${label} (${target})`;
}

/** An id alone says nothing outside of Slack: it is said what it is. */
function personText(id: string, { nameOf }: TerminalStyle): string {
  const name = nameOf?.(id);
  // Entities are read afterwards, and a name has none.
  return name === undefined ? `Slack user ${id}` : line(name, 80).replaceAll("&", "&amp;");
}

function localTime(ms: number, { timeZone }: TerminalStyle): string {
  const format = new Intl.DateTimeFormat("en-GB", {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  return format.format(ms);
}

function entities(text: string): string {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

function paint(text: string, code: string, { isColoured }: TerminalStyle): string {
  return isColoured ? `\u001B[${code}m${text}\u001B[0m` : text;
}
