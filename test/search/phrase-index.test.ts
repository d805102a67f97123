import assert from "node:assert/strict";
import { test } from "node:test";
import { createPhraseIndex, type PhraseIndex } from "../../src/search/phrase-index.ts";
import type { Concept } from "../../src/search/read-question.ts";
import { stem } from "../../src/search/stem.ts";
import { parseThesaurus } from "../../src/search/thesaurus.ts";

const NO_THESAURUS = parseThesaurus("");

function concepts(...words: string[]): Concept[] {
  return words.map((word) => ({
    word,
    variants: new Map([[stem(word), 1]]),
    weight: 1,
    proper: false,
    state: "known",
  }));
}

function nearness(index: PhraseIndex, section: number, asked: readonly Concept[]) {
  return index.nearness(asked, [section]).get(section);
}

test("a phrase that is the whole question is as near as can be", () => {
  const index = createPhraseIndex(NO_THESAURUS);
  index.add(1, ["list the connected clients"]);
  assert.equal(nearness(index, 1, concepts("list", "connected", "clients")), 1);
});

test("words from several phrases do not add up", () => {
  const index = createPhraseIndex(NO_THESAURUS);
  index.add(1, ["disk full", "memory grows"]);
  const mixed = nearness(index, 1, concepts("disk", "grows")) ?? 0;
  const whole = nearness(index, 1, concepts("memory", "grows")) ?? 0;
  assert.ok(mixed < whole, `${mixed} and ${whole}`);
});

test("a phrase that says much more than was asked is further away", () => {
  const index = createPhraseIndex(NO_THESAURUS);
  index.add(1, ["clients"]);
  index.add(2, ["clients reconnect every few seconds"]);
  const short = nearness(index, 1, concepts("clients")) ?? 0;
  assert.ok(short > (nearness(index, 2, concepts("clients")) ?? 0));
});

test("another word for the same thing counts, a little less", () => {
  const index = createPhraseIndex(parseThesaurus("purge, empty"));
  index.add(1, ["purge topic"]);
  const asked = concepts("empty", "topic");
  asked[0]?.variants.set("#0", 0.85);
  const near = nearness(index, 1, asked) ?? 0;
  assert.ok(near > 0.9 && near < 1, `${near}`);
});

test("a section without phrases, and one that was removed, have no nearness", () => {
  const index = createPhraseIndex(NO_THESAURUS);
  index.add(1, []);
  index.add(2, ["disk full"]);
  index.remove(2);
  assert.equal(nearness(index, 1, concepts("disk")), undefined);
  assert.equal(nearness(index, 2, concepts("disk")), undefined);
});

test("a question leaves nothing behind for the next one, nor for other sections", () => {
  const index = createPhraseIndex(NO_THESAURUS);
  index.add(1, ["disk full", "disk slow"]);
  index.add(2, ["memory grows"]);
  const asked = concepts("disk", "memory");
  assert.deepEqual(
    [...index.nearness(asked, [1, 2])],
    [
      [1, 0.25],
      [2, 0.25],
    ],
  );
  assert.deepEqual([...index.nearness(asked, [2])], [[2, 0.25]]);
  index.add(3, ["disk"]);
  assert.deepEqual(
    [...index.nearness(concepts("disk"), [3, 1])],
    [
      [3, 1],
      [1, 0.5],
    ],
  );
});
