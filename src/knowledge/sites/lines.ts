/**
 * One line as a site generator reads it. Sources: the manuals of MkDocs Material and PyMdown Extensions
 * (admonitions, content tabs, blocks), Docusaurus (admonitions, tabs), MyST (directives), Hugo
 * (shortcodes), Jekyll (tags), kramdown (attribute lists), Obsidian (callouts, links, comments), GitHub
 * (alerts), GitLab (includes), mdBook (includes), GitBook (tags) and DocFX (alerts, tabs, extensions).
 */

import { isRemark, labelLine, remark } from "../markdown/remarks.ts";
import { includeLine } from "./include-lines.ts";
import { includedFile } from "./included-file.ts";
import { CLASSES, inlineText, SITE_ATTRIBUTE } from "./inline.ts";
import { isModuleLine } from "./jsx-modules.ts";
import { NOTHING, type SiteLine } from "./line.ts";
import { macroLine } from "./mdbook.ts";
import { codeFence, holdsCode, readDirective } from "./myst.ts";
import { beginsRemark, OBSIDIAN_END } from "./obsidian.ts";
import { beforeOpenComment, handlebarsRemark } from "./open-comment.ts";
import { divisionLabel } from "./quarto.ts";
import { docfxTab } from "./tab-levels.ts";
import { vuepressTab } from "./tab-names.ts";
import { tagLine } from "./tag-texts.ts";

/** The level of a heading that begins with "#", and stands in no code. */
export function headingLevel(line: string): number | undefined {
  return /^ {0,3}(#{1,6})\s/.exec(line)?.[1]?.length;
}

/** People forget the space behind `##`, which nothing else begins; log commands have a bracket, `##vso[`. */
export function withSpacedHeading(line: string): string {
  return line.replace(/^( {0,3}#{2,6})(?=\w|[^ -~\s]|\*\*)(?!\w+\[)/, "$1 ");
}

/** Reads a line outside code, without the indent or list mark before it. */
export function plainLine(line: string, isOutermost: boolean): SiteLine {
  return (
    commentLine(line) ??
    (isOutermost && isModuleLine(line) ? NOTHING : undefined) ??
    includeLine(line) ??
    computedLine(line) ??
    macroLine(line) ??
    mkdocsLine(line) ??
    docfxLine(line) ??
    vuepressTab(line) ??
    directiveLine(line) ??
    quotedDirective(line) ??
    quoteLine(line) ??
    tagLine(line) ??
    attributeLine(line) ?? { text: inlineText(withoutAnchor(line, isOutermost)) }
  );
}

/** `%%` of Obsidian, `{/*` of MDX, `{{/*` of Hugo, and definitions that only hold a remark. */
function commentLine(line: string): SiteLine | undefined {
  if (/^\s*\[(?:\/\/|comment|_)\]:\s*(?:#|<>)\s*(?:\(.*\)|".*"|'.*')?\s*$/i.test(line)) {
    return NOTHING;
  }
  if (beginsRemark(line)) return { text: "", until: { kind: "comment", end: OBSIDIAN_END } };
  const ofHandlebars = handlebarsRemark(line);
  if (ofHandlebars !== undefined) return ofHandlebars;
  const before = beforeOpenComment(line);
  if (before === undefined) return undefined;
  return { text: inlineText(before), until: { kind: "comment", end: /\*\/\s*-?\}\}?/ } };
}

/** Lines that only a site fills in: a macro's call, and the beginnings and ends of Jekyll's remarks. */
function computedLine(line: string): SiteLine | undefined {
  // PlatyPS, which writes references of PowerShell, asks its author so; nobody did.
  if (/^\s*\{\{\s*(?:Fill|Add|Insert|Enter|Describe)\s[\w\s-]*\}\}\s*$/i.test(line)) return NOTHING;
  if (
    /^\s*\{\{-?\s*(?:[\w.]+\((?:(?!\}\}).)*\)|\w+:[\w./-]+|(?:template|include|partial)\s+".*)\s*-?\}\}\s*$/.test(
      line,
    )
  ) {
    return NOTHING;
  }
  const alert = /^\s*\{\{\s*site\.data\.alerts\.(?:callout_)?(\w+)\s*\}\}\s*(.*)$/.exec(line);
  if (alert === null) return undefined;
  const [, kind = "", rest = ""] = alert;
  if (!isRemark(kind)) return { text: inlineText(rest) };
  return rest === ""
    ? { label: remark(kind) }
    : { text: `**${remark(kind)}:** ${inlineText(rest)}` };
}

/** Right behind the mark of an item, whose text its body is then. */
const ADMONITION_IN_ITEM = /^(\s*(?:[-*+]|\d{1,9}[.)])\s+)((?:!!!|\?\?\?\+?)\s+[\p{L}\w-]+.*)$/u;

function mkdocsLine(line: string): SiteLine | undefined {
  const [, item = "", inItem] = ADMONITION_IN_ITEM.exec(line) ?? [];
  if (inItem !== undefined) {
    return { text: `${item}${labelLine(mkdocsLine(inItem)?.label ?? inItem)}` };
  }
  const admonition = /^\s*(?:!!!|\?\?\?\+?)\s+([\p{L}\w-]+)(.*)$/u.exec(line);
  if (admonition !== null)
    return admonitionLine(admonition[1] ?? "", admonition[2]?.trimEnd() ?? "");
  const folded = /^\s*(?:!!!|\?\?\?\+?)\s+"(.*\S)"\s*$/.exec(line)?.[1];
  if (folded !== undefined) return { label: inlineText(folded), opensBody: true };
  // Some forget the last sign.
  const tab = /^\s*===[!+]?\s+"(.*[^\s"])"?\s*$/.exec(line)?.[1];
  if (tab !== undefined) return { tab, opensBody: true };
  const labelled = /^\s*<div\s+label="([^"]+)">\s*$/.exec(line)?.[1];
  if (labelled !== undefined) return { tab: labelled };
  const included =
    /^\s*(?:--8<--|;--8<--)\s+"([^"]+)"/.exec(line) ??
    /^\s*:{2,}include\{file=([^}]+)\}/.exec(line);
  if (included !== null) return { text: includedFile(included[1] ?? "") };
  const block = /^\s*\/{3,}(?:\s+([\w-]+)\s*(?:\|(.*))?)?$/.exec(line.trimEnd());
  if (block === null) return undefined;
  const [, kind] = block;
  const title = block[2]?.trim() ?? "";
  if (kind === undefined) return NOTHING;
  return kind === "tab"
    ? { tab: title, hasOptions: "indented" }
    : { label: remark(kind, title), hasOptions: "indented" };
}

/** The words behind an admonition's kind are classes and a title in quotes; people write others, too. */
function admonitionLine(kind: string, words: string): SiteLine {
  const title = /"(.*)"$/.exec(words)?.[1];
  const rest = (title === undefined ? words : words.slice(0, -title.length - 2))
    .replace(/(?<=^|\s)(?:inline|end|left|right|annotate)(?=\s|$)/g, "")
    .replace(/(?<!\s)\s*!!!$/, "")
    .trim();
  // "!!! WARNING! never tried" has no kind that a generator knows: all of it is text.
  if (/^\W/.test(words.trimStart()) && title === undefined) {
    return { text: `**${remark(kind)}${rest}**` };
  }
  const said = [rest, title ?? ""].filter((part) => part !== "").join(" ");
  return { label: remark(kind, inlineText(said)), opensBody: true };
}

/** `:::image … :::`, `[!INCLUDE [x](y)]`, `[!VIDEO …]`, and what only lays out. */
function docfxLine(line: string): SiteLine | undefined {
  const tab = docfxTab(line);
  if (tab !== undefined) return { tab: inlineText(tab) };
  const extension = /^\s*:::\s*([\w-]+)\s+([\w-]+=.*?):::\s*$/.exec(line);
  if (extension !== null) {
    const [, name = "", attributes = ""] = extension;
    const own = (key: string) => new RegExp(`${key}="([^"]*)"`).exec(attributes)?.[1] ?? "";
    return name === "code"
      ? { text: includedFile(own("source")) }
      : { text: `![${own("alt-text")}](${own("source")})` };
  }
  if (/^\s*:::\s*(?:zone|moniker|row|column)(?:-end)?\b/.test(line)) return NOTHING;
  const included = /^\s*\[!(?:INCLUDE|code[\w-]*)\s*\[[^\]]*\]\s*\(([^)]+)\)\s*\]/i.exec(line);
  if (included !== null) return { text: includedFile(included[1] ?? "") };
  const video = /^\s*\[!VIDEO\s+(\S+?)\]\s*$/i.exec(line)?.[1];
  return video === undefined ? undefined : { text: `<${video}>` };
}

/** `:::warning Title`, `:::note[Title]`, `:::{admonition} Title`, and the colons that close. */
function directiveLine(given: string): SiteLine | undefined {
  const division = divisionLabel(given);
  if (division !== undefined) return { label: division };
  const line = isRemark(SHORT_BEGIN.exec(given)?.[1] ?? "") ? given.replace("::", ":::") : given;
  const match = /^\s*:{3,}\s*(?:\{?\.?([\w-]+)[^}\]]*?\}?)?\s*(?:\[(.*?)\])?(.*)$/.exec(line);
  if (match === null) return undefined;
  const [, kind] = match;
  const title = match[2] === undefined ? undefined : inlineText(match[2]);
  const rest = inlineText(match[3]?.trim() ?? "");
  if (kind === undefined) return /^\p{L}/u.test(rest) ? { label: rest } : NOTHING;
  if (/^(?:tabs|code-group|code-tabs)$/.test(kind)) return NOTHING;
  if (kind === "tab" && rest !== "") return { tab: rest };
  const isMyst = /^\s*:{3,}\s*\{/.test(line);
  if (isMyst && holdsCode(kind)) {
    const words = title ?? rest;
    const text = codeFence({ written: "```", mark: "```", name: kind, words });
    return { text, until: { kind: "code", end: endOf(line) }, hasOptions: "fields" };
  }
  const directive = isMyst ? readDirective(kind, title ?? rest) : undefined;
  if (directive?.isCode === undefined && directive !== undefined) {
    return { ...directive, hasOptions: "fields" };
  }
  const words = rest.replace(/^\{.*\}$|[ \t]?(?<!:):{3,}$/g, "");
  // What goes on behind its title is the first line of what it holds.
  if (title !== undefined && words !== "") {
    return { text: `**${remark(kind, title)}:** ${inlineText(words)}` };
  }
  return { label: remark(kind, title ?? words), hasOptions: "fields" };
}

/** Fewer colons end what stands within. */
function endOf(line: string): RegExp {
  const colons = /:{3,}/.exec(line)?.[0].length ?? 3;
  return new RegExp(`^\\s*:{${colons},}\\s*$`);
}

/** `::note Take care. :::`, whose author has forgotten a colon. */
const SHORT_BEGIN = /^\s*::([a-z]+)\s.*\S[ \t]*:::\s*$/;

/** A heading in an item begins no section, so that nothing leads to its anchor. */
function withoutAnchor(line: string, isOutermost: boolean): string {
  const words = line.replace(ENDS_DIRECTIVE, "");
  return isOutermost ? words : words.replace(ITS_ANCHOR, (_, title: string) => title.trimEnd());
}

const ITS_ANCHOR = /^(#{1,6}\s.*)\{#[\w:.\u00C0-\uFFFF-]+\}\s*$/;

/** Colons that a formatter has put behind the last sentence of what they end. */
const ENDS_DIRECTIVE = /(?<=[.!?)])[ \t]*:{3,}[ \t]*$/;

/** `> :::note`, also as the first line of an item, and the colons that end it. */
function quotedDirective(line: string): SiteLine | undefined {
  const [, marks = "", rest] =
    /^(\s*(?:>\s*|(?:[-*+]|\d{1,9}[.)])\s+)+)(:{3,}.*)$/.exec(line) ?? [];
  const read = rest === undefined ? undefined : directiveLine(rest);
  if (read === undefined) return undefined;
  const text = read.label === undefined ? (read.text ?? "") : labelLine(read.label);
  return { text: text === "" ? marks.trimEnd() : `${marks}${text}` };
}

/** `> [!CAUTION]` of GitHub, `> [!note]- Title` of Obsidian, `> [!div class="x"]` of DocFX. */
function quoteLine(line: string): SiteLine | undefined {
  // Without the mark of a quote its author meant one, too.
  const match =
    /^(\s*(?:>\s*)+)\[!([\w-]+)(\s[^\]]*)?\][+-]?(.*)$/.exec(line) ??
    /^(\s*(?:>\s*)+)\*\*\[!(note|tip|important|warning|caution)\]\*\*\s*$/i.exec(line) ??
    /^(\s*)\[!(note|tip|important|warning|caution)\]\s*$/i.exec(line);
  if (match === null) return undefined;
  const [, marks = "", kind = "", attributes, title] = match;
  if (attributes?.includes("=") === true) return { text: marks.trimEnd() };
  return { text: `${marks}${labelLine(remark(kind, inlineText(title?.trim() ?? "")))}` };
}

const ATTRIBUTES = new RegExp(
  `^\\s*\\{(?::[^{}]*|\\s*${CLASSES}\\s*|\\s*${SITE_ATTRIBUTE}(?:\\s+${SITE_ATTRIBUTE})*\\s*)\\}\\s*$`,
);

/** Kramdown's `{: #id .class }` on a line of its own, and tables of contents. */
function attributeLine(line: string): SiteLine | undefined {
  const marks = /^\s*(?:>\s*)+(?=\{)/.exec(line)?.[0] ?? "";
  if (marks !== "" && ATTRIBUTES.test(line.slice(marks.length))) return { text: marks.trimEnd() };
  if (ATTRIBUTES.test(line)) {
    const anchor = /#([\w:.\u00C0-\uFFFF-]+)/.exec(line)?.[1];
    return anchor === undefined ? NOTHING : { text: "", anchor };
  }
  // How a rule looks.
  if (/^ {0,3}-{3,}[ \t]+\{\.[^{}]*\}\s*$/.test(line)) return { text: "***" };
  return /^\s*(?:\[\[?_?TOC_?\]\]?|\$\{toc\}|\{\{?\s*toc\s*\}?\})\s*$/i.test(line)
    ? NOTHING
    : undefined;
}
