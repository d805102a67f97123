/** One line of a sample: its name, its labels, its value and its time, as Prometheus reads them. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseExposition } from "../../src/exposition/parse-exposition.ts";
import { labelValue, type Sample } from "../../src/exposition/sample.ts";
import { inChunks } from "./chunks.ts";

const LINES: readonly { what: string; line: string; sample: Sample }[] = [
  {
    what: "a name and a value",
    line: "up 1",
    sample: { name: "up", labels: {}, value: 1 },
  },
  {
    what: "labels, with blanks wherever they may stand and a comma at the end",
    line: '  up { job = "a" , instance="b:1",\t} \t 1.5 ',
    sample: { name: "up", labels: { job: "a", instance: "b:1" }, value: 1.5 },
  },
  {
    what: "escapes in a label value; one that is not known stays as it is",
    line: String.raw`up{path="C:\\dir\"x\"\n\d"} 1`,
    sample: { name: "up", labels: { path: 'C:\\dir"x"\n\\d' }, value: 1 },
  },
  {
    what: "braces, commas and number signs inside of a label value",
    line: 'up{path="{a=\\"b\\"},# {} 1"} 2',
    sample: { name: "up", labels: { path: '{a="b"},# {} 1' }, value: 2 },
  },
  {
    what: "an empty label set",
    line: "up{} 3",
    sample: { name: "up", labels: {}, value: 3 },
  },
  {
    what: "a recording rule's name with colons",
    line: "job:up:sum 4",
    sample: { name: "job:up:sum", labels: {}, value: 4 },
  },
  {
    what: "a timestamp in milliseconds",
    line: "up 1 1700000000123",
    sample: { name: "up", labels: {}, value: 1, timestampMs: 1_700_000_000_123 },
  },
  {
    what: "a timestamp before 1970",
    line: "up 1 -5",
    sample: { name: "up", labels: {}, value: 1, timestampMs: -5 },
  },
  {
    what: "a quoted UTF-8 name and label",
    line: '{"größe.in.m","über wen"="ñ"} 1',
    sample: { name: "größe.in.m", labels: { "über wen": "ñ" }, value: 1 },
  },
  {
    what: "a quoted name alone",
    line: '{"http.requests"} 7',
    sample: { name: "http.requests", labels: {}, value: 7 },
  },
  {
    what: "an exemplar, which is dropped",
    line: 'b_bucket{le="1"} 5 # {trace_id="abc"} 0.7 1700000000.5',
    sample: { name: "b_bucket", labels: { le: "1.0" }, value: 5 },
  },
  {
    what: "an exemplar with a number sign in its labels",
    line: 'b_total 5 # {k="x # y"} 0.5',
    sample: { name: "b_total", labels: {}, value: 5 },
  },
  {
    what: "a broken exemplar, which costs only itself",
    line: 'up 1 # {a="b} 1',
    sample: { name: "up", labels: {}, value: 1 },
  },
  {
    what: "two exemplars",
    line: "up 1 # {} 1 # {} 2",
    sample: { name: "up", labels: {}, value: 1 },
  },
  {
    what: "a remark behind the value",
    line: "up 1 1700000000000 # not an exemplar",
    sample: { name: "up", labels: {}, value: 1, timestampMs: 1_700_000_000_000 },
  },
  {
    what: "a timestamp and an exemplar",
    line: "b_total 5 1700000000000 # {} 0.7",
    sample: { name: "b_total", labels: {}, value: 5, timestampMs: 1_700_000_000_000 },
  },
];

describe("a sample line with", () => {
  for (const { what, line, sample } of LINES) {
    test(what, () => {
      const { samples, broken } = parseExposition(`${line}\n`);
      assert.deepEqual({ samples, broken }, { samples: [sample], broken: [] });
    });
  }
});

describe("a value is a number as Go reads it:", () => {
  const values: readonly [string, number][] = [
    ["0", 0],
    ["-0", -0],
    ["+7", 7],
    ["007", 7],
    [".5", 0.5],
    ["5.", 5],
    ["-1.25e-3", -0.00125],
    ["1E3", 1000],
    ["1.234567e+09", 1_234_567_000],
    ["7.3125e-05", 0.000_073_125],
    ["1e23", 1e23],
    ["12e22", 1.2e23],
    ["123456789012345678", 123_456_789_012_345_680],
    ["0.1234567890123456789", 0.123_456_789_012_345_68],
    ["1e-400", 0],
    ["NaN", Number.NaN],
    ["nan", Number.NaN],
    ["+Inf", Number.POSITIVE_INFINITY],
    ["-inf", Number.NEGATIVE_INFINITY],
    ["Infinity", Number.POSITIVE_INFINITY],
  ];
  for (const [written, value] of values) {
    test(`${written} is ${value}`, () => {
      assert.deepEqual(
        parseExposition(`x ${written}\n`).samples.map((sample) => sample.value),
        [value],
      );
    });
  }

  const refused = [
    "0x10",
    "1_000",
    "1e999",
    "1e",
    "e5",
    ".",
    "--1",
    "1.2.3",
    "infin",
    "+nan",
    "1f",
  ];
  for (const written of refused) {
    test(`${written} is none`, () => {
      const { samples, broken } = parseExposition(`x ${written}\n`);
      assert.deepEqual(
        { samples, reasons: broken.map(({ reason }) => reason) },
        { samples: [], reasons: ["no value that is a number"] },
      );
    });
  }
});

test("a quoted metric name may stand behind labels, as Prometheus reads it", () => {
  const { samples, brokenTotal } = parseExposition('{q="0.9","http.status",a="b"} 2\n');
  assert.deepEqual(samples, [{ name: "http.status", labels: { q: "0.9", a: "b" }, value: 2 }]);
  assert.equal(brokenTotal, 0);
});

test("labels may stand without a comma between them, as Prometheus reads them", () => {
  const { samples, brokenTotal } = parseExposition('a{b="1"c="2" d="3",e="4"} 5\n');
  assert.deepEqual(samples, [{ name: "a", labels: { b: "1", c: "2", d: "3", e: "4" }, value: 5 }]);
  assert.equal(brokenTotal, 0);
});

describe("a string may hold line feeds as they are, as Prometheus reads it:", () => {
  const cases: readonly [string, Record<string, string>][] = [
    ['a{b="1\n2"} 3', { b: "1\n2" }],
    ['a{b="1\r\n\nok 4\n# c",d="\n"} 3', { b: "1\r\n\nok 4\n# c", d: "\n" }],
    ['a{b="\\"\n\\\\\\"\n\\\\",c="ü"} 3', { b: '"\n\\"\n\\', c: "ü" }],
    ['a{"\n"="\n",b="2"} 3', { "\n": "\n", b: "2" }],
    ['a{b="1"\t,\t"c\nd"="2"} 3', { b: "1", "c\nd": "2" }],
  ];
  for (const [written, labels] of cases) {
    test(JSON.stringify(written), () => {
      const body = `ü 1\n${written}\nbroken\nok 5\n`;
      const samples = [
        { name: "a", labels, value: 3 },
        { name: "ok", labels: {}, value: 5 },
      ];
      const lines = [1, body.split("\n").length - 2];
      for (const { samples: read, broken } of [parseExposition(body), ...inChunks(body)]) {
        assert.deepEqual(read, samples);
        assert.deepEqual(
          broken.map(({ line }) => line),
          lines,
        );
      }
    });
  }
});

test("a label called __proto__ is a label like any other", () => {
  const { samples } = parseExposition('a{__proto__="x",constructor="y"} 1\na{b="c"} 2\n');
  const [first, second] = samples.map(({ labels }) => labels);
  assert.deepEqual(Object.entries(first ?? {}), [
    ["__proto__", "x"],
    ["constructor", "y"],
  ]);
  assert.equal(labelValue(first ?? {}, "__proto__"), "x");
  assert.equal(labelValue(second ?? {}, "__proto__"), "");
  assert.equal(labelValue(second ?? {}, "constructor"), "");
  assert.equal(Object.getPrototypeOf({}), Object.prototype);
});

test("a time beyond all calendars costs the time and not the sample, as in Prometheus", () => {
  const body = "a 1 12345678901234567890.1\nb 2 -1e300\nc 3 1.5\nd 4 soon\n# EOF\n";
  const { samples, broken } = parseExposition(body, { format: "openmetrics" });
  assert.deepEqual(samples, [
    { name: "a", labels: {}, value: 1 },
    { name: "b", labels: {}, value: 2 },
    { name: "c", labels: {}, value: 3, timestampMs: 1_500 },
  ]);
  assert.deepEqual(
    broken.map(({ line }) => line),
    [4],
  );
});

test("so does one in milliseconds that only 64 bits hold, up to the largest", () => {
  const body = "a 1 9223372036854775807\nb 2 9007199254740993\nc 3 9223372036854775808\nd 4 17\n";
  const { samples, broken } = parseExposition(body);
  assert.deepEqual(samples, [
    { name: "a", labels: {}, value: 1 },
    { name: "b", labels: {}, value: 2 },
    { name: "d", labels: {}, value: 4, timestampMs: 17 },
  ]);
  assert.deepEqual(broken, [{ line: 3, reason: "the timestamp is not a number" }]);
});

test("labels outside ASCII are what was written, whatever lines of another kind stand between them", () => {
  const words = ["Größe", "日本語", "😀 x", "plain", "ﬀ\u{1F468}\u200D\u{1F469}", ""];
  const odd = [
    "# HELP µ Größe 😀",
    "# a remark: 日本",
    'broken{a="ü} 1',
    'b{a="ü" , c="\\"é\\""} 2',
    '{"größe", a="ö"} 3',
    'c{a="ä",a="ä"} 4',
    'd 5 # {ü="é"} 1',
  ];
  const at = (n: number): string => words[n % words.length] ?? "";
  const lines = Array.from({ length: 500 }, (_, n) => {
    const line = `m{a="${at(n)}",n="${n}",b="${at(n + 2)}"} ${n}.5`;
    return n % 3 === 0 ? `${odd[(n / 3) % odd.length] ?? ""}\n${line}` : line;
  });
  const { samples } = parseExposition(`${lines.join("\n")}\n`);
  const read = samples.filter(({ name }) => name === "m");
  assert.deepEqual(
    read.map(({ labels }) => [labels["a"] ?? "", labels["b"] ?? ""]),
    lines.map((_, n) => [at(n), at(n + 2)]),
  );
});
