/** Tags of site generators within a line of words. */

import { includedFile } from "./included-file.ts";
import { argumentsOf } from "./shortcode-words.ts";
import { isNote, SITE_SYNTAXES, type SiteTag, siteTagOf, tagEnd } from "./site-tag.ts";
import { remarkOfTag } from "./tag-titles.ts";
import { wordsOfTag } from "./tag-words.ts";

/** A tag given as a name to another, as who copies too much writes: `name="{% src="a" name="b.txt" %}"`. */
const NAMED_BY_TAG = /(?<=\sname=)"\{%-?(?:[^%{}"]|"[^"{}]*")*?\sname="([^"{}]*)"[^%{}"]*%\}"/g;

/** Tags within a line: their words stay, and the body of each. */
export function withoutTags(written: string): string {
  const text = written.includes('"{%') ? written.replace(NAMED_BY_TAG, '"$1"') : written;
  return SITE_SYNTAXES.reduce((rest, [syntax, pattern]) => {
    /** What open components say besides what they hold, such as the words of a tooltip. */
    const open: string[] = [];
    const isEndedIn = endsIn(rest);
    const plain = rest.replace(new RegExp(pattern, "g"), (...found) => {
      const match = found.slice(0, 5) as unknown as RegExpExecArray;
      const tag = siteTagOf(match, syntax);
      if (tag === undefined) return match[0] ?? "";
      const isEnded = syntax === "shortcode" && isEndedIn(tag);
      const isAlone = syntax === "jsx" || isEnded ? tag.isSelfClosing : !tag.isClosing;
      if (isBranch(tag)) return " ";
      // In Liquid, a box may go on below its line.
      if (isNote(tag) && (isEnded || syntax === "liquid"))
        return tag.isClosing ? "" : `**${remarkOfTag(tag) ?? ""}:** `;
      if (isAlone) {
        const said = wordsOfTag(tag) || wordInSentence(tag, found);
        const isOther = said.startsWith(includedFile("")) || said.startsWith("`");
        return syntax === "jsx" || isOther ? apart(said, found) : said;
      }
      if (tag.isClosing) return inBrackets(open.pop());
      // Around words, a label of one word names what they belong to.
      const words = isEnded ? tag.words.replace(/\blabel="[^"\s]*"/, "") : tag.words;
      open.push(wordsOfTag({ ...tag, words }));
      return syntax === "jsx" && isBehindOther(found) ? " " : "";
    });
    return plain + open.map(inBrackets).join("");
  }, text);
}

/** Whether a text ends a tag: it is searched once for each name. */
function endsIn(text: string): (tag: SiteTag) => boolean {
  const known = new Map<string, boolean>();
  return (tag) => {
    const isEnded = known.get(tag.name) ?? tagEnd(tag).test(text);
    known.set(tag.name, isEnded);
    return isEnded;
  };
}

/** What only looks, or lays out. */
const MERE_LOOK =
  /(?:SVG|Icon|Badge|Spinner|Indicator|Skeleton|Image|Img|Logo|Emoji|Stars|Avatar|Warning|Divider|Spacer|Anchor|Break|Br)$/;

/** `with the <ProductName /> proxy`: only the component knows the word, and the sentence lacks it. */
function wordInSentence(tag: SiteTag, found: readonly string[]): string {
  const [all = "", , , , , at, text = ""] = found;
  const own = tag.syntax === "jsx" ? wordOfComponent(tag) : argumentsOf(tag);
  if (own === "") return "";
  const from = Number(at);
  const isWithin =
    /[\p{L}\d,:(] $/u.test(text.slice(Math.max(0, from - 2), from)) &&
    /^(?:[.,;:!?)]| [\p{Ll}(])/u.test(text.slice(from + all.length));
  return isWithin ? own : "";
}

function wordOfComponent({ name, words }: SiteTag): string {
  return words.trim() !== "" || MERE_LOOK.test(name) ? "" : `\`${name}\``;
}

/** A picture or an icon says its words apart from those beside it. */
function apart(words: string, [all = "", , , , , at, text = ""]: readonly string[]): string {
  const from = Number(at);
  if (words === "") return "";
  const before = /[\p{L}\d>]$/u.test(text.slice(0, from).slice(-2)) ? " " : "";
  return `${before}${words}${/^[\p{L}\d<]/u.test(text.slice(from + all.length)) ? " " : ""}`;
}

/** `<Badge>New</Badge><Badge>Beta</Badge>`: a site sets components apart that stand side by side. */
function isBehindOther([, , , , , at, text = ""]: readonly string[]): boolean {
  const from = Number(at);
  return /<\/[A-Z][\w.]{0,40}>$/.test(text.slice(Math.max(0, from - 50), from));
}

/** Liquid shows one of several texts; all of them are written behind each other. */
function isBranch({ name, syntax }: SiteTag): boolean {
  return syntax === "liquid" && /^(?:else|elsif|elseif|when)$/.test(name);
}

function inBrackets(words = ""): string {
  return words === "" ? "" : ` (${words})`;
}
