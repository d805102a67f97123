import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { readSectionTerms } from "../../src/knowledge/front-matter/section-terms.ts";
import { createSearch } from "../../src/search/create-search.ts";
import { type NearestSection, proposeWords } from "../../src/search/propose-words.ts";
import { parseThesaurus } from "../../src/search/thesaurus.ts";

const guide: NearestSection = {
  file: "OPERATIONS.md",
  anchor: "stop-the-server",
  headings: ["Operations", "Stop the server"],
  isRunbook: false,
};
const runbook: NearestSection = {
  file: "runbooks/Lag.md",
  anchor: "meaning",
  headings: ["Lag", "Meaning"],
  isRunbook: true,
};

test("a guide's section gets an entry of its file of terms, which reads as such", () => {
  const { terms } = proposeWords({
    question: 'quiesce the "box": now',
    others: ["quiesce the box", "apple pie"],
    nearest: [guide],
    unknown: [],
  });
  assert.equal(terms[0]?.file, "OPERATIONS.terms.yaml");
  const read = readSectionTerms(terms[0]?.lines ?? "");
  assert.deepEqual(read.complaints, []);
  assert.deepEqual(
    read.hints.map(({ anchor, words }) => [anchor, words.symptoms]),
    [["stop-the-server", ['quiesce the "box": now', "quiesce the box"]]],
  );
});

test("a runbook gets symptoms of its front matter", () => {
  const [proposed] = proposeWords({
    question: "x: y",
    others: [],
    nearest: [runbook],
    unknown: [],
  }).terms;
  assert.deepEqual([proposed?.file, proposed?.isFrontMatter], ["runbooks/Lag.md", true]);
  assert.deepEqual(parse(proposed?.lines ?? ""), { symptoms: ["x: y"] });
});

test("a word that no page has gets a line of the thesaurus, with the words of the nearest heading", () => {
  const { thesaurus } = proposeWords({
    question: "quiesce the server",
    others: [],
    nearest: [guide],
    unknown: ["quiesce"],
  });
  assert.deepEqual(thesaurus, ["quiesce, stop"]);
  assert.ok(parseThesaurus(thesaurus.join("\n")).words.has("quiesce"));
});

test("what is proposed leads to the section when it is pasted", async () => {
  const section = {
    id: "OPERATIONS.md#stop-the-server",
    file: "OPERATIONS.md",
    title: "Stop the server",
    headings: guide.headings,
    text: "Send SIGINT and wait for the last line of the log.",
  };
  const other = {
    ...section,
    id: "OPERATIONS.md#logs",
    title: "Logs",
    headings: ["Operations", "Logs"],
    text: "They are in the journal.",
  };
  const question = "how to quiesce it";
  const before = await (await createSearch([section, other])).ask(question, {
    limit: 3,
    namesUnknown: true,
  });
  assert.ok(before.kind !== "found");
  assert.deepEqual(before.unknown, ["quiesce"]);
  const unknown = before.unknown ?? [];
  const proposed = proposeWords({ question, others: [], nearest: [guide], unknown });
  const read = readSectionTerms(proposed.terms[0]?.lines ?? "");
  assert.deepEqual(read.complaints, []);
  const symptoms = read.hints.flatMap(({ words }) => words.symptoms);
  const after = await (await createSearch([{ ...section, symptoms }, other])).ask(question, {
    limit: 3,
  });
  assert.ok(after.kind !== "nothing");
  assert.equal(after.results[0]?.id, section.id);
});

test("a word with nothing near it gets no line, which would lead nowhere", () => {
  const proposed = proposeWords({ question: "x", others: [], nearest: [], unknown: ["zorb"] });
  assert.deepEqual(proposed.thesaurus, []);
});

test("nothing near and nothing new proposes nothing", () => {
  const proposed = proposeWords({ question: "x", others: [], nearest: [], unknown: [] });
  assert.deepEqual(proposed, { terms: [], thesaurus: [] });
});
