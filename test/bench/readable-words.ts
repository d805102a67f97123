/**
 * The words that a reader of a page is meant to see, told from its source alone and without the product's
 * own reading: code as it stands, and of the rest no front matter, remark, tag, address or directive; of a
 * tag the attributes that a site shows.
 */

/** The words of three letters and more, with how often each stands there. */
export type WordCounts = ReadonlyMap<string, number>;

export function countWords(texts: readonly string[]): WordCounts {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of text.toLowerCase().match(/\p{L}{3,}/gu) ?? []) {
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
  const text = withoutFrontMatter(file.replace(/\r\n?/g, "\n").replace(/^\uFEFF/, ""));
  const { prose, code } = partCode(withoutRemarks(text));
  const spans: string[] = [];
  const plain = prose.replace(
    /(?<!`)(`+)(?!`)((?:(?!\n\s*\n)[\s\S])+?)(?<!`)\1(?!`)/g,
    (_, _mark, own) => {
      spans.push(String(own));
      return " ";
    },
  );
  return countWords([...code, ...spans, readableProse(plain)]);
}

function withoutFrontMatter(text: string): string {
  return text.replace(
    /^(?:---[ \t]*\n(?:[\s\S]*?\n)?---|\+\+\+[ \t]*\n[\s\S]*?\n\+\+\+)[ \t]*(?:\n|$)/,
    "",
  );
}

function withoutRemarks(text: string): string {
  return text
    .replace(/<!--[\s\S]*?(?:-->|$)/g, " ")
    .replace(/\{\/\*[\s\S]*?\*\/\}/g, " ")
    .replace(/\{\{[<%]?-?\s*\/\*[\s\S]*?\*\/\s*-?[%>]?\}\}/g, " ")
    .replace(/\{%-?\s*comment\s*-?%\}[\s\S]*?\{%-?\s*endcomment\s*-?%\}/g, " ")
    .replace(/^\[(?:\/\/|comment|_)\]:\s.*$/gim, " ")
    .replace(/<style[\s\S]*?<\/style>|<script[\s\S]*?<\/script>/gi, " ");
}

/** Fenced code, and what stands around it. */
function partCode(text: string): { prose: string; code: string[] } {
  const prose: string[] = [];
  const code: string[] = [];
  let mark: string | undefined;
  for (const line of text.split("\n")) {
    const fence = /^(?:[\s>]|[-*+]\s|\d+[.)]\s|:\s)*(`{3,}|~{3,})([^`]*)$/.exec(line);
    if (mark === undefined && fence !== null) mark = fence[1];
    else if (mark === undefined) prose.push(line);
    else if (fence?.[2]?.trim() === "" && fence[1]?.startsWith(mark)) mark = undefined;
    else code.push(line);
  }
  return { prose: prose.join("\n"), code };
}

/** Attributes whose value a site shows. */
const SHOWN =
  /(?<![\w-])(?:title|label|summary|caption|heading|alt|description)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

function shownAttributes(tag: string): string {
  return ` ${[...tag.matchAll(SHOWN)].map(([, double, single]) => double ?? single).join(" ")} `;
}

function readableProse(text: string): string {
  return text
    .replace(/^(?:import\s.*from\s+["'].*|import\s+["'].*)$/gm, " ")
    .replace(/^export (?:const|function|default)[\s\S]*?^[}\])]+;?$|^export .*$/gm, " ")
    .replace(/\{\{[<%][\s\S]*?[%>]\}\}|\{%[\s\S]*?%\}/g, shownAttributes)
    .replace(/\{\{[\s\S]*?\}\}/g, " ")
    .replace(
      /<\/?[A-Za-z][\w.:-]*(?:\s(?:[^<>"'{]|"[^"]*"|'[^']*'|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})*)?\/?>/g,
      shownAttributes,
    )
    .replace(/<(?:https?:|mailto:)[^>\s]*>|https?:\/\/[^\s)>\]"']+/g, " ")
    .replace(/\]\(\s*(?:<[^>\n]*>|(?:[^()\s]|\([^()]*\))*)(\s+["'(][^)]*["')])?\s*\)/g, "] ")
    .replace(/^\s{0,3}\[[^\]]+\]:\s*\S+/gm, " ")
    .replace(/\]\[[^\]\n]*\]/g, "] ")
    .replace(/\{:?\s*[#.][^}\n]*\}|\{:[^}\n]*\}/g, " ")
    .replace(/^\s*(?:!!!|\?\?\?\+?)\s+[\w-]+/gm, " ")
    .replace(/^\s*:{3,}\s*\{?\.?[\w-]*/gm, " ")
    .replace(/\[!\w+\]/g, " ")
    .replace(/&#?\w+;/g, " ")
    .replace(/[\\*_]+(?=\p{L})|(?<=\p{L})[\\*_]+/gu, (marks) => (marks.includes("\\") ? "" : " "));
}
