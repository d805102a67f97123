/** What a page is called, above its sections and wherever it is named. */
import { baseName, isFolderPage } from "./base-name.ts";
import { cutSections } from "./sections/cut-sections.ts";
import type { RawSection } from "./sections/section-pieces.ts";

/**
 * The title from front matter, or else the page's own heading, or else the name of its file; that of its
 * folder for a README or an index.
 */
export function pageTitle(
  written: string | undefined,
  sections: readonly RawSection[],
  file: string,
): string {
  const name = nameOf(file);
  return plainTitle(written) ?? topHeading(sections) ?? headingLike(name, sections) ?? name;
}

/** Sites show a title in front matter as HTML, too: its tags, entities and shortcodes are none of its words. */
function plainTitle(title: string | undefined): string | undefined {
  if (title === undefined || !/<[a-z/]|&#?\w+;|\{\{[<%]/i.test(title)) return title;
  const cut = cutSections(`# ${title.replace(/\s+/g, " ")}`);
  return topHeading(cut.sections) ?? title;
}

function topHeading(sections: readonly RawSection[]): string | undefined {
  const first = sections.find(({ level }) => level > 0);
  return first?.level === 1 && first.title !== "" ? first.title : undefined;
}

/**
 * Commands that write their own pages begin them with a second heading, `## kops create` in kops_create.md:
 * one that stands above all others and says the file's name in words is the page's.
 */
function headingLike(name: string, sections: readonly RawSection[]): string | undefined {
  const [first, ...others] = sections.filter(({ level }) => level > 0);
  if (first === undefined || others.some(({ level }) => level <= first.level)) return undefined;
  const said = new Set(wordsOf(first.title));
  return wordsOf(name).every((word) => said.has(word)) ? first.title : undefined;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

function nameOf(file: string): string {
  const name = baseName(file);
  const folder = file.split("/").at(-2);
  return spelledOut(folder !== undefined && isFolderPage(name) ? folder : name);
}

/** Outliners and wikis write in a file's name what no file may be called, `Disk%3A full.md`, and links of theirs. */
function spelledOut(name: string): string {
  const words = name.replace(/\[\[([^\][]+)\]\]/g, "$1 ").trim();
  if (!/%[\dA-F]{2}/i.test(words)) return words;
  try {
    return decodeURIComponent(words).replace(/\s+/g, " ");
  } catch {
    return words;
  }
}
