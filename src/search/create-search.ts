/** Sections -> a search over them: names, log texts and words, fused into one ranking. */

import { DatabaseSync } from "node:sqlite";
import Fuse from "fuse.js";
import { namesOf, type SearchSection } from "./section.ts";
import { splitWords } from "./split-words.ts";

export type Route = "name" | "log" | "word";

export type Found = {
  id: string;
  /** Higher is better; comparable within one answer only. */
  score: number;
  routes: Route[];
};

export type Answer = { kind: "found"; results: Found[]; showing?: string } | { kind: "nothing" };

export type AskOptions = { limit: number; labels?: Readonly<Record<string, string>> };

export type Search = {
  search(query: string, limit: number): Promise<{ id: string; score: number }[]>;
  ask(question: string, options: AskOptions): Promise<Answer>;
};

/** A question longer than this is cut: a whole pasted log says no more than its beginning. */
export const MAX_QUESTION_LENGTH = 2_000;

export async function createSearch(sections: readonly SearchSection[]): Promise<Search> {
  const routes: Record<Route, (question: string) => string[]> = {
    name: nameRoute(sections),
    log: logRoute(sections),
    word: wordRoute(sections),
  };
  const ask = async (question: string, { limit }: AskOptions): Promise<Answer> => {
    const results = fuse(question.slice(0, MAX_QUESTION_LENGTH), routes).slice(0, limit);
    return results.length === 0 ? { kind: "nothing" } : { kind: "found", results };
  };
  return {
    ask,
    search: async (query, limit) => {
      const answer = await ask(query, { limit });
      return answer.kind === "found" ? answer.results.map(({ id, score }) => ({ id, score })) : [];
    },
  };
}

const WEIGHTS: Record<Route, number> = { log: 3, name: 2, word: 1 };

/** Reciprocal rank: what several routes put in front comes first. */
function fuse(question: string, routes: Record<Route, (question: string) => string[]>): Found[] {
  const found = new Map<string, Found>();
  for (const route of ["log", "name", "word"] as const) {
    routes[route](question).forEach((id, rank) => {
      const entry = found.get(id) ?? { id, score: 0, routes: [] };
      entry.score += WEIGHTS[route] / (10 + rank);
      entry.routes.push(route);
      found.set(id, entry);
    });
  }
  return [...found.values()].sort((a, b) => b.score - a.score);
}

function nameRoute(sections: readonly SearchSection[]): (question: string) => string[] {
  const entries = sections.map((section) => ({
    id: section.id,
    names: [...namesOf(section), ...(section.symptoms ?? [])],
  }));
  const fuse = new Fuse(entries, { keys: ["names"], threshold: 0.25, ignoreLocation: true });
  return (question) => {
    const squeezed = question.trim().slice(0, 64);
    if (squeezed === "") return [];
    const joined = squeezed.replace(/[\s_-]+/g, "");
    const hits = [...fuse.search(squeezed, { limit: 20 }), ...fuse.search(joined, { limit: 20 })];
    return [...new Set(hits.map(({ item }) => item.id))];
  };
}

function logRoute(sections: readonly SearchSection[]): (question: string) => string[] {
  const logs = sections.flatMap(({ id, logs = [] }) =>
    logs.map((log) => ({ id, log: log.toLowerCase() })),
  );
  return (question) => {
    const text = question.toLowerCase();
    return logs.filter(({ log }) => text.includes(log)).map(({ id }) => id);
  };
}

function wordRoute(sections: readonly SearchSection[]): (question: string) => string[] {
  const db = new DatabaseSync(":memory:");
  db.exec(
    "CREATE VIRTUAL TABLE words USING fts5(id UNINDEXED, names, hints, body, tokenize='porter')",
  );
  const insert = db.prepare("INSERT INTO words VALUES (?, ?, ?, ?)");
  for (const section of sections) {
    const hints = [...(section.symptoms ?? []), ...(section.logs ?? [])];
    const columns = [namesOf(section).join(" "), hints.join(" "), section.text];
    insert.run(section.id, ...columns.map((column) => splitWords(column).join(" ")));
  }
  const select = db.prepare(
    "SELECT id FROM words WHERE words MATCH ? ORDER BY bm25(words, 0, 4, 4, 1) LIMIT 50",
  );
  const enough = Math.max(1, sections.length / 4);
  const count = db.prepare("SELECT count(*) AS n FROM words WHERE words MATCH ?");
  return (question) => {
    const words = [...new Set(splitWords(question))].slice(0, 40);
    const telling = words.filter((word) => Number(count.get(`"${word}"`)?.["n"]) <= enough);
    const known = telling.filter((word) => Number(count.get(`"${word}"`)?.["n"]) > 0);
    if (known.length === 0 || known.length < telling.length / 2) return [];
    const match = known.map((word) => `"${word}"`).join(" OR ");
    return select.all(match).map((row) => String(row["id"]));
  };
}
