/**
 * What Retype adds: tabs from `+++ Name` to `+++`, remarks from `!!!tip Title` to `!!!`, panels from `==- Title` to
 * `===`, columns between `|||`, steps between `>>>`, and components in brackets, `[!badge Beta]`. None of them is
 * indented, and any parser takes them for words or headings. Source: retype.com, "Components".
 */

import { followVerbatim } from "../lines/fences.ts";
import { labelLine, remark } from "../markdown/remarks.ts";
import { withWordsBetween } from "./code-spans.ts";
import { attribute } from "./tag-attributes.ts";

/** What begins a block, with its words, and what ends it. */
const BLOCKS = [
  ["tab", /^(\s*)\+{3} *()([^\s+{].*)$/, /^\s*\+{3}\s*$/],
  ["remark", /^(\s*)!!!([a-z]*)(?: +(?!")(\S.*))?$/, /^\s*!!!\s*$/],
  ["panel", /^(\s*)(?:===|==-) +()((?!").*\S)\s*$/, /^\s*={3}\s*$/],
  ["column", /^(\s*)\|{3}(?: +()(\S.*))?$/, /^\s*\|{3}\s*$/],
  ["step", /^(\s*)>>> +()(\S.*)$/, /^\s*>>>\s*$/],
] as const;
type Kind = (typeof BLOCKS)[number][0];

/** With limits: where none ends, each beginning would be read to the end of its line. */
const COMPONENT =
  /\[!(badge|button|card|ref|file|embed|icon|video|youtube|backlinks)(?=[\s\]])((?:[^\]"[]|"[^"]{0,300}"){0,500})\](?:\(([^()\s]*)\))?/g;
const ATTRIBUTE = /[\w-]+="[^"]*"/g;
const ICON = /:icon-[a-z\d]+(?:-[a-z\d]+)*:[ \t]?/g;
/** Signs that leave templates alone, and looks of cells and items. */
const UNSEEN = /\{%\{ ?| ?\}%\}|[ \t]*\{ ?\.[a-z][\w-]*(?: [\w-]+="[^"{}]*")* ?\}(?=\s*(?:\||$))/g;

/** What its templates (Scriban) compute over several lines. */
const COMPUTED = { begins: /^\s*\{\{~?\s*$/, ends: /^\s*~?\}\}\s*$/ };
/** A value that a function of Scriban changes: `{{ $i.tags | array.join ", " }}`. */
const CHANGED =
  /\{\{[-~]?\s*\$?([\w.]+)\s*\|\s*(?:array|date|html|math|object|regex|string)\.[^{}]*\}\}/g;

/** The same lines, as many as before. */
export function plainRetype(written: readonly string[]): readonly string[] {
  const lines = written.some((line) => line.includes("{{")) ? withoutTemplates(written) : written;
  const kinds = blocksOf(lines);
  const hasWords = lines.some((line) => /\[!(?:badge|button|card|ref|file)[\s\]]|\{%\{/.test(line));
  if (kinds.size === 0 && !hasWords) return lines;
  const verbatim = followVerbatim();
  const open: Kind[] = [];
  return lines.map((line) => {
    if (verbatim.holds(line)) return line;
    for (const [kind, begins, ends] of BLOCKS) {
      if (!kinds.has(kind)) continue;
      if (open.includes(kind) && ends.test(line)) {
        open.splice(open.lastIndexOf(kind), 1);
        return "";
      }
      const [all, indent = "", name = "", title = ""] = begins.exec(line) ?? [];
      if (all === undefined) continue;
      if (!open.includes(kind)) open.push(kind);
      return indent + beginning(kind, name, plainTitle(title));
    }
    return line.includes("[!") || /[{}]/.test(line) || line.includes(":icon-")
      ? withPlainWords(line)
      : line;
  });
}

/** With what a template computes as code, and a changed value by its name. */
function withoutTemplates(lines: readonly string[]): readonly string[] {
  const verbatim = followVerbatim();
  const lastEnd = lines.findLastIndex((line) => COMPUTED.ends.test(line));
  let end: number | undefined;
  return lines.map((line, at) => {
    if (end !== undefined) {
      if (at < end) return line;
      end = undefined;
      return "```";
    }
    if (verbatim.holds(line)) return line;
    if (at < lastEnd && COMPUTED.begins.test(line)) {
      end = at + 1;
      while (!COMPUTED.ends.test(lines[end] ?? "")) end += 1;
      return "```";
    }
    if (!line.includes("|") || !line.includes("{{")) return line;
    return withWordsBetween(line, (words) => words.replace(CHANGED, "`$1`"));
  });
}

/** Which of the blocks begin and end on the page. */
function blocksOf(lines: readonly string[]): ReadonlySet<Kind> {
  const found = BLOCKS.filter(([kind, begins, ends]) => {
    const all = lines.filter((line) => ends.test(line)).length;
    if (all === 0) return false;
    const hasWords = lines.some((line) => begins.test(line) && !ends.test(line));
    // A remark may have no words, and begins as it ends.
    return hasWords || (kind === "remark" && all > 1);
  });
  return new Set(found.map(([kind]) => kind));
}

/** Without its icon, and without its anchor and look. */
function plainTitle(title: string): string {
  return title
    .replace(ICON, "")
    .replace(/\s*\{[#.][^{}]*\}\s*$/, "")
    .trim();
}

function beginning(kind: Kind, name: string, title: string): string {
  if (kind === "tab") return `::: tab ${title}`;
  if (kind !== "remark" || name === "") return title === "" ? "" : labelLine(title);
  const isLook = /^(?:base|primary|secondary|light|dark|contrast|ghost)$/.test(name);
  return isLook ? labelLine(title) : labelLine(remark(name, title));
}

function withPlainWords(line: string): string {
  const plain = withWordsBetween(line, (words) => words.replace(UNSEEN, "").replace(ICON, ""));
  return plain.replace(COMPONENT, (_, name: string, words: string, target?: string) => {
    const own = ["kicker", "title", "text", "label", "footer"].map((each) =>
      attribute(words, each),
    );
    const bare = words.replace(ATTRIBUTE, "").trim();
    const said = [...own, bare].filter((each) => each !== undefined && each !== "").join(": ");
    if (name === "backlinks" || name === "icon") return "";
    if (target === undefined) return said;
    return `[${said === "" ? target : said}](${target})`;
  });
}
