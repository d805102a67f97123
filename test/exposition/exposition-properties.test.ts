import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createExpositionParser,
  type Exposition,
  type ExpositionOptions,
  parseExposition,
} from "../../src/exposition/parse-exposition.ts";
import type { Sample } from "../../src/exposition/sample.ts";
import fc from "../support/fast-check.ts";

const plainName = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,8}$/);
const anyName = fc.oneof(plainName, fc.string({ minLength: 1, maxLength: 8, unit: "grapheme" }));
const labelName = anyName.filter((name) => name !== "__name__");

const sampleArbitrary = fc.record(
  {
    name: anyName,
    labels: fc.dictionary(labelName, fc.string({ maxLength: 12, unit: "binary" }), { maxKeys: 5 }),
    value: fc.oneof(fc.integer(), fc.double()),
    timestampMs: fc.integer({ min: -1e12, max: 1e13 }),
  },
  { requiredKeys: ["name", "labels", "value"] },
);

const samplesArbitrary = fc.uniqueArray(sampleArbitrary, {
  maxLength: 12,
  selector: ({ name, labels, timestampMs }) =>
    JSON.stringify([
      name,
      Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)),
      timestampMs,
    ]),
});

/** Text that is likely to get far into the parser before it breaks. */
const almostExposition = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "a",
        "b_total",
        "{",
        "}",
        '"',
        ",",
        "=",
        "\\",
        "#",
        " ",
        "\n",
        "\r\n",
        "1",
        ".5",
      ),
      fc.constantFrom(
        "# HELP a x",
        "# TYPE a counter",
        "# EOF",
        "NaN",
        'a{b="c"} 1\n',
        "ü",
        "😀",
        "\u0000",
      ),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(""));

test("what is rendered is read again as it was", () => {
  fc.assert(
    fc.property(samplesArbitrary, (samples) => {
      const {
        samples: read,
        brokenTotal,
        duplicates,
      } = parseExposition(render(samples), {
        format: "prometheus",
      });
      assert.deepEqual(read.map(plain), samples.map(plain));
      assert.equal(brokenTotal + duplicates, 0);
    }),
    { numRuns: 300 },
  );
});

test("wherever the chunks end, the result is that of the whole text", () => {
  const cuts = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 20 });
  const limits = fc.record({
    maxLineLength: fc.constantFrom(8, 40, 100_000),
    maxBrokenKept: fc.constant(1000),
    format: fc.constantFrom("prometheus" as const, "openmetrics" as const),
  });
  fc.assert(
    fc.property(almostExposition, cuts, limits, (text, ends, options) => {
      const whole = parseExposition(text, options);
      const bytes = new TextEncoder().encode(text);
      assert.deepEqual(comparable(parseChunks(bytes, ends, options)), comparable(whole));
    }),
    { numRuns: 500 },
  );
});

test("no bytes make it fail, and every line is a sample, a duplicate, broken or of no meaning", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    almostExposition.map((text) => new TextEncoder().encode(text)),
  );
  fc.assert(
    fc.property(bytes, fc.array(fc.integer({ min: 0, max: 300 })), (body, ends) => {
      const { samples, brokenTotal, duplicates } = parseChunks(body, ends, {});
      const lines = body.filter((byte) => byte === 10).length + 1;
      assert.ok(samples.length + brokenTotal + duplicates <= lines);
    }),
    { numRuns: 500 },
  );
});

test("reading a line does not depend on the lines before it", () => {
  fc.assert(
    fc.property(samplesArbitrary, (samples) => {
      const together = parseExposition(render(samples)).samples;
      const alone = samples.flatMap((sample) => parseExposition(render([sample])).samples);
      assert.deepEqual(together, alone);
    }),
    { numRuns: 200 },
  );
});

/** Few values that come again and again, in lines of the form that nearly all have. */
const repetitiveLine = fc
  .tuple(
    fc.constantFrom("lag", "wait_bucket", "wait_seconds"),
    fc.uniqueArray(fc.constantFrom("le", "quantile", "topic", "t", "名"), { maxLength: 4 }),
    fc.array(
      fc.constantFrom(
        "",
        "1",
        "0.5",
        "1e6",
        "+Inf",
        "é",
        "zahlung",
        "zahlung-é",
        "数据",
        "😀x",
        "a b",
      ),
      { minLength: 5, maxLength: 5 },
    ),
    fc.constantFrom("1", "0.25", "1.5e3", "-7", "NaN", "123456789012345678", "2e-7"),
  )
  .map(([name, labels, values, number]) => {
    const pairs = labels.map((label, at) => `${quotedName(label)}=${quoted(values[at] ?? "")}`);
    return `${name}${pairs.length > 0 ? `{${pairs.join(",")}}` : ""} ${number}`;
  });

test("a line is the same sample of the same series in whichever way it is read", () => {
  fc.assert(
    fc.property(fc.array(repetitiveLine, { maxLength: 40 }), (lines) => {
      const together = parseExposition(lines.join("\n"));
      // A blank at the end makes it a line for the scanner that knows the whole grammar.
      const scanned = parseExposition(lines.map((line) => `${line} `).join("\n"));
      assert.deepEqual(together.samples, scanned.samples);
      const both = parseExposition(lines.flatMap((line) => [line, `${line} `]).join("\n"));
      assert.deepEqual(both.samples, together.samples);
      assert.equal(both.duplicates, together.duplicates + lines.length);
    }),
    { numRuns: 300 },
  );
});

function parseChunks(
  bytes: Uint8Array,
  ends: readonly number[],
  options: ExpositionOptions,
): Exposition {
  const samples: Sample[] = [];
  const parser = createExpositionParser((sample) => samples.push(sample), options);
  let start = 0;
  for (const end of ends.toSorted((left, right) => left - right)) {
    parser.write(bytes.slice(start, end));
    start = Math.max(start, end);
  }
  parser.write(bytes.slice(start));
  return { samples, ...parser.end() };
}

function comparable({ families, ...rest }: Exposition): unknown {
  return { ...rest, families: [...families] };
}

/** Labels as pairs, because an object with the own key "__proto__" cannot be compared otherwise. */
function plain({ labels, ...rest }: Partial<Sample>): unknown {
  return { ...rest, labels: Object.entries(labels ?? {}) };
}

function render(samples: readonly Partial<Sample>[]): string {
  return samples.map((sample) => `${renderSample(sample)}\n`).join("");
}

function renderSample({ name = "", labels = {}, value = 0, timestampMs }: Partial<Sample>): string {
  const isPlain = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name);
  const pairs = Object.entries(labels).map(
    ([label, text]) => `${quotedName(label)}=${quoted(text)}`,
  );
  const members = isPlain ? pairs : [quoted(name), ...pairs];
  const series = `${isPlain ? name : ""}${members.length > 0 ? `{${members.join(",")}}` : ""}`;
  return `${series} ${renderNumber(value)}${timestampMs === undefined ? "" : ` ${timestampMs}`}`;
}

function quotedName(label: string): string {
  return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label) ? label : quoted(label);
}

function quoted(text: string): string {
  return `"${text.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n")}"`;
}

function renderNumber(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value).replace("Infinity", "Inf");
}
