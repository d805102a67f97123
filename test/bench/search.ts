/**
 * How well and how fast the search is. Quality: the questions of test/fixtures/search on this
 * project's own knowledge. Speed: the same questions on collections of 100 to 50,000 sections,
 * beside fuse.js in its default form, fuse.js's token search, MiniSearch and SQLite's FTS5 over
 * the same texts in the same run. `node test/bench/search.ts [largest number of sections]`.
 */
import { DatabaseSync } from "node:sqlite";
import Fuse from "fuse.js";
import { createSearch } from "../../src/search/create-search.ts";
import { searchSections } from "../../src/search/library-sections.ts";
import type { SearchSection } from "../../src/search/section.ts";
import { splitWords } from "../../src/search/split-words.ts";
import { STOP_WORDS } from "../../src/search/stop-words.ts";
import { inventSections } from "../search/invented-sections.ts";
import {
  asFinder,
  type Finder,
  measureQuality,
  type Quality,
  questionKinds,
} from "../search/measure-quality.ts";
import { readOwnKnowledge } from "../search/own-knowledge.ts";
import { OPERATOR_SETS, readOperatorQuestions } from "../search/written-questions.ts";

const SIZES = [100, 1_000, 10_000, 50_000];
const LARGEST = Number(process.argv[2] ?? SIZES.at(-1));

/** One way of searching may use this much time per size; what is slow is asked fewer questions. */
const MOST_MS = 5_000;
const MOST_QUESTIONS = 400;

/** Questions of a kind that the other ways are asked for the quality table. */
const MOST_COMPARED = 25;

/** Searches that go through every text take seconds per question beyond this. */
const MOST_SECTIONS_FOR_FUSE = 10_000;

type Build = (sections: readonly SearchSection[]) => Promise<Finder> | Finder;

const OURS = "this search";
const WAYS: readonly (readonly [name: string, build: Build, mostSections: number])[] = [
  [OURS, (sections) => createSearch(sections), Infinity],
  ["fuse.js, default", (sections) => fuseFinder(sections, {}), MOST_SECTIONS_FOR_FUSE],
  ["fuse.js, token search", fuseTokens, MOST_SECTIONS_FOR_FUSE],
  ["MiniSearch", miniSearchFinder, Infinity],
  ["FTS5 of SQLite", ftsFinder, Infinity],
];

const sections = searchSections(readOwnKnowledge());
await printQuality();
await printSpeed();

async function printQuality(): Promise<void> {
  print(`quality on the project's own knowledge, ${sections.length} sections`);
  print("MRR: mean reciprocal rank among ten; all others: parts of the questions\n");
  const ours = await createSearch(sections);
  for (const half of ["tuning", "test"] as const) {
    print(`${half} half`);
    for (const [kind, asked] of questionKinds(sections, half)) {
      print(describeQuality(await measureQuality(ours, kind, asked)));
    }
  }
  for (const set of OPERATOR_SETS) {
    const operators = readOperatorQuestions(set);
    const answerable = operators.filter(({ answers }) => answers.length > 0);
    print(describeQuality(await measureQuality(ours, `${set}, with an answer`, answerable)));
    print(describeQuality(await measureQuality(ours, `${set}, all`, operators)));
  }
  await printOthersQuality();
}

function describeQuality(quality: Quality): string {
  const { kind, count, meanReciprocalRank, first, amongThree } = quality;
  const { answered, hedged, refused, confidentWrong } = quality;
  const ranks = `MRR ${fixed(meanReciprocalRank)}  first ${fixed(first)}  among three ${fixed(amongThree)}`;
  const kinds = `answered ${fixed(answered)}  hedged ${fixed(hedged)}  refused ${fixed(refused)}`;
  return `  ${`${kind} (${count})`.padEnd(46)}${ranks}  ${kinds}  confident wrong ${fixed(confidentWrong)}`;
}

/** The others' are sampled: some of them take tenths of a second per question. */
async function printOthersQuality(): Promise<void> {
  print(`\nMRR of each way, test half, ${MOST_COMPARED} questions of a kind at most`);
  const finders: Finder[] = [];
  for (const [, build] of WAYS) finders.push(await build(sections));
  print(" ".repeat(48) + WAYS.map(([name]) => name.padStart(23)).join(""));
  for (const [kind, asked] of questionKinds(sections, "test")) {
    if (asked.every(({ answers }) => answers.length === 0)) continue;
    const some = sample(asked, MOST_COMPARED);
    let line = `  ${title(kind, some)}`;
    for (const finder of finders) {
      line += fixed((await measureQuality(finder, kind, some)).meanReciprocalRank).padStart(23);
    }
    print(line);
  }
  print("");
}

function title(kind: string, asked: readonly unknown[]): string {
  return `${kind} (${asked.length})`.padEnd(46);
}

function fixed(figure: number): string {
  return figure.toFixed(2);
}

function sample<T>(all: readonly T[], most: number): T[] {
  const step = Math.ceil(all.length / most);
  return all.filter((_, n) => n % step === 0);
}

async function printSpeed(): Promise<void> {
  const kinds = [...questionKinds(sections, "tuning"), ...questionKinds(sections, "test")];
  const questions = kinds.flatMap(([, asked]) => asked.map(({ question }) => question));
  print("speed, the same questions; x: times as long as this search in the same run");
  for (const size of SIZES.filter((each) => each <= LARGEST)) {
    const collection = inventSections(sections, size);
    let ours: Speed | undefined;
    print(`\n${size} sections`);
    for (const [name, build, mostSections] of WAYS) {
      if (size > mostSections) {
        print(`  ${name.padEnd(24)} left out: seconds per question`);
        continue;
      }
      const speed = await measureSpeed(build, collection, questions);
      ours ??= speed;
      print(`  ${name.padEnd(24)}${describe(speed, ours)}`);
    }
  }
}

type Speed = { indexMs: number; p50: number; p99: number; asked: number; memoryMb: number };

async function measureSpeed(
  build: Build,
  collection: readonly SearchSection[],
  questions: readonly string[],
): Promise<Speed> {
  const before = process.memoryUsage.rss();
  const started = performance.now();
  const finder = await build(collection);
  const indexMs = performance.now() - started;
  const memoryMb = (process.memoryUsage.rss() - before) / 1e6;
  const some = sample(questions, MOST_QUESTIONS);
  const times: number[] = [];
  const until = performance.now() + MOST_MS;
  for (const question of some.slice(0, 20)) {
    await finder.ask(question, { limit: 10 });
    if (performance.now() > until) break;
  }
  for (const question of some) {
    const asked = performance.now();
    await finder.ask(question, { limit: 10 });
    times.push(performance.now() - asked);
    if (performance.now() > until) break;
  }
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number): number => sorted[Math.floor((sorted.length - 1) * part)] ?? 0;
  return { indexMs, p50: at(0.5), p99: at(0.99), asked: times.length, memoryMb };
}

function describe(speed: Speed, ours: Speed): string {
  const ratio = (one: number, other: number): string =>
    `(x ${(one / other).toFixed(1)})`.padEnd(12);
  return (
    `p50 ${speed.p50.toFixed(2).padStart(8)} ms ${ratio(speed.p50, ours.p50)}` +
    `p99 ${speed.p99.toFixed(2).padStart(8)} ms ${ratio(speed.p99, ours.p99)}` +
    `index ${(speed.indexMs / 1000).toFixed(2).padStart(6)} s  +${speed.memoryMb.toFixed(0)} MB  ` +
    `${speed.asked} questions`
  );
}

function fuseTokens(collection: readonly SearchSection[]): Finder {
  return fuseFinder(collection, { useTokenSearch: true });
}

function fuseFinder(
  collection: readonly SearchSection[],
  options: { useTokenSearch?: boolean },
): Finder {
  const fuse = new Fuse(collection, {
    keys: ["file", "title", "headings", "symptoms", "logs", "text"],
    includeScore: true,
    ...options,
  });
  return asFinder((query, limit) =>
    fuse.search(query, { limit }).map(({ item, score = 1 }) => ({ id: item.id, score: 1 - score })),
  );
}

/** A development dependency; without it the rest is still measured. */
async function miniSearchFinder(collection: readonly SearchSection[]): Promise<Finder> {
  const { default: MiniSearch } = await import("minisearch");
  const mini = new MiniSearch<Record<string, string>>({
    fields: ["file", "headings", "symptoms", "logs", "text"],
    searchOptions: { prefix: true, fuzzy: 0.2, boost: { headings: 2, file: 2 } },
  });
  mini.addAll(
    collection.map(({ id, file, headings, symptoms = [], logs = [], text }) => ({
      id,
      file,
      headings: headings.join(" "),
      symptoms: symptoms.join(" "),
      logs: logs.join(" "),
      text,
    })),
  );
  return asFinder((query, limit) =>
    mini
      .search(query)
      .slice(0, limit)
      .map(({ id, score }) => ({ id: String(id), score })),
  );
}

/** Porter stemming, bm25 with column weights, names split: the best single ranker without ours. */
function ftsFinder(collection: readonly SearchSection[]): Finder {
  const db = new DatabaseSync(":memory:");
  db.exec(
    "CREATE VIRTUAL TABLE words USING fts5(id UNINDEXED, names, hints, body, tokenize='porter')",
  );
  const insert = db.prepare("INSERT INTO words VALUES (?, ?, ?, ?)");
  const spread = (text: string): string => Object.values(splitWords(text)).flat().join(" ");
  db.exec("BEGIN");
  for (const { id, file, headings, symptoms = [], logs = [], text } of collection) {
    const hints = [...symptoms, ...logs].join(" ");
    insert.run(id, spread([file, ...headings].join(" ")), spread(hints), spread(text));
  }
  db.exec("COMMIT");
  const select = db.prepare(
    "SELECT id, -bm25(words, 0, 4, 4, 1) AS score FROM words WHERE words MATCH ? ORDER BY score DESC LIMIT ?",
  );
  return asFinder((query, limit) => {
    const words = new Set(splitWords(query).parts.filter((word) => !STOP_WORDS.has(word)));
    if (words.size === 0) return [];
    const rows = select.all([...words].map((word) => `"${word}"`).join(" OR "), limit);
    return rows.map((row) => ({ id: String(row["id"]), score: Number(row["score"]) }));
  });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
