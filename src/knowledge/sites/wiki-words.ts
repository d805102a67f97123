/**
 * Links of wikis that have their words first, `[[Set it up|Set-it-up]]` of Gollum, which GitHub's wikis have, and of
 * Dendron -> with the page first, as Obsidian has them. Which of both a page's author writes, its own links tell.
 */

import { linesOfFences } from "../lines/fences.ts";

/** Code, or a link with two parts, in a table with a backslash before its pipe. */
const CODE_OR_LINK =
  /(?<!`)(`+)(?!`)[^`]*\1(?!`)|(?<![![{])\[\[([^\][|\n\\]{1,300}?)(\\?\|)([^\][|\n\\]{1,300})\]\](?![[(])/g;
const PATH = /^\.{0,2}\/\S+$/;
/** `team.on-call.escalate` */
const NAME_OF_DENDRON = /^[a-z][\w-]*(?:\.[a-z][\w-]*){2,}$/;

/** The same lines, as many as before. */
export function plainWikiWords(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => line.includes("[[") && line.includes("|"))) return lines;
  const isCode = linesOfFences(lines);
  const own = lines.filter((_, at) => isCode[at] !== true);
  const links = own.flatMap((line) => [...line.matchAll(CODE_OR_LINK)].filter(([, code]) => !code));
  const first = links.filter(([, , left = "", , right = ""]) => isPage(right, left)).length;
  const last = links.filter(([, , left = "", , right = ""]) => isPage(left, right)).length;
  if (first <= last) return lines;
  return lines.map((line, at) =>
    isCode[at] === true
      ? line
      : line.replace(CODE_OR_LINK, (all, code, left, bar, right) =>
          code === undefined ? `[[${fileOf(String(right).trim())}${bar}${left}]]` : all,
        ),
  );
}

/** Whether a part of a link can only be the page that the other part's words lead to. */
function isPage(part: string, words: string): boolean {
  const page = part.trim().replace(/#.*$/, "");
  const own = words.trim().toLowerCase();
  const isName = own.includes(" ") && page.toLowerCase() === own.replace(/\s+/g, "-");
  return isName || PATH.test(page) || (NAME_OF_DENDRON.test(page) && !NAME_OF_DENDRON.test(own));
}

/** A name with dots is a file's without its ending; they would be taken for one. */
function fileOf(page: string): string {
  const [name = "", ...anchor] = page.split("#");
  return [NAME_OF_DENDRON.test(name) ? `${name}.md` : name, ...anchor].join("#");
}
