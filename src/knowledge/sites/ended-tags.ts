/** Which tags without attributes are components, and which placeholders of a command. */

/** Names that remarks, tabs and boxes have where their authors write components small; none is HTML. */
export const SMALL_NAMES =
  "note|tip|hint|info|warning|caution|danger|important|tabs?|tab-group|box|panel|callout|accordion(?:-group)?|expander|" +
  "expandable|collapsible|highlight|procedure|terminal|modal|popover|tooltip|trigger|cards?|card-?group|cardstack|steps?|" +
  "quiz|question|q-option|dropdown|md|markdown";

const ENDED_TAG = new RegExp(`</([A-Z][\\w.]*|${SMALL_NAMES})\\s*>`, "g");

/** The names that a page ends somewhere: those are components. */
export function endedNames(lines: readonly string[]): ReadonlySet<string | undefined> {
  const tags = lines.filter((line) => line.includes("</"));
  return new Set(tags.flatMap((line) => Array.from(line.matchAll(ENDED_TAG), ([, name]) => name)));
}

/** A tag without attributes, or with such as have no value, is a component when the page ends it somewhere, and a placeholder otherwise. */
const BARE_TAG = /(`+[^`]*`+)|<([A-Z][\w.]*)((?:\s+[a-z][\w-]*)*)>/g;

/** Tags without attributes as components, where the page ends them: an attribute tells one from a placeholder. */
export function withEndedNames(line: string, ended: ReadonlySet<string | undefined>): string {
  const html = /<[^<>]*\s@[a-z]/.test(line) ? withoutHandlers(line) : line;
  return withRemarkTags(html, ended).replace(
    BARE_TAG,
    (tag, code?: string, name?: string, words = "") =>
      code === undefined && ended.has(name) ? `<${name} is=""${words}>` : tag,
  );
}

/** A tag with what Vue and WebC do by it, `<a-card @click="go">`: no parser of HTML in Markdown takes such a name. */
const HANDLER_TAG =
  /(`+[^`]*`+)|<[a-z][\w-]*(?:\s+[@:a-z][\w:.-]*(?:="[^"]*"|='[^']*')?){1,50}\s*\/?>/gi;

/** What WebC gives a component by such a name is shown like the same attribute; no event of Vue is called so. */
const GIVEN = /(\s)@(?=(?:alt|caption|description|heading|href|label|src|summary|title)=["'])/g;
/** Or a value in quotes, which may say `@team/name`. */
const HANDLER = /("[^"]*"|'[^']*')|\s@[a-z][\w:.-]*(?:="[^"]*"|='[^']*')?/gi;

function withoutHandlers(line: string): string {
  return line.replace(HANDLER_TAG, (tag, code?: string) =>
    code === undefined ? tag.replace(GIVEN, "$1").replace(HANDLER, "$1") : tag,
  );
}

/** `<warning>` of Writerside, `<tab label='Linux'>` and `<box type="tip" seamless>` of MarkBind. */
const REMARK_TAG = new RegExp(
  `(\`+[^\`]*\`+)|<(/?)(${SMALL_NAMES})((?:\\s+[\\w:.-]+(?:\\s?="[^"]*"|='[^']*'|=[\\w.%-]+)?)*)\\s*(/?)>`,
  "g",
);

/** A value without quotes, behind a name. */
const UNQUOTED = /(?<=\s[\w:.-]{1,50})\s?=(?:([\w.%-]+)(?=\s|$)|(?="))/g;

function withRemarkTags(line: string, ended: ReadonlySet<string | undefined>): string {
  if (!line.includes("<")) return line;
  return line.replace(
    REMARK_TAG,
    (tag, code?: string, end = "", name = "", words = "", last = "") => {
      const isWhole = last !== "" && String(words).includes("=");
      if (code !== undefined || !(ended.has(name) || isWhole)) return tag;
      const component = String(name).replace(/(?:^|-)[a-z]/g, (sign) =>
        sign.slice(-1).toUpperCase(),
      );
      // Neither code nor a tag would end within a value.
      const given = String(words)
        .replace(UNQUOTED, (_, value?: string) => (value === undefined ? "=" : `="${value}"`))
        .replace(/`/g, "")
        .replace(/\s*<br\s*\/?>/gi, " ")
        .replace(/</g, "&lt;")
        .replace(/>/g, "&gt;");
      return end === "" ? `<${component} is=""${given}${last}>` : `</${component}>`;
    },
  );
}
