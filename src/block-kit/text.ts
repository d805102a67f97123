/**
 * Strangers' text on its way to Slack.
 *
 * Alert labels, annotations, log lines and metric names come from outside. In plain_text and
 * rich_text they are text already; in mrkdwn they could mention (`<!channel>`), link or format,
 * so `&`, `<` and `>` become entities there (docs.slack.dev, "Formatting message text").
 */

/** Controls, and the marks that turn the direction of the text around them (Unicode UAX #9). */
const INVISIBLE = /[\p{Bidi_Control}\u{200B}\u{2060}\u{FEFF}]|(?![\n\t])\p{Cc}/gu;

/** Removes what could hide or reorder text; letters of every script, emoji and line ends stay. */
export function clean(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, "\n").replace(INVISIBLE, "");
}

/** Cuts to at most `most` UTF-16 units, never inside a character, ending in "…" when cut. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = text.slice(0, Math.max(0, most - 1));
  const whole = /[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head;
  return `${whole}…`;
}

/** What must not be torn apart in mrkdwn: a code block, code, a link, an entity, a character. */
const WHOLES = /```.*?```|`[^`\n]*`|<[^<>]*>|&[a-z]+;|./gsu;

/** The same for mrkdwn that is already escaped. */
export function cutMrkdwn(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = 0;
  for (const { index, 0: whole } of text.matchAll(WHOLES)) {
    if (index + whole.length > most - 1) break;
    end = index + whole.length;
  }
  return `${text.slice(0, end).trimEnd()}…`;
}

/** One line of cleaned text of at most `most` characters, for plain_text and rich_text. */
export function line(text: string, most = 300): string {
  return cut(clean(text).replace(/\s+/g, " ").trim(), most);
}

/**
 * Text that is safe inside mrkdwn: cut first, so that no entity is cut in half. Three backticks
 * would make code of all that follows, so they are shown as ˋˋˋ (U+02CB).
 */
export function escaped(text: string, most = 300): string {
  return cut(clean(text), most)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/`{3,}/g, (ticks) => "\u02CB".repeat(ticks.length));
}

/** Inline code in mrkdwn: a backtick inside would end it, so it is shown as ˋ (U+02CB). */
export function code(text: string, most = 300): string {
  const inside = escaped(line(text, most), most).replace(/`/g, "\u02CB");
  return inside === "" ? "" : `\`${inside}\``;
}

/** "1 alert", "2 alerts". */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n.toLocaleString("en-US")} ${n === 1 ? noun : plural}`;
}
