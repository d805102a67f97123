/** Marks of smaller generators in a page's source, which none of their readers sees: each is told by its own sign. */

const PARADOX =
  /@(?:ref|extref|link|apidoc|javadoc|scaladoc|github|scala|java|span):?\[|^[ \t]*(?:: +)?@{2,} ?[a-z]/m;
const LANGUAGE = String.raw`@(?:scala|java|span):?\[((?:[^\][]|\[(?:[^\][]|\[[^\][]*\])*\])*)\]`;
const PARADOX_MARKS: readonly [sign: RegExp, words: string][] = [
  // What another file holds stands under its name alone.
  [/(?<!@)@@ ?[a-z][\w-]* ?\[[^\][\n]*\]\(([^()\s]*)\)[ \t]*(?:\{[^{}]*\})?/g, "$1"],
  // What a block is called.
  [
    /^([ \t]*@{3,}[^{\n]*)\{[^{}\n]*\btitle=(?:"([^"\n]*)"|'([^'\n]*)'|([^\s}]*))[^{}\n]*\}[ \t]*$/gm,
    "$1 $2$3$4",
  ],
  [
    /@@ ?(?:toc|project-info|dependencies)[ \t]*(?:\{[^{}\n]*\})?|@@ ?(?:dependency|repository)[^{\n]*(?=\{)/g,
    "",
  ],
  [/^[ \t]*@{3,}[ \t]*(?:index|div|vars)\b.*$/gm, ""],
  [/^([ \t]*)@{3,}/gm, "$1"],
  // Attributes right behind what they belong to, the names of classes and files among them.
  [/(?<=[\])])[ ]?\{(?=[ ]*(?:[.#][\w-]|\w+=))(?:[^{}"\n]|"[^"\n]*")*\}/g, ""],
  // The name of a class stands where its link stands, and letters may follow.
  [
    /@(?:api|java|scala)doc:?\[((?:[^\][\n]|\[[^\][\n]*\])*)\](?:\((?:[^()\s]|\((?:[^()\s]|\([^()\s]*\))*\))*\))?/g,
    "$1",
  ],
  // Words for either language, parted where they stand side by side.
  [new RegExp(`${LANGUAGE}(?=@(?:java|scala):?\\[)`, "g"), "$1 "],
  [new RegExp(LANGUAGE, "g"), "$1"],
  [/@(?:ref|extref|link|apidoc|javadoc|scaladoc|github|scala|java|span):?(?=\[)/g, ""],
];

/** Parts two tabs, each of which stands under its name. */
const PARTED_TABS: readonly [sign: RegExp, words: string][] = [[/^[ \t]*-tab-sep-[ \t]*$/gm, ""]];

const RETYPE = /\[!(?:badge|button|card|ref|file)[\s\]]|^!!![a-z]*[ \t]*$|\{%\{|:icon-[a-z]/m;
const RETYPE_MARKS: readonly [sign: RegExp, words: string][] = [
  [/:icon-[a-z\d-]+:/g, ""],
  [
    /\[!(?:badge|button|card|ref|file|embed|icon|video|youtube|backlinks)(?=[\s\]])((?:[^\]"\n]|"[^"\n]*")*)\]/g,
    "[$1]",
  ],
  [
    /(?<=\[[^\]\n]*)\b(?:variant|icon\w*|size|corners|target|layout|color|type|class|margin|width|\w*[Aa]lign|href|image\w*|on[Cc]lick|action|reverse|round\w*|maxWidth)="[^"\n]*"/g,
    "",
  ],
  [/(?<=\[[^\]\n]*)\b(?:kicker|title|text|label|footer)="([^"\n]*)"/g, "$1"],
  // Its title may say its kind again.
  [/^!!!([a-z]+)(?=[ \t]+\1[ \t]*$)/gim, ""],
  [/^!!!(?:base|primary|secondary|light|dark|contrast|ghost)\b/gm, ""],
  [/\{ ?\.[a-z][\w-]*(?: [\w-]+="[^"{}]*")* ?\}(?=[ \t]*(?:\||$))/gm, ""],
];

/** Directives of ikiwiki: a title is shown, lists that it makes are not in the page. */
const IKIWIKI = /^[ \t]*\[\[!\w+/m;
const IKIWIKI_MARKS: readonly [sign: RegExp, words: string][] = [
  [
    /^[ \t]*\[\[!(?:meta|template|img)\b[^\]\n]*\b(?:title|text|alt)="([^"\n]*)"[^\]\n]*\]\]/gm,
    "$1",
  ],
  [/^[ \t]*\[\[!(?:toc|tag|taglink|inline|map|meta|pagestats|sidebar)\b[^\]\n]*\]\]/gm, ""],
  [/(?<!!)\[\[(?!!)([^\][|]{1,200})\|[^\][|]{1,200}\]\]/g, "$1"],
];

/** Drawn beside words, by Material for MkDocs. */
const ICONS: readonly [sign: RegExp, words: string][] = [
  [/:(?:material|fontawesome|octicons|simple)(?:-[a-z\d]+)+:/g, ""],
];

/** Above code, tables and pictures, on a line of its own; a title is shown. */
const LEANPUB =
  /^(?:[A-Z]>[ \t]*)?\{(?:line-numbers|number-from|lang|format|title|width)=[^{}\n]*\}[ \t]*$/m;
const LEANPUB_MARKS: readonly [sign: RegExp, words: string][] = [
  [/^((?:[A-Z]>[ \t]*)?)\{(?=[^{}\n]*\btitle="([^"\n]*)")[^{}\n]*\}[ \t]*$/gm, "$1$2"],
  [new RegExp(LEANPUB.source, "gm"), ""],
];

const SLIDES =
  /(?:^---[ \t]*\n\s*|(?<![\s\S])\s*)(?:class:\s|(?:layout|count):\s+(?:true|false)\s*$)|^[ \t]*\.[a-z][\w-]*\[[ \t]*$|^\.[a-z][\w-]*\[/m;
const SLIDES_MARKS: readonly [sign: RegExp, words: string][] = [
  [
    /((?<![\s\S])\s*|^---[ \t]*\n\s*)(?:(?:class|name|layout|template|count|exclude|background-\w+):.*(?:\n|$))+/gm,
    "$1",
  ],
  [/(?<![\w)\]/])\.[a-z][\w-]*(?:\.[a-z][\w-]*)*(?=\[)/g, ""],
];

/** A page and a heading of it: the site shows their names. */
const DOCC_MARKS: readonly [sign: RegExp, words: string][] = [
  [/<doc:(?:[^\s<>#]*\/)?([^\s<>#/]*)(?:#([^\s<>]+))?>/g, " $1 $2 "],
];

/** What may be clicked behind code in scenarios. */
const CLICKS = /(?<=`)\{\{ ?(?:copy|exec(?:ute)?|open)(?: [\w -]*)?\}\}/g;

/** What stands in tags around code is shown as it is. */
const VERBATIM = /<pre\b[\s\S]*?<\/pre>/g;

/** What Hugo highlights is code, whatever signs are in it; a fence in it begins code itself. */
const HIGHLIGHTED =
  /\{\{([<%])\s*(code|highlight)(\s[^{}]*?)?[>%]\}\}((?:(?!\{\{[<%]\s*\/?\s*\2\b|`{3})[\s\S])*)\{\{[<%]\s*\/\s*\2\s*[>%]\}\}/g;

function withFences(text: string): string {
  return text.replace(
    HIGHLIGHTED,
    (_, _sign, _name, given = "", code = "") => `\n\`\`\`x${given}\n${code}\n\`\`\`\n`,
  );
}

/** A page's source without such marks. */
export function withoutGeneratorMarks(source: string): string {
  const text = withFences(source);
  const kept: string[] = [];
  const signs: [RegExp, string][] = [
    ...(PARADOX.test(text) ? PARADOX_MARKS : []),
    ...(SLIDES.test(text) ? SLIDES_MARKS : []),
    ...(RETYPE.test(text) ? RETYPE_MARKS : []),
    ...(text.includes("<doc:") ? DOCC_MARKS : []),
    ...(text.includes("-tab-sep-") ? PARTED_TABS : []),
    ...(/:(?:material|fontawesome|octicons|simple)-/.test(text) ? ICONS : []),
    ...(LEANPUB.test(text) ? LEANPUB_MARKS : []),
    ...(IKIWIKI.test(text) ? IKIWIKI_MARKS : []),
  ].map(([sign, words]) => [sign, words]);
  const hasClicks = text.includes("`{{");
  if (signs.length === 0 && !hasClicks) return text;
  const plain = text
    .replace(VERBATIM, (block) => `\uE002${kept.push(block) - 1}\uE003`)
    .replace(CLICKS, "");
  return signs
    .reduce((rest, [sign, words]) => rest.replace(sign, words), plain)
    .replace(/\uE002(\d+)\uE003/g, (_, at) => {
      const block = kept[Number(at)] ?? "";
      // How a fence to click is written begins no code there.
      return block.includes("```{{") ? block.replace(/^`{3,}/gm, " ") : block;
    });
}
