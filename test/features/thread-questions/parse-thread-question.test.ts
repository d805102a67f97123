/** What people mean in an alert's thread, in many phrasings, with typing mistakes. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseThreadQuestion } from "../../../src/features/thread-questions/parse-thread-question.ts";
import { PHRASINGS } from "../../../src/features/thread-questions/thread-words.ts";
import fc from "../../support/fast-check.ts";

const NAMES = ["StreamlineDown", "orders-prod", "broker-1:9094"];

interface Phrase {
  readonly kind: string;
  readonly question: string;
}

function phrasesIn(half: "tuning" | "test"): Phrase[] {
  const text = readFileSync(`test/fixtures/thread/questions.${half}.txt`, "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [kind = "", ...question] = line.split(": ");
      return { kind, question: question.join(": ") };
    });
}

function missedIn(half: "tuning" | "test"): string[] {
  return phrasesIn(half).flatMap(({ kind, question }) => {
    const understood = parseThreadQuestion(question, NAMES).kind;
    return understood === kind ? [] : [`${question}: ${understood} instead of ${kind}`];
  });
}

for (const { kind, question } of phrasesIn("tuning")) {
  test(`"${question}" is understood as ${kind}`, () => {
    assert.equal(parseThreadQuestion(question, NAMES).kind, kind);
  });
}

test("of the phrasings that nothing was tuned to, nearly all are understood", () => {
  const all = phrasesIn("test");
  const missed = missedIn("test");
  assert.ok(all.length >= 40);
  assert.ok(missed.length <= all.length * 0.1, missed.join("\n"));
});

test("what is understood as no question about the alert goes to the runbooks, not to a wrong answer", () => {
  const wrong = [...phrasesIn("tuning"), ...phrasesIn("test")]
    .filter(({ kind }) => kind === "search")
    .filter(({ question }) => parseThreadQuestion(question, NAMES).kind !== "search");
  assert.deepEqual(wrong, []);
});

test("one telling word more makes it a question to the runbooks", () => {
  for (const { question, kind } of phrasesIn("tuning")) {
    if (kind === "search") continue;
    assert.equal(parseThreadQuestion(`${question} certificate`, NAMES).kind, "search", question);
  }
});

test("any text is understood as something, quickly", () => {
  const word = fc.oneof(
    fc.constantFrom(...PHRASINGS.flatMap(({ groups }) => groups.flatMap((each) => [...each]))),
    fc.string({ unit: "binary", maxLength: 20 }),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      assert.ok(parseThreadQuestion(words.join(" "), words.slice(0, 3)).kind !== undefined);
    }),
  );
});
