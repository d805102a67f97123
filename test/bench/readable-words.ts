/**
 * The words that a reader of a page is meant to see, told from its source alone and without the product's
 * own reading: code as it stands, and of the rest no front matter, remark, tag, address or directive; of a
 * tag the attributes that a site shows.
 */

import {
  isWordsFirst,
  PREFORMATTED,
  wikiWords,
  withEndedTags,
  withoutData,
  withoutExtensions,
  withoutFrontMatter,
  withoutOutline,
  withReadmeBlocks,
  withTitle,
} from "./readable-blocks.ts";
import { partCode, withRowsApart } from "./readable-code.ts";
import {
  ADDRESS_PART,
  withoutBold,
  withoutEmphasis,
  withPlainAddresses,
} from "./readable-emphasis.ts";
import { withoutGeneratorMarks } from "./readable-generators.ts";
import { withGridCells } from "./readable-grids.ts";
import {
  exportedValues,
  isMdx,
  replaceComponents,
  replaceExpressions,
  replaceGivenObjects,
  shownOfComponent,
  withoutExports,
  withValues,
} from "./readable-jsx.ts";
import { letterOf } from "./readable-letters.ts";
import { withNotes } from "./readable-notes.ts";

/** Words of three letters and more, and each sign of a language that puts nothing between words. */
const WORD =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]|(?:(?![\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}ℹ])\p{L}){3,}/gu;

/** How often each of them stands there. */
export type WordCounts = ReadonlyMap<string, number>;

export function countWords(texts: readonly string[]): WordCounts {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of text.toLowerCase().match(WORD) ?? []) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return counts;
}

/** The words that stand more often in the first than in the second, once each. */
export function lackingWords(wanted: WordCounts, there: WordCounts): string[] {
  return [...wanted]
    .filter(([word, count]) => count > (there.get(word) ?? 0))
    .map(([word]) => word);
}

/** The words a reader is meant to see of a page's file. */
export function readableWords(file: string): WordCounts {
  const text = withReadmeBlocks(
    withGridCells(
      // A line separator ends no line of Markdown, but "." of a pattern is none.
      withoutFrontMatter(
        withoutGeneratorMarks(withNotes(withoutExtensions(file.replace(/\r\n?/g, "\n"))))
          .replace(/^\uFEFF/, "")
          .replace(/[\u2028\u2029]/g, " "),
      ),
    ),
  );
  const mdx = isMdx(text);
  // Jekyll takes its own tag away before anybody looks for the end of a fence.
  const written = withoutRemarks(withoutOutline(text)).replace(
    /^\{%-?\s*endraw\s*-?%\}(?=`{3,}\s*$)/gm,
    "",
  );
  const { prose: around, code } = partCode(withoutExports(withoutData(written)), mdx);
  const values = mdx ? exportedValues(partCode(written, mdx).prose) : new Map();
  const computed = mdx
    ? replaceGivenObjects(replaceExpressions(withValues(around, values)), shownOfComponent)
    : around;
  const prose = withPlainAddresses(computed)
    .replace(/^%%[\s\S]*?%%|%%(?!\s)[^%\n]*%%/gm, " ")
    // Right behind an address, its sentence goes on; emphasis parts them.
    .replace(/(\*\*|__)((?:https?:\/\/|www\.)[^\s*_]+)\1(?=\p{L})/gu, "$2 ")
    // A backtick before the end of an address is its author's slip.
    .replace(/(\]\([^()\s`]+)`\)/g, "$1)");
  const spans: string[] = [];
  // What is code stays where it stands, as a sign, so that nothing of it is read as markup.
  const plain = withoutDefinitions(
    withPlainTemplates(
      // In a cell of a grid, too, a fence is given more than code.
      withEndedTags(withRowsApart(prose.replace(/^(\|.*`{3,})\s*\{[^{}\n]*\}/gm, "$1")))
        .replace(SIDE_BY_SIDE, (tag, code?: string) => (code === undefined ? `${tag} ` : tag))
        // A bracket alone in its line leaves no empty one, which would end the code.
        .replace(PREFORMATTED, (block) => block.replace(/[[\]]/g, ","))
        // Signs alone in a tag are no code of Markdown, and the name of a page of HTML is no text of it.
        .replace(/(?<=<code>)`+(?=<\/code>)/g, " ")
        .replace(/(?<=<meta\s[^<>]*>\s*)<title>[^<]*<\/title>/g, " ")
        .replace(/(?<!`)<(style|script|head|datalist)\b[\s\S]*?<\/\1>/gi, " ")
        // With "i", an "s" is a long one of old letters, too.
        .replace(/<\/(?=\P{ASCII})[^<>\n]*>/gu, " "),
    ),
  ).replace(
    /((?<![$\\{/.=-])\{[a-zA-Z][\w:.+-]*\}|(?<![\w\\:]):(?:ref|numref|doc|term|abbr|download|any|file|command|option|envvar|code|math|kbd|guilabel|menuselection|program|samp|(?:py|c|cpp|js|rst):\w+|class|func|meth|mod|attr|exc|data|obj|const|issue|pr):)?(?<![`\\])(`+)(?!`)((?:(?!\n\s*\n|\n[ \t>]*(?:(?:[-*+]|\d+[.)]|#{1,6})[ \t]|<\/?(?:div|d[ltd]|h\d|li|[ou]l|p|t(?:able|body|d|h|head|r))[\s>]))[\s\S])+?)(?<!`)\2(?!`)/g,
    // A role of MyST says how code is read: `{doc}`, and behind its words where they lead.
    (_, role, _mark, own) => {
      // A space at both ends is none of the code, but parts it from the letters beside it.
      const words = String(own).replace(/^ (?=.*\S)(.*) $/s, "$1");
      const apart = words === own ? "" : " ";
      const shown = role === undefined ? words : words.replace(/(?<=\S)\s*<[^<>]*>$/, "");
      return `${apart}\uE000${spans.push(shown) - 1}\uE001${apart}`;
    },
  );
  const readable = readableProse(withChanges(plain), definedLabels(prose)).replace(
    /\uE000(\d+)\uE001/g,
    // Jekyll takes out of code, too, what tells it to leave something alone.
    (_, at) =>
      (spans[Number(at)] ?? "")
        .replace(LANGUAGE_OF_CODE, "")
        .replace(/\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}/gs, "$1"),
  );
  return countWords([...code, readable]);
}

/** CriticMarkup with all changes accepted: only what was taken out is not read. */
function withChanges(prose: string): string {
  return prose
    .replace(/(?<![{\\])\{--(?:(?!--\}|\{--)[\s\S])*--\}(?!\})/g, "")
    .replace(/(?<![{\\])\{~~((?!~>|~~\}|\{~~)[\s\S])*~>/g, "")
    .replace(/(?<![{\\])\{(?:\+\+|==)|(?:\+\+|==|~~)\}(?!\})/g, "");
}

/** `f(){:js}` is code in a language, and `x{:type}` is code. */
const LANGUAGE_OF_CODE =
  /(?<=.)\{:(?:bash|css|html|java|javascript|js|json|jsonc|jsx|md|mdx|python|py|rust|sh|sql|ts|tsx|typescript|yaml)\}$/;

/** An attribute of JSX may be a template, whose backticks begin no code: `href={`/docs/${version()}`}`. */
function withPlainTemplates(prose: string): string {
  return prose.replace(
    /(?<=[\w-]=)\{\s*`([^`]*)`\s*\}/g,
    (_, words: string) => `"${words.replace(/["<>]/g, " ")}"`,
  );
}

/** `[label]: address "title"` is no text, whatever brackets its label has behind "\\"; `[^1]: words` is a footnote, and `[label]: words of a line` are some. */
function withoutDefinitions(prose: string): string {
  return prose.replace(
    /^[ \t>]*\[(?!\^)(?:\\.|[^\]\\\n])+\]:[ \t]*\n?[ \t]*(?:<[^<>\n]*>|(?!<)(?:\{\{[^{}\n]*\}\}|\{%[^%\n]*%\}|(?!\{[{%])\S)+)(?:[ \t]*\n?[ \t]*(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$/gm,
    " ",
  );
}

/** What links may refer to; `a[b][c]` without a definition is text. */
function definedLabels(prose: string): ReadonlySet<string> {
  return new Set(
    Array.from(prose.matchAll(/^[ \t>]*\[((?:\\.|[^\]\\\n])+)\]:/gm), ([, label = ""]) =>
      keyOf(label),
    ),
  );
}

function keyOf(label: string): string {
  return label.replace(/\s+/g, " ").trim().toLowerCase();
}

const MYST =
  /^\s*(?:`{3,}|~{3,}|:{3,})\s*\{[a-z][\w:-]+\}|\{[a-z][\w:-]*\}`|^\(\S+\)=\s*$|^\+{3} \{/m;

function withoutRemarks(text: string): string {
  const own = MYST.test(text)
    ? text.replace(/^(?:%(?!%).*|[ \t]*\([\w:./ -]+\)=[ \t]*|\+\+\+(?:[ \t].*)?)$/gm, " ")
    : text;
  return (
    own
      // What an item begins and does not end goes on in no other item.
      .replace(/^([ \t]*[-*+] \S.*)<!--(?!.*-->)(?=.*\n[ \t]*[-*+] )/gm, "$1 ")
      .replace(/<!--[\s\S]*?(?:-->|$)/g, " ")
      .replace(/\{\/\*[\s\S]*?\*\/\}/g, " ")
      .replace(/\{\{[<%]?-?\s*\/\*[\s\S]*?\*\/\s*-?[%>]?\}\}/g, " ")
      .replace(/\{%-?\s*comment\s*-?%\}[\s\S]*?\{%-?\s*endcomment\s*-?%\}/g, " ")
      .replace(/\{\{([<%])\s*comment\s*[>%]\}\}[\s\S]*?\{\{[<%]\s*\/\s*comment\s*[>%]\}\}/g, " ")
      // An end of Liquid without its own last sign.
      .replace(/^\{%-?\s*end\w+\s*-?%$/gm, " ")
      // What a program is told, as in XML: `<?code-excerpt "a.go"?>`.
      .replace(/<\?[a-z][\s\S]*?\?>/gi, " ")
      .replace(/^\[(?:\/\/|comment|_)\]:[ \t].*$/gim, " ")
  );
}

/** Attributes whose value a site shows. */
const SHOWN =
  /(?<![\w-])(?:title|label|summary|caption|heading|alt|description)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Elements that a site's style sets apart, as it does two spans with classes, or a name and what it is; but not in code. */
const SIDE_BY_SIDE =
  /<(pre|code|samp)\b[\s\S]*?<\/\1>|<(kbd)\b[^<>]*>[^<>]*<\/kbd>(?=<kbd[\s>])|<\/span>(?=<span\s[^<>]*class)|(?<=>\s*<(?:b|strong)>[^<>]{0,200})<\/(?:b|strong)>(?=<span[\s>])/gi;

/** Tags that stand among the letters of a word. */
const WITHIN_WORDS =
  /^<\/?(?:a|abbr|b|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|tt|u|var)[\s>]/i;

function shownAttributes(tag: string): string {
  // The title of HTML is what a browser shows only while a mouse rests there; an abbreviation's is said.
  const tips = /^<(?!abbr)[a-z]/.test(tag) ? tag.replace(/(?<![\w-])title\s*=/g, "tip=") : tag;
  // Only a picture has a text instead of it, and a player's menu is no page's.
  const own = /^<(?:a|track)\s/.test(tips)
    ? tips.replace(/(?<![\w-])(?:alt|label)\s*=/g, "tip=")
    : tips;
  // An image's text and its caption are often the same.
  const said = new Set([...own.matchAll(SHOWN)].map(([, double, single]) => double ?? single));
  const words = [...said].join(" ");
  return words === "" && WITHIN_WORDS.test(tag) ? "" : ` ${words} `;
}

/** A link's or an image's words, and where it leads: an address, a file's name with spaces, a definition. */
const LINK = new RegExp(
  String.raw`(?<!\\|(?<!\[)\])!?\[((?:[^[\]]|\[(?:[^[\]]|\[(?:[^[\]]|\[[^[\]]*\])*\])*\])*)\](?:\(\s*(?:<[^>\n]*>|${ADDRESS_PART})(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)|\([^()<>"'{}\n]* [^()<>"'{}\n]*\.\w{1,8}(?:#[^\s()]*)?\)|\[[^\]\n]*(?:\n(?!\s*\n)[^\]\n]*)?\](?!\())(?:\{:?\s*[\w.#][^{}\n]*\})?`,
  "g",
);

/** What Hugo or Liquid fills in. */
const TEMPLATE = String.raw`\{\{[^{}\n]*\}\}|\{%(?:[^%{}\n]|\{\{[^{}\n]*\}\})*%\}`;
const COMPUTED_ADDRESS = new RegExp(String.raw`\]\(\s*(?:${TEMPLATE}|[^()\s{}])*`, "g");

/** `[a][b](c)`: with a definition of b, words in brackets follow the link; without one, `[b](c)` is the link. */
function apartReferences(text: string, labels: ReadonlySet<string>): string {
  return text.replace(/\]\[([^[\]\n]+)\]\(/g, (_, label: string) =>
    labels.has(keyOf(label)) ? `][${label}] (` : `] [${label}](`,
  );
}

function readableProse(text: string, labels: ReadonlySet<string>): string {
  const wordsFirst = isWordsFirst(text);
  const wordsOfLink = (link: string, words: string): string => {
    const [, label] = /\]\[([^\]]*)\]$/.exec(link) ?? [];
    const isLink = label === undefined || labels.has(keyOf(label === "" ? words : label));
    if (!isLink && !/\uE000/.test(link)) return link;
    // Pictures stand apart from each other.
    return link.startsWith("!") ? ` ${words} ` : words.replace(/^(_+)([^_]+)\1$/, "$2");
  };
  return withoutEmphasis(
    replaceComponents(
      withoutBold(apartReferences(text, labels))
        // In a quote, a tag may go on in the next lines.
        .replace(/^[ \t]*>.*<[a-z][^<>\n]*(?:\n[ \t]*>[ \t]*[\w-]+="[^"\n]*")+/gim, (tag) =>
          tag.replace(/\n[ \t]*>/g, " "),
        )
        .replace(/<style[\s\S]*?<\/style>|<script[\s\S]*?<\/script>/gi, " ")
        // What a document says of its kind: `<!doctype html>`.
        .replace(/<![a-z][^<>]*>/gi, " ")
        // Keys stand in frames of their own.
        .replace(/<\/kbd>(?=<kbd[\s>])/g, "</kbd> ")
        // A footnote has a number where it is shown, and no label; letters behind it are of the word before it.
        .replace(/(?<=\p{L})\[\^[^\]\s]+\](?=\p{L})/gu, "")
        .replace(/\[\^[^\]\s]+\]/g, " "),
      shownOfComponent,
    )
      .replace(
        /^(?:import\s.*from\s+["'].*|import\s+["'].*|import\s+(?:type\s+)?(?:\w+\s*,\s*)?\{[\w\s,$]*\}\s*from\s+["'].*)$/gm,
        " ",
      )
      .replace(/^export (?:const|function|default)[\s\S]*?^[}\])]+;?$|^export .*$/gm, " ")
      // What a page keeps for an address is shown nowhere.
      .replace(
        /\{%-?\s*capture\s[^%]*%\}(?:\{\{[^{}]*\}\}|[^\s{}])*\{%-?\s*endcapture\s*-?%\}/g,
        " ",
      )
      // Around words, a label of one word names what they belong to.
      .replace(
        /\{\{[<%]\s*(\w+)(?:\s[^{}]*?)?\slabel="\S+"[^{}]*[>%]\}\}(?=(?:[^{}]|\{\{(?![<%])[^{}]*\}\}|\{[^{}]*\})*\{\{[<%]\s*\/\s*\1\s*[%>]\}\})/g,
        "",
      )
      // What stands in an address parts no words.
      .replace(COMPUTED_ADDRESS, (address) => address.replace(new RegExp(TEMPLATE, "g"), ""))
      // What DocFX takes from elsewhere, or lays out.
      .replace(
        /\[!(?:code[\w-]*|include\+?)\s*\[[^\]]*\]\s*\([^)]*\)\s*\]|\[!VIDEO\s+\S+?\]|\[!div\s[^\]]*=[^\]]*\]/gi,
        " ",
      )
      // Quarto shows keys, for each system its own.
      .replace(/\{\{<\s*kbd\s([^<>{}]*)>\}\}/g, (_, keys: string) =>
        [...new Set(keys.replace(/\b\w+=/g, " ").split(/\s+/))].join(" "),
      )
      .replace(/\{\{[<%][\s\S]*?[%>]\}\}|\{%[\s\S]*?%\}/g, shownAttributes)
      // A helper of Handlebars on its own line says what it is given.
      .replace(
        /^ {0,3}\{\{\s*([a-z]\w*)((?:\s+(?:"[^"\n]*"|true|false|\d+))+)\s*\}\}[ \t]*$/gm,
        (_, name: string, given: string) =>
          (given.match(/"[^"]*"/g) ?? [])
            .filter((words) => name === "startTab" || /\p{L}{2}[,.!?:]?\s+\p{L}/u.test(words))
            .join(" ")
            .replace(/\\n/g, " "),
      )
      .replace(/(?<![\w-]=\s*)\{\{[\s\S]*?\}\}/g, " ")
      // A table of contents stands alone; among words, `[toc](#top)` leads somewhere.
      .replace(/^[ \t>]*\[\[?_?TOC_?\]\]?[ \t]*$/gim, " ")
      .replace(
        /!?\[\[(?!\d+\]\])([^\][|\n]*?)(?:\\?\|([^\]\n]*))?\]\](?!\[(?!\[)|\([^()\s]*[/.#:][^()\s]*(?:\s+"[^"]*")?\))/g,
        (link: string, page: string, label?: string) =>
          label !== undefined && wordsFirst ? page : wikiWords(link, page, label),
      )
      // An image may stand in a link, and a link right behind two others.
      .replace(LINK, wordsOfLink)
      .replace(LINK, wordsOfLink)
      .replace(LINK, wordsOfLink)
      // `[label]s` refers to its definition, and is a part of a word.
      .replace(/(?<![\]\\!])\[([^[\]\n]+)\](?![[(:{])/g, (link: string, label: string) =>
        labels.has(keyOf(label)) ? label : link,
      )
      .replace(/^\s*\{[\w-]+="[^"\n]*"[^{}\n]*\}\s*$/gm, " ")
      .replace(
        /<\/?[A-Za-z][\w.:-]*(?:\s(?:(?<==)[^<>"'{\s]+"(?=>)|[^<>"'{]|"[^"]*"|'[^']*'|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})*)?\/?>/g,
        shownAttributes,
      )
      // What a span is given, as Pandoc writes it.
      .replace(
        /(?<=\])\{(?:custom-style|dir|lang|style|title|unknown-type)=(?:"[^"\n]*"|[^{}"\s]*)\}/g,
        "",
      )
      .replace(/(?<=\))\{\s*[\w.#-][^{}\n]*\}|(?<=^[ \t]*\|#)[ \t]*\{[^{}\n]*\}/gm, " ")
      .replace(/<([\w.+-]+@[\w.-]+)>/g, "$1")
      .replace(/<(?:https?:|mailto:)[^>\s]*>|(?<!\p{L})https?:\/\/[^\s<>|"\]]+/gu, " ")
      .replace(/\{:?\s*[#.][^}\n]*\}|\{:[^}\n]*\}/g, " ")
      .replace(
        /\{\s*(?:(?:width|height|style|class|align|loading|target|rel|title)=(?:"[^"\n]*"|[^\s"}]+)\s*)+\}/g,
        " ",
      )
      // Names of footnotes and of Obsidian's blocks.
      .replace(/\[\^[^\]\n]+\]/g, " ")
      .replace(/[ \t]\^[A-Za-z\d][\w-]*[ \t]*$/gm, " ")
      .replace(
        /^\s*(?:!!!|\?\?\?\+?)\s+[\w-]+(?:[ \t]+(?:inline|end|left|right|annotate)(?![\w-]))*/gm,
        " ",
      )
      .replace(/^([ \t>]*:{3,}.*?)\{([^{}\n]*=[^{}\n]*)\}[ \t]*$/gm, withTitle)
      // `/// tab | Linux`
      .replace(/^[ \t>]*\/{3,}[ \t]*(?:tab|details)(?=[ \t]*(?:\||$))/gm, " ")
      // What stands behind `tabs` says which, and how.
      .replace(/^[ \t>]*:{3,}[ \t]*tabs[ \t].*$/gm, " ")
      .replace(/^[ \t]*@tab(?::active)?(?=[ \t])|(?<=^[ \t]*@tab[^#\n]*)#[\w-]+[ \t]*$/gm, " ")
      .replace(
        /^(?:[ \t>]|[-*+][ \t])*:{3,}[ \t]*\{?\.?[\w-]*(?:#[\w-]+)?(?:[ \t]+\{[^}\n]*\}$)?/gm,
        " ",
      )
      .replace(/\[!\w+\]/g, " ")
      // Browsers know these without their end, too.
      .replace(/&(?:lt|gt|amp)(?!;)/g, " ")
      .replace(/&(#?\w+);/g, (_, name: string) => letterOf(name)),
  );
}
