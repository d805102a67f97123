/** A tag of JSX, whatever its attributes compute -> the same with plain words, line by line. */

import { codeElement, longCode } from "./jsx-code.ts";
import { jsxLibrary } from "./jsx-library.cjs";
import { type JsxText, typedTexts } from "./jsx-literals.ts";
import { contentOf, isJsNode, type JsNode } from "./jsx-node.ts";
import { type JsxSource, type JsxValues, nameOf, shownTexts } from "./jsx-words.ts";
import { isCodeName, isShown } from "./shown-names.ts";
import type { TabName } from "./tab-names.ts";
import { withoutBindings } from "./vue-tags.ts";

export interface JsxTag {
  /** What stands for the attributes and the tag's end; the further lines are words of their own, or empty. */
  readonly lines: readonly string[];
  /** Where what follows the tag begins in its last line. */
  readonly column: number;
  /** What the tabs in it are called, where it says so for all of them. */
  readonly tabs: readonly TabName[];
}

/** Where a component leads and what it is: no words, but what they are shown with depends on it. */
const MEANING =
  /^(?:id|href|to|link|url|src|type|kind|color|context|style|value|lang|language|name|path|method|query|body|required|default)$/;
/** What a component is called, the first that it has. */
const HEADLINE = /^(?:title|header|summary|alt|label|caption)$/;

/** The tag that begins in this column of the text's first line; undefined for what is no JSX. */
export function readJsxTag(
  page: string,
  { from, values }: { from: number; values: JsxValues },
): JsxTag | undefined {
  // The place of the tag in its line counts for nothing; spaces keep the columns.
  const given = " ".repeat(from) + page.slice(from);
  const [text, tag] = parsedTag(given) ?? parsedTag(withoutBindings(given)) ?? [];
  if (text === undefined || tag === undefined) return undefined;
  const source: JsxSource = { text, values };
  const written = text.slice(0, tag.end);
  const lineCount = written.split("\n").length;
  const isComponent = /^[A-Z]/.test(nameOf(tag["name"])) || isMember(tag["name"]);
  const read = isComponent
    ? componentTexts(tag, source)
    : { own: plainAttributes(tag), texts: elementTexts(tag), tabs: [] };
  const lines = Array.from({ length: lineCount }, () => "");
  for (const { line, words } of read.texts) {
    // References in a text may say more lines than it is written in.
    const at = Math.min(line, lineCount) - 1;
    const before = lines[at] ?? "";
    lines[at] = before === "" ? words : `${before}; ${words}`;
  }
  if (isComponent) placeCode(lines, tag, text);
  const own = lines[0] === "" ? read.own : [...read.own, ["words", lines[0] ?? ""] as const];
  const attributes = own.map(([name, value]) => ` ${name}="${quoted(value)}"`).join("");
  lines[0] = `${attributes}${tag["selfClosing"] === true ? " />" : ">"}`;
  return { lines, tabs: read.tabs, column: written.length - (written.lastIndexOf("\n") + 1) };
}

/** Code stands by itself in a line below the tag's first one; it has its words there already. */
function placeCode(lines: string[], tag: JsNode, text: string): void {
  const given = attributesOf(tag);
  const language = given.find(({ name }) => /^lang(?:uage)?$/.test(name))?.value;
  for (const { name, value } of given) {
    const code = isCodeName(name) ? longCode(contentOf(value), text) : undefined;
    if (code === undefined) continue;
    const at = Math.max(2, code.first);
    if (at > lines.length) continue;
    lines.fill("", code.first - 1, code.last);
    lines[at - 1] = codeElement(code, plainValue(language) ?? "");
  }
}

/** What is computed between paragraphs and shows elements, also in a browser only; a template's text is code, and stays. */
const COMPUTED =
  /^(?:ArrowFunctionExpression|ConditionalExpression|LogicalExpression|CallExpression|JSXElement|JSXFragment)$/;

/** The texts, line by line, of the braces that a text begins with; undefined for what is no expression. */
export function readJsxExpression(text: string, values: JsxValues): readonly string[] | undefined {
  const read = parsed(() => jsxLibrary().expression(text, text.indexOf("{") + 1));
  if (read === undefined || !COMPUTED.test(read.type)) return undefined;
  const end = /^\s*\}(?:<\/[a-zA-Z][\w-]*>)*[^\S\n]*(?=\n|$)/.exec(text.slice(read.end))?.[0]
    .length;
  if (end === undefined) return undefined;
  const lines = text
    .slice(0, read.end + end)
    .split("\n")
    .map(() => "");
  for (const { line, words } of shownTexts(read, "children", { text, values, isApart: true })) {
    const at = Math.min(line, lines.length) - 1;
    lines[at] = [lines[at], words].filter((part) => part !== "").join("; ");
  }
  return lines;
}

function parsedTag(text: string): [text: string, tag: JsNode] | undefined {
  const tag = parsed(() => jsxLibrary().openingTag(text));
  return tag === undefined ? undefined : [text, tag];
}

/** Undefined for what the parser refuses. */
function parsed(parse: () => unknown): JsNode | undefined {
  try {
    const read = parse();
    return isJsNode(read) ? read : undefined;
  } catch (error) {
    // Elements within each other without an end are more than its stack follows.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

type Attribute = readonly [name: string, value: string];
type ComponentTexts = {
  /** What stays in the tag. */
  own: readonly Attribute[];
  texts: readonly JsxText[];
  tabs: readonly TabName[];
};

function componentTexts(tag: JsNode, source: JsxSource): ComponentTexts {
  const own: Attribute[] = [];
  const component = nameOf(tag["name"]);
  // A component that the page makes shows what it says.
  const texts = source.values.has(component) ? shownTexts(tag["name"], "children", source) : [];
  const tabs: TabName[] = [];
  const seen = new Set<string>();
  for (const { name, value } of attributesOf(tag)) {
    const plain = plainValue(value);
    const shown = shownTexts(value, name, source);
    const isHeadline = HEADLINE.test(name) && ![...seen].some((each) => HEADLINE.test(each));
    seen.add(name);
    const names = component === "Tabs" ? tabNames(name, value, source) : [];
    if (names.length > 0) tabs.push(...names);
    else if (isHeadline || name === "description") {
      own.push([name, plain ?? shown.map(({ words }) => words).join(" ")]);
    } else if (plain !== undefined && MEANING.test(name)) own.push([name, plain]);
    else texts.push(...shown);
  }
  return { own, texts, tabs };
}

/** One name of each element; none of what is no array. */
function tabNames(name: string, value: unknown, source: JsxSource): TabName[] {
  if (!/^(?:items|labels|values)$/.test(name) || !isJsNode(value)) return [];
  const list = value["expression"];
  const elements = isJsNode(list) ? list["elements"] : undefined;
  return (Array.isArray(elements) ? elements.filter(isJsNode) : []).flatMap((element) => {
    const words = shownTexts(element, "label", source).map((each) => each.words);
    return words.length === 0 ? [] : [{ label: words.join(" "), ...tabValue(element) }];
  });
}

function tabValue(element: JsNode): { value?: string } {
  const properties = element["properties"];
  const value = (Array.isArray(properties) ? properties : [])
    .filter(isJsNode)
    .find((property) => nameOf(property["key"]) === "value");
  const plain = value === undefined ? undefined : plainValue(value["value"]);
  return plain === undefined ? {} : { value: plain };
}

function elementTexts(tag: JsNode): JsxText[] {
  if (!nameOf(tag["name"]).includes("-")) return [];
  return attributesOf(tag).flatMap(({ value }) => typedTexts(value));
}

/** HTML may compute its attributes, too; it has no words in them but those of a few. */
function plainAttributes(tag: JsNode): Attribute[] {
  const isOwnElement = nameOf(tag["name"]).includes("-");
  const read = attributesOf(tag).flatMap(({ name, value }): Attribute[] => {
    const plain = plainValue(value);
    const isKept =
      plain !== undefined && (!isOwnElement || (isShown(name, plain) && !plain.includes("\n")));
    // A sign that a reference stands for begins no tag.
    return isKept ? [[name, plain.replace(/</g, "&lt;").replace(/>/g, "&gt;")]] : [];
  });
  // Without anything given, an element of a site's own could be a placeholder.
  return read.length === 0 && isOwnElement ? [["is", ""]] : read;
}

function attributesOf(tag: JsNode): { name: string; value: unknown }[] {
  const attributes: unknown = tag["attributes"];
  return (Array.isArray(attributes) ? attributes : [])
    .filter(isJsNode)
    .map((node) => ({ name: nameOf(node["name"]), value: node["value"] }));
}

/** A text that is written as it is, `given ?? "text"` among them; "" for an attribute without a value. */
function plainValue(value: unknown): string | undefined {
  if (value === null) return "";
  if (!isJsNode(value)) return undefined;
  if (value.type === "LogicalExpression") return plainValue(value["right"]);
  if (value.type === "JSXExpressionContainer") return plainValue(value["expression"]);
  if (value.type === "TemplateLiteral") {
    const [only, ...more] = Array.isArray(value["quasis"]) ? value["quasis"].filter(isJsNode) : [];
    const cooked: unknown = (only?.["value"] as { cooked?: unknown } | undefined)?.cooked;
    return more.length === 0 && typeof cooked === "string" ? cooked : undefined;
  }
  return typeof value["value"] === "string" ? value["value"] : undefined;
}

function isMember(name: unknown): boolean {
  return isJsNode(name) && name.type === "JSXMemberExpression";
}

/** A text of JSX has no tags: `<Inbox />` in one is shown as it stands. */
function quoted(value: string): string {
  return value
    .replace(/(?<!`)<\/?[A-Z]\w*\s*\/?>(?!`)/g, "`$&`")
    .replace(/\s*\n\s*/g, " ")
    .replace(/&(?=quot;)/g, "&amp;")
    .replace(/"/g, "&quot;");
}
