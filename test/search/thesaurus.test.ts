import assert from "node:assert/strict";
import { test } from "node:test";
import { createSearch } from "../../src/search/create-search.ts";
import { FIELD_WORDS } from "../../src/search/field-words.ts";
import { searchSections } from "../../src/search/library-sections.ts";
import type { SearchSection } from "../../src/search/section.ts";
import { splitWords } from "../../src/search/split-words.ts";
import { stem } from "../../src/search/stem.ts";
import { parseThesaurus } from "../../src/search/thesaurus.ts";
import { readOwnKnowledge } from "./own-knowledge.ts";

function thingsOf(text: string, thesaurus = parseThesaurus(FIELD_WORDS)): Set<number> {
  return new Set(thesaurus.thingsIn(splitWords(text).parts.map(stem)).map(({ thing }) => thing));
}

const SAME: readonly [string, string][] = [
  ["lag", "falling behind"],
  ["backlog", "not keeping up"],
  ["ISR", "follower"],
  ["broker", "nodes"],
  ["OOM", "out of memory"],
  ["certificate", "TLS"],
  ["cert", "ssl"],
  ["throttled", "quota exceeded"],
  ["write-ahead log", "WAL"],
  ["crash looping", "keeps restarting"],
  ["unreachable", "does not answer"],
];
for (const [one, other] of SAME) {
  test(`"${one}" and "${other}" can stand for one thing`, () => {
    const things = thingsOf(one);
    assert.ok([...thingsOf(other)].some((thing) => things.has(thing)));
  });
}

test("words of different things share none", () => {
  const things = thingsOf("certificate");
  assert.ok([...thingsOf("consumer group rebalance")].every((thing) => !things.has(thing)));
});

test("no line of the field's words says the same twice, or one thing alone", () => {
  for (const line of FIELD_WORDS.split("\n")) {
    const members = (line.split("#")[0] ?? "").split(",").map((member) => member.trim());
    if (members.join("") === "") continue;
    assert.ok(members.length > 1, line);
    assert.equal(new Set(members).size, members.length, line);
    assert.ok(
      members.every((member) => member !== ""),
      line,
    );
  }
});

test("remarks and empty lines are nothing; a phrase is found only whole", () => {
  const thesaurus = parseThesaurus("# remark\n\nout of memory, oom # another\n , \n");
  assert.equal(thesaurus.size, 1);
  assert.equal(thingsOf("memory is fine", thesaurus).size, 0);
  assert.equal(thingsOf("it went out of memory", thesaurus).size, 1);
});

const SECTIONS: readonly SearchSection[] = [
  { id: "a", file: "a.md", title: "Gadget", headings: ["Gadget"], text: "The frobnicator halts." },
  { id: "b", file: "b.md", title: "Other", headings: ["Other"], text: "Nothing of the kind." },
];

test("a collection's own words lead to sections that say it otherwise", async () => {
  const without = await createSearch(SECTIONS);
  assert.deepEqual(await without.search("wobbler", 3), []);
  const search = await createSearch(SECTIONS, { thesaurus: "frobnicator, wobbler" });
  assert.deepEqual(
    (await search.search("wobbler", 3)).map(({ id }) => id),
    ["a"],
  );
});

test("a line written by hand leads there, with a dash or as one word, and with other signs", async () => {
  const tried: readonly [line: string, question: string][] = [
    ["frobnicator, x-ray", "xray"],
    ["frobnicator, xray", "where is the x-ray"],
    ["frobnicator = wobbler", "wobbler"],
  ];
  for (const [thesaurus, question] of tried) {
    const search = await createSearch(SECTIONS, { thesaurus });
    assert.equal((await search.search(question, 3))[0]?.id, "a", `${thesaurus}: ${question}`);
  }
});

test("a word that only a line of the thesaurus has counts as what it stands for", async () => {
  const sections = searchSections(readOwnKnowledge());
  const search = await createSearch(sections, { thesaurus: "floodgate, WAL backpressure" });
  const found = await search.search("the Floodgate is shut again", 3);
  assert.ok(found.some(({ id }) => id === "TROUBLESHOOTING.md#wal-backpressure"));
});

test("words of a chat say nothing, and its words for a thing lead to it", async () => {
  const search = await createSearch(searchSections(readOwnKnowledge()));
  for (const [question, near] of [
    ["wat is the port of the metrics", "what is the port of the metrics"],
    ["disk full wat do", "disk full what do"],
  ] as const) {
    const [chat] = await search.search(question, 1);
    const [plain] = await search.search(near, 1);
    assert.ok(chat !== undefined && chat.id === plain?.id, question);
  }
  for (const [question, id] of [
    ["grab evidence first", "TROUBLESHOOTING.md#collect-evidence-before-a-restart"],
    ["turn off the sync", "PERFORMANCE.md#wal-sync-modes"],
  ] as const) {
    assert.equal((await search.search(question, 1))[0]?.id, id, question);
  }
});
