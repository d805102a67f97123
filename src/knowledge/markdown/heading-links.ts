/** A title is plain text: where its heading leads begins the section, unless the section leads there itself. */

import type { Heading, Nodes, Paragraph, PhrasingContent, RootContent } from "mdast";
import { toString as toText } from "mdast-util-to-string";
import type { PageLinks } from "./page-links.ts";

/** A paragraph of such links, or none. */
export function linksOf(
  heading: Heading,
  blocks: readonly RootContent[],
  { definitions }: PageLinks,
): Paragraph[] {
  const urlOf = (node: Nodes): string | undefined => {
    if (node.type === "link") return node.url;
    return node.type === "linkReference" ? definitions.get(node.identifier)?.url : undefined;
  };
  const own = linksIn(heading).filter((link) => leadsAway(link, urlOf(link)));
  if (own.length === 0) return [];
  const there = new Set(blocks.flatMap((block) => linksIn(block)).map(urlOf));
  const links = own.flatMap((link): PhrasingContent[] => {
    const url = urlOf(link) ?? "";
    if (there.has(url)) return [];
    there.add(url);
    return [{ type: "link", url, children: [{ type: "text", value: toText(link, NO_PICTURES) }] }];
  });
  const spaced = links.flatMap((one, at): PhrasingContent[] =>
    at === 0 ? [one] : [{ type: "text", value: " " }, one],
  );
  return spaced.length === 0 ? [] : [{ type: "paragraph", children: spaced }];
}

const NO_PICTURES = { includeImageAlt: false, includeHtml: false };

/** A sign behind a heading that leads to the heading itself leads nowhere, nor does a link without words. */
function leadsAway(link: Nodes, url: string | undefined): boolean {
  const isWorded = toText(link, NO_PICTURES).trim() !== "" && !isPermalink(link);
  return url !== undefined && !/^(?:#|$)/.test(url) && isWorded;
}

/** Sphinx and others write `[¶](#part)` behind a heading, which is no word of its title, and copies of their pages have it. */
export function isPermalink(node: Nodes): boolean {
  if (node.type !== "link" || !node.url.includes("#")) return false;
  return /^(?:[¶§#\u2693]|\u{1F517})$/u.test(toText(node, NO_PICTURES).trim());
}

function linksIn(node: Nodes): Nodes[] {
  if (node.type === "link" || node.type === "linkReference") return [node];
  return "children" in node ? node.children.flatMap((child: Nodes) => linksIn(child)) : [];
}
