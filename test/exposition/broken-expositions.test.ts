/** Lines that are broken or hostile, and an answer that comes in pieces. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createExpositionParser, parseExposition } from "../../src/exposition/parse-exposition.ts";
import { inChunks } from "./chunks.ts";

test("a string that nothing closes costs its line only", () => {
  const body = 'a{b="1\nok 2\nc{d="3"} 4\ne{f="5\nlast 6\n';
  for (const { samples, broken } of [parseExposition(body), ...inChunks(body)]) {
    assert.deepEqual(
      samples.map(({ name }) => name),
      ["ok", "c", "last"],
    );
    assert.deepEqual(broken, [
      { line: 1, reason: "a string is not closed" },
      { line: 4, reason: "a string is not closed" },
    ]);
  }
});

test("a string that nothing closes is waited for up to the limit only", () => {
  const names = new Set<string>();
  const parser = createExpositionParser(({ name }) => names.add(name), { maxLineLength: 1000 });
  parser.write(new TextEncoder().encode('a{b="1\n'));
  for (let line = 0; line < 2000; line++) parser.write(new TextEncoder().encode(`m${line} 1\n`));
  assert.ok(names.has("m1000"));
  assert.equal(parser.end().brokenTotal, 1);
  assert.equal(names.size, 2000);
});

describe("a broken line is reported with its reason:", () => {
  const lines: readonly [string, string][] = [
    ["up", "no value that is a number"],
    ['up{job="a" 1', "the label set is not closed"],
    ['up{job="a} 1', "a string is not closed"],
    ['up{"job} 1', "a string is not closed"],
    ["up{job=a} 1", "a label value has no quotes"],
    ["up{job} 1", "a label has no value"],
    ['up{1job="a"} 1', "a name is broken"],
    ['up{a="1",a="2"} 1', "a label name twice"],
    ['up{__name__="x"} 1', "a label name twice"],
    ['up{"down"} 1', "the metric name twice"],
    ['{"up",a="b","down"} 1', "the metric name twice"],
    ["up {count:24,sum:100}", "a native histogram, which is not read"],
    ["{count:24,sum:100}", "a native histogram, which is not read"],
    ["up 1 st@2 3", "text after the value"],
    ['{a="b"} 1', "no metric name"],
    ["1up 1", "no metric name"],
    ["up 1 soon", "the timestamp is not a number"],
    ["up 1 1.5", "the timestamp is not a number"],
    ["up 1 2 3", "text after the value"],
    ["# TYPE up flying", "the metric type is not known"],
    ["# HELP 1up text", "HELP without a metric name"],
    ["# TYPE up_%d gauge", "TYPE without a metric name"],
  ];
  for (const [line, reason] of lines) {
    test(line, () => {
      const { samples, broken, brokenTotal } = parseExposition(`ok 1\n${line}\nalso_ok 2\n`);
      assert.deepEqual(
        samples.map(({ name }) => name),
        ["ok", "also_ok"],
      );
      assert.deepEqual(broken, [{ line: 2, reason }]);
      assert.equal(brokenTotal, 1);
    });
  }
});

test("a label called __name__ is refused on each line, and not only on the first", () => {
  const { samples, brokenTotal } = parseExposition('a{__name__="x"}y\na{__name__="x"} 3\n');
  assert.deepEqual([samples, brokenTotal], [[], 2]);
});

describe("a hostile server costs no more than the limits allow:", () => {
  test("a line that is too long is skipped, and the next one is read", () => {
    const long = `a{b="${"x".repeat(100)}"} 1`;
    const { samples, broken } = parseExposition(`${long}\nok 2\n`, { maxLineLength: 50 });
    assert.deepEqual(
      samples.map(({ name }) => name),
      ["ok"],
    );
    assert.deepEqual(broken, [{ line: 1, reason: "the line is too long" }]);
  });

  test("hundreds of labels and a value of a hundred kilobytes are read", () => {
    const labels = Array.from({ length: 300 }, (_, number) => `label_${number}="v"`);
    const long = "l".repeat(100_000);
    const { samples, broken } = parseExposition(`a{${labels.join(",")}} 1\nb{x="${long}"} 2\n`);
    assert.deepEqual(broken, []);
    assert.deepEqual(
      samples.map((sample) => Object.keys(sample.labels).length),
      [300, 1],
    );
    assert.equal(samples[1]?.labels["x"], long);
  });

  test("too many labels, series or families are counted as broken", () => {
    const limits = { maxLabels: 1, maxSeries: 2, maxFamilies: 1 };
    const text = '# TYPE a gauge\n# TYPE b gauge\na{x="1"} 1\na{x="1",y="2"} 2\nb 3\nc 4\n';
    const { samples, families, broken } = parseExposition(text, limits);
    assert.deepEqual(
      samples.map(({ value }) => value),
      [1, 3],
    );
    assert.deepEqual([...families.keys()], ["a"]);
    assert.deepEqual(broken, [
      { line: 2, reason: "more metric families than are read" },
      { line: 4, reason: "too many labels" },
      { line: 6, reason: "more series than are read" },
    ]);
  });

  test("of many broken lines only the first are described, and all are counted", () => {
    const { broken, brokenTotal } = parseExposition("?\n".repeat(1000), { maxBrokenKept: 3 });
    assert.deepEqual(
      broken.map(({ line }) => line),
      [1, 2, 3],
    );
    assert.equal(brokenTotal, 1000);
  });
});

describe("a body in chunks", () => {
  test("hands over each sample as soon as its line is complete", () => {
    const names: string[] = [];
    const parser = createExpositionParser(({ name }) => names.push(name));
    const bytes = new TextEncoder().encode("a 1\nb 2\nc 3");
    parser.write(bytes.subarray(0, 6));
    assert.deepEqual(names, ["a"]);
    parser.write(bytes.subarray(6));
    assert.deepEqual(names, ["a", "b"]);
    assert.equal(parser.end().brokenTotal, 0);
    assert.deepEqual(names, ["a", "b", "c"]);
  });

  test("that is not an UTF-8 loses only the lines that are not", () => {
    const names: string[] = [];
    const parser = createExpositionParser(({ name }) => names.push(name));
    const [start, end] = ['a 1\nb{x="', '"} 2\nc 3\n'].map((text) =>
      new TextEncoder().encode(text),
    );
    parser.write(Uint8Array.from([...(start ?? []), 0xff, 0xc3, ...(end ?? [])]));
    assert.deepEqual(parser.end().broken, [{ line: 2, reason: "the line is not UTF-8" }]);
    assert.deepEqual(names, ["a", "c"]);
  });

  test("with an endless line is held up to the limit only", () => {
    const parser = createExpositionParser(() => {}, { maxLineLength: 1000 });
    const chunk = new Uint8Array(64 * 1024).fill(97);
    for (let part = 0; part < 200; part++) {
      parser.write(chunk);
    }
    assert.deepEqual(parser.end().broken, [{ line: 1, reason: "the line is too long" }]);
  });
});
