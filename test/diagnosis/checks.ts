/** Checks and histories for tests, written as an operator writes them. */

import assert from "node:assert/strict";
import type { Check } from "../../src/diagnosis/checks/check.ts";
import type { Evidence } from "../../src/diagnosis/checks/evidence.ts";
import { evidenceOf } from "../../src/diagnosis/checks/evidence-of-history.ts";
import { type LoadedChecks, loadChecks } from "../../src/diagnosis/checks/load-checks.ts";
import type { Labels, Sample } from "../../src/exposition/sample.ts";
import { createHistory, type History } from "../../src/history/history.ts";
import type { Page } from "../../src/knowledge/page.ts";
import { readPage } from "../../src/knowledge/read-page.ts";

export const START_MS = Date.UTC(2026, 0, 15, 10);
export const STEP_MS = 15_000;

/** A page whose front matter holds these YAML lines under `checks:`. */
export function pageWith(checks: string, file = "runbooks/Example.md"): Page {
  const text = `---\nkind: runbook\nchecks:\n${checks}\n---\n\n# Example\n\n## Mitigation\n\nDo it.\n`;
  const result = readPage({ file, folder: "knowledge", text });
  assert.equal(result.kind, "page", JSON.stringify(result));
  return result.page;
}

export function load(...checks: string[]): LoadedChecks {
  return loadChecks(checks.map((text, index) => pageWith(text, `runbooks/Page${index}.md`)));
}

/** One check from its YAML, which must be sound. */
export function checkOf(yaml: string): Check {
  const { checks, problems } = load(yaml);
  assert.deepEqual(problems, []);
  const [check] = checks;
  assert.ok(check);
  return check;
}

export function sample(name: string, value: number, labels: Labels = {}): Sample {
  return { name, labels, value };
}

/** A history of `polls` snapshots 15 s apart; `at` gives the samples of the n-th. */
export function historyWith(polls: number, at: (poll: number) => readonly Sample[]): History {
  const history = createHistory();
  for (let poll = 0; poll < polls; poll += 1) {
    history.append(START_MS + poll * STEP_MS, at(poll));
  }
  return history;
}

/** The same as evidence, with the moment of the last poll. */
export function evidenceWith(
  polls: number,
  at: (poll: number) => readonly Sample[],
): { evidence: Evidence; nowMs: number } {
  const evidence = evidenceOf(historyWith(polls, at));
  return { evidence, nowMs: START_MS + (polls - 1) * STEP_MS };
}
