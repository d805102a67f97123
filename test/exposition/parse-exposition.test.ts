import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  createExpositionParser,
  type Exposition,
  expositionFormat,
  parseExposition,
} from "../../src/exposition/parse-exposition.ts";
import { labelValue, type Sample } from "../../src/exposition/sample.ts";

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

/** Read again and again, in chunks of other sizes. */
function inChunks(body: string): Pick<Exposition, "samples" | "broken">[] {
  const bytes = new TextEncoder().encode(body);
  return [1, 2, 7, 30, 1000].map((size) => {
    const samples: Sample[] = [];
    const parser = createExpositionParser((sample) => samples.push(sample));
    for (let at = 0; at < bytes.length; at += size) parser.write(bytes.subarray(at, at + size));
    return { samples, broken: parser.end().broken };
  });
}

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

test("a byte order mark costs no line, at the beginning of the first one only", () => {
  for (const first of ["a_total 1", "# TYPE a_total counter\na_total 1", 'a_total{b="ü"} 1']) {
    const { samples, brokenTotal } = parseExposition(`\uFEFF${first}\nb 2\n`);
    assert.deepEqual(
      samples.map(({ name }) => name),
      ["a_total", "b"],
    );
    assert.equal(brokenTotal, 0);
  }
  assert.equal(parseExposition("a_total 1\n\uFEFFb 2\n").brokenTotal, 1);
});

test("the start of a counter in OpenMetrics 2.0 costs no sample", () => {
  const text = 'a_total 5 st@1520872607.123 # {id="x"} 1\nb_total 6 2 st@1\n# EOF\n';
  const { samples, brokenTotal } = parseExposition(text);
  assert.deepEqual(
    samples.map(({ name, value, timestampMs }) => [name, value, timestampMs]),
    [
      ["a_total", 5, undefined],
      ["b_total", 6, 2_000],
    ],
  );
  assert.equal(brokenTotal, 0);
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

test("families keep their type, help and unit, in both formats' words", () => {
  const { families } = parseExposition(`
# HELP wal_bytes_total Bytes\\nwritten, with a \\\\ in it
# TYPE wal_bytes_total counter
# TYPE odd untyped
# UNIT latency_seconds seconds
# TYPE "with.dots" gauge
# a comment
#HELP not one
`);
  assert.deepEqual(
    new Map(families),
    new Map([
      ["wal_bytes_total", { type: "counter", help: "Bytes\nwritten, with a \\ in it" }],
      ["odd", { type: "unknown" }],
      ["latency_seconds", { type: "unknown", unit: "seconds" }],
      ["with.dots", { type: "gauge" }],
    ]),
  );
});

test("text right behind a name costs a HELP or UNIT line nothing, as in Prometheus", () => {
  const { families, samples, brokenTotal } = parseExposition(
    "# HELP up_%d x\n# UNIT up%d y\nup 1\n",
  );
  assert.deepEqual([families.size, samples.length, brokenTotal], [0, 1, 0]);
});

test("a series that comes twice is counted, whatever the order of its labels, and the first is kept", () => {
  const { samples, duplicates } = parseExposition(
    'a{x="1",y="2"} 1\na{y="2",x="1"} 2\na{x="2",y="1"} 3\n{"a",x="1",y="2"} 4\na{x="12"} 5\n',
  );
  assert.deepEqual(
    samples.map(({ value }) => value),
    [1, 3, 5],
  );
  assert.equal(duplicates, 2);
});

test("the same series at two times is not a duplicate", () => {
  assert.equal(parseExposition("a 1 1000\na 1 2000\n").duplicates, 0);
});

test("lines may end in CR LF, and the last one in nothing", () => {
  const { samples, brokenTotal } = parseExposition('# TYPE a gauge\r\na 1\r\n\r\na{b="c"} 2');
  assert.deepEqual(
    samples.map(({ value }) => value),
    [1, 2],
  );
  assert.equal(brokenTotal, 0);
});

test("a label called __name__ is refused on each line, and not only on the first", () => {
  const { samples, brokenTotal } = parseExposition('a{__name__="x"}y\na{__name__="x"} 3\n');
  assert.deepEqual([samples, brokenTotal], [[], 2]);
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

test("OpenMetrics writes seconds, and nothing counts behind its end mark", () => {
  const text = "# TYPE a counter\na_total 1 1700000000.25\na_total 2 1700000001\n# EOF\n";
  const { samples } = parseExposition(text);
  assert.deepEqual(
    samples.map(({ timestampMs }) => timestampMs),
    [1_700_000_000_250, 1_700_000_001_000],
  );

  const late = parseExposition(`${text}b 1\n`, { format: "openmetrics" });
  assert.deepEqual(late.broken, [{ line: 5, reason: "text after # EOF" }]);
  assert.equal(late.samples.length, 2);
});

test("a time in OpenMetrics is cut to milliseconds, as Prometheus does", () => {
  const { samples } = parseExposition("a 1 1.0019\nb 1 -1.0019\n# EOF\n");
  assert.deepEqual(
    samples.map(({ timestampMs }) => timestampMs),
    [1_001, -1_001],
  );
});

test("an OpenMetrics body without its end mark keeps its samples, and says so", () => {
  const { samples, broken, brokenTotal } = parseExposition("a 1\nb 2\n", {
    format: "openmetrics",
  });
  assert.equal(samples.length, 2);
  assert.deepEqual(broken, [{ line: 3, reason: "the body does not end with # EOF" }]);
  assert.equal(brokenTotal, 1);
  assert.equal(parseExposition("a 1\n", { format: "prometheus" }).brokenTotal, 0);
});

test("the Content-Type says which format it is", () => {
  const openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";
  assert.equal(expositionFormat(openMetrics), "openmetrics");
  assert.equal(expositionFormat("text/plain; version=0.0.4"), "prometheus");
  assert.equal(expositionFormat(undefined), "prometheus");
});

test("a summary and a histogram come as their series", () => {
  const { samples } = parseExposition(`# TYPE s summary
s{quantile="0.5"} 0.1
s{quantile="0.99"} NaN
s_sum 12.5
s_count 100
# TYPE h histogram
h_bucket{le="0.1"} 3
h_bucket{le="+Inf"} 5
h_sum 1
h_count 5
`);
  assert.deepEqual(
    samples.map(({ name, labels }) => `${name} ${Object.values(labels).join()}`.trim()),
    ["s 0.5", "s 0.99", "s_sum", "s_count", "h_bucket 0.1", "h_bucket +Inf", "h_sum", "h_count"],
  );
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
