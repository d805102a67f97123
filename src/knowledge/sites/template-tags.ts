/** Shortcodes, and tags and values of Liquid, that go on in the next lines. */

import { emptyLines, type JoinedTag, MOST_LINES } from "./joined-tag.ts";

const SHORTCODE_ENDS = /[%>]\}\}/;

/** Whether the line's last shortcode does not end in it. */
export function opensShortcode(line: string): boolean {
  const last = Math.max(line.lastIndexOf("{{<"), line.lastIndexOf("{{%"));
  return last !== -1 && !SHORTCODE_ENDS.test(line.slice(last));
}

/** `[x]({{ site.repository` of Liquid, which goes on below. */
export const ADDRESS_OPENS = /\]\(\s*\{\{[^{}]*$/;

/** The address stands in one line then, and what follows it in its own. */
export function addressFrom(line: string, next: string): JoinedTag | undefined {
  const rest = next.trimStart();
  const address = /^[^(){}]*\}\}[^()\s]*\)[.,;:!?)]*/.exec(rest)?.[0];
  if (address === undefined) return undefined;
  return {
    text: `${line.trimEnd()} ${address}`,
    below: [rest.slice(address.length).trimStart()],
  };
}

/** A shortcode that begins in a line; undefined where it ends nowhere. */
export function shortcodeFrom(lines: readonly string[], at: number): JoinedTag | undefined {
  let text = (lines[at] ?? "").trimEnd();
  // Behind one that ends, another may begin.
  for (let more = 1; more < MOST_LINES && at + more < lines.length; more += 1) {
    const line = lines[at + more] ?? "";
    text += ` ${line.trim()}`;
    if (SHORTCODE_ENDS.test(line) && !opensShortcode(text)) {
      return { text, below: emptyLines(more) };
    }
  }
  return undefined;
}

/** What ends the line's last tag or value of Liquid, which does not end in it. */
export function opensLiquid(line: string): "%}" | "}}" | undefined {
  const tag = line.lastIndexOf("{%");
  if (tag !== -1 && line[tag - 1] !== "{" && !line.includes("%}", tag)) return "%}";
  const value = line.lastIndexOf("{{");
  const isValue =
    value !== -1 && !line.includes("}}", value) && VALUE_OPENS.test(line.slice(value));
  return isValue ? "}}" : undefined;
}

const VALUE_OPENS = /^\{\{-?\s*[\w.]+\s*\|/;

/** No tag of Liquid goes over an empty line. Where another begins behind its end, that one goes on, too. */
export function liquidFrom(
  lines: readonly string[],
  at: number,
  end: string,
): JoinedTag | undefined {
  let text = (lines[at] ?? "").trimEnd();
  let awaited: string | undefined = end;
  let whole: JoinedTag | undefined;
  for (let more = 1; more < MOST_LINES && awaited !== undefined; more += 1) {
    const line = (lines[at + more] ?? "").trim();
    if (line === "") return whole;
    text += ` ${line}`;
    if (!line.includes(awaited)) continue;
    whole = { text, below: emptyLines(more) };
    awaited = opensLiquid(line);
  }
  return whole;
}
