import assert from "node:assert/strict";
import { test } from "node:test";
import { sectionKeyOf, shownSteps, stepKey } from "../../../src/features/search/shown-steps.ts";
import { buildLibrary } from "../../../src/knowledge/library.ts";
import { readPage } from "../../../src/knowledge/read-page.ts";
import { checkOf } from "../../diagnosis/checks.ts";

const PAGE = `---
kind: runbook
alerts: [DiskFull]
---

# The disk is full

## Meaning

**Full** is full.

## Diagnosis

**1. How full?** Look.

## Mitigation

Read first.

**1. Free space.** Remove old logs.

**2. Grow the volume.** Then look again.

## After it

Tell the producers' owners.
`;

const result = readPage({ file: "runbooks/DiskFull.md", folder: "knowledge", text: PAGE });
assert.ok(result.kind === "page");
const library = buildLibrary([result.page], []);
const check = {
  ...checkOf(`  - id: disk-full
    expr: x > 0
    needs: [{series: x}]
    finding: "full"
    first: "free \`/var/log\` first"`),
  section: "runbooks/DiskFull.md#mitigation",
};
const found = [{ check: "disk-full", title: "disk full", since: 0 }];

test("of a runbook the steps that may have ended it are offered, in the page's order", () => {
  const steps = shownSteps({ explained: ["DiskFull"] }, { library, checks: [] });
  assert.deepEqual(
    steps.map(({ lead, section }) => lead || section.title),
    ["Free space. Remove old logs.", "Grow the volume. Then look again.", "After it"],
  );
});

test("the first step of what was found comes first, and nothing twice", () => {
  const steps = shownSteps({ explained: ["DiskFull"], found }, { library, checks: [check] });
  assert.equal(steps[0]?.lead, "free /var/log first");
  assert.equal(steps.length, 4);
  const keys = steps.map(stepKey);
  assert.equal(new Set(keys).size, keys.length);
  for (const step of steps) {
    assert.equal(library.section(sectionKeyOf(stepKey(step))), step.section);
  }
});

test("a cause that no page knows any more offers nothing", () => {
  assert.deepEqual(shownSteps({ explained: ["Gone"], found }, { library, checks: [] }), []);
});
