/** Where a section leads inside the knowledge folder: such paths are no addresses for a reader in a chat. */

import type { Link, Nodes } from "mdast";
import { toString as toText } from "mdast-util-to-string";
import { parseMarkdown } from "../markdown/markdown.ts";
import type { Section } from "../page.ts";

export type SectionLink = {
  /** The id of a section, or the file of a page. */
  id: string;
  /** The words that led there. */
  label: string;
};

export type LinkedSection = {
  /** The section with the words of such links in place of the links. */
  markdown: string;
  /** Each place once, in order. */
  links: readonly SectionLink[];
};

/** Every link with a path of its own has it, and most sections have none: a parser takes milliseconds. */
const LINK = "](";

/** Takes the links to other pages of the folder, and to other sections, out of a section's text. */
export function withoutPageLinks({
  file,
  markdown,
}: Pick<Section, "file" | "markdown">): LinkedSection {
  if (!markdown.includes(LINK)) return { markdown, links: [] };
  const found = linksIn(parseMarkdown(markdown)).flatMap((node) => {
    const id = idOf(node.url, file);
    const from = node.position?.start.offset;
    const to = node.position?.end.offset;
    if (id === undefined || from === undefined || to === undefined) return [];
    return [{ id, label: toText(node), from, to, words: wordsOf(node, markdown) }];
  });
  let text = "";
  let end = 0;
  for (const { from, to, words } of found) {
    text += markdown.slice(end, from) + words;
    end = to;
  }
  const byId = Map.groupBy(found, ({ id }) => id);
  const links = [...byId].flatMap(([id, [first]]) =>
    first === undefined ? [] : [{ id, label: first.label }],
  );
  return { markdown: text + markdown.slice(end), links };
}

function linksIn(node: Nodes): Link[] {
  if (node.type === "link") return [node];
  return "children" in node ? node.children.flatMap((child: Nodes) => linksIn(child)) : [];
}

/** The label as it is written, code and bold type included. */
function wordsOf({ children }: Link, markdown: string): string {
  const from = children[0]?.position?.start.offset;
  const to = children.at(-1)?.position?.end.offset;
  return from === undefined || to === undefined ? "" : markdown.slice(from, to);
}

/** Undefined for what leads out of the folder, or nowhere. */
function idOf(url: string, file: string): string | undefined {
  const [path = "", anchor] = url.split("#", 2);
  if (/^[a-z][\w+.-]*:/i.test(url) || path.startsWith("/")) return undefined;
  if (path === "") return anchor === undefined || anchor === "" ? undefined : `${file}#${anchor}`;
  if (!/\.md$/i.test(path)) return undefined;
  const target = URL.parse(path, `http://folder/${file}`)?.pathname.slice(1);
  if (target === undefined) return undefined;
  const place = decoded(target);
  if (place === undefined) return undefined;
  return anchor === undefined ? place : `${place}#${anchor}`;
}

function decoded(path: string): string | undefined {
  try {
    return decodeURI(path);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
