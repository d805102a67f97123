/** Lines that take in a file: calls and tags of several sites, and blocks of PyMdown's snippets. */

import { linesOfFences } from "../lines/fences.ts";
import { includedFile } from "./included-file.ts";
import { NOTHING, type SiteLine } from "./line.ts";

/** `{{ include("a.md") }}` and `{{file:a.md}}` name the file. */
const INCLUDE_CALL =
  /^\s*\{\{-?\s*(?:\w*include\w*\(\s*["']([^"'()]+)["'].*\)|\w+:([\w./-]*\.[a-z]{2,5}))\s*-?\}\}\s*$/;

/** `<include src="a.md" />` */
const INCLUDE_ALONE = /^\s*<include\s(?:[^<>]*\s)?(?:src|file|path)="([^"<>]+)"[^<>]*>\s*$/;

/** `<include meta='title="a.ts"'>../a.ts</include>` of Fumadocs, on one line or on three. */
export function includeLine(line: string): SiteLine | undefined {
  const called = INCLUDE_CALL.exec(line)
    ?.slice(1)
    .find((each) => each !== undefined);
  if (called !== undefined) return { text: includedFile(called) };
  const [, marks = "", words, file = ""] =
    /^(\s*(?:>\s*|[-*+]\s+)*)<include(\s[^<>]*)?>\s*(?:([^<>\s]+)\s*<\/include>)?\s*$/.exec(line) ??
    [];
  const title = /(?:title|tab)="([^"]*)"/.exec(words ?? "")?.[1];
  if (file !== "") return { text: `${marks}${includedFile(file)}` };
  if (title !== undefined) return { label: title };
  const source = INCLUDE_ALONE.exec(line)?.[1];
  if (source !== undefined) return { text: includedFile(source) };
  return /^\s*<\/?include(?:\s[^<>]*)?>\s*$/.test(line) ? NOTHING : undefined;
}

const SNIPPETS = /^\s*-{1,}8<-{1,}\s*$/;

/** Files that stand between two lines `--8<--`, each on one -> each as a snippet of its own; as many lines as before. */
export function plainSnippets(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => SNIPPETS.test(line))) return lines;
  const isCode = linesOfFences(lines);
  let isIn = false;
  return lines.map((line, at) => {
    if (isCode[at] === true) return line;
    if (SNIPPETS.test(line)) {
      isIn = !isIn;
      return "";
    }
    const file = line.trim();
    if (!isIn || !/^(?=.*[./])[\w./:-]+$/.test(file)) return line;
    return line.replace(file, () => `--8<-- "${file}"`);
  });
}
