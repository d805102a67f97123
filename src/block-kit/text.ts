/**
 * Strangers' text on its way to Slack.
 *
 * Alert labels, annotations, log lines and metric names come from outside. In plain_text and
 * rich_text they are text already; in mrkdwn they could mention (`<!channel>`), link or format,
 * so `&`, `<` and `>` become entities there (docs.slack.dev, "Formatting message text").
 */

/**
 * Controls, marks that turn the direction of the text around them (Unicode UAX #9), and characters
 * that nobody sees: soft hyphens, tags (which can carry a hidden message, but make the flags of England,
 * Scotland and Wales), fillers, joiners of nothing.
 * The joiners of emoji and of scripts that need them (U+200C, U+200D) stay, as do variation selectors.
 */
const INVISIBLE =
  /(\u{1F3F4}[\u{E0030}-\u{E007A}]{3,6}\u{E007F})|[\p{Bidi_Control}\u{AD}\u{115F}\u{1160}\u{200B}\u{2060}-\u{206F}\u{3164}\u{FEFF}\u{FFA0}\u{FFF0}-\u{FFFB}\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0000}-\u{E007F}]|(?![\n\t])\p{Cc}/gu;

/** Removes what could hide or reorder text; letters of every script, emoji and line ends stay. */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(INVISIBLE, (_, flag?: string) => flag ?? "");
}

/** JSON in which what `clean` takes out stands as its number: a log loses nothing, and hides nothing. */
export function withHiddenNumbered(json: string): string {
  return json.replace(INVISIBLE, (hidden, flag?: string) => flag ?? numbered(hidden));
}

function numbered(hidden: string): string {
  const units = hidden.split("").map((unit) => unit.charCodeAt(0).toString(16).padStart(4, "0"));
  return units.map((digits) => `\\u${digits}`).join("");
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
  const cleaned = clean(text).replace(/\s+/g, " ").trim();
  return cleaned.length <= most ? cleaned : withoutHalfWord(cut(cleaned, most), most);
}

/** A word of a language with spaces is seldom longer; an address may be, and is cut within. */
const LONG_WORD = 24;

/** A cut text up to a space close to its end: half a word may say something else than the word. */
function withoutHalfWord(text: string, most: number): string {
  const space = text.lastIndexOf(" ");
  const isClose = space > text.length - Math.min(LONG_WORD, most / 4);
  return isClose ? `${text.slice(0, space)}…` : text;
}

/** As the beginning of a sentence. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * Text that is safe inside mrkdwn: cut first, so that no entity is cut in half. Three backticks
 * would make code of all that follows, so they are shown as ˋˋˋ (U+02CB).
 */
export function escaped(text: string, most = 300): string {
  return withoutFormats(entities(text, most));
}

/** Single marks at the edges of words, by which Slack makes bold, italic and struck text. */
const FORMATS: readonly (readonly [edges: RegExp, likeness: string])[] = [
  [/(?<![\p{L}\p{N}*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\p{L}\p{N}*])/gu, "\u2217"],
  [/(?<![\p{L}\p{N}_])_(?=[^\s_])|(?<=[^\s_])_(?![\p{L}\p{N}_])/gu, "\u02CD"],
  [/(?<![\p{L}\p{N}~])~(?=[^\s~])|(?<=[^\s~])~(?![\p{L}\p{N}~])/gu, "\u223C"],
];

/** Where two such marks would format what is between them, they are shown by signs that look alike. */
function withoutFormats(text: string): string {
  return FORMATS.reduce(
    (shown, [edges, likeness]) =>
      (shown.match(edges) ?? []).length < 2 ? shown : shown.replace(edges, likeness),
    text,
  );
}

function entities(text: string, most: number): string {
  return cut(clean(text), most)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/`{3,}/g, (ticks) => "\u02CB".repeat(ticks.length));
}

/** Inline code in mrkdwn: a backtick inside would end it, so it is shown as ˋ (U+02CB). */
export function code(text: string, most = 300): string {
  const inside = entities(line(text, most), most).replace(/`/g, "\u02CB");
  return inside === "" ? "" : `\`${inside}\``;
}

/**
 * A link in mrkdwn. The address may be a stranger's: what would end it there, or nobody would see, stands
 * in it as addresses write such characters. The label is mrkdwn already.
 */
export function mrkdwnLink(address: string, label: string): string {
  const plain = address
    .toWellFormed()
    .replace(/[^\x21-\x7E]|[<>|]/gu, (character) => encodeURIComponent(character))
    .replaceAll("&", "&amp;");
  return `<${plain}|${label}>`;
}

/** "1 alert", "2 alerts". */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n.toLocaleString("en-US")} ${n === 1 ? noun : plural}`;
}

interface Enumeration<T> {
  readonly most: number;
  readonly textOf: (each: T) => string;
  /** Between two of them; ", " by default. */
  readonly between?: string;
}

/** The first of them in one sentence, the others counted: "a, b and 3 more". */
export function listed<T>(
  all: readonly T[],
  { most, textOf, between = ", " }: Enumeration<T>,
): string {
  const first = all.slice(0, most).map(textOf).join(between);
  return all.length > most ? `${first} and ${all.length - most} more` : first;
}
