import assert from "node:assert/strict";
import { test } from "node:test";
import { createPhraseIndex } from "../../src/search/phrase-index.ts";
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

test("a phrase that is the whole question is as near as can be", () => {
  const index = createPhraseIndex(NO_THESAURUS);
  index.add(1, ["list the connected clients"]);
  assert.equal(index.nearness(1, concepts("list", "connected", "clients")), 1);
});

test("words from several phrases do not add up", () => {
  const index = createPhraseIndex(NO_THESAURUS);
  index.add(1, ["disk full", "memory grows"]);
  const mixed = index.nearness(1, concepts("disk", "grows")) ?? 0;
  const whole = index.nearness(1, concepts("memory", "grows")) ?? 0;
  assert.ok(mixed < whole, `${mixed} and ${whole}`);
});

test("a phrase that says much more than was asked is further away", () => {
  const index = createPhraseIndex(NO_THESAURUS);
  index.add(1, ["clients"]);
  index.add(2, ["clients reconnect every few seconds"]);
  const short = index.nearness(1, concepts("clients")) ?? 0;
  assert.ok(short > (index.nearness(2, concepts("clients")) ?? 0));
});

test("another word for the same thing counts, a little less", () => {
  const index = createPhraseIndex(parseThesaurus("purge, empty"));
  index.add(1, ["purge topic"]);
  const asked = concepts("empty", "topic");
  asked[0]?.variants.set("#0", 0.85);
  const nearness = index.nearness(1, asked) ?? 0;
  assert.ok(nearness > 0.9 && nearness < 1, `${nearness}`);
});

test("a section without phrases, and one that was removed, have no nearness", () => {
  const index = createPhraseIndex(NO_THESAURUS);
  index.add(1, []);
  index.add(2, ["disk full"]);
  index.remove(2);
  assert.equal(index.nearness(1, concepts("disk")), undefined);
  assert.equal(index.nearness(2, concepts("disk")), undefined);
});
