/** Which tags without attributes are components, and which placeholders of a command. */

const ENDED_TAG = /<\/([A-Z][\w.]*|note|tip|hint|info|warning|caution|danger|important)\s*>/g;

/** The names that a page ends somewhere: those are components. */
export function endedNames(lines: readonly string[]): ReadonlySet<string | undefined> {
  const tags = lines.filter((line) => line.includes("</"));
  return new Set(tags.flatMap((line) => Array.from(line.matchAll(ENDED_TAG), ([, name]) => name)));
}

/** A tag without attributes, or with such as have no value, is a component when the page ends it somewhere, and a placeholder otherwise. */
const BARE_TAG = /(`+[^`]*`+)|<([A-Z][\w.]*)((?:\s+[a-z][\w-]*)*)>/g;

/** Tags without attributes as components, where the page ends them: an attribute tells one from a placeholder. */
export function withEndedNames(line: string, ended: ReadonlySet<string | undefined>): string {
  return withRemarkTags(line, ended).replace(
    BARE_TAG,
    (tag, code?: string, name?: string, words = "") =>
      code === undefined && ended.has(name) ? `<${name} is=""${words}>` : tag,
  );
}

/** `<warning>` of Writerside, and of those who write a component's name small: no HTML. */
const REMARK_TAG =
  /(`+[^`]*`+)|<(\/?)(note|tip|hint|info|warning|caution|danger|important)((?:\s+[\w-]+="[^"<>]*")*)\s*>/g;

function withRemarkTags(line: string, ended: ReadonlySet<string | undefined>): string {
  if (!line.includes("<")) return line;
  return line.replace(REMARK_TAG, (tag, code?: string, end = "", name = "", words = "") => {
    if (code !== undefined || !ended.has(name)) return tag;
    const component = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
    return end === "" ? `<${component} is=""${words}>` : `</${component}>`;
  });
}
