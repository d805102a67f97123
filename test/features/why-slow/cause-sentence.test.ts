import assert from "node:assert/strict";
import { test } from "node:test";
import { inlineWords } from "../../../src/block-kit/rich-words.ts";
import { causeSentence } from "../../../src/features/why-slow/diagnosis-words.ts";
import { load } from "../../diagnosis/checks.ts";

const { checks } = load(`  - id: full
    expr: refused > 0
    needs: [{ series: refused }]
    finding: "full"`);

const SINCE = "\\(since <!date\\^0\\^\\{time\\}\\|00:00 UTC>\\)";

for (const [what, sentence, shown] of [
  [
    "behind the first clause",
    "Kafka answers: clients work",
    `Kafka answers ${SINCE}: clients work`,
  ],
  [
    "outside of brackets",
    "5k were refused (at least: logs are sampled): nothing is stored",
    `5k were refused \\(at least: logs are sampled\\) ${SINCE}: nothing is stored`,
  ],
  [
    "at the end where only brackets have a colon",
    "5k were refused (at least: logs are sampled)",
    `5k were refused \\(at least: logs are sampled\\) ${SINCE}`,
  ],
] as const) {
  test(`the beginning stands ${what}`, () => {
    const [check] = checks;
    assert.ok(check);
    const elements = causeSentence({
      sentences: [sentence],
      check,
      since: { ms: 0, orEarlier: false },
    });
    assert.match(inlineWords(elements), new RegExp(`^${shown}$`));
  });
}
