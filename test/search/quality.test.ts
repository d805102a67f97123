/**
 * The floor of the ranking: what it found when it was last tuned, less a little for changes
 * of the knowledge itself. A change that falls below needs a person; speed is measured
 * by test/bench/search.ts and never tested.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createSearch } from "../../src/search/create-search.ts";
import { searchSections } from "../../src/search/library-sections.ts";
import { measureQuality, questionKinds } from "./measure-quality.ts";
import { readOwnKnowledge } from "./own-knowledge.ts";
import type { Half } from "./written-questions.ts";

const FLOORS: Readonly<
  Record<string, { rank?: number; refusedAtLeast?: number; refusedAtMost?: number }>
> = {
  "alert name": { rank: 0.97, refusedAtMost: 0.05 },
  "name with typing errors": { rank: 0.96 },
  "name in words": { rank: 0.97 },
  annotation: { rank: 0.7, refusedAtMost: 0.05 },
  "log line": { rank: 0.95 },
  question: { rank: 0.6 },
  "question with a typing error": { rank: 0.58 },
  "question without an answer": { refusedAtLeast: 0.88 },
};

const sections = searchSections(readOwnKnowledge());
const search = await createSearch(sections);

for (const half of ["tuning", "test"] satisfies Half[]) {
  for (const [kind, asked] of questionKinds(sections, half)) {
    test(`quality of the ${half} half stays above its floor: ${kind}`, async () => {
      const quality = await measureQuality(search, kind, asked);
      const { rank = 0, refusedAtLeast = 0, refusedAtMost = 1 } = FLOORS[kind] ?? {};
      const figures = JSON.stringify(quality);
      assert.ok(quality.count >= 30, figures);
      assert.ok(quality.meanReciprocalRank >= rank, figures);
      assert.ok(quality.refused >= refusedAtLeast, figures);
      assert.ok(quality.refused <= refusedAtMost, figures);
    });
  }
}

test("every answer of a written question is in the knowledge", () => {
  const known = new Set(sections.flatMap(({ id, file }) => [id, file]));
  for (const half of ["tuning", "test"] satisfies Half[]) {
    for (const { question, answers } of questionKinds(sections, half).get("question") ?? []) {
      for (const answer of answers) assert.ok(known.has(answer), `${question}: ${answer}`);
    }
  }
});

test("at least 150 questions are written, and no question stands in both halves", () => {
  const [tuning, others] = (["tuning", "test"] satisfies Half[]).map(
    (half) =>
      new Set(
        (questionKinds(sections, half).get("question") ?? []).map(({ question }) => question),
      ),
  );
  assert.ok(tuning !== undefined && others !== undefined);
  assert.ok(tuning.size + others.size >= 150);
  assert.deepEqual(
    [...tuning].filter((question) => others.has(question)),
    [],
  );
});
