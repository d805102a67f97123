/**
 * How well the search does on pages of others: eight public collections, with questions that were written
 * and labelled before anything was asked. `node test/bench/others.ts FOLDER` with a folder for each
 * collection, named as in others.questions.txt; test/bench/README.md says where they are from.
 */

import { existsSync, globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildLibrary } from "../../src/knowledge/library.ts";
import { decodePage } from "../../src/knowledge/page-files.ts";
import { readPage } from "../../src/knowledge/read-page.ts";
import { createSearch } from "../../src/search/create-search.ts";
import { searchSections } from "../../src/search/library-sections.ts";
import type { SearchSection } from "../../src/search/section.ts";
import { type Finder, measureQuality } from "../search/measure-quality.ts";
import type { Asked } from "../search/written-questions.ts";
import { programWords } from "../support/program-words.ts";

const { positionals } = programWords({
  usage: "usage: node test/bench/others.ts FOLDER",
  options: {},
});

const QUESTIONS = fileURLToPath(new URL("others.questions.txt", import.meta.url));

type LabelledQuestion = { question: string; labels: readonly string[] };

/** A question on a line, its labels on the next, indented, as "collection:part of a section's id"; `-` for none. */
function readLabelled(): LabelledQuestion[] {
  const asked: LabelledQuestion[] = [];
  let question = "";
  for (const line of readFileSync(QUESTIONS, "utf8").split("\n")) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    if (!/^\s/.test(line)) question = line;
    else {
      const labels = line.trim() === "-" ? [] : line.split(",").map((label) => label.trim());
      asked.push({ question, labels });
    }
  }
  return asked;
}

function collectionOf(label: string): string {
  return label.split(":", 1)[0] ?? "";
}

/** The collection's sections; their ids begin with its name. */
function readCollection(folder: string, name: string): SearchSection[] {
  const home = `${folder}/${name}`;
  const files = globSync("**/*.{md,markdown,mdx}", { cwd: home }).toSorted();
  // A link within a part of a repository may lead out of it.
  const there = files.filter((file) => existsSync(`${home}/${file}`));
  const pages = there.flatMap((file) => {
    const text = decodePage(readFileSync(`${home}/${file}`))?.text;
    const result = text === undefined ? undefined : readPage({ file, folder: home, text });
    return result?.kind === "page" ? [result.page] : [];
  });
  return searchSections(buildLibrary(pages, [])).map((section) => ({
    ...section,
    id: `${name}/${section.id}`,
    file: `${name}/${section.file}`,
  }));
}

/** The sections that a label means: those with it in their ids, and what stands below such a heading. */
function labelled(label: string, collections: ReadonlyMap<string, SearchSection[]>): string[] {
  const name = collectionOf(label);
  const part = label.slice(name.length + 1);
  const sections = collections.get(name) ?? [];
  const named = sections.filter(({ id }) => id.includes(part));
  if (!part.includes("#")) return named.map(({ id }) => id);
  const isBelow = (section: SearchSection): boolean =>
    named.some(
      ({ id, file, headings }) =>
        id === section.id ||
        (file === section.file &&
          headings.length > 1 &&
          headings.every((heading, depth) => section.headings[depth] === heading)),
    );
  return sections.filter(isBelow).map(({ id }) => id);
}

async function report(finder: Finder, kind: string, asked: readonly Asked[]): Promise<number> {
  const quality = await measureQuality(finder, kind, asked);
  const fixed = (figure: number): string => figure.toFixed(3);
  process.stdout.write(
    `${`${kind} (${quality.count})`.padEnd(46)}among three ${fixed(quality.amongThree)}  answered ` +
      `${fixed(quality.answered)}  hedged ${fixed(quality.hedged)}  refused ${fixed(quality.refused)}  ` +
      `confident wrong ${fixed(quality.confidentWrong)}\n`,
  );
  return quality.amongThree;
}

const [folder] = positionals;
if (folder === undefined) {
  process.stdout.write("name a folder of collections: node test/bench/others.ts FOLDER\n");
} else {
  const questions = readLabelled();
  const names = [...new Set(questions.flatMap(({ labels }) => labels.map(collectionOf)))].sort();
  const collections = new Map(names.map((name) => [name, readCollection(folder, name)]));
  const answerable = questions
    .filter(({ labels }) => labels.length > 0)
    .map(({ question, labels }) => ({
      question,
      home: collectionOf(labels[0] ?? ""),
      answers: labels.flatMap((label) => labelled(label, collections)),
    }));
  const others = questions
    .filter(({ labels }) => labels.length === 0)
    .map(({ question }) => ({ question, answers: [] }));
  const joint = await createSearch([...collections.values()].flat());
  await report(joint, "in one index: with an answer", answerable);
  await report(joint, "in one index: without one", others);
  const amongThree: number[] = [];
  for (const [name, sections] of collections) {
    const search = await createSearch(sections);
    const own = answerable.filter(({ home }) => home === name);
    const kind = `${name}, ${sections.length} sections: with an answer`;
    amongThree.push(await report(search, kind, own));
    await report(search, `${name}: without one`, others);
  }
  const mean = amongThree.reduce((sum, part) => sum + part, 0) / Math.max(1, amongThree.length);
  process.stdout.write(
    `apart, the mean of ${amongThree.length} collections: among three ${mean.toFixed(3)}\n`,
  );
}
