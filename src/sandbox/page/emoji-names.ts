/**
 * Emoji that a text holds as characters, by Slack's names: Slack draws them alike on every machine,
 * with or without a font for them. Names: the emoji-data that Slack publishes.
 */

const NAMES: Readonly<Record<string, string>> = {
  "🔴": "red_circle",
  "🟠": "large_orange_circle",
  "🟡": "large_yellow_circle",
  "🟢": "large_green_circle",
  "🔵": "large_blue_circle",
  "⚪": "white_circle",
  "⚠": "warning",
  "✅": "white_check_mark",
  "⛔": "no_entry",
  "🚨": "rotating_light",
  "🔔": "bell",
  "🔕": "no_bell",
  "🔍": "mag",
  "🔎": "mag",
  "📖": "book",
  "📈": "chart_with_upwards_trend",
  "⏳": "hourglass_flowing_sand",
  "👀": "eyes",
  "🔁": "repeat",
  "🔀": "twisted_rightwards_arrows",
  "🧹": "broom",
  "⏰": "alarm_clock",
  "➡": "arrow_right",
  "⬆": "arrow_up",
  "🌩": "lightning",
  "📄": "page_facing_up",
  "📣": "mega",
  "🔊": "loud_sound",
  "🤝": "handshake",
  "❓": "question",
  "📋": "clipboard",
  "🧪": "test_tube",
  "📎": "paperclip",
};

const KNOWN = new RegExp(`(${Object.keys(NAMES).join("|")})\\uFE0F?`, "gu");

/** A text cut where such an emoji stands: words, or the name of one. */
export type EmojiPiece = { readonly words: string } | { readonly name: string };

/** The text in its order: words, and names of emoji. */
export function emojiPieces(text: string): readonly EmojiPiece[] {
  const pieces: EmojiPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(KNOWN)) {
    if (match.index > from) pieces.push({ words: text.slice(from, match.index) });
    pieces.push({ name: NAMES[match[1] ?? ""] ?? "" });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ words: text.slice(from) });
  return pieces;
}
