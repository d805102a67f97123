/**
 * What MDX takes from another page, `import Steps from "./_steps.mdx"` and `<Steps />` where it belongs: the file
 * is named there, as other includes are. Source: Docusaurus, "Importing Markdown".
 */

import { linesOfFences } from "../lines/fences.ts";
import { withWordsBetween } from "./code-spans.ts";
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
  const isCode = linesOfFences(lines);
  const named = (words: string): string =>
    words.replace(PARTIAL, (tag, name: string) => {
      const file = files.get(name);
      return file === undefined ? tag : includedFile(file);
    });
  return lines.map((line, at) =>
    isCode[at] === true || !line.includes("/>") ? line : withWordsBetween(line, named),
  );
}
