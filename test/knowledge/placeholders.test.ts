import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fillPlaceholders, MAX_VALUE_LENGTH } from "../../src/knowledge/placeholders.ts";
import fc from "../support/fast-check.ts";

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
  test(`a value that is ${what} is not filled in, and the reason is reported`, () => {
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

/** Commands as pages write them: what is filled in stands alone, in a path, in quotes, behind a comment. */
const SHAPES = [
  `printf '[%s]' \${A:?name it}`,
  `printf [%s] \${A:?name it} x`,
  `printf [%s] \${B:-b} \${A}`,
  `printf [%s] http://h/\${A:?name it}/lag`,
  `printf [%s] "\${A:?name it}"`,
  `printf [%s] '\${A:?name it}'`,
  `printf [%s] $(printf %s \${A:?name it})`,
  `true # \${A:?name it}\nprintf [%s] x`,
  `printf [%s] x <<EOF\n\${A:?name it}\nEOF`,
];

const nasty = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc
    .array(
      fc.constantFrom(
        "'",
        '"',
        "\\",
        "`",
        "$",
        "(",
        ")",
        ";",
        "|",
        "&",
        "<",
        ">",
        "*",
        "?",
        "~",
        "#",
        "!",
        "{",
        "}",
        " ",
        "a",
        "-",
        "=",
        "/",
        "..",
        "$(touch /tmp/x)",
        "\u202e",
        "\t",
        "\n",
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join("")),
);

test("whatever a value holds, a real shell takes it as one word, and runs nothing of it", () => {
  const scripts: string[] = [];
  const expected: string[] = [];
  fc.assert(
    fc.property(nasty, fc.constantFrom(...SHAPES), (value, code) => {
      const { text, filled } = fillPlaceholders(code, new Map([["A", value]]));
      const safe = fillPlaceholders(code, new Map([["A", "VALUE"]])).text;
      if (filled.length === 0) {
        assert.equal(text, code);
        return;
      }
      scripts.push(text, safe);
      expected.push(value);
    }),
    { numRuns: 3_000, examples: [["it's two", SHAPES[1] ?? ""]] },
  );
  // Each script in a shell of its own would take minutes; a subshell with an end mark is as far apart.
  const all = scripts.map((script) => `(\n${script}\n)\nprintf '\\036'`).join("\n");
  const ran = spawnSync("sh", [], {
    input: all,
    env: {},
    encoding: "utf8",
    maxBuffer: 64 * 1024 ** 2,
  });
  assert.equal(ran.stderr, "");
  const outputs = ran.stdout.split("\u001e").slice(0, -1);
  assert.equal(outputs.length, scripts.length, "every script ran to its end");
  for (const [at, value] of expected.entries()) {
    const [own, safe] = [outputs[2 * at], outputs[2 * at + 1]];
    assert.equal(
      own,
      safe?.replaceAll("VALUE", () => value),
      scripts[2 * at],
    );
  }
  assert.ok(
    expected.some((value) => /[' ]/.test(value)),
    "values that need quotes were among them",
  );
});

test("a value with a space stands in quotes where that is sure to be read as one word", () => {
  const fill = (code: string): string => fillPlaceholders(code, new Map([["A", "it's two"]])).text;
  assert.equal(fill(`run \${A:?name it} now`), `run 'it'\\''s two' now`);
  for (const code of [
    `run "\${A}"`,
    `run x/\${A}`,
    `# \${A}`,
    `run $(x) \${A}`,
    `cat <<E\n\${A}\nE`,
  ]) {
    assert.equal(fill(code), code);
  }
});

test("code without placeholders comes out as it went in", () => {
  fc.assert(
    fc.property(fc.string(), (code) => {
      fc.pre(!code.includes(`\${`));
      assert.equal(fillPlaceholders(code, new Map([["A", "b"]])).text, code);
    }),
  );
});
