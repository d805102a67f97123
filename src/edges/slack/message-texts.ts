/** What a message says, wherever it says it: text, attachments, blocks. Slack's markup becomes words. */

/** A message of another app can nest blocks; deeper than this nobody reads. */
const DEEPEST = 12;
/** Characters of one message that are read; a pasted log may be long. */
export const MOST_CHARACTERS = 12_000;

/** Keys under which Slack's JSON keeps what a person reads, in the order in which it is read. */
const READ = ["pretext", "title", "text", "fallback", "value", "fields", "elements", "blocks"];
const NESTED = ["attachments", "rows", "child_blocks"];

/** All texts in reading order, each once, without Slack's markup. */
export function textsOf(message: object): string[] {
  const texts = new Set<string>();
  collect(message, texts, 0);
  let room = MOST_CHARACTERS;
  return [...texts].flatMap((text) => {
    const part = text.slice(0, Math.max(0, room));
    room -= part.length;
    return part === "" ? [] : [part];
  });
}

function collect(value: unknown, texts: Set<string>, depth: number): void {
  if (depth > DEEPEST) return;
  if (typeof value === "string") {
    const text = plainWords(value).trim();
    if (text !== "") texts.add(text);
  } else if (Array.isArray(value)) {
    for (const each of value) collect(each, texts, depth + 1);
  } else if (typeof value === "object" && value !== null) {
    const fields = new Map<string, unknown>(Object.entries(value));
    for (const name of [...READ, ...NESTED]) collect(fields.get(name), texts, depth + 1);
  }
}

/** What was written, without Slack's markup. */
export function plainWords(text: string): string {
  return withoutEntities(unlinked(text));
}

/** Slack links whatever looks like an address, as in a pasted log line: the words remain. */
function unlinked(text: string): string {
  return text.replace(/<(?:[^<>|]*\|)?([^<>|]*)>/g, "$1");
}

/** Slack writes `&`, `<` and `>` as entities (docs.slack.dev, "Formatting message text"). */
export function withoutEntities(text: string): string {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}
