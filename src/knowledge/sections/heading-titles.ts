/** What a heading is called, and its anchor. */

import GithubSlugger from "github-slugger";
import type { Heading, Nodes, Root } from "mdast";
import { toString as toText } from "mdast-util-to-string";
import { GIVEN_ANCHOR, givenAnchor, loneAnchor } from "../markdown/heading-anchors.ts";
import { isPermalink } from "../markdown/heading-links.ts";

/** GitHub gives every heading an anchor, also one inside a list; a page may give it another. */
export function anchorsOf(tree: Root): Map<Heading, string> {
  const slugger = new GithubSlugger();
  const anchors = new Map<Heading, string>();
  let named: string | undefined;
  const visit = (node: Nodes): void => {
    if (node.type === "heading") {
      const slug = slugger.slug(titleOf(node));
      anchors.set(node, givenAnchor(node) ?? named ?? slug);
      named = undefined;
    } else if (node.type === "html" || node.type === "paragraph") {
      named = loneAnchor(node) ?? (node.type === "html" ? named : undefined);
    }
    if ("children" in node) for (const child of node.children) visit(child);
  };
  visit(tree);
  return anchors;
}

/** `## Heading {#anchor}`: the attribute is no part of the title. */
function titleOf(heading: Heading): string {
  return toText(withSpaces(heading), { includeImageAlt: false, includeHtml: false })
    .replace(GIVEN_ANCHOR, "")
    .trim();
}

/** A line break parts two words; where a heading leads to itself says nothing. */
function withSpaces(node: Nodes): Nodes {
  if (node.type === "break") return { type: "text", value: " " };
  if (isPermalink(node)) return { type: "text", value: "" };
  if (!("children" in node)) return node;
  return Object.assign({}, node, {
    children: node.children.map((each: Nodes) => withSpaces(each)),
  });
}

/** A heading's words without markup and attributes; one that is a picture alone says what the picture shows. */
export function shownTitle(heading: Heading): string {
  const title = titleOf(heading);
  if (title !== "") return title;
  return toText(heading, { includeHtml: false }).replace(GIVEN_ANCHOR, "").trim();
}
