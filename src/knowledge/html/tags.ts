/** Which tags are HTML, and how many of them a piece of it leaves open. */

/** The elements of HTML (html.spec.whatwg.org, "Index of elements"), and those that pages still use. */
const TAGS: ReadonlySet<string> = new Set(
  (
    "a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas caption center " +
    "cite code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure " +
    "font footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins kbd label legend li link " +
    "main map mark menu meta meter nav nobr noscript object ol optgroup option output p param picture pre progress q rp " +
    "rt ruby s samp script search section select slot small source span strike strong style sub summary sup svg " +
    "table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr"
  ).split(" "),
);

/** They have no end, or one that people leave out. */
const WITHOUT_END: ReadonlySet<string> = new Set(
  "area base br col embed hr image img input link meta param source track wbr p li dt dd option tr td th tbody thead".split(
    " ",
  ),
);

/** Whether `<name>` is HTML, and no placeholder. */
export function isHtmlTag(name: string): boolean {
  return TAGS.has(name.toLowerCase());
}

/** Those whose end people forget, while they mean the tag. */
const OFTEN_OPEN: ReadonlySet<string> = new Set(
  "a b big center details div em font i ol s small span strong sub summary sup table u ul".split(
    " ",
  ),
);

/** Whether `<name>` without an end is a placeholder, and no HTML that somebody meant. */
export function mustEnd(name: string): boolean {
  return TAGS.has(name) && !WITHOUT_END.has(name) && !OFTEN_OPEN.has(name);
}

export interface HtmlTag {
  readonly name: string;
  readonly isClosing: boolean;
}

/** The tags that open or close an element, in order. */
export function tagsIn(html: string): HtmlTag[] {
  const bare = html.replace(/<!--[\s\S]*?(?:-->|$)/g, "");
  const tags: HtmlTag[] = [];
  for (const [, closing, name = "", selfClosing] of bare.matchAll(
    /<(\/?)([a-zA-Z][\w-]*)(?:\s[^<>]*?)?(\/?)>/g,
  )) {
    const tag = name.toLowerCase();
    if (!TAGS.has(tag) || WITHOUT_END.has(tag) || selfClosing === "/") continue;
    tags.push({ name: tag, isClosing: closing === "/" });
  }
  return tags;
}
