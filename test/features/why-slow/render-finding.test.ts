import assert from "node:assert/strict";
import { test } from "node:test";
import { inlineWords } from "../../../src/block-kit/rich-words.ts";
import { diagnose } from "../../../src/diagnosis/checks/diagnose.ts";
import { findingLines } from "../../../src/features/why-slow/render-finding.ts";
import { checkOf, evidenceWith, sample } from "../../diagnosis/checks.ts";

/** The line of proof of a check that is active on these samples. */
function proofOf(extra: string): string {
  const check = checkOf(`  - id: down
    expr: probe_success{probe="http"} == 0 and on() other == 1
    needs: [{ series: other }]
    finding: "It is down"${extra}`);
  const { evidence, nowMs } = evidenceWith(5, () => [
    sample("probe_success", 0, { probe: "http", topic: "orders" }),
    sample("other", 1),
  ]);
  const { active } = diagnose({ checks: [check], evidence, nowMs });
  assert.ok(active[0] !== undefined);
  const [proof] = findingLines(active[0], { nowMs, names: new Map(), isVerdict: true }).details;
  assert.ok(proof !== undefined);
  return inlineWords(proof.elements);
}

test("proof names of the labels those that its series do not say themselves", () => {
  assert.match(proofOf(""), /^`probe_success\{probe="http"\}, other` of topic=orders: 0; for /);
});

test("a check may say what its value is of", () => {
  assert.match(proofOf("\n    proof: sum(probe_success)"), /^`sum\(probe_success\)` of probe=http/);
});
