import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  fillPlaceholders,
  MAX_VALUE_LENGTH,
  placeholderName,
} from "../../src/knowledge/placeholders.ts";

const CODE = `curl -s \${STREAMLINE_HTTP:-http://localhost:9094}/api/v1/consumer-groups/\${GROUP:?name the consumer group}/lag`;

test("a label's value takes the place of the expansion, whatever default or message it has", () => {
  const values = new Map([
    ["STREAMLINE_HTTP", "http://10.0.0.7:9094"],
    ["GROUP", "billing"],
  ]);
  assert.deepEqual(fillPlaceholders(CODE, values), {
    text: "curl -s http://10.0.0.7:9094/api/v1/consumer-groups/billing/lag",
    filled: ["STREAMLINE_HTTP", "GROUP"],
    refused: [],
  });
});

test("a placeholder without a value stays as the shell understands it", () => {
  const { text, filled } = fillPlaceholders(CODE, new Map());
  assert.equal(text, CODE);
  assert.deepEqual(filled, []);
});

test("a bare expansion is filled, each name reported once", () => {
  const result = fillPlaceholders(`echo \${TOPIC} \${TOPIC}`, new Map([["TOPIC", "orders"]]));
  assert.equal(result.text, "echo orders orders");
  assert.deepEqual(result.filled, ["TOPIC"]);
});

const UNSAFE: readonly [string, string][] = [
  ["a command", "$(reboot)"],
  ["a quote", 'a"b'],
  ["a second command", "a;reboot"],
  ["a line break", "a\nreboot"],
  ["a space", "a b"],
  ["an option", "-rf"],
  ["nothing", ""],
  ["a way out of the path", "a/../../brokers"],
  ["another query", "a?x=1&y=2"],
  ["letters that only look right", "bіlling"],
  ["more than anyone reads", "a".repeat(MAX_VALUE_LENGTH + 1)],
];
for (const [what, value] of UNSAFE) {
  test(`a value that is ${what} is not filled in, and the reason is said`, () => {
    const { text, filled, refused } = fillPlaceholders(CODE, new Map([["GROUP", value]]));
    assert.equal(text, CODE);
    assert.deepEqual(filled, []);
    assert.equal(refused.length, 1);
    assert.equal(refused[0]?.name, "GROUP");
    assert.notEqual(refused[0]?.reason, "");
  });
}

test("an escaped expansion, a shell variable and lower case are text", () => {
  const code = `echo \\\${GROUP} $GROUP \${group} \${GROUP%x} \${GROUP:-\${X}}`;
  assert.equal(fillPlaceholders(code, new Map([["GROUP", "g"]])).text, code);
});

test("a label fills the placeholder of its name in capitals", () => {
  assert.equal(placeholderName("consumer_group"), "CONSUMER_GROUP");
});

test("whatever a value holds, what comes out has only the code's own text and safe characters", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (value, other) => {
      const before = "echo ";
      const after = " | cat";
      const { text } = fillPlaceholders(
        `${before}\${A}${after}`,
        new Map([
          ["A", value],
          ["B", other],
        ]),
      );
      const inner = text.slice(before.length, text.length - after.length);
      assert.ok(inner === `\${A}` || /^[A-Za-z0-9_.:/@%+=,][A-Za-z0-9_.:/@%+=,-]*$/.test(inner));
    }),
    { numRuns: 2_000 },
  );
});

test("code without placeholders comes out as it went in", () => {
  fc.assert(
    fc.property(fc.string(), (code) => {
      fc.pre(!code.includes(`\${`));
      assert.equal(fillPlaceholders(code, new Map([["A", "b"]])).text, code);
    }),
  );
});
