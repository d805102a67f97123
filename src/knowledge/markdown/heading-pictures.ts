/** A title has no place for the pictures of its heading, such as a badge: they begin its section. */

import type { Heading, Nodes, Paragraph, PhrasingContent } from "mdast";
import { toString as toText } from "mdast-util-to-string";

/** A paragraph of them, or none. */
export function picturesOf(heading: Heading): Paragraph[] {
  const pictures = picturesIn(heading) as PhrasingContent[];
  if (pictures.length === 0) return [];
  const spaced = pictures.flatMap((one, at): PhrasingContent[] =>
    at === 0 ? [one] : [{ type: "text", value: " " }, one],
  );
  return [{ type: "paragraph", children: spaced }];
}

function picturesIn(node: Nodes): Nodes[] {
  if (node.type === "image" || node.type === "imageReference") return [node];
  if (!("children" in node)) return [];
  const inner = node.children.flatMap((child: Nodes) => picturesIn(child));
  const isLink = node.type === "link" || node.type === "linkReference";
  const isOfPictures = isLink && toText(node, { includeImageAlt: false }).trim() === "";
  return inner.length > 0 && isOfPictures ? [node] : inner;
}
