import assert from "node:assert/strict";
import { test } from "node:test";
import { type Fused, spreadSubjects } from "../../src/search/fuse-routes.ts";
import { createWordRanker } from "../../src/search/rank-words.ts";
import { RANKING } from "../../src/search/ranking.ts";
import type { Concept } from "../../src/search/read-question.ts";
import { createWordIndex } from "../../src/search/word-index.ts";
import fc from "../support/fast-check.ts";

const asked: Concept[] = [
  { word: "lag", variants: new Map([["lag", 1]]), weight: 2, proper: false, state: "known" },
];

/** An index in which each section's text has the word so many times. */
function indexOf(uses: readonly number[]) {
  const words = createWordIndex();
  for (const count of uses) {
    words.add({
      lengths: [1, 1, 1, 9],
      terms: ["lag"],
      counts: Uint32Array.of((count << 24) >>> 0),
      written: [],
    });
  }
  words.settle();
  return words;
}

test("the best of many sections are kept, of equal ones those that come first", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      (uses, limit) => {
        const rank = createWordRanker(
          indexOf(uses),
          Uint32Array.from(uses, (_, section) => section),
        );
        const expected = uses
          .map((count, section) => ({ count, section }))
          .sort((a, b) => b.count - a.count || a.section - b.section)
          .slice(0, limit);
        const kept = new Set(rank(asked, limit).map(({ section }) => section));
        assert.deepEqual(kept, new Set(expected.map(({ section }) => section)));
        assert.equal(rank(asked, limit).length, expected.length, "nothing is left from before");
      },
    ),
  );
});

/** The same without stopping early. */
function spreadPlainly(fused: readonly Fused[], subjectOf: Uint32Array, limit: number) {
  const taken: number[] = [];
  const value = ({ section, score }: Fused): number => {
    const again = taken.filter((other) => subjectOf[other] === subjectOf[section]).length;
    return again === 0 ? score : score * RANKING.further ** again;
  };
  while (taken.length < Math.min(limit, fused.length)) {
    const left = fused.filter(({ section }) => !taken.includes(section));
    const best = left.reduce((most, each) => (value(each) > value(most) ? each : most));
    taken.push(best.section);
  }
  return taken;
}

test("subjects are spread alike whether or not what cannot win is looked at, below nothing as well", () => {
  const scored = fc.array(
    fc.tuple(fc.integer({ min: -100, max: 60 }), fc.integer({ min: 0, max: 5 })),
    { minLength: 1, maxLength: 30 },
  );
  fc.assert(
    fc.property(scored, fc.integer({ min: 4, max: 10 }), (sections, limit) => {
      const fused = sections
        .map(([score], section) => ({ section, score: score / 100, words: 0 }))
        .map((each) => ({ ...each, phrase: undefined, name: undefined, log: undefined }))
        .sort((a, b) => b.score - a.score || a.section - b.section);
      const subjectOf = Uint32Array.from(sections, ([, subject]) => subject);
      assert.deepEqual(
        spreadSubjects(fused, subjectOf, limit).map(({ section }) => section),
        spreadPlainly(fused, subjectOf, limit),
      );
    }),
  );
});
