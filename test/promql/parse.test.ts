import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { NO_COMPUTED_DURATIONS } from "../../src/promql/duration.ts";
import type { Expr } from "../../src/promql/expression.ts";
import { selectedName, selectorsOf } from "../../src/promql/expression.ts";
import { parsePromql } from "../../src/promql/parse.ts";
import { PromqlError } from "../../src/promql/promql-error.ts";

/** The expression with all of its groups in parentheses, which shows what belongs to what. */
function grouped(expr: Expr): string {
  switch (expr.kind) {
    case "number":
      return String(expr.value);
    case "string":
      return JSON.stringify(expr.value);
    case "selector":
      return `${selectedName(expr) ?? "{}"}${shift(expr)}`;
    case "range":
      return `${grouped(expr.selector)}[${expr.rangeMs}]`;
    case "subquery":
      return `(${grouped(expr.expr)})[${expr.rangeMs}:${expr.stepMs ?? ""}]${shift(expr)}`;
    case "call":
      return `${expr.name}(${expr.args.map(grouped).join(", ")})`;
    case "aggregation":
      return `${expr.operator}(${grouped(expr.expr)})`;
    case "unary":
      return `(${expr.operator}${grouped(expr.expr)})`;
    case "binary":
      return `(${grouped(expr.left)} ${expr.operator} ${grouped(expr.right)})`;
  }
}

function shift({ offsetMs, at }: { offsetMs: number; at?: number | string }): string {
  return `${offsetMs === 0 ? "" : `~${offsetMs}`}${at === undefined ? "" : `@${at}`}`;
}

describe("operators bind as in Prometheus:", () => {
  const cases: readonly [string, string][] = [
    ["1 + 2 * 3 ^ 2 ^ 2", "(1 + (2 * (3 ^ (2 ^ 2))))"],
    ["a or b and c unless d", "(a or ((b and c) unless d))"],
    ["a > 1 or b == 2", "((a > 1) or (b == 2))"],
    ["a - b - c", "((a - b) - c)"],
    ["a * b atan2 c % d", "(((a * b) atan2 c) % d)"],
    ["-1 ^ 2", "(-(1 ^ 2))"],
    ["(-1) ^ 2", "((-1) ^ 2)"],
    ["2 ^ -1 * 3", "((2 ^ (-1)) * 3)"],
    ["-a * b", "((-a) * b)"],
    ["a + b offset 5m * c", "(a + (b~300000 * c))"],
    ["a or b offset 1m and c", "(a or (b~60000 and c))"],
    ["-a offset -1m", "(-a~-60000)"],
    ["a + b @ 10 + c", "((a + b@10000) + c)"],
    ["a[5m] offset 1m @ end()", "a~60000@end[300000]"],
    ["max_over_time((-a)[1h:1m])", "max_over_time(((-a))[3600000:60000])"],
  ];
  for (const [text, expected] of cases) {
    test(text, () => {
      assert.equal(grouped(parsePromql(text)), expected);
    });
  }
});

describe("durations and numbers:", () => {
  const cases: readonly [string, string][] = [
    ["a[1w2d3h4m5s6ms]", `a[${788_645_006}]`],
    ["a[1h30m:15s]", "(a)[5400000:15000]"],
    ["a[1h:]", "(a)[3600000:]"],
    ["a[300] offset 60", "a~60000[300000]"],
    ["a[90:15s] offset -0.5", "(a)[90000:15000]~-500"],
    ["a offset 0", "a"],
    ["time() - a > 5m", "((time() - a) > 300)"],
    ["a > 1h30m or b < -1d", "((a > 5400) or (b < (-86400)))"],
    ["5. + 0X1F + 5.e1", "((5 + 31) + 50)"],
    ["0x1F + 010 + 1e3 + .5", "(((31 + 8) + 1000) + 0.5)"],
    ["Inf - NaN", "(Infinity - NaN)"],
    ["'it\\'s' ", '"it\'s"'],
    ['"\\x41\\u00e4\\101\\n"', '"AäA\\n"'],
    ["`raw\\n`", '"raw\\\\n"'],
  ];
  for (const [text, expected] of cases) {
    test(text, () => {
      assert.equal(grouped(parsePromql(text)), expected);
    });
  }
});

describe("comments may stand anywhere:", () => {
  const cases: readonly [string, string][] = [
    ["(a > 1)\n# why\nand b == 0\n", "(a > 1) and b == 0"],
    ["# first\nsum by (x) ( # second\n a # third\n) # last", "sum by (x) (a)"],
    ["rate(a[5m # range\n] offset # by\n 1m)", "rate(a[5m] offset 1m)"],
    ['a{b=\'#\', c="\\"#", d=`#`} # "open', 'a{b=\'#\', c="\\"#", d=`#`}'],
  ];
  for (const [text, same] of cases) {
    test(text, () => assert.equal(grouped(parsePromql(text)), grouped(parsePromql(same))));
  }
});

describe("an expression that cannot be read says what was expected, and where:", () => {
  const cases: readonly [text: string, at: number, message: string][] = [
    ["", 0, "expected an expression, found the end"],
    ["sum(", 4, 'expected an expression, "," or ")", found the end'],
    ["a +", 3, "expected an expression after the operator, found the end"],
    ["a{b=}", 4, 'expected a value in quotes, found "}"'],
    ["a{b='c'", 7, 'expected a condition such as label="value", "," or "}", found the end'],
    ["a[5m", 4, 'expected a duration such as 5m and "]", found the end'],
    ["a b", 2, 'expected an operator or the end of the expression, found "b"'],
    ["a[5m*2]", 2, NO_COMPUTED_DURATIONS],
    ["a[max(step(), 5m)]", 2, NO_COMPUTED_DURATIONS],
    ["a offset -min(1m, 2m)", 10, NO_COMPUTED_DURATIONS],
    ["a[1h:5m + max(1m, 2m)]", 10, NO_COMPUTED_DURATIONS],
    [
      "rate(a[$__rate_interval])",
      7,
      '"$__rate_interval" is a variable of Grafana: write a duration such as 5m',
    ],
    ["a[]", 2, 'expected a duration such as 5m and "]", found "]"'],
    ["a > 60and b", 4, '"60and" is not a number or a duration'],
    ["a offset 1hunless b", 9, '"1hunless" is not a number or a duration'],
    ["a > -0x1for b", 5, '"0x1for" is not a number or a duration'],
    ["sum by (b, without) (a)", 11, '"without" is no label: Prometheus reads another word'],
    ["a / on (NaN) b", 8, '"NaN" is no label: Prometheus reads another word'],
    ["offset offset offset", 14, 'expected a duration such as 5m, found "offset"'],
    ["offset()", 0, 'the function "offset" is not known or not supported'],
    ["atan2 > 1", 0, '"atan2" is an operator: as a name it stands in braces, {"atan2"}'],
    ["'\\400'", 0, "the string is not closed, or has an escape that is not known"],
    ["a[0s]", 2, "a duration must be greater than 0"],
    ["a[0]", 2, "a duration must be greater than 0"],
    ["5m 5h", 3, 'expected an operator or the end of the expression, found "5h"'],
    ["'open", 0, "the string is not closed, or has an escape that is not known"],
    ["'\\q'", 0, "the string is not closed, or has an escape that is not known"],
    ["(a)[5m]", 1, "a range such as [5m] is only allowed after a selector"],
    ["a offset 1m[5m]", 0, "offset and @ come after the range, not before it"],
    ["sum(a) offset 5m", 0, "offset is only allowed after a selector, a range or a subquery"],
    ["a offset 1m offset 1m", 12, "offset must not be set twice"],
    ["a @ 1 @ 2", 6, "@ must not be set twice"],
    ["a @ Inf", 4, "@ needs a time in seconds since 1970, start() or end()"],
    ["{}", 0, "a selector needs a condition that an empty value does not fulfil"],
    ['a{__name__="b"}', 0, 'the metric\'s name must not be set twice: "a"'],
  ];
  for (const [text, at, message] of cases) {
    test(text === "" ? "(nothing)" : text, () => {
      assert.throws(
        () => parsePromql(text),
        (error) => {
          assert.ok(error instanceof PromqlError);
          assert.equal(error.message, `${message} (at character ${error.range.from + 1})`);
          assert.equal(error.range.from, at);
          return true;
        },
      );
    });
  }
});

describe("what is not evaluated is refused by its name:", () => {
  const cases: readonly [string, string][] = [
    ["my_function(a)", 'the function "my_function" is not known or not supported'],
    ["my_holt_winters(a)", 'the function "my_holt_winters" is not known or not supported'],
    ["histogram_quantiles(a)", 'the function "histogram_quantiles" is not supported'],
    ["step()", 'the function "step" is not supported'],
    ["info(a)", 'the function "info" is not supported'],
    ["limitk(2, a)", 'the aggregation "limitk" is not supported'],
    ["limit_ratio(0.5, a)", 'the aggregation "limit_ratio" is not supported'],
    ["a + fill(0) b", "the modifier fill is not supported"],
    ["a[5m] anchored", "the modifier anchored is not supported"],
    ["rate(a[5m] smoothed)", "the modifier smoothed is not supported"],
    ["a </ b", "the operator </ on native histograms is not supported"],
    ['a{b=~"(?=c)"}', '"(?=c)" is not a regular expression'],
    ['a{b=~"\\\\C"}', '"\\C" is not a regular expression'],
    [`${"(".repeat(300)}1${")".repeat(300)}`, "expressions nest at most 200 deep"],
    [`1${"+1".repeat(5000)}`, "an expression has at most 2000 operators"],
    [`1${"^1".repeat(5000)}`, "an expression has at most 2000 operators"],
    [`(a)${"^(a)".repeat(1000)}`, "an expression has at most 500 powers (^)"],
    [`a${"^-a".repeat(800)}`, "an expression has at most 500 powers (^)"],
    [`1 + 1${" ".repeat(64_000)}`, "an expression has at most 64000 characters"],
  ];
  for (const [text, message] of cases) {
    test(text.slice(0, 40), () => {
      assert.throws(
        () => parsePromql(text),
        (error) => {
          assert.ok(error instanceof PromqlError);
          assert.ok(error.message.startsWith(message), error.message);
          return true;
        },
      );
    });
  }
});

describe("a long row of operators is read as it is written, whatever stands between them:", () => {
  for (const [between, count] of [
    [" or ", 2_000],
    [" + ", 2_000],
    [" unless on (b) ", 1_900],
    [" > 1 or ", 990],
  ] as const) {
    test(between, () => {
      const row = parsePromql(Array(count).fill('rate(a{b="c"}[5m])').join(between));
      let depth = 0;
      let last = row;
      for (; last.kind === "binary" && last.operator !== ">"; last = last.left) depth++;
      assert.equal(depth, count - 1);
    });
  }
});

describe("parts of the wrong kind are named:", () => {
  const cases: readonly [string, string][] = [
    ["rate(a)", "rate needs a range vector, not an instant vector"],
    ["abs(a[5m])", "abs needs an instant vector, not a range vector"],
    ["rate(a[5m], 1)", "rate takes 1 argument(s), not 2"],
    ["label_join(a, 'b')", "label_join takes at least 3 argument(s), not 2"],
    ["topk('a', b)", "the first argument of topk needs a scalar, not a string"],
    ["sum(1)", "sum needs an instant vector, not a scalar"],
    ["topk(a)", "topk takes 2 argument(s), not 1"],
    ["1 < 2", "comparing two scalars needs bool"],
    ["a + bool b", "bool is only allowed with comparisons"],
    ["a and 1", "and works on instant vectors only"],
    ["a or on(x) group_left() b", "group_left and group_right are not allowed with or"],
    ["1 + on(x) a", "on and ignoring are only allowed between instant vectors"],
    [
      "a * on(x) group_left(x) b",
      'the label "x" must not be in on and in the group modifier at once',
    ],
    ["'a' + 1", "+ needs a scalar or an instant vector, not a string"],
    ["-a[5m]", "a sign needs a scalar or an instant vector, not a range vector"],
    ["a[5m][1h:1m]", "a subquery needs an instant vector, not a range vector"],
  ];
  for (const [text, message] of cases) {
    test(text, () => {
      assert.throws(() => parsePromql(text), new RegExp(message.replace(/[()[\].*+]/g, "\\$&")));
    });
  }
});

test("the selectors of an expression can be listed, with their metric's name", () => {
  const expr = parsePromql(
    "sum(rate(a[5m])) / on() (b > c offset 1m) + max_over_time({d='e'}[1h:1m])",
  );
  assert.deepEqual(selectorsOf(expr).map(selectedName), ["a", "b", "c", undefined]);
});

test("an error repeats what was written no longer than it takes to find it", () => {
  const long = "a".repeat(9_000);
  for (const expr of [
    `sum(x) ${long}`,
    `${long}(x)`,
    `x{a="b"} offset ${long}`,
    `{"${long}"="x",`,
  ]) {
    assert.throws(
      () => parsePromql(expr),
      (error: unknown) => {
        assert.ok(error instanceof PromqlError);
        assert.ok(error.message.length < 250, error.message.slice(0, 400));
        assert.match(error.message, /at character \d+/);
        return true;
      },
    );
  }
});

/** What Prometheus 3.9 has and 2.42 has not, and the functions on native histograms. */
const LATER =
  "end first_over_time histogram_avg histogram_count histogram_fraction histogram_quantiles histogram_stddev histogram_stdvar histogram_sum info mad_over_time max_of min_of range sort_by_label sort_by_label_desc start start_timestamp step ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time double_exponential_smoothing limitk limit_ratio";

test("a function of a later version is read or refused by its name", () => {
  const asCalled = (name: string): string => {
    if (name === "double_exponential_smoothing") return `${name}(a[5m], 0.1, 0.1)`;
    return name.endsWith("over_time") ? `${name}(a[5m])` : `${name}(a)`;
  };
  const refused = LATER.split(" ").filter((name) => {
    try {
      parsePromql(asCalled(name));
      return false;
    } catch (error) {
      assert.ok(error instanceof PromqlError);
      assert.ok(error.message.includes(`"${name}" is not`), error.message);
      return true;
    }
  });
  assert.ok(!refused.some((name) => name.includes("over_time")), refused.join(", "));
});

test("a later name in quotes is the metric's, and quoted labels are labels", () => {
  const [selector] = selectorsOf(parsePromql('{"http.requests", "service.name"=~"a|b", c="d"}'));
  assert.deepEqual(
    selector?.matchers.map(({ label, operator, value }) => `${label}${operator}${value}`),
    ["__name__=http.requests", "service.name=~a|b", "c=d"],
  );
});
