/**
 * What is left of other people's pages: for each folder its pages, its sections, the words of the files
 * that are in no section, and lines of markup that a reader would meet. `node test/bench/pages.ts
 * FOLDER…` with folders of Markdown; `--words` prints what is lost and the lines, page by page.
 */

import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { decodePage } from "../../src/knowledge/page-files.ts";
import { readPage } from "../../src/knowledge/read-page.ts";
import { programWords } from "../support/program-words.ts";

const { values, positionals } = programWords({
  usage: "usage: node test/bench/pages.ts FOLDER… [--words]",
  options: { words: { type: "boolean", default: false } },
});

interface PageReport {
  readonly sections: number;
  readonly lost: readonly string[];
  readonly junk: readonly string[];
}

/** Markup of site generators that says nothing to a reader. */
const JUNK =
  /^(?:import .* from ["']|export (?:const|default)|:::|\{%|\{\{[<%]|\\?<\/?[A-Z]\w*(?:[ />]|$)|<!--|\[\[_?TOC_?\]\]|!!! |=== ")/;

if (positionals.length === 0)
  print("name folders of Markdown pages: node test/bench/pages.ts FOLDER…");
else print(row(["collection", "pages", "not read", "sections", "words lost", "junk lines"]));
for (const folder of positionals) reportOf(folder);

function reportOf(folder: string): void {
  const files = globSync("**/*.{md,markdown,mdx}", { cwd: folder }).toSorted();
  const sums = { pages: 0, problems: 0, sections: 0, lost: 0, junk: 0 };
  for (const file of files) {
    const report = readOne(folder, file);
    if (report === undefined) {
      sums.problems += 1;
      continue;
    }
    sums.pages += 1;
    sums.sections += report.sections;
    sums.lost += report.lost.length;
    sums.junk += report.junk.length;
    if (values.words && report.lost.length + report.junk.length > 0) {
      print(`  ${file}: ${report.lost.slice(0, 12).join(" ")}`);
      for (const line of report.junk.slice(0, 5)) print(`    | ${line.slice(0, 120)}`);
    }
  }
  print(row([basename(folder), sums.pages, sums.problems, sums.sections, sums.lost, sums.junk]));
}

function readOne(folder: string, file: string): PageReport | undefined {
  const text = decodePage(readFileSync(`${folder}/${file}`));
  if (text === undefined) return undefined;
  const result = readPage({ file, folder, text });
  if (result.kind === "problem") return undefined;
  const { page } = result;
  const shown = page.sections.flatMap(({ headings, text: own, markdown }) => [
    ...headings,
    own,
    markdown,
  ]);
  const there = new Set([page.title, ...shown].flatMap(wordsOf));
  const lost = [...new Set(wordsOf(readable(text)))].filter((word) => !there.has(word));
  const junk = page.sections.flatMap(({ markdown }) =>
    withoutCode(markdown)
      .split("\n")
      .filter((line) => JUNK.test(line)),
  );
  return { sections: page.sections.length, lost, junk };
}

/** Code may say what it likes, and remarks are not shown. */
function withoutCode(markdown: string): string {
  return markdown
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/^( *)(`{3,}|~{3,})[\s\S]*?^\1\2.*$/gm, "");
}

/** What a reader is meant to read: no front matter, remarks, tags, addresses or directives. */
function readable(text: string): string {
  return text
    .replace(/\r\n/g, "\n")
    .replace(/^\uFEFF?(?:---\n[\s\S]*?\n---|\+\+\+\n[\s\S]*?\n\+\+\+)[ \t]*(?:\n|$)/, "")
    .replace(/^export (?:const|function)[\s\S]*?^\};?$/gm, " ")
    .replace(/\{\/\*[\s\S]*?\*\/\}|<style[\s\S]*?<\/style>/g, " ")
    .replace(/<!--[\s\S]*?-->/g, " ")
    .replace(/\{[%{][\s\S]*?[%}]\}/g, " ")
    .replace(/^(?:import|export) .*$/gm, " ")
    .replace(/\{\{[<%][\s\S]*?[%>]\}\}/g, " ")
    .replace(/<\/?[A-Za-z](?:[^<>"]|"[^"]*")*>/g, " ")
    .replace(/<[^>\n]*>/g, " ")
    .replace(/\]\([^)]*\)|^\[[^\]]+\]:.*$|https?:\S+|\{\s*[#:.][^}]*\}/gm, " ")
    .replace(/^```.*$/gm, " ")
    .replace(/&#?\w+;/g, " ");
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
}

function row(cells: readonly (string | number)[]): string {
  return cells
    .map((cell, at) => (at === 0 ? String(cell).padEnd(28) : String(cell).padStart(12)))
    .join("");
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
