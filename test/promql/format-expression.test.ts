import assert from "node:assert/strict";
import { test } from "node:test";
import { formatPromql } from "../../src/promql/format-expression.ts";
import { parsePromql } from "../../src/promql/parse.ts";
import { ownChecks } from "../eval/own-checks.ts";

/** The expression without the places and the texts it was read from. */
function bare(text: string): unknown {
  return JSON.parse(
    JSON.stringify(parsePromql(text), (key, value: unknown) =>
      key === "range" || key === "text" ? undefined : value,
    ),
  );
}

function sameWhenReadAgain(text: string): void {
  const written = formatPromql(parsePromql(text));
  assert.deepEqual(bare(written), bare(text), `${text}\n${written}`);
}

test("every expression of the checks is the same when it is read again", () => {
  const texts = ownChecks().checks.flatMap(({ expr, values }) => [expr, ...Object.values(values)]);
  assert.ok(texts.length > 50);
  for (const text of texts) sameWhenReadAgain(text);
});

const ODD: readonly string[] = [
  'up{a="say \\"hi\\" \\\\ `x`\\n", b!=\'c\', d=~"e|f", g!~`h\\.i`}',
  '{__name__=~"streamline_.+", topic=""}',
  "rate(x[5m] offset -1m)",
  "x @ 1700000000.5 offset 5m",
  "max_over_time((a + b)[1h:] @ end())",
  "-a ^ 2 * -(b - c)",
  "1 + Inf > bool -0.0000001",
  "sum without (a, b) (x) / on (c) group_left (d) y",
  "a unless ignoring (b) c or on () d",
  "quantile by (a) (0.9, x)",
  'count_values ("v", x)',
  'label_replace(x, "a", "$1", "b", "(.*)")',
  "sum by () (x)",
];

for (const text of ODD)
  test(`${text} is the same when it is read again`, () => sameWhenReadAgain(text));
