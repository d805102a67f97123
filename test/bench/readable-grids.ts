/** Tables that are drawn as grids, `+---+---+`, told from the source alone: their cells, one below the other. */

const BORDER = /^ *\+(?:[-=:]+\+)+ *$/;

/** Each cell by itself, as the blocks it holds: what it lets follow on a line is no part of its neighbour. */
export function withGridCells(text: string): string {
  if (!/^ *\+[-=:]+\+/m.test(text)) return text;
  const lines = text.split("\n");
  const written: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (!BORDER.test(line)) {
      written.push(line);
      continue;
    }
    const edges = Array.from(line.matchAll(/\+/g), ({ index }) => index);
    let end = at + 1;
    while (edges.every((edge) => lines[end]?.[edge] === "|")) end += 1;
    const isGrid = end > at + 1 && BORDER.test(lines[end] ?? "");
    const rows = isGrid ? lines.slice(at + 1, end) : [];
    for (const [column, edge] of edges.slice(0, -1).entries()) {
      const cell = rows.map((row) => row.slice(edge + 1, edges[column + 1]).replace(/^ /, ""));
      written.push("", ...cell.map((words) => line.slice(0, edges[0]) + words.trimEnd()), "");
    }
    at = end - 1;
  }
  return written.join("\n");
}
