/**
 * Slack's mrkdwn as rich text, which slack-blocks-to-jsx draws; its own mrkdwn reader takes the
 * asterisks inside code for bold. Pure. Rules: docs.slack.dev, formatting message text.
 */

import type { Json } from "../slack/page-protocol.ts";
import { emojiPieces } from "./emoji-names.ts";

type Style = Readonly<Record<string, true>>;

/** The parts of a `rich_text` block: sections, preformatted parts, quotes. */
export function readMrkdwn(text: string): readonly Json[] {
  const parts = text.split(/```\n?([\s\S]*?)\n?```\n?/);
  return parts.flatMap((part, index) => {
    const isFence = index % 2 === 1;
    if (isFence) return part === "" ? [] : [preformatted(part)];
    return part === "" ? [] : readLines(part);
  });
}

/** Digits between colons are a port or a time, but for :100: and :1234:. */
const EMOJI = /(:(?!(?!1(?:00|234):)\d+:)[a-z0-9_+-]+:)/;

/** A plain text: nothing in it has a meaning but the names of emoji. */
export function readPlain(text: string): readonly Json[] {
  const pieces = text.split(EMOJI).filter((piece) => piece !== "");
  const elements = pieces.flatMap((piece): Json[] =>
    EMOJI.test(piece) ? [{ type: "emoji", name: piece.slice(1, -1) }] : textElements(piece, {}),
  );
  return elements.length === 0 ? [] : [{ type: "rich_text_section", elements }];
}

function preformatted(code: string): Json {
  return {
    type: "rich_text_preformatted",
    elements: [{ type: "text", text: unescapeText(code) }],
  };
}

const QUOTE = /^(?:&gt;|>) ?/;

/** Lines that begin with ">" are quotes; the others stay together. */
function readLines(text: string): Json[] {
  const parts: { isQuote: boolean; lines: string[] }[] = [];
  for (const line of text.split("\n")) {
    const isQuote = QUOTE.test(line);
    const own = isQuote ? line.replace(QUOTE, "") : line;
    const last = parts.at(-1);
    if (last?.isQuote === isQuote) last.lines.push(own);
    else parts.push({ isQuote, lines: [own] });
  }
  return parts
    .map(({ isQuote, lines }) => ({ isQuote, elements: readInline(lines.join("\n"), {}) }))
    .filter(({ elements }) => elements.length > 0)
    .map(({ isQuote, elements }) => ({
      type: isQuote ? "rich_text_quote" : "rich_text_section",
      elements,
    }));
}

/** Code, then what stands in angle brackets, then *bold*, _italic_ and ~struck~ words, then emoji. */
const INLINE =
  /`([^`\n]+)`|<([^<>\n]+)>|(?<![\p{L}\p{N}])([*_~])(?=\S)([^\n]*?\S)\3(?![\p{L}\p{N}])|:(?!(?!1(?:00|234):)\d+:)([a-z0-9_+-]+):/gu;

const STYLES: Readonly<Record<string, string>> = { "*": "bold", _: "italic", "~": "strike" };

function readInline(text: string, style: Style): Json[] {
  const found: Json[] = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, angle, mark, inner, emoji] = match;
    found.push(...plainPiece(text.slice(from, match.index), style));
    from = match.index + whole.length;
    if (code !== undefined) found.push(...plainPiece(code, { ...style, code: true }));
    else if (angle !== undefined) found.push(readAngle(angle, style));
    else if (mark !== undefined) {
      found.push(...readInline(inner ?? "", { ...style, [STYLES[mark] ?? ""]: true }));
    } else found.push({ type: "emoji", name: emoji });
  }
  return [...found, ...plainPiece(text.slice(from), style)];
}

function plainPiece(text: string, style: Style): Json[] {
  return textElements(unescapeText(text), style);
}

function textElements(text: string, style: Style): Json[] {
  return emojiPieces(text).map((piece) =>
    "name" in piece
      ? { type: "emoji", name: piece.name }
      : { type: "text", text: piece.words, ...styled(style) },
  );
}

/** `<@U1>`, `<#C1>`, `<!here>`, `<!date^…>`, `<https://…|words>`. */
function readAngle(angle: string, style: Style): Json {
  const [target, label] = split(angle, "|");
  const id = target.slice(1);
  if (target.startsWith("@")) return { type: "user", user_id: id, ...styled(style) };
  if (target.startsWith("#")) return { type: "channel", channel_id: id, ...styled(style) };
  if (target.startsWith("!")) return readCommand(id, label);
  const words = label === undefined ? {} : { text: unescapeText(label) };
  return { type: "link", url: unescapeText(target), ...words, ...styled(style) };
}

function readCommand(command: string, label: string | undefined): Json {
  const [name = "", first = "", format = ""] = command.split("^");
  if (name === "subteam") return { type: "usergroup", usergroup_id: first };
  if (name === "date") {
    const fallback = label ?? "";
    return { type: "date", timestamp: Number(first), format, fallback };
  }
  if (["here", "channel", "everyone"].includes(name)) return { type: "broadcast", range: name };
  return { type: "text", text: label ?? `<!${command}>` };
}

function split(text: string, mark: string): [string, string?] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function styled(style: Style): Json {
  return Object.keys(style).length === 0 ? {} : { style };
}

function unescapeText(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
