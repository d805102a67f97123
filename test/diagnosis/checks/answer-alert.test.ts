/** Whether what an alert says is so, and which finding its thread opens with. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  answerAlert,
  causeForAlert,
  graverThan,
  type RuleState,
} from "../../../src/diagnosis/checks/answer-alert.ts";
import { type Diagnosis, diagnose } from "../../../src/diagnosis/checks/diagnose.ts";
import { loadChecks } from "../../../src/diagnosis/checks/load-checks.ts";
import type { Labels, Sample } from "../../../src/exposition/sample.ts";
import type { Page } from "../../../src/knowledge/page.ts";
import { readPage } from "../../../src/knowledge/read-page.ts";
import { evidenceWith, sample } from "../checks.ts";

function page(file: string, front: string): Page {
  const text = `---\nkind: runbook\n${front}\n---\n\n# ${file}\n\n## Diagnosis\n\n**1. Look.**\n`;
  const result = readPage({ file: `runbooks/${file}.md`, folder: "", text });
  assert.ok(result.kind === "page");
  return result.page;
}

const CHECK = (id: string, severity: string) => `  - id: ${id}
    expr: ${id.replace("-", "_")} > 0
    needs: [{series: ${id.replace("-", "_")}}]
    finding: "${id} of {{ $labels.group }}"
    first: "mend ${id}"
    severity: ${severity}`;

const STOPPED = page("Stopped", `alerts: [Stopped]\nchecks:\n${CHECK("stopped", "warning")}`);
const DOWN = page(
  "Down",
  `alerts: [Down]\nanswer:\n  confirmed_by: [http-down]\n  refuted: I reach it\nchecks:\n${CHECK("http-down", "critical")}`,
);
const DISK = page("Disk", `alerts: [Disk]\nanswer: {unseen: another program measures it}`);
const SLOW = page("Slow", `checks:\n${CHECK("slow", "warning")}`);
const { checks, problems } = loadChecks([STOPPED, DOWN, DISK, SLOW]);
assert.deepEqual(problems, []);

function diagnosisOf(samples: readonly Sample[]): Diagnosis {
  const { evidence, nowMs } = evidenceWith(8, () => samples);
  return diagnose({ checks, evidence, nowMs });
}

const CALM = [sample("stopped", 0), sample("http_down", 0), sample("slow", 0)];

function answer(diagnosis: Diagnosis, of: Page, labels: Labels = {}, rule?: RuleState) {
  return answerAlert(diagnosis, { labels, page: of, rule });
}

describe("an alert", () => {
  test("is confirmed by a check of its page, of the group that it names", () => {
    const diagnosis = diagnosisOf([...CALM.slice(1), sample("stopped", 1, { group: "billing" })]);
    assert.equal(answer(diagnosis, STOPPED, { group: "billing" }).kind, "confirmed");
    assert.equal(answer(diagnosis, STOPPED).kind, "confirmed");
    assert.equal(answer(diagnosis, STOPPED, { group: "audit" }).kind, "refuted");
  });

  test("that is not so is refuted with the conclusion of its page", () => {
    assert.deepEqual(answer(diagnosisOf(CALM), DOWN), {
      kind: "refuted",
      conclusion: "I reach it",
    });
  });

  test("of which the bot cannot see anything is never refuted, and says why", () => {
    const { because, kind } = { because: undefined, ...answer(diagnosisOf(CALM), DISK) };
    assert.equal(kind, "unseen");
    assert.deepEqual(because, { kind: "words", words: "another program measures it" });
    const blind = answer(diagnosisOf(CALM.slice(1)), STOPPED);
    assert.equal(blind.kind, "unseen", "without the series there is no health");
  });

  test("without a check is reported by its rule over the bot's own samples", () => {
    const unknown = (rule?: RuleState) => answer(diagnosisOf(CALM), SLOW_PAGE, {}, rule).kind;
    assert.equal(unknown({ kind: "holds" }), "rule-holds");
    assert.equal(unknown({ kind: "clear" }), "refuted");
    assert.equal(unknown({ kind: "too-early" }), "unseen");
    assert.equal(unknown({ kind: "not-judged", reason: "it is another's" }), "unseen");
    assert.equal(unknown(), "unseen");
  });

  test("that was so a moment ago is over", () => {
    const { evidence, nowMs } = evidenceWith(30, (poll) => [
      ...CALM.slice(1),
      sample("stopped", poll < 20 ? 1 : 0, { group: "billing" }),
    ]);
    const diagnosis = diagnose({ checks, evidence, nowMs });
    assert.equal(answer(diagnosis, STOPPED, { group: "billing" }).kind, "over");
  });
});

/** A page without checks of its own. */
const SLOW_PAGE = page("Budget", "alerts: [Budget]");

describe("the headline", () => {
  const both = [sample("stopped", 1), sample("http_down", 0), sample("slow", 9)];

  test("is the finding that confirms the alert, among equally bad ones", () => {
    const diagnosis = diagnosisOf(both);
    const cause = causeForAlert(diagnosis, answer(diagnosis, STOPPED));
    assert.equal(cause?.check.id, "stopped");
  });

  test("stays with the alert when something graver begins, which is named beside it", () => {
    const diagnosis = diagnosisOf([...both.slice(0, 1), sample("http_down", 1), sample("slow", 0)]);
    const cause = causeForAlert(diagnosis, answer(diagnosis, STOPPED));
    assert.equal(cause?.check.id, "stopped");
    assert.equal(graverThan(cause, diagnosis)?.check.id, "http-down");
  });

  test("is a proven critical one where the alert is not so", () => {
    const diagnosis = diagnosisOf([sample("stopped", 0), sample("http_down", 1)]);
    const cause = causeForAlert(diagnosis, answer(diagnosis, STOPPED));
    assert.equal(cause?.check.id, "http-down");
    assert.equal(graverThan(cause, diagnosis), undefined);
  });

  test("is what explains the alert, however grave", () => {
    const { checks: linked } = loadChecks([
      STOPPED,
      page("Gone", `checks:\n${CHECK("gone", "critical")}\n    explains: [stopped]`),
    ]);
    const { evidence, nowMs } = evidenceWith(8, () => [sample("stopped", 1), sample("gone", 1)]);
    const diagnosis = diagnose({ checks: linked, evidence, nowMs });
    const cause = causeForAlert(diagnosis, answer(diagnosis, STOPPED));
    assert.equal(cause?.check.id, "gone");
    assert.equal(graverThan(cause, diagnosis), undefined);
  });
});

test("what a page or a step names that is not a check is named, with its line", () => {
  const text = CHECK("one", "warning").replace(
    `first: "mend one"`,
    "first: [{do: restart it, unless: [gone]}]",
  );
  const wrong = page(
    "Wrong",
    `steps: [{begins: Look, unless: nothing}, {begins: Look, unless: one}]\nanswer: {confirmed_by: [none]}\nchecks:\n${text}`,
  );
  const reasons = loadChecks([wrong]).problems.map(({ reason }) => reason);
  assert.equal(reasons.length, 3);
  for (const word of ["unless gone", "unless nothing", "confirmed_by none"]) {
    assert.ok(
      reasons.some((reason) => reason.includes(word)),
      word,
    );
  }
});
