/**
 * The blocks of ReadMe.com: `[block:callout]`, an object of JSON, `[/block]` -> Markdown and HTML. Source:
 * ReadMe's reference of its "magic blocks". Each takes as many lines as before, so code and tables become
 * HTML, which needs one line only.
 */

import { z } from "zod";
import { parseJson } from "../../exposition/parse-json.ts";
import { endsFence, type Fence, fenceOf } from "../lines/fences.ts";
import { labelLine, remark } from "../markdown/remarks.ts";

const OPENS = /^\s*\[block:([\w-]+)\]\s*(.*)$/;
const ENDS = /^(.*?)\[\/block\]\s*$/;
/** A block of more lines is none: somebody forgot its end. */
const MOST_LINES = 2_000;

/** `<HTMLBlock>{`…`}</HTMLBlock>` of its MDX holds HTML as a text. */
const HTML_OPENS = /^(\s*(?:<t[dh]>)?)<HTMLBlock(?:\s[^<>]*)?>\s*(?:\{`)?/;
const HTML_ENDS = /(?:`\})?\s*<\/HTMLBlock\s*>/;

/** The same lines, as many as before; a block that cannot be read stays as it is. */
export function plainReadmeBlocks(given: readonly string[]): readonly string[] {
  const lines = given.some((line) => HTML_OPENS.test(line)) ? plainHtmlBlocks(given) : given;
  if (!lines.some((line) => OPENS.test(line))) return lines;
  const written: string[] = [];
  let fence: Fence | undefined;
  while (written.length < lines.length) {
    const line = lines[written.length] ?? "";
    const block = fence === undefined ? blockAt(lines, written.length) : undefined;
    if (fence === undefined) fence = fenceOf(line);
    else if (endsFence(line, fence)) fence = undefined;
    for (const each of block ?? [line]) written.push(each);
  }
  return written;
}

function plainHtmlBlocks(lines: readonly string[]): string[] {
  let fence: Fence | undefined;
  let isOpen = false;
  return lines.map((line) => {
    if (fence !== undefined) {
      if (endsFence(line, fence)) fence = undefined;
      return line;
    }
    if (!isOpen) fence = fenceOf(line);
    if (fence !== undefined || (!isOpen && !HTML_OPENS.test(line))) return line;
    const inside = line.replace(HTML_OPENS, "$1").replace(/^\s*(?:\{`|`\})\s*$/, "");
    isOpen = !HTML_ENDS.test(inside);
    return inside.replace(HTML_ENDS, "").replace(/\\`/g, "`");
  });
}

function blockAt(lines: readonly string[], at: number): string[] | undefined {
  const [, kind = "", first = ""] = OPENS.exec(lines[at] ?? "") ?? [];
  if (kind === "") return undefined;
  const inside = [first, ...lines.slice(at + 1, at + MOST_LINES)];
  const end = inside.findIndex((line) => ENDS.test(line));
  if (end === -1) return undefined;
  const last = ENDS.exec(inside[end] ?? "")?.[1] ?? "";
  const value = parseJson([...inside.slice(0, end), last].join("\n"));
  const shown = value === undefined ? undefined : READERS.get(kind)?.(value);
  if (shown === undefined) return undefined;
  const places = end + 1;
  const fitting = shown.length <= places ? shown : [shown.filter((line) => line !== "").join(" ")];
  return [...fitting, ...Array.from({ length: places - fitting.length }, () => "")];
}

const words = z.union([z.string(), z.number()]).transform(String).nullish();
const callout = z.object({ type: words, title: words, body: words });
const header = z.object({ title: words, level: z.number().int().min(1).max(6).nullish() });
const codes = z.object({
  codes: z.array(z.object({ code: words, language: words, name: words })),
});
const images = z.object({
  images: z.array(z.object({ image: z.array(z.unknown()).nullish(), caption: words })),
});
const table = z.object({ data: z.record(z.string(), words) });
const html = z.object({ html: words });
const embed = z.object({ url: words, title: words });

const READERS: ReadonlyMap<string, (value: unknown) => string[] | undefined> = new Map([
  ["callout", reader(callout, calloutLines)],
  [
    "api-header",
    reader(header, ({ title, level }) => [`${"#".repeat(level ?? 2)} ${title ?? ""}`]),
  ],
  ["code", reader(codes, (block) => block.codes.flatMap(codeLines))],
  ["image", reader(images, (block) => block.images.flatMap(imageLines))],
  ["parameters", reader(table, ({ data }) => [tableLine(data)])],
  ["html", reader(html, (block) => (block.html ?? "").split("\n"))],
  ["embed", reader(embed, ({ url, title }) => [`[${title ?? url ?? ""}](${url ?? ""})`])],
]);

function reader<Shape extends z.ZodType>(
  shape: Shape,
  show: (block: z.infer<Shape>) => string[],
): (value: unknown) => string[] | undefined {
  return (value) => {
    const read = shape.safeParse(value);
    return read.success ? show(read.data) : undefined;
  };
}

function calloutLines({ type, title, body }: z.infer<typeof callout>): string[] {
  return [labelLine(remark(type ?? "note", title ?? "")), ...(body ?? "").split("\n")];
}

function codeLines({ code, language, name }: z.infer<typeof codes>["codes"][number]): string[] {
  const kind = (language ?? "").replace(/[^\w+-]/g, "");
  const text = escaped(code ?? "").replace(/\r?\n/g, "&#10;");
  const title = (name ?? "") === "" ? [] : [labelLine(name ?? "")];
  return [...title, "", `<pre><code class="language-${kind}">${text}</code></pre>`, ""];
}

function imageLines({ image, caption }: z.infer<typeof images>["images"][number]): string[] {
  const [source, title] = image ?? [];
  const alt = caption ?? (typeof title === "string" ? title : "");
  return typeof source === "string" ? [`![${alt}](${source})`, ""] : [];
}

/** `h-0` is the heading of the first column, `2-0` its cell in the third row. */
function tableLine(data: z.infer<typeof table>["data"]): string {
  const rows = new Map<string, string[]>();
  for (const [place, cell] of Object.entries(data)) {
    const [, row = "", column = ""] = /^(h|\d{1,4})-(\d{1,2})$/.exec(place) ?? [];
    if (column === "") continue;
    const cells = rows.get(row) ?? [];
    cells[Number(column)] = cell ?? "";
    rows.set(row, cells);
  }
  const order = (row: string): number => (row === "h" ? -1 : Number(row));
  const written = [...rows]
    .toSorted(([one], [other]) => order(one) - order(other))
    .map(([row, cells]) => rowLine(row === "h" ? "th" : "td", cells));
  return `<table>${written.join("")}</table>`;
}

function rowLine(tag: "th" | "td", cells: readonly (string | undefined)[]): string {
  const written = Array.from(cells, (cell) => {
    const text = (cell ?? "").replace(/\s*\n\s*/g, "<br>");
    return `<${tag}>${text}</${tag}>`;
  });
  return `<tr>${written.join("")}</tr>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}
