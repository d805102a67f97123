import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { diagnose } from "../../../src/diagnosis/checks/diagnose.ts";
import { evidenceOf, historyOf } from "../../../src/diagnosis/checks/evidence-of-history.ts";
import {
  checksDigest,
  type ReplayQuestion,
  readReplay,
  writeReplay,
} from "../../../src/diagnosis/replay/replay.ts";
import { type Reach, reachOf } from "../../../src/diagnosis/replay/replay-reach.ts";
import type { Sample } from "../../../src/exposition/sample.ts";
import type { History } from "../../../src/history/history.ts";
import fc from "../../support/fast-check.ts";
import { checkOf, historyWith, START_MS, STEP_MS, sample } from "../checks.ts";

const QUESTION: ReplayQuestion = {
  target: { name: "orders", http: "http://a:9094", kafka: "a:9092" },
  nowMs: START_MS + 39 * STEP_MS,
  topic: "orders",
  windowMs: 60_000,
  notes: ["two polls"],
};

function write(history: History, reach?: Reach): string {
  return writeReplay({ question: QUESTION, checks: "x", history, reach });
}

function rebuilt(text: string): History {
  const read = readReplay(text);
  assert.equal(read.kind, "replay");
  return historyOf(read.replay.snapshots);
}

/** Samples of a snapshot have no order; -0 is not 0. */
function contents(history: History): unknown {
  const textOf = ({ name, labels, value }: Sample): string =>
    JSON.stringify([name, labels, Object.is(value, -0) ? "-0" : String(value)]);
  return [...history.snapshots()].map(({ timeMs, samples }) => ({
    timeMs,
    samples: [...samples].map(textOf).toSorted(),
  }));
}

test("what was written is read back, whatever the values and labels are", () => {
  const series = fc.record({
    name: fc.constantFrom("a", "b", 'odd "name"\t'),
    labels: fc.dictionary(fc.constantFrom("topic", "a b"), fc.string(), { maxKeys: 2 }),
    values: fc.array(
      fc.option(
        fc.oneof(
          fc.integer(),
          fc.double(),
          fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity, 2 ** 53, 0.1, -1),
        ),
        { nil: undefined },
      ),
      { minLength: 6, maxLength: 6 },
    ),
  });
  fc.assert(
    fc.property(fc.array(series), (all) => {
      const history = historyWith(6, (poll) =>
        all.flatMap(({ name, labels, values }) => {
          const value = values[poll];
          return value === undefined ? [] : [sample(name, value, labels)];
        }),
      );
      assert.deepEqual(contents(rebuilt(write(history))), contents(history));
    }),
  );
});

test("question and digest come back as they were, and a rebuilt history writes the same bytes", () => {
  const history = historyWith(40, (poll) => [
    sample("a", poll % 7, { topic: "x" }),
    ...(poll % 2 === 0 ? [sample("b", poll * 0.25)] : []),
    ...(poll > 20 ? [sample("c", 5)] : []),
  ]);
  const text = write(history);
  const read = readReplay(text);
  assert.equal(read.kind, "replay");
  assert.deepEqual(read.replay.question, QUESTION);
  assert.equal(read.replay.checks, "x");
  assert.equal(write(historyOf(read.replay.snapshots)), text);
});

test("an hour of steady counters takes less than a byte a sample", () => {
  const history = historyWith(240, (poll) =>
    Array.from({ length: 200 }, (_, n) => sample("a_total", poll * n * 100, { partition: `${n}` })),
  );
  const bytes = gzipSync(write(history)).length;
  assert.ok(bytes < 240 * 200, String(bytes));
});

const broken: [what: string, text: string, reason: RegExp][] = [
  ["another file", "hello\nworld\n", /does not begin with/],
  ["a replay without its question", "streamline-replay 1\n{}\n", /second line/],
  [
    "a replay that is cut in a line",
    'streamline-replay 1\n@\n["a",{}]\t#1 +',
    /line 3 is not a series/,
  ],
  [
    "more values than snapshots",
    'streamline-replay 1\n@\n["a",{}]\t#1 =99',
    /line 3 is not a series/,
  ],
  ["a cell that nobody knows", 'streamline-replay 1\n@\n["a",{}]\t!1', /line 3 is not a series/],
];

for (const [what, text, reason] of broken) {
  test(`${what} is refused with a reason`, () => {
    const head = JSON.stringify({ question: QUESTION, checks: "x", times: [1, 2] });
    const read = readReplay(text.replace("@", head));
    assert.equal(read.kind, "unreadable");
    assert.match(read.reason, reason);
  });
}

const HIGH = `  - id: high
    expr: max_over_time(a[2m] offset 3m) > 10
    needs:
      - series: b
        history: 10m
        missing_ok_if: absent(c)
    values:
      more: sum(d)
    chart: e
    finding: "x"`;

function reachWith(a: number, windowMs?: number): Reach {
  const history = historyWith(60, () => [sample("a", a), sample("b", 1)]);
  const nowMs = START_MS + 59 * STEP_MS;
  const input = { checks: [checkOf(HIGH)], evidence: evidenceOf(history), nowMs };
  return reachOf(diagnose(input), windowMs);
}

test("a healthy check needs what its expressions look back, as far as what is over is reported", () => {
  const minutes = [...(reachWith(1) ?? [])].map(([name, ms]) => [name, ms / 60_000]);
  // A quarter of an hour more than the expressions themselves: so far back is told what is over.
  assert.deepEqual(Object.fromEntries(minutes), {
    server_start_time_seconds: Infinity,
    a: 25,
    b: 35,
    c: 30,
    d: 20,
    e: 20,
  });
});

test("an active one, or a question about what is over, needs all there is", () => {
  assert.deepEqual(
    [...(reachWith(90)?.values() ?? [])],
    [1, 1, 1, 1, 1, 1].map(() => Infinity),
  );
  assert.deepEqual(
    [...(reachWith(1, 60_000)?.values() ?? [])],
    [1, 1, 1, 1, 1, 1].map(() => Infinity),
  );
});

test("a check that may look at any metric needs all of them", () => {
  const check = { ...checkOf(HIGH), chart: '{topic="x"}' };
  const evidence = evidenceOf(historyWith(3, () => []));
  assert.equal(
    reachOf(diagnose({ checks: [check], evidence, nowMs: START_MS }), undefined),
    undefined,
  );
});

test("only what is within reach is written, and every snapshot keeps its time", () => {
  const history = historyWith(40, () => [sample("near", 1), sample("far", 1), sample("other", 1)]);
  const text = write(
    history,
    new Map([
      ["near", 2 * STEP_MS],
      ["far", Infinity],
    ]),
  );
  const counts = [...rebuilt(text).snapshots()].map(({ samples }) => [...samples].length);
  assert.deepEqual(counts, [...Array.from({ length: 37 }, () => 1), 2, 2, 2]);
  assert.doesNotMatch(text, /other/);
});

test("the digest changes with a check and not with the order", () => {
  const check = checkOf(HIGH);
  const other = { ...check, id: "two" };
  assert.equal(checksDigest([check, other]), checksDigest([other, check]));
  assert.notEqual(checksDigest([check]), checksDigest([{ ...check, threshold: 3 }]));
});
