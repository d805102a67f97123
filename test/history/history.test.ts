import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Sample } from "../../src/exposition/sample.ts";
import { createHistory, type History } from "../../src/history/history.ts";
import { createMatcher } from "../../src/history/matcher.ts";
import { createEvaluator, evaluate, evaluateRange } from "../../src/promql/evaluate.ts";
import type { Value } from "../../src/promql/value.ts";
import fc from "../support/fast-check.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const START_MS = 1_700_000_000_000;

function gauge(name: string, value: number, labels: Sample["labels"] = {}): Sample {
  return { name, labels, value };
}

/** A history of one gauge whose value is the number of its snapshot. */
function counted(polls: number, options = {}): History {
  const history = createHistory(options);
  for (let poll = 0; poll < polls; poll++) {
    history.append(START_MS + poll * 15 * SECOND, [gauge("poll", poll)]);
  }
  return history;
}

function values(value: Value): unknown {
  return value.kind === "vector" ? value.samples.map((sample) => sample.value) : value;
}

describe("staleness is as in Prometheus:", () => {
  test("a value is found until five minutes after its snapshot", () => {
    const history = createHistory();
    history.append(START_MS, [gauge("up", 1)]);
    const at = (timeMs: number) => values(evaluate("up", history, { timeMs }));
    assert.deepEqual(at(START_MS - 1), []);
    assert.deepEqual(at(START_MS), [1]);
    assert.deepEqual(at(START_MS + 5 * MINUTE), [1]);
    assert.deepEqual(at(START_MS + 5 * MINUTE + 1), []);
  });

  test("a series ends with the first snapshot that does not hold it, and its samples stay", () => {
    const history = createHistory();
    history.append(START_MS, [gauge("up", 1), gauge("lag", 7)]);
    history.append(START_MS + 15 * SECOND, [gauge("up", 1)]);
    const at = (expression: string) =>
      values(evaluate(expression, history, { timeMs: START_MS + 20 * SECOND }));
    assert.deepEqual(at("lag"), []);
    assert.deepEqual(at("lag offset 10s"), [7]);
    assert.deepEqual(at("max_over_time(lag[1m])"), [7]);
    assert.deepEqual(at("absent(lag)"), [1]);
  });

  test("an empty snapshot ends everything", () => {
    const history = createHistory();
    history.append(START_MS, [gauge("up", 1)]);
    history.append(START_MS + 15 * SECOND, []);
    assert.deepEqual(values(evaluate("up", history, { timeMs: START_MS + 15 * SECOND })), []);
  });
});

describe("a history", () => {
  test("refuses a snapshot that is not newer than the last", () => {
    const history = createHistory();
    history.append(START_MS, [gauge("up", 1)]);
    const outcome = history.append(START_MS, [gauge("up", 0)]);
    assert.deepEqual(outcome, { kind: "out-of-order", lastMs: START_MS });
    assert.deepEqual(values(evaluate("up", history, { timeMs: START_MS })), [1]);
  });

  test("forgets what is older than it must keep, values and series alike", () => {
    const history = createHistory({ retentionMs: 10 * MINUTE });
    for (let poll = 0; poll < 400; poll++) {
      const samples = [gauge("poll", poll), gauge("pod", 1, { id: String(Math.floor(poll / 10)) })];
      history.append(START_MS + poll * 15 * SECOND, samples);
    }
    const { snapshots, firstMs = 0, lastMs = 0, series } = history.stats();
    assert.ok(lastMs - firstMs >= 10 * MINUTE);
    assert.ok(snapshots <= 40 + 2 * 32, `${snapshots} snapshots`);
    assert.ok(series <= 12, `${series} series`);
    assert.deepEqual(
      history.select([createMatcher("__name__", "=", "pod"), createMatcher("id", "=", "3")]),
      [],
    );
    const newest = evaluate('pod{id="39"}', history, { timeMs: lastMs });
    assert.deepEqual(values(newest), [1]);
  });

  test("gives the place of a forgotten series to another without mixing them up", () => {
    const history = createHistory({ retentionMs: MINUTE });
    for (let poll = 0; poll < 200; poll++) {
      history.append(START_MS + poll * 15 * SECOND, [gauge("pod", poll, { id: String(poll) })]);
    }
    const { lastMs = 0, firstMs = 0 } = history.stats();
    const ranged = evaluate(`pod[${lastMs - firstMs}ms]`, history, { timeMs: lastMs });
    assert.ok(ranged.kind === "matrix");
    for (const { metric, points } of ranged.series) {
      assert.deepEqual(
        points.map(({ value }) => String(value)),
        [metric.labels["id"]],
      );
    }
  });

  test("counts the samples of series that it has no room for", () => {
    const history = createHistory({ maxSeries: 2 });
    const samples = [gauge("a", 1), gauge("b", 2), gauge("c", 3)];
    assert.deepEqual(history.append(START_MS, samples), { kind: "appended", dropped: 1 });
    assert.deepEqual(history.names(), ["a", "b"]);
  });

  test("takes labels in any order, and an empty one as none", () => {
    const history = createHistory();
    history.append(START_MS, [gauge("x", 1, { a: "1", b: "2", c: "" })]);
    history.append(START_MS + SECOND, [gauge("x", 2, { b: "2", a: "1" })]);
    assert.equal(history.stats().series, 1);
    assert.deepEqual(
      values(evaluate('x{a="1",c=""}', history, { timeMs: START_MS + SECOND })),
      [2],
    );
  });

  test("keeps labels called like what every object has", () => {
    const history = createHistory();
    const labels = Object.fromEntries([
      ["constructor", "a"],
      ["toString", "b"],
    ]);
    Object.defineProperty(labels, "__proto__", { value: "c", enumerable: true });
    history.append(START_MS, [gauge("x", 1, labels), gauge("y", 2)]);
    const at = (expression: string) => values(evaluate(expression, history, { timeMs: START_MS }));
    assert.deepEqual(at('x{constructor="a",toString="b",__proto__="c"}'), [1]);
    assert.deepEqual(at('y{constructor="",__proto__=""}'), [2]);
    assert.deepEqual(at("count(count by (constructor, __proto__) ({__name__=~'x|y'}))"), [2]);
  });

  test("finds the values of every snapshot, packed or not", () => {
    const history = counted(100);
    for (const poll of [0, 31, 32, 63, 64, 95, 96, 99]) {
      const timeMs = START_MS + poll * 15 * SECOND;
      assert.deepEqual(values(evaluate("poll", history, { timeMs })), [poll]);
      assert.deepEqual(values(evaluate("count_over_time(poll[1h])", history, { timeMs })), [
        poll + 1,
      ]);
    }
  });
});

/** Values of every shape that is packed in its own way. */
const valueArbitrary = fc.oneof(
  fc.constant(0),
  fc.integer({ min: -300, max: 300 }),
  fc.maxSafeInteger(),
  fc.double(),
  fc.constantFrom(-0, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 52, -(2 ** 53), 1e300, 5e-324),
);

test("snapshots come back as they were appended, whatever their values and gaps", () => {
  const polls = fc.array(
    fc.dictionary(fc.constantFrom("a", "b", "c", "d"), valueArbitrary, { maxKeys: 4 }),
    { minLength: 1, maxLength: 90 },
  );
  fc.assert(
    fc.property(polls, fc.constantFrom(true, false), (contents, isSteady) => {
      const history = createHistory();
      const appended = contents.map((content, at) => ({
        timeMs: START_MS + at * SECOND,
        // A steady server repeats one value, which is packed most tightly.
        samples: Object.entries(content).map(([id, value]) =>
          gauge("x", isSteady ? 7 : value, { id }),
        ),
      }));
      for (const { timeMs, samples } of appended) {
        history.append(timeMs, samples);
      }
      const read = Array.from(history.snapshots(), ({ timeMs, samples }) => ({
        timeMs,
        samples: sorted([...samples]),
      }));
      assert.deepEqual(
        read,
        appended.map(({ timeMs, samples }) => ({ timeMs, samples: sorted(samples) })),
      );
    }),
    { numRuns: 100 },
  );
});

function sorted(samples: readonly Sample[]): Sample[] {
  return samples.toSorted((left, right) =>
    (left.labels["id"] ?? "") < (right.labels["id"] ?? "") ? -1 : 1,
  );
}

describe("an evaluator", () => {
  test("sees a new snapshot although it remembers results", () => {
    const history = counted(3);
    const evaluator = createEvaluator(history);
    const timeMs = START_MS + 10 * MINUTE;
    const sum = () => values(evaluator.evaluate("sum(last_over_time(poll[1h]))", { timeMs }));
    assert.deepEqual(sum(), [2]);
    history.append(START_MS + MINUTE, [gauge("poll", 9)]);
    assert.deepEqual(sum(), [9]);
  });

  test("does not mix up moments", () => {
    const evaluator = createEvaluator(counted(10));
    const at = (poll: number) =>
      values(evaluator.evaluate("max(poll)", { timeMs: START_MS + poll * 15 * SECOND }));
    assert.deepEqual([at(3), at(5), at(3)], [[3], [5], [3]]);
  });

  test("computes a chart at every step, with gaps where there is no value", () => {
    const history = createHistory();
    history.append(START_MS, [gauge("up", 1), gauge("lag", 5)]);
    history.append(START_MS + MINUTE, [gauge("up", 1)]);
    history.append(START_MS + 2 * MINUTE, [gauge("up", 1), gauge("lag", 6)]);
    const steps = { startMs: START_MS, endMs: START_MS + 2 * MINUTE, stepMs: MINUTE };
    const [lag] = evaluateRange("lag * 2", history, steps);
    assert.deepEqual(lag?.points, [
      { timeMs: START_MS, value: 10 },
      { timeMs: START_MS + 2 * MINUTE, value: 12 },
    ]);
    const [scalar] = evaluateRange("1 + 1", history, steps);
    assert.deepEqual(
      scalar?.points.map(({ value }) => value),
      [2, 2, 2],
    );
  });

  test("knows the ends of a chart", () => {
    const history = counted(9);
    const steps = { startMs: START_MS, endMs: START_MS + 2 * MINUTE, stepMs: MINUTE };
    const [difference] = evaluateRange("poll @ end() - poll @ start()", history, steps);
    assert.deepEqual(
      difference?.points.map(({ value }) => value),
      [8, 8, 8],
    );
  });

  test("refuses a chart of what has none, or with endless steps", () => {
    const history = counted(2);
    const steps = { startMs: START_MS, endMs: START_MS + MINUTE, stepMs: SECOND };
    assert.throws(() => evaluateRange("poll[5m]", history, steps), /a chart needs/);
    assert.throws(() => evaluateRange("'text'", history, steps), /a chart needs/);
    assert.throws(
      () => evaluateRange("poll", history, { ...steps, stepMs: 0 }),
      /a chart has at most/,
    );
    assert.throws(
      () => evaluateRange("poll", history, { ...steps, stepMs: 0.001 }),
      /a chart has at most/,
    );
  });
});

test("a history that forgot takes older snapshots, and knows nothing of the others", () => {
  const history = counted(70);
  const before = history.revision;
  history.forget();
  assert.ok(history.revision > before);
  assert.deepEqual(history.names(), []);
  assert.equal(history.stats().snapshots, 0);
  assert.deepEqual(history.append(START_MS, [gauge("older", 7)]), { kind: "appended", dropped: 0 });
  assert.deepEqual(values(evaluate("older", history, { timeMs: START_MS })), [7]);
  assert.deepEqual(values(evaluate("poll", history, { timeMs: START_MS })), []);
});
