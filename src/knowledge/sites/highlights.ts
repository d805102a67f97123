/**
 * Code in a tag of Jekyll or Hugo that holds it as it is: `{% highlight markdown %}`, which may hold fences and
 * tags of its own -> a fence that nothing in it ends. As many lines as before.
 */

import { endsFence, type Fence, fenceOf, markAround } from "../lines/fences.ts";

const OPENS =
  /^(\s*)(?:\{%-?\s*highlight\s([^%]*)%\}|\{\{[<%]\s*highlight\s([^{}]*)[%>]\}\})\s*(?:\{%-?\s*raw\s*-?%\}\s*)?$/;
const ENDS =
  /^\s*(?:\{%-?\s*endraw\s*-?%\}\s*)?(?:\{%-?\s*endhighlight\s*-?%\}?|\{\{[<%]\s*\/\s*highlight\s*[%>]\}\})\s*$/;
/** Tags around what Jekyll leaves alone. */
const RAW = /\{%-?\s*(?:end)?raw\s*-?%\}/g;

/** The same lines, in which such a tag is a fence. */
export function plainHighlights(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => OPENS.test(line))) return lines;
  const written = [...lines];
  const ends = lines.flatMap((line, at) => (ENDS.test(line) ? [at] : []));
  let next = 0;
  let fence: Fence | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (fence !== undefined) {
      if (endsFence(line, fence)) fence = undefined;
      continue;
    }
    const opening = OPENS.exec(line);
    if (opening === null) {
      fence = fenceOf(line);
      continue;
    }
    while ((ends[next] ?? lines.length) < at) next += 1;
    const end = ends[next];
    if (end === undefined) break;
    fencedFrom(written, { opening, at, end });
    at = end;
  }
  return written;
}

interface Highlight {
  readonly opening: RegExpExecArray;
  readonly at: number;
  readonly end: number;
}

function fencedFrom(lines: string[], { opening, at, end }: Highlight): void {
  const [, indent = "", ofLiquid, ofHugo] = opening;
  const code = lines.slice(at + 1, end);
  const mark = markAround(code);
  const [language = ""] = /[\w+-]+/.exec(ofLiquid ?? ofHugo ?? "") ?? [];
  lines[at] = `${indent}${mark}${language}`;
  lines[end] = indent + mark;
  if (ofLiquid === undefined) return;
  for (const [index, line] of code.entries()) lines[at + 1 + index] = line.replace(RAW, "");
}
