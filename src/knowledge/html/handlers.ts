/** How elements of HTML become Markdown where the library's own way loses what they say. */

import { defaultHandlers, type State } from "hast-util-to-mdast";
import type { Heading, Html, InlineCode, Link, PhrasingContent } from "mdast";
import { withoutAnchor } from "../markdown/heading-anchors.ts";

export type Element = Parameters<(typeof defaultHandlers)["h1"]>[1];
type Parent = {
  readonly children: readonly { readonly type: string; readonly tagName?: string }[];
};

/** What is played or framed stands elsewhere: its title, or else its address, leads there. */
function framed(state: State, element: Element): PhrasingContent[] {
  const { title } = element.properties;
  const address = addressOf(element);
  const words = element.tagName === "iframe" ? [] : (state.all(element) as PhrasingContent[]);
  if (address === undefined) return words;
  const named = typeof title === "string" && title !== "" ? title : undefined;
  const label = named ?? address.replace(/[?#].*$/, "");
  const link: Link = { type: "link", url: address, children: [{ type: "text", value: label }] };
  return words.length === 0 ? [link] : [link, { type: "text", value: " " }, ...words];
}

function addressOf(element: Element): string | undefined {
  const { src, data } = element.properties;
  const own = [src, data].find((each) => typeof each === "string" && !each.startsWith("data:"));
  if (typeof own === "string" && own !== "") return own;
  const source = element.children.find(
    (child) => child.type === "element" && child.tagName === "source",
  );
  return source?.type === "element" ? addressOf(source) : undefined;
}

const DRAWN_WORDS = /^(?:title|desc|text)$/i;

/** What stands in a drawing: each text apart, as it says no more of where it stands. */
function drawnWords(node: Element["children"][number]): string[] {
  if (node.type !== "element") return [];
  if (!DRAWN_WORDS.test(node.tagName)) return node.children.flatMap(drawnWords);
  const words = (part: Element["children"][number]): string => {
    if (part.type === "text") return part.value;
    return part.type === "element" ? part.children.map(words).join(" ") : "";
  };
  const said = words(node).replace(/\s+/g, " ").trim();
  return said === "" ? [] : [said];
}

/** Some frame a picture as a key: code holds none. */
function framedPicture(state: State, element: Element): InlineCode | PhrasingContent[] {
  return holdsPicture(element)
    ? (state.all(element) as PhrasingContent[])
    : defaultHandlers.kbd(state, element);
}

function holdsPicture(node: Element["children"][number]): boolean {
  if (node.type !== "element") return false;
  return node.tagName === "img" || node.children.some(holdsPicture);
}

/** Code that links within it, `<code>List&lt;<a href="#b">B</a>&gt;</code>`: Markdown's holds none, so they stand between its pieces. */
function code(state: State, element: Element): InlineCode | PhrasingContent[] {
  const pieces = codePieces(element);
  const isPlain =
    pieces.every(({ url }) => url === undefined) || pieces.some(({ text }) => /[\n`]/.test(text));
  if (isPlain) return framedPicture(state, element);
  return pieces.flatMap(({ text, url }): PhrasingContent[] => {
    const [, before = "", words = "", after = ""] = /^(\s*)(.*?)(\s*)$/.exec(text) ?? [];
    const own: InlineCode = { type: "inlineCode", value: words };
    const shown: PhrasingContent[] =
      words === "" ? [] : [url === undefined ? own : { type: "link", url, children: [own] }];
    const space = (value: string): PhrasingContent[] =>
      value === "" ? [] : [{ type: "text", value }];
    return [...space(before), ...shown, ...space(after)];
  });
}

interface CodePiece {
  readonly text: string;
  /** Where it leads. */
  readonly url?: string;
}

/** An end of a line or a picture is a piece that makes code of its own. */
function codePieces(node: Element["children"][number]): CodePiece[] {
  if (node.type === "text") return [{ text: node.value }];
  if (node.type !== "element") return [];
  if (/^(?:br|img)$/.test(node.tagName)) return [{ text: "\n" }];
  const pieces = node.children.flatMap(codePieces);
  const { href } = node.properties;
  if (node.tagName !== "a" || typeof href !== "string") return joinedPieces(pieces);
  return [{ text: pieces.map(({ text }) => text).join(""), url: href }];
}

/** Two pieces of code right behind each other would be none. */
function joinedPieces(pieces: readonly CodePiece[]): CodePiece[] {
  const joined: CodePiece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last !== undefined && last.url === undefined && piece.url === undefined) {
      joined[joined.length - 1] = { text: last.text + piece.text };
    } else joined.push(piece);
  }
  return joined;
}

/** Each key stands in a frame of its own, whatever is written between two of them. */
function key(state: State, element: Element, parent?: Parent): PhrasingContent[] {
  const read = framedPicture(state, element);
  const own = Array.isArray(read) ? read : [read];
  const before = parent?.children[parent.children.indexOf(element) - 1];
  const isBehindKey = before?.tagName === "kbd";
  return isBehindKey ? [{ type: "text", value: " " }, ...own] : own;
}

/** MDX computes what stands in braces: `<pre>{`a`}</pre>` shows a text, whose signs are none of the code. */
function withoutTemplate(code: string): string {
  const text = /^\s*\{`\n?([\s\S]*)`\}\s*$/.exec(code)?.[1];
  return text === undefined ? code : text.replace(/\\([\\`]|\$(?=\{))/g, "$1").trimEnd();
}

/** A heading keeps its id, which is its anchor, and an `<a name>` without a link names the next one. */
export const HANDLERS = {
  ...Object.fromEntries(
    (["h1", "h2", "h3", "h4", "h5", "h6"] as const).map((name) => [
      name,
      (state: State, element: Element): Heading => {
        const { heading, anchor } = withoutAnchor(defaultHandlers[name](state, element));
        const id = element.properties["id"] ?? anchor;
        return typeof id === "string" ? { ...heading, data: { ...heading.data, id } } : heading;
      },
    ]),
  ),
  /** A reference writes the heading of what it folds in there, and a paragraph holds none. */
  summary: (state: State, element: Element) => state.toFlow(state.all(element)),
  svg: (_: State, element: Element, parent?: Parent): PhrasingContent[] => {
    const said = drawnWords(element);
    const isFirst = parent === undefined || parent.children.indexOf(element) === 0;
    // What stands behind a span that only colours it, nobody sees from here.
    const isSpan = parent !== undefined && "tagName" in parent && parent.tagName === "span";
    const isLast = !isSpan && (parent === undefined || parent.children.at(-1) === element);
    // It stands apart from the words around it, as a picture does.
    const value = `${isFirst ? "" : " "}${said.join("; ")}${isLast ? "" : " "}`;
    return said.length === 0 ? [] : [{ type: "text", value }];
  },
  /** In descriptions that a program has taken from C#, each is a name of its own. */
  param: (): PhrasingContent[] => [{ type: "text", value: " " }],
  pre: (state: State, element: Element) => {
    const read = defaultHandlers.pre(state, element);
    return "value" in read ? { ...read, value: withoutTemplate(read.value) } : read;
  },
  kbd: key,
  samp: framedPicture,
  tt: framedPicture,
  code,
  iframe: framed,
  embed: framed,
  object: framed,
  video: framed,
  audio: framed,
  /** An abbreviation says what it stands for only to a pointer that rests on it. */
  abbr: (state: State, element: Element) => {
    const { title } = element.properties;
    const words = state.all(element);
    if (typeof title !== "string" || title === "") return words as PhrasingContent[];
    return [...words, { type: "text", value: ` (${title})` }] as PhrasingContent[];
  },
  /** What a form offers is read as words; nobody chooses here. */
  option: (state: State, element: Element) => {
    const words = state.all(element);
    const { label } = element.properties;
    if (words.length === 0 && typeof label === "string") words.push({ type: "text", value: label });
    return [...words, { type: "text", value: "; " }] as PhrasingContent[];
  },
  /** Where one must be chosen, the first would be all that is read. */
  select: (state: State, element: Element) =>
    [{ type: "text", value: " " }, ...state.all(element)] as PhrasingContent[],
  optgroup: (state: State, element: Element) => state.all(element) as PhrasingContent[],
  a: (state: State, element: Element) => {
    const { href, id, name } = element.properties;
    const anchor = id ?? name;
    if (href !== undefined || typeof anchor !== "string") return defaultHandlers.a(state, element);
    const html: Html = { type: "html", value: `<a id="${anchor.replace(/[^\w:.-]/g, "")}"></a>` };
    return [html, ...state.all(element)] as PhrasingContent[];
  },
};
