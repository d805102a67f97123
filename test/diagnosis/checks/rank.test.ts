import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Severity } from "../../../src/diagnosis/checks/check.ts";
import type { Suspect } from "../../../src/diagnosis/checks/finding.ts";
import { rankSuspects } from "../../../src/diagnosis/checks/rank.ts";
import { checkOf } from "../checks.ts";

const TEMPLATE = checkOf(`  - id: template
    expr: x > 1
    needs:
      - series: x
    finding: "x"`);

interface Spec {
  readonly explains?: readonly string[];
  readonly severity?: Severity;
  readonly excess?: number;
  readonly sinceMs?: number;
  readonly labels?: readonly Readonly<Record<string, string>>[];
}

function suspectOf(id: string, spec: Spec = {}): Suspect {
  const { explains = [], severity = "warning", excess = 1, sinceMs = 0, labels = [{}] } = spec;
  return {
    verdict: "suspect",
    check: { ...TEMPLATE, id, explains, severity },
    rows: labels.map((each) => ({ labels: each, value: 1 })),
    sentences: [],
    since: { ms: sinceMs, orEarlier: false },
    excess,
  };
}

function order(...suspects: Suspect[]): string[] {
  return rankSuspects(suspects).map(({ check }) => check.id);
}

test("a cause comes before the symptom it explains, however bad the symptom looks", () => {
  const symptom = suspectOf("latency", { severity: "critical", excess: 50 });
  const cause = suspectOf("disk", { explains: ["latency"] });
  assert.deepEqual(order(symptom, cause), ["disk", "latency"]);
  const [first, second] = rankSuspects([symptom, cause]);
  assert.equal(first?.weight, "critical");
  assert.deepEqual(second?.causes, ["disk"]);
  assert.equal(second?.isExplained, true);
});

test("a chain of causes stands in its order, before what is less bad", () => {
  assert.deepEqual(
    order(
      suspectOf("c", { severity: "critical" }),
      suspectOf("other", { excess: 99 }),
      suspectOf("b", { explains: ["c"] }),
      suspectOf("a", { explains: ["b"] }),
    ),
    ["a", "b", "c", "other"],
  );
});

test("without causes between them: the worse, the farther, the later first", () => {
  assert.deepEqual(
    order(
      suspectOf("note", { severity: "info", excess: 900 }),
      suspectOf("near", { excess: 2 }),
      suspectOf("old", { excess: 3, sinceMs: 10 }),
      suspectOf("new", { excess: 3, sinceMs: 20 }),
      suspectOf("bad", { severity: "critical" }),
    ),
    ["bad", "new", "old", "near", "note"],
  );
});

test("a slow group does not explain the lag of another group", () => {
  const cause = suspectOf("dead", { explains: ["lag"], labels: [{ group: "a" }] });
  const own = suspectOf("lag", { labels: [{ group: "a", topic: "t" }] });
  const foreign = suspectOf("lag", { labels: [{ group: "b", topic: "t" }] });
  const both = suspectOf("lag", { labels: [{ group: "a" }, { group: "b" }] });
  const explained = (symptom: Suspect): [string[], boolean] => {
    const found = rankSuspects([cause, symptom]).find(({ check }) => check.id === "lag");
    return [[...(found?.causes ?? [])], found?.isExplained ?? false];
  };
  assert.deepEqual(explained(own), [["dead"], true]);
  assert.deepEqual(explained(foreign), [[], false]);
  assert.deepEqual(explained(both), [["dead"], false]);
});

test("the order of the input never matters, and a cause never stands behind its symptom", () => {
  const ids = ["a", "b", "c", "d", "e", "f"];
  const suspects = fc.tuple(
    ...ids.map((id, index) =>
      fc
        .record({
          explains: fc.subarray(ids.slice(index + 1)),
          severity: fc.constantFrom("info" as const, "warning" as const, "critical" as const),
          excess: fc.integer({ min: 1, max: 3 }),
          sinceMs: fc.integer({ min: 0, max: 2 }),
        })
        .map((spec) => suspectOf(id, spec)),
    ),
  );
  fc.assert(
    fc.property(suspects, fc.infiniteStream(fc.nat()), (own, keys) => {
      const mixed = own
        .map((suspect) => ({ suspect, key: keys.next().value }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ suspect }) => suspect);
      const ranked = order(...own);
      assert.deepEqual(order(...mixed), ranked);
      for (const { check } of own) {
        for (const symptom of check.explains) {
          assert.ok(ranked.indexOf(check.id) < ranked.indexOf(symptom));
        }
      }
    }),
  );
});

test("checks that explain each other do not hang the ranking", () => {
  const a = suspectOf("a", { explains: ["b"] });
  const b = suspectOf("b", { explains: ["a"] });
  assert.deepEqual(order(b, a), ["a", "b"]);
});
