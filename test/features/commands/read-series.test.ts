/** PromQL as people type it after `chart`: every sign of the language, marked, mangled, with options. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { splitSeries } from "../../../src/features/commands/read-series.ts";
import { isPromql } from "../../../src/promql/is-promql.ts";
import fc from "../../support/fast-check.ts";
import { EXPRESSIONS } from "./promql-texts.ts";
import { readAs } from "./setting.ts";

const KNOWN = {
  isTarget: (name: string) => name === "orders-prod",
  isTopic: () => false,
  isGroup: () => false,
};

interface ChartOf {
  readonly what: { readonly kind: string; readonly text: string };
  readonly windowMs: number;
}

function chartOf(rest: string): { readonly options: ChartOf; readonly target?: string } {
  const read = readAs(`chart ${rest}`, KNOWN);
  assert.ok("options" in read && read.name === "chart", JSON.stringify(read));
  const { options, target } = read as { options: ChartOf; target?: string };
  return { options, ...(target === undefined ? {} : { target }) };
}

/** What Slack, phones and keyboards of other languages make of straight quotes: opening and closing. */
const QUOTATIONS = [
  ["“”", "‘’"],
  ["„“", "‚‘"],
  ["””", "’’"],
  ["«»", "‹›"],
  ["»«", "›‹"],
  ["「」", "‘’"],
  ["″″", "′′"],
] as const;

function quotedBy(double: string, single: string, text: string): string {
  let isOpen = false;
  return text.replace(/["']/g, (mark) => {
    isOpen = !isOpen;
    return (mark === '"' ? double : single).charAt(isOpen ? 0 : 1);
  });
}

/** The signs of the language as typographic ones, outside of strings. */
function typographic(text: string): string {
  return text
    .replaceAll("-", "−")
    .replaceAll(">=", "≥")
    .replaceAll("<=", "≤")
    .replaceAll("!=", "≠")
    .replaceAll(" ", " \u200b");
}

describe("an expression", () => {
  for (const text of EXPRESSIONS) {
    test(`${text} is taken whole`, () => {
      const blanks = text.replace(/\s+/g, " ");
      const whole = (rest: string): void =>
        assert.equal(chartOf(rest).options.what.text.replace(/\s+/g, " "), blanks, rest);
      whole(text);
      if (!text.includes("`")) whole(`\`${text}\``);
      whole(`\`\`\`${text}\`\`\``);
      whole(`\`\`\`promql\n${text}\n\`\`\``);
      if (!text.includes("`")) {
        for (const [double, single] of QUOTATIONS) whole(quotedBy(double, single, text));
      }
      if (!/["'`]/.test(text)) whole(typographic(text));
    });

    test(`${text} stands before, behind and between its options`, () => {
      for (const rest of [
        `${text} target:orders-prod last:2h`,
        `target:orders-prod last:2h ${text}`,
        `last:2h ${text} target:\`orders-prod\``,
        `${text} orders-prod last:2h`,
        `${text} target:"orders-prod" last:"2h"`,
        `target:"orders-prod" last:'2h' ${text}`,
        `last:“2h” ${text} target:‘orders-prod’`,
      ]) {
        const { options, target } = chartOf(rest);
        assert.equal(options.what.text.replace(/\s+/g, " "), text.replace(/\s+/g, " "), rest);
        assert.equal(target, "orders-prod", rest);
        assert.equal(options.windowMs, 7_200_000, rest);
      }
    });
  }

  test("that is a mere pattern is drawn as one, with or without backticks", () => {
    for (const text of ["bytes_in", "*lag*", 'bytes{topic="a b"}', "job:lag:sum"]) {
      assert.deepEqual(chartOf(text).options.what, { kind: "pattern", text });
      assert.deepEqual(chartOf(`\`${text}\``).options.what, { kind: "pattern", text });
    }
  });

  test("keeps what a string has of such signs", () => {
    const text = 'x{topic="a − b ≥ c «d»"} - 1';
    assert.equal(chartOf(text).options.what.text, text);
    assert.equal(chartOf("x{topic=«\u00a0orders\u00a0»}").options.what.text, 'x{topic="orders"}');
  });

  test("keeps the apostrophe of a value", () => {
    assert.equal(chartOf("x{topic=“it’s”}").options.what.text, 'x{topic="it’s"}');
    assert.equal(chartOf('x{topic="it’s"} target:a').options.what.text, 'x{topic="it’s"}');
  });

  test("mixes straight and typographic quotes as often as it likes", () => {
    for (const [typed, meant] of [
      ['x{a="b”,c=“d"}', 'x{a="b",c="d"}'],
      ['x{a=“b", c=“d”} orders', 'x{a="b", c="d"}'],
      ["x{a='b’,c=\"d”,e=“f\",g=‘h'}", "x{a='b',c=\"d\",e=\"f\",g='h'}"],
      [
        'sum(rate(x{a="b”}[5m])) by (a) / sum(y{c=“d"})',
        'sum(rate(x{a="b"}[5m])) by (a) / sum(y{c="d"})',
      ],
      ['label_replace(x, "a", “$1”, \'b’, "c”)', 'label_replace(x, "a", "$1", \'b\', "c")'],
      ['{"my.metric”, “label"="v”}', '{"my.metric", "label"="v"}'],
      // Within straight ones the others are a part of the value.
      ['x{a="b", c="d, “e”, f"}', 'x{a="b", c="d, “e”, f"}'],
    ] as const) {
      assert.equal(chartOf(typed).options.what.text, meant);
    }
  });

  test("without an end is reported as it is, and its options are still read", () => {
    const { options, target } = chartOf("sum(rate(x[5m]) target:orders-prod last:2h");
    assert.deepEqual(options, {
      what: { kind: "promql", text: "sum(rate(x[5m])" },
      windowMs: 7_200_000,
    });
    assert.equal(target, "orders-prod");
    assert.equal(chartOf("sum(rate(x[5m]) orders-prod").options.what.text, "sum(rate(x[5m])");
  });

  test("is not a question that begins with the command's name", () => {
    for (const text of ["chart of the day", "chart the way it grows"]) {
      assert.partialDeepStrictEqual(readAs(text), { name: "search" });
    }
  });
});

test("any words are split without losing a character of the expression", () => {
  const pieces = fc.constantFrom(
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    '"',
    "'",
    "`",
    "“",
    "”",
    " ",
    "x",
    "5m",
    ":",
    "\\",
    "-",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      const text = parts.join("");
      const { series, others } = splitSeries(text, ["last", "target"], () => false);
      const plain = (each: string): string => each.replace(/["'“”`\s]/g, "");
      assert.equal(plain([series?.text ?? "", ...others].join("")), plain(text));
    }),
  );
});

test("4,000 signs are read in no time", () => {
  for (const piece of ["(", "[ ", '"', "“ ", "` ", "{'", "x ", "sum(", "(( ", '" “']) {
    splitSeries(piece.repeat(4_000 / piece.length), ["last", "target"], () => false);
    isPromql(piece.repeat(4_000 / piece.length));
  }
});
