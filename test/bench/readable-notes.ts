/** Remarks written as fences, as javascript.info has them: their words, told without the product's own reading. */

const NOTE =
  /^[ \t]*(`{3,})[ \t]*(?:smart|warn|compare|online|offline|quote|mdx-code-block)(?:[ \t]+(\w+=.*))?[ \t]*$/;
const OPENS = /^[ \t>]*(`{3,}|~{3,})/;
const FILE =
  /^[ \t]*\[(?:iframe|codetabs|demo|edit|js|html)(?:[ \t][^\]]*?(?:title="([^"]*)"[^\]]*)?)?\][ \t]*$/;

export function withNotes(text: string): string {
  const lines = text.split("\n");
  if (!lines.some((line) => NOTE.test(line))) return text;
  const open: { mark: string; isNote: boolean }[] = [];
  return lines
    .map((line) => {
      const last = open.at(-1);
      const alone = /^[ \t]*([`~]{3,})[ \t]*$/.exec(line)?.[1];
      if (last !== undefined && alone?.startsWith(last.mark)) {
        open.pop();
        return last.isNote ? "" : line;
      }
      if (last?.isNote === false) return line;
      const note = NOTE.exec(line);
      const mark = note?.[1] ?? OPENS.exec(line)?.[1];
      if (mark !== undefined) open.push({ mark, isNote: note !== null });
      if (note !== null) return (note[2] ?? "").replace(/(?<![\w`])\w+=(?=[ \t]*["'])/g, "");
      return line.replace(FILE, (_, title = "") => title);
    })
    .join("\n");
}
