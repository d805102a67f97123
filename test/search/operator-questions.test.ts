/**
 * What operators ask of their server: the right section is among the first three, and hardly
 * anything is answered wrongly with confidence. The floors are what is promised, not what was
 * reached. The half that is not tuned is held to the same.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createSearch } from "../../src/search/create-search.ts";
import { searchSections } from "../../src/search/library-sections.ts";
import { measureQuality } from "./measure-quality.ts";
import { readOwnKnowledge } from "./own-knowledge.ts";
import { type Half, readOperatorQuestions } from "./written-questions.ts";

const AMONG_THREE = 0.85;
const CONFIDENT_WRONG = 0.05;

const sections = searchSections(readOwnKnowledge());
const search = await createSearch(sections);

for (const half of ["tuning", "test"] satisfies Half[]) {
  const asked = readOperatorQuestions(half);
  const answerable = asked.filter(({ answers }) => answers.length > 0);

  test(`${half} half: of what the guides answer, most is among the first three`, async () => {
    const { amongThree, count } = await measureQuality(search, half, answerable);
    assert.ok(count >= 80, `${count} questions`);
    assert.ok(amongThree >= AMONG_THREE, `among three ${amongThree}`);
  });

  test(`${half} half: hardly anything is answered wrongly with confidence`, async () => {
    const { confidentWrong, count } = await measureQuality(search, half, asked);
    assert.ok(count - answerable.length >= 20, `${count - answerable.length} without an answer`);
    assert.ok(confidentWrong <= CONFIDENT_WRONG, `confident wrong ${confidentWrong}`);
  });

  test(`${half} half: every answer is in the knowledge`, () => {
    const known = new Set(sections.flatMap(({ id, file }) => [id, file]));
    const unknown = asked.flatMap(({ answers }) => answers.filter((id) => !known.has(id)));
    assert.deepEqual(unknown, []);
  });
}
