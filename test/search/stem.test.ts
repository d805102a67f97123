import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { searchSections } from "../../src/search/library-sections.ts";
import { stem } from "../../src/search/stem.ts";
import fc from "../support/fast-check.ts";
import { readOwnKnowledge } from "./own-knowledge.ts";

/** SQLite's FTS5 stems after the same paper: an oracle that shares no line with ours. */
function stemBySqlite(words: readonly string[]): Map<string, string> {
  const db = new DatabaseSync(":memory:");
  db.exec("CREATE VIRTUAL TABLE words USING fts5(word, tokenize = 'porter')");
  db.exec("CREATE VIRTUAL TABLE stems USING fts5vocab(words, instance)");
  const insert = db.prepare("INSERT INTO words VALUES (?)");
  for (const word of words) insert.run(word);
  const rows = db.prepare("SELECT doc, term FROM stems").all();
  const stems = new Map(
    rows.map((row) => [words[Number(row["doc"]) - 1] ?? "", String(row["term"])]),
  );
  db.close();
  return stems;
}

test("every word of the knowledge has the stem that SQLite gives it", () => {
  const text = searchSections(readOwnKnowledge())
    .map((section) => section.text)
    .join(" ");
  const words = [...new Set(text.toLowerCase().match(/[a-z]{3,30}/g) ?? [])];
  assert.ok(words.length > 2_000);
  for (const [word, stemmed] of stemBySqlite(words)) assert.equal(stem(word), stemmed, word);
});

test("made-up words with real endings have the stem that SQLite gives them", () => {
  const endings =
    "s es ed ing ation izer ness ful ical ement ion ously ability logy ly ies y e ll".split(" ");
  const words = fc.sample(
    fc
      .tuple(fc.stringMatching(/^[a-z]{2,9}$/), fc.constantFrom(...endings))
      .map(([start, ending]) => start + ending),
    3_000,
  );
  for (const [word, stemmed] of stemBySqlite([...new Set(words)])) {
    assert.equal(stem(word), stemmed, word);
  }
});

test("a word that is all ending has the stem that SQLite gives it", () => {
  const words = "eed eeds ed eds ing ings ies sses ness ful ation".split(" ");
  for (const [word, stemmed] of stemBySqlite(words)) {
    if (word.length > 2) assert.equal(stem(word), stemmed, word);
  }
});

test("forms of one word share a stem; short words and other letters stay as they are", () => {
  assert.equal(new Set(["crash", "crashes", "crashed", "crashing"].map(stem)).size, 1);
  assert.equal(stem("is"), "is");
  assert.equal(stem("9092"), "9092");
  assert.equal(stem("überlastung"), "überlastung");
});
