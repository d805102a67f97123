import assert from "node:assert/strict";
import { test } from "node:test";
import type { Severity } from "../../../src/diagnosis/checks/check.ts";
import type { Active } from "../../../src/diagnosis/checks/finding.ts";
import { judgeCheck } from "../../../src/diagnosis/checks/judge-check.ts";
import { inOrderOfTime, rankActive } from "../../../src/diagnosis/checks/rank.ts";
import type { Sample } from "../../../src/exposition/sample.ts";
import fc from "../../support/fast-check.ts";
import { checkOf, evidenceWith, START_MS, STEP_MS, sample } from "../checks.ts";

const TEMPLATE = checkOf(`  - id: template
    expr: x > 1
    needs:
      - series: x
    finding: "x"`);

/** Where times are not what a test is about. */
const always = (): boolean => true;

interface Spec {
  readonly explains?: readonly string[];
  readonly severity?: Severity;
  readonly excess?: number;
  readonly sinceMs?: number;
  readonly labels?: readonly Readonly<Record<string, string>>[];
}

function activeOf(id: string, spec: Spec = {}): Active {
  const { explains = [], severity = "warning", excess = 1, sinceMs = 0, labels = [{}] } = spec;
  return {
    verdict: "active",
    check: { ...TEMPLATE, id, explains, severity },
    rows: labels.map((each) => ({ labels: each, value: 1 })),
    sentences: [],
    since: { ms: sinceMs, orEarlier: false },
    excess,
  };
}

function order(...findings: Active[]): string[] {
  return rankActive(findings, always).map(({ check }) => check.id);
}

test("a cause comes before the symptom it explains, however bad the symptom looks", () => {
  const symptom = activeOf("latency", { severity: "critical", excess: 50 });
  const cause = activeOf("disk", { explains: ["latency"] });
  assert.deepEqual(order(symptom, cause), ["disk", "latency"]);
  const [first, second] = rankActive([symptom, cause], always);
  assert.equal(first?.check.severity, "warning", "its colour is its own");
  assert.equal(first?.reach, "critical");
  assert.deepEqual(second?.causes, ["disk"]);
  assert.equal(second?.isExplained, true);
});

test("a chain of causes stands in its order, before what is less bad", () => {
  assert.deepEqual(
    order(
      activeOf("c", { severity: "critical" }),
      activeOf("other", { excess: 99 }),
      activeOf("b", { explains: ["c"] }),
      activeOf("a", { explains: ["b"] }),
    ),
    ["a", "b", "c", "other"],
  );
});

test("a proven critical finding is never outranked by what only explains something critical", () => {
  const slow = activeOf("slow-sync", { explains: ["refused"], excess: 90 });
  const full = activeOf("full", { severity: "critical", explains: ["refused"] });
  const refused = activeOf("refused", { severity: "critical", excess: 50 });
  assert.deepEqual(order(slow, refused, full), ["full", "slow-sync", "refused"]);
});

test("without causes between them: the worse, the farther, the later first", () => {
  assert.deepEqual(
    order(
      activeOf("note", { severity: "info", excess: 900 }),
      activeOf("near", { excess: 2 }),
      activeOf("old", { excess: 3, sinceMs: 10 }),
      activeOf("new", { excess: 3, sinceMs: 20 }),
      activeOf("bad", { severity: "critical" }),
    ),
    ["bad", "new", "old", "near", "note"],
  );
});

test("a slow group does not explain the lag of another group", () => {
  const cause = activeOf("dead", { explains: ["lag"], labels: [{ group: "a" }] });
  const own = activeOf("lag", { labels: [{ group: "a", topic: "t" }] });
  const foreign = activeOf("lag", { labels: [{ group: "b", topic: "t" }] });
  const both = activeOf("lag", { labels: [{ group: "a" }, { group: "b" }] });
  const explained = (symptom: Active): [string[], boolean] => {
    const found = rankActive([cause, symptom], always).find(({ check }) => check.id === "lag");
    return [[...(found?.causes ?? [])], found?.isExplained ?? false];
  };
  assert.deepEqual(explained(own), [["dead"], true]);
  assert.deepEqual(explained(foreign), [[], false]);
  assert.deepEqual(explained(both), [["dead"], false]);
});

test("the order of the input never matters, and a cause never stands behind its symptom", () => {
  const ids = ["a", "b", "c", "d", "e", "f"];
  const findings = fc.tuple(
    ...ids.map((id, index) =>
      fc
        .record({
          explains: fc.subarray(ids.slice(index + 1)),
          severity: fc.constantFrom("info" as const, "warning" as const, "critical" as const),
          excess: fc.integer({ min: 1, max: 3 }),
          sinceMs: fc.integer({ min: 0, max: 2 }),
        })
        .map((spec) => activeOf(id, spec)),
    ),
  );
  fc.assert(
    fc.property(findings, fc.infiniteStream(fc.nat()), (own, keys) => {
      const mixed = own
        .map((finding) => ({ finding, key: keys.next().value }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ finding }) => finding);
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

test("what is proven to be worse comes before what is as bad only by what it explains", () => {
  assert.deepEqual(
    order(
      activeOf("slow", { explains: ["refused"], excess: 900 }),
      activeOf("full", { severity: "critical", explains: ["refused"] }),
      activeOf("refused", { severity: "critical" }),
    ),
    ["full", "slow", "refused"],
  );
});

test("a cause that began long after its symptom explains nothing, a later stage takes its place", () => {
  const minutes = (n: number): number => n * 60_000;
  const symptom = activeOf("lag", { sinceMs: minutes(0) });
  const late = activeOf("hot", { sinceMs: minutes(10), explains: ["lag"] });
  const soon = activeOf("hot", { sinceMs: minutes(2), explains: ["lag"] });
  const { evidence } = evidenceWith(2, () => []);
  const explained = (cause: Active): boolean | undefined =>
    rankActive([cause, symptom], inOrderOfTime(evidence)).find(({ check }) => check.id === "lag")
      ?.isExplained;
  assert.equal(explained(late), false);
  assert.equal(explained(soon), true);
  assert.equal(explained({ ...late, check: { ...late.check, replaces: ["lag"] } }), true);
});

const EMPTY = checkOf(`  - id: empty
    expr: last_over_time(members[5m]) == 0
    needs:
      - series: members
        fresh: 5m
    finding: "x"`);

/** Whether a restart explains the groups without members; negative polls are before the first one. */
function restartExplains(restartAtPoll: number, at: (poll: number) => readonly Sample[]): boolean {
  const { evidence, nowMs } = evidenceWith(30, at);
  const symptom = judgeCheck(EMPTY, evidence, { nowMs, scope: {} });
  assert.ok(symptom.verdict === "active");
  const event = activeOf("restart", {
    explains: ["empty"],
    sinceMs: START_MS + restartAtPoll * STEP_MS,
  });
  const ranked = rankActive(
    [{ ...event, check: { ...event.check, isEvent: true } }, symptom],
    inOrderOfTime(evidence),
  );
  return ranked.some(({ check, isExplained }) => check.id === "empty" && isExplained);
}

const members = (value: number, group = "billing") => sample("members", value, { group });

test("an event explains what began with it and has not been well since, and nothing later", () => {
  assert.ok(restartExplains(10, (poll) => [members(poll < 10 ? 1 : 0)]));
  // The group was there for a minute after the restart, and then lost its member.
  assert.ok(!restartExplains(10, (poll) => [members(poll < 16 ? 1 : 0)]));
});

test("a group that was not asked since an event is not proven well by the others", () => {
  const others = members(3, "audit");
  const isAsked = (poll: number): boolean => poll < 10 || poll > 20;
  const at = (poll: number) => (isAsked(poll) ? [others, members(poll < 10 ? 1 : 0)] : [others]);
  assert.ok(restartExplains(10, at));
});

test("what the first poll found long after an event is not known to come from it", () => {
  assert.ok(!restartExplains(-20, () => [members(0)]));
  assert.ok(
    restartExplains(-1, () => [members(0)]),
    "nobody had the time to come back",
  );
});

test("what goes on comes before what only happened", () => {
  const event = activeOf("restart", { excess: 50 });
  const events = { ...event, check: { ...event.check, isEvent: true } };
  assert.deepEqual(order(events, activeOf("empty")), ["empty", "restart"]);
});

test("checks that explain each other do not hang the ranking", () => {
  const a = activeOf("a", { explains: ["b"] });
  const b = activeOf("b", { explains: ["a"] });
  assert.deepEqual(order(b, a), ["a", "b"]);
});
