/**
 * What operators ask of their server: the right section is among the first three, and hardly
 * anything is answered wrongly with confidence. The floors are what is promised, not what was
 * reached. What is not tuned for is held to them too; in a small set they leave room for one question.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createSearch } from "../../src/search/create-search.ts";
import { searchSections } from "../../src/search/library-sections.ts";
import { measureQuality } from "./measure-quality.ts";
import { readOwnKnowledge } from "./own-knowledge.ts";
import { OPERATOR_SETS, type OperatorSet, readOperatorQuestions } from "./written-questions.ts";

type Floors = {
  /** How many questions there are with an answer and without one, at least. */
  answerable: number;
  unanswerable: number;
  amongThree: number;
  confidentWrong: number;
};

const FLOORS: Readonly<Record<OperatorSet, Floors>> = {
  "operator.tuning": { answerable: 80, unanswerable: 20, amongThree: 0.85, confidentWrong: 0.05 },
  "operator.test": { answerable: 80, unanswerable: 20, amongThree: 0.85, confidentWrong: 0.05 },
  "public.tuning": { answerable: 50, unanswerable: 30, amongThree: 0.85, confidentWrong: 0.05 },
  "public.test": { answerable: 50, unanswerable: 30, amongThree: 0.84, confidentWrong: 0.05 },
  "users.tuning": { answerable: 100, unanswerable: 30, amongThree: 0.85, confidentWrong: 0.05 },
  "users.test": { answerable: 40, unanswerable: 15, amongThree: 0.85, confidentWrong: 0.05 },
  "tired.tuning": { answerable: 60, unanswerable: 60, amongThree: 0.85, confidentWrong: 0.05 },
  "tired.test": { answerable: 40, unanswerable: 47, amongThree: 0.85, confidentWrong: 0.05 },
  "oncall.tuning": { answerable: 60, unanswerable: 60, amongThree: 0.85, confidentWrong: 0.05 },
  "oncall.test": { answerable: 36, unanswerable: 24, amongThree: 0.85, confidentWrong: 0.05 },
  "strangers.tuning": { answerable: 58, unanswerable: 29, amongThree: 0.85, confidentWrong: 0.05 },
  "strangers.test": { answerable: 57, unanswerable: 29, amongThree: 0.85, confidentWrong: 0.05 },
  "night.tuning": { answerable: 67, unanswerable: 37, amongThree: 0.85, confidentWrong: 0.05 },
  "night.test": { answerable: 37, unanswerable: 38, amongThree: 0.81, confidentWrong: 0.05 },
  "fresh.test": { answerable: 40, unanswerable: 20, amongThree: 0.82, confidentWrong: 0.07 },
};

const sections = searchSections(readOwnKnowledge());
const search = await createSearch(sections);

for (const set of OPERATOR_SETS) {
  const asked = readOperatorQuestions(set);
  const answerable = asked.filter(({ answers }) => answers.length > 0);
  const floors = FLOORS[set];

  test(`${set}: of what the guides answer, most is among the first three`, async () => {
    const { amongThree, count } = await measureQuality(search, set, answerable);
    assert.ok(count >= floors.answerable, `${count} questions`);
    assert.ok(amongThree >= floors.amongThree, `among three ${amongThree}`);
  });

  test(`${set}: hardly anything is answered wrongly with confidence`, async () => {
    const { confidentWrong, count } = await measureQuality(search, set, asked);
    const without = count - answerable.length;
    assert.ok(without >= floors.unanswerable, `${without} without an answer`);
    assert.ok(confidentWrong <= floors.confidentWrong, `confident wrong ${confidentWrong}`);
  });

  test(`${set}: every answer is in the knowledge`, () => {
    const known = new Set(sections.flatMap(({ id, file }) => [id, file]));
    const unknown = asked.flatMap(({ answers }) => answers.filter((id) => !known.has(id)));
    assert.deepEqual(unknown, []);
  });
}

test("the alert in whose thread a question is asked makes no answer of it less sure", async () => {
  const library = readOwnKnowledge();
  const kinds = ["nothing", "unsure", "found"];
  for (const [alertname, topic] of [
    ["DiskFull", "prod"],
    ["RebalanceStorm", "orders"],
  ] as const) {
    const findings = library.runbookSections(alertname).map(({ id }) => id);
    const inThread = { limit: 5, labels: { alertname, topic, severity: "critical" }, findings };
    for (const { question } of readOperatorQuestions("tired.tuning")) {
      const plain = await search.ask(question, { limit: 5 });
      const asked = await search.ask(question, inThread);
      assert.ok(kinds.indexOf(asked.kind) >= kinds.indexOf(plain.kind), question);
    }
  }
});
