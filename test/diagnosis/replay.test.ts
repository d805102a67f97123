import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { metricsUsed } from "../../src/diagnosis/check-metrics.ts";
import { historyOf } from "../../src/diagnosis/evidence-of-history.ts";
import {
  checksDigest,
  type Question,
  type ReplaySnapshot,
  readReplay,
  writeReplay,
} from "../../src/diagnosis/replay.ts";
import type { Sample } from "../../src/exposition/sample.ts";
import { checkOf, historyWith, sample } from "./checks.ts";

const QUESTION: Question = {
  target: { name: "orders", http: "http://a:9094", kafka: "a:9092" },
  nowMs: 1_768_471_200_000,
  topic: "orders",
  windowMs: 60_000,
  notes: ["two looks"],
};

const ALL = undefined;

function listed(snapshots: Iterable<ReplaySnapshot>): unknown {
  return [...snapshots].map(({ timeMs, samples }) => ({ timeMs, samples: [...samples] }));
}

const value = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 2 ** 53, 0.1, -1),
);
const labels = fc.dictionary(fc.constantFrom("topic", "group", "a b"), fc.string(), { maxKeys: 2 });

test("what was written is read back, whatever the values and labels are", () => {
  const series = fc.record({
    name: fc.constantFrom("a", "b", 'odd "name"\t'),
    labels,
    values: fc.array(fc.option(value, { nil: undefined }), { minLength: 6, maxLength: 6 }),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(series, { selector: (s) => JSON.stringify([s.name, s.labels]) }),
      (all) => {
        const snapshots = Array.from({ length: 6 }, (_, n) => ({
          timeMs: 1_000 + 15_000 * n,
          samples: all.flatMap((each) => {
            const found = each.values[n];
            return found === undefined ? [] : [sample(each.name, found, each.labels)];
          }),
        }));
        const text = writeReplay({ question: QUESTION, checks: "x", snapshots }, ALL);
        const read = readReplay(text);
        assert.equal(read.kind, "replay");
        assert.deepEqual(read.replay.question, QUESTION);
        assert.equal(read.replay.checks, "x");
        assert.deepEqual(contents(read.replay.snapshots), contents(snapshots));
      },
    ),
  );
});

/** Samples of a snapshot have no order; -0 is not 0. */
function contents(snapshots: Iterable<ReplaySnapshot>): unknown {
  const textOf = ({ name, labels: own, value: number }: Sample): string =>
    JSON.stringify([name, own, Object.is(number, -0) ? "-0" : String(number)]);
  return [...snapshots].map(({ timeMs, samples }) => ({
    timeMs,
    samples: [...samples].map(textOf).toSorted(),
  }));
}

test("a history that was rebuilt from a replay writes the same bytes", () => {
  const history = historyWith(40, (look) => [
    sample("a", look % 7, { topic: "x" }),
    ...(look % 2 === 0 ? [sample("b", look * 0.25)] : []),
    ...(look > 20 ? [sample("c", 5)] : []),
  ]);
  const text = writeReplay(
    { question: QUESTION, checks: "x", snapshots: history.snapshots() },
    ALL,
  );
  const read = readReplay(text);
  assert.equal(read.kind, "replay");
  const rebuilt = historyOf(read.replay.snapshots);
  assert.deepEqual(listed(rebuilt.snapshots()), listed(history.snapshots()));
  const again = writeReplay({ ...read.replay, snapshots: rebuilt.snapshots() }, ALL);
  assert.equal(again, text);
});

test("only the series of the given metrics are kept", () => {
  const history = historyWith(3, () => [sample("wanted", 1), sample("unwanted", 1)]);
  const parts = { question: QUESTION, checks: "x", snapshots: history.snapshots() };
  const text = writeReplay(parts, new Set(["wanted"]));
  assert.match(text, /\["wanted",\{\}\]/);
  assert.doesNotMatch(text, /unwanted/);
});

test("an hour of steady counters takes few bytes a sample", () => {
  const history = historyWith(240, (look) =>
    Array.from({ length: 200 }, (_, n) => sample("a_total", look * n * 100, { partition: `${n}` })),
  );
  const text = writeReplay(
    { question: QUESTION, checks: "x", snapshots: history.snapshots() },
    ALL,
  );
  assert.ok(gzipSync(text).length < 240 * 200, String(gzipSync(text).length));
});

const broken: [what: string, text: string, reason: RegExp][] = [
  ["another file", "hello\nworld\n", /does not begin with/],
  ["a replay without its question", "streamline-replay 1\n{}\n", /second line/],
  [
    "a replay that is cut in a line",
    'streamline-replay 1\n@\n["a",{}]\t#1 +',
    /line 3 is no series/,
  ],
  ["more values than snapshots", 'streamline-replay 1\n@\n["a",{}]\t#1 =99', /line 3 is no series/],
  ["a cell that nobody knows", 'streamline-replay 1\n@\n["a",{}]\t!1', /line 3 is no series/],
];

for (const [what, text, reason] of broken) {
  test(`${what} is refused with a reason`, () => {
    const head = JSON.stringify({ question: QUESTION, checks: "x", times: [1, 2] });
    const read = readReplay(text.replace("@", head));
    assert.equal(read.kind, "unreadable");
    assert.match(read.reason, reason);
  });
}

const CHECK = checkOf(`  - id: one
    expr: rate(a_total[5m]) > 0 unless b
    needs:
      - series: c
        missing_ok_if: absent(d)
    values:
      more: sum(e)
    chart: f
    finding: "x"`);

test("the digest changes with a check and not with the order", () => {
  const other = { ...CHECK, id: "two" };
  assert.equal(checksDigest([CHECK, other]), checksDigest([other, CHECK]));
  assert.notEqual(checksDigest([CHECK]), checksDigest([{ ...CHECK, threshold: 3 }]));
});

test("the metrics of a check are those of all its expressions", () => {
  assert.deepEqual([...(metricsUsed([CHECK]) ?? [])], ["a_total", "b", "c", "d", "e", "f"]);
  assert.equal(metricsUsed([{ ...CHECK, chart: '{topic="x"}' }]), undefined);
});
