/**
 * What a reader of a site sees of an expression in JSX: its texts, wherever they stand in arrays, objects and
 * elements. What it does, how it looks and where it is taken from is no text.
 */

import { codeElement, longCode, writtenText } from "./jsx-code.ts";
import { asCode, type JsxText, lineTexts, literalTexts } from "./jsx-literals.ts";
import { contentOf, isJsNode, type JsNode } from "./jsx-node.ts";
import { isSilent } from "./shown-names.ts";

/** What a page has computed under a name. */
export interface JsxValue {
  readonly node: JsNode;
  /** What its places count in. */
  readonly text: string;
}

export interface JsxValues {
  has(name: string): boolean;
  /** Undefined for a name of something else, and when the page has shown enough. */
  take(name: string): JsxValue | undefined;
}

export const NO_VALUES: JsxValues = { has: () => false, take: () => undefined };

/** The text that was parsed, and what its names stand for. */
export interface JsxSource {
  readonly text: string;
  readonly values: JsxValues;
  /** It stands between paragraphs, where code has a block of its own. */
  readonly isApart?: true;
}

/** The texts of a value that stands under a name: an attribute's or a key's. */
export function shownTexts(value: unknown, name: string, source: JsxSource): JsxText[] {
  if (!isJsNode(value) || (isSilent(name) && !isDescribed(value))) return [];
  const within = (part: unknown, under = name): JsxText[] => shownTexts(part, under, source);
  switch (value.type) {
    case "Literal":
      return typeof value["value"] === "string" ? literalTexts(value, value["value"], name) : [];
    case "TemplateLiteral":
      return literalTexts(value, source.text.slice(value.start + 1, value.end - 1), name);
    case "BinaryExpression":
      return sumTexts(value, name, source);
    case "ArrayExpression":
      return nodesOf(value["elements"]).flatMap((element) => within(element));
    case "ObjectExpression":
      return objectTexts(value, source);
    case "JSXElement":
    case "JSXFragment":
      return elementTexts(value, source);
    case "JSXText":
      return lineTexts(value, String(value["value"]));
    case "ConditionalExpression":
      return [...within(value["consequent"]), ...within(value["alternate"])];
    case "LogicalExpression":
      return within(value["right"]);
    case "CallExpression":
      return callTexts(value, name, source);
    case "ArrowFunctionExpression":
    case "FunctionExpression":
      return within(value["body"], "children");
    case "BlockStatement":
      return nodesOf(value["body"]).flatMap((each) => within(each));
    case "ReturnStatement":
      return within(value["argument"]);
    case "Identifier":
    case "JSXIdentifier":
    case "MemberExpression":
      return namedTexts(value, name, source);
    case "JSXExpressionContainer":
    case "ParenthesizedExpression":
      return within(value["expression"]);
    default:
      return [];
  }
}

/** A table of options may have one that is called `onError` or `icon`. */
function isDescribed(value: JsNode): boolean {
  return nodesOf(value["properties"]).some(({ key }) => nameOf(key) === "description");
}

function isOption(value: unknown): boolean {
  if (!isJsNode(value) || !isDescribed(value)) return false;
  return nodesOf(value["properties"]).some(({ key }) =>
    /^(?:type|default|required)$/.test(nameOf(key)),
  );
}

/** `rows` and `meta.title` of what the page exports; all of it is shown where the name stands. */
function namedTexts(node: JsNode, name: string, { values }: JsxSource): JsxText[] {
  const { line } = node.loc.start;
  return (wordsOfPath(pathOf(node), values, name) ?? []).map((words) => ({ line, words }));
}

/** What a path of names stands for; undefined where the page exports nothing of that name. */
export function wordsOfPath(
  [own = "", ...keys]: readonly string[],
  values: JsxValues,
  name = "children",
): string[] | undefined {
  const value = values.take(own);
  if (value === undefined) return undefined;
  const part = keys.reduce<JsNode | undefined>(partOf, value.node);
  const source: JsxSource = { text: value.text, values: NO_VALUES };
  return shownTexts(part, name, source).map(({ words }) => words);
}

function pathOf(node: JsNode): string[] {
  if (node.type.endsWith("Identifier")) return [nameOf(node)];
  const { object, property } = node;
  if (node.type !== "MemberExpression" || !isJsNode(object)) return [];
  const path = pathOf(object);
  return path.length === 0 ? [] : [...path, nameOf(property)];
}

function partOf(node: JsNode | undefined, key: string): JsNode | undefined {
  const properties = nodesOf(node?.["properties"]);
  const part = properties.find((property) => nameOf(property["key"]) === key)?.["value"];
  return isJsNode(part) ? part : undefined;
}

/** The name of an attribute or a key. */
export function nameOf(node: unknown): string {
  if (!isJsNode(node)) return "";
  const own = node["name"] ?? node["value"];
  return typeof own === "string" ? own : nameOf(own);
}

function nodesOf(value: unknown): JsNode[] {
  return Array.isArray(value) ? value.filter(isJsNode) : [];
}

/** `"a" + "b"` is one text, and of `"a" + b` only what is written is known. */
function sumTexts(sum: JsNode, name: string, source: JsxSource): JsxText[] {
  if (sum["operator"] !== "+") return [];
  const text = writtenText(sum, source.text);
  if (text !== undefined) return literalTexts(sum, text, name);
  return [sum["left"], sum["right"]].flatMap((part) => shownTexts(part, name, source));
}

/** `{ title: "Disk", text: "Free space" }` is one line for people: "Disk: Free space". */
function objectTexts(object: JsNode, source: JsxSource): JsxText[] {
  const properties = nodesOf(object["properties"]);
  const names = new Set(properties.map(({ key }) => nameOf(key).toLowerCase()));
  const texts = properties.flatMap((property) => {
    const name = nameOf(property["key"]);
    // What a site has as HTML, too, it shows once.
    if (names.has(`${name.toLowerCase()}html`)) return [];
    const shown = shownTexts(property["value"], name === "name" ? "title" : name, source);
    return isOption(property["value"]) ? optionTexts(property, shown) : shown;
  });
  const [first, second, ...more] = linkedTexts(properties, texts);
  if (first === undefined) return texts;
  if (second === undefined) return [first];
  if (second.line > first.line + 1) return [first, second, ...more];
  return [{ line: first.line, words: `${first.words}: ${second.words}` }, ...more];
}

/** `{ title: "Disk", link: "/disk" }` leads there, as its site shows it. */
function linkedTexts(properties: readonly JsNode[], texts: readonly JsxText[]): readonly JsxText[] {
  const [first, ...more] = texts;
  const given = (names: RegExp): unknown => {
    const own = properties.find(({ key }) => names.test(nameOf(key)))?.["value"];
    return isJsNode(own) ? own["value"] : undefined;
  };
  const address = given(/^(?:href|link|to|url)$/);
  const isTitle = first !== undefined && first.words === given(/^(?:title|name|label|text)$/);
  if (!isTitle || typeof address !== "string" || !ADDRESS.test(address)) return texts;
  if (/[[\]<>]/.test(first.words)) return texts;
  return [{ ...first, words: `[${first.words}](${address})` }, ...more];
}

/** A path, a part of the page or an address. */
const ADDRESS = /^(?:https?:\/\/|mailto:|[./#])[^\s()<>"{}]+$/;

/** `onError: { description: "…", type: "string" }` is a row of a table for people, which begins with its name. */
function optionTexts(property: JsNode, shown: readonly JsxText[]): JsxText[] {
  const option = isJsNode(property["value"]) ? property["value"] : undefined;
  const type = partOf(option, "type")?.["value"];
  const kind = typeof type === "string" && type !== "" ? ` (${asCode(type.trim())})` : "";
  const name = `${asCode(nameOf(property["key"]))}${kind}`;
  const said = shown.map(({ words }) => words);
  return [{ line: property.loc.start.line, words: [name, ...said].join(": ") }];
}

/** Elements among words belong to their line; any other begins one. */
const INLINE = /^(?:a|abbr|b|code|em|i|kbd|mark|s|small|span|strong|sub|sup|u|Link)$/;

const CODE_ELEMENT = /^(?:pre|code|CodeBlock|Code|Highlight)$/;

/** What an element of code holds, each line by itself. */
function codeTexts(element: JsNode, language: string, source: JsxSource): JsxText[] {
  return nodesOf(element["children"]).flatMap((child) => {
    const code = source.isApart === true ? longCode(contentOf(child), source.text) : undefined;
    if (code !== undefined) return [{ line: code.last, words: codeElement(code, language) }];
    return shownTexts(child, "children", source).map(({ line, words }) => ({
      line,
      words: words.includes("`") ? words : asCode(words),
    }));
  });
}

function elementTexts(element: JsNode, source: JsxSource): JsxText[] {
  const opening = isJsNode(element["openingElement"]) ? element["openingElement"] : undefined;
  if (/^(?:svg|style|script|path)$/i.test(nameOf(opening?.["name"]))) return [];
  const given = nodesOf(opening?.["attributes"]);
  const attributes = given.flatMap((attribute) =>
    shownTexts(attribute["value"], nameOf(attribute["name"]), source),
  );
  if (CODE_ELEMENT.test(nameOf(opening?.["name"]))) {
    const language = given.find(({ name }) => /^lang(?:uage)?$/.test(nameOf(name)));
    return [...attributes, ...codeTexts(element, nameOf(language?.["value"]), source)];
  }
  const texts: JsxText[] = [...attributes];
  let joins = false;
  for (const child of nodesOf(element["children"])) {
    const isElement = child.type === "JSXElement";
    const opens = isElement && isJsNode(child["openingElement"]) ? child["openingElement"] : child;
    const isInline = !isElement || INLINE.test(nameOf(opens["name"]));
    const [first, ...more] = shownTexts(child, "children", source);
    const last = texts.at(-1);
    if (first !== undefined && last?.line === first.line && joins && isInline) {
      texts[texts.length - 1] = { line: last.line, words: `${last.words} ${first.words}` };
      texts.push(...more);
    } else if (first !== undefined) texts.push(first, ...more);
    joins = isInline;
  }
  return texts;
}

/** `rows.map((row) => <li>{row}</li>)`: the rows, and what is the same in each of them. */
function callTexts(call: JsNode, name: string, source: JsxSource): JsxText[] {
  const { callee } = call;
  const of = isJsNode(callee) ? shownTexts(callee["object"], name, source) : [];
  const functions = nodesOf(call["arguments"]).filter(
    ({ type }) => type === "ArrowFunctionExpression" || type.startsWith("JSX"),
  );
  return [...of, ...functions.flatMap((each) => shownTexts(each, name, source))];
}
