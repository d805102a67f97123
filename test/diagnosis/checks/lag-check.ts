/** A check of lag and one of events, and how they are judged. */

import assert from "node:assert/strict";
import type { Active, Finding } from "../../../src/diagnosis/checks/finding.ts";
import { judgeCheck } from "../../../src/diagnosis/checks/judge-check.ts";
import { checkOf, evidenceWith } from "../checks.ts";

/** A check with a scope and a number of its own. */
export const LAG = checkOf(`  - id: lag
    expr: lag > 100
    needs:
      - series: lag
    finding: "{{ $labels.group }} is {{ $value }} behind, {{ $values.rate }} a second"
    values:
      rate: sum by (group) (speed)
    threshold: 100`);

/** What the check says after so many polls. */
export function judgeLag(
  polls: number,
  at: Parameters<typeof evidenceWith>[1],
  scope: { topic?: string; group?: string } = {},
): Finding {
  const { evidence, nowMs } = evidenceWith(polls, at);
  return judgeCheck(LAG, evidence, { nowMs, scope });
}

/** A finding that must be active. */
export function active(finding: Finding): Active {
  assert.equal(finding.verdict, "active");
  return finding;
}
