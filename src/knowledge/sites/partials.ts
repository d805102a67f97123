/**
 * What MDX takes from another page, `import Steps from "./_steps.mdx"` and `<Steps />` where it belongs: the file
 * is named there, as other includes are. Source: Docusaurus, "Importing Markdown".
 */

import { endsFence, type Fence, fenceOf } from "../lines/fences.ts";
import { includedFile } from "./included-file.ts";

const IMPORT = /^import\s+([A-Z]\w*)\s+from\s+["']([^"'\s]+\.mdx?)["']/;
const PARTIAL = /<([A-Z]\w*)(?:\s(?:[^<>"'{}`]|"[^"]*"|'[^']*'|\{[^{}<>]*\})*)?\/>/g;

/** The same lines, as many as before. */
export function namePartials(lines: readonly string[]): readonly string[] {
  const files = new Map(
    lines.flatMap((line): [name: string, file: string][] => {
      const [, name, file] = IMPORT.exec(line) ?? [];
      return name === undefined || file === undefined ? [] : [[name, file]];
    }),
  );
  if (files.size === 0) return lines;
  let fence: Fence | undefined;
  return lines.map((line) => {
    if (fence !== undefined) {
      if (endsFence(line, fence)) fence = undefined;
      return line;
    }
    fence = fenceOf(line);
    return fence !== undefined || !line.includes("/>") ? line : withFiles(line, files);
  });
}

function withFiles(line: string, files: ReadonlyMap<string, string>): string {
  return line
    .split(/(`+[^`]*`+)/)
    .map((part, at) =>
      at % 2 === 1
        ? part
        : part.replace(PARTIAL, (tag, name: string) => {
            const file = files.get(name);
            return file === undefined ? tag : includedFile(file);
          }),
    )
    .join("");
}
