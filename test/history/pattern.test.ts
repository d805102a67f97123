import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { RE2JS } from "re2js";
import { compilePattern, PatternError } from "../../src/history/pattern.ts";
import fc from "../support/fast-check.ts";

/** Patterns with values that they match and values that they do not, as in RE2. */
const PATTERNS: readonly [pattern: string, matches: string[], others: string[]][] = [
  ["a|bc", ["a", "bc"], ["ab", "abc", ""]],
  ["", [""], ["a"]],
  [".*", ["", "anything"], ["two\nlines"]],
  [".", ["a", "ü", "😀", "\r", "\u2028"], ["\n", "ab"]],
  ["a.c", ["abc"], ["xabc", "abcx"]],
  ["(?i)Abc", ["ABC", "abc"], ["abd"]],
  ["a(?i)b|c", ["aB", "C"], ["Ab", "aC"]],
  ["a(?i:b)c", ["aBc"], ["ABc", "aBC"]],
  ["(?i)a(?-i)b", ["Ab"], ["AB"]],
  ["((?i)x)y", ["Xy"], ["XY"]],
  ["(?P<name>a)(?:b)", ["ab"], ["a"]],
  ["[[:alpha:]_]+[^[:digit:]]", ["ab_!"], ["a1"]],
  ["[]a]+", ["]a"], ["b"]],
  ["[^]a]", ["b"], ["]", "a"]],
  ["[a-]", ["a", "-"], ["b"]],
  ["[\\d\\s.-]+", ["1 .-"], ["a"]],
  ["\\d+\\D\\w\\W", ["12a_!"], ["a"]],
  ["a\\sb", ["a b", "a\tb"], ["a\u00a0b", "a\vb"]],
  ["\\S+", ["abc"], ["a b"]],
  ["\\Qa.b*\\E+", ["a.b*", "a.b**"], ["axb"]],
  ["\\Aa\\z", ["a"], ["b"]],
  ["\\x41\\x{1F600}\\101\\a", ["A😀A\x07"], ["A"]],
  ["\\pL\\p{Greek}\\P{Nd}", ["aβx"], ["1βx"]],
  ["\\.\\-\\_\\/", [".-_/"], ["a-_/"]],
  ["a{2}b{1,}c{0,2}", ["aab", "aabbcc"], ["ab", "aabccc"]],
  ["a{b}", ["a{b}"], ["ab"]],
  ["x{,2}", ["x{,2}"], ["xx"]],
  ["a}]", ["a}]"], ["a"]],
  ["\\bfoo\\b", ["foo"], ["food"]],
  ["a/b", ["a/b"], ["ab"]],
  ["(?s)a.b", ["a\nb"], ["ab"]],
  ["(?m)^a$", ["a"], ["b"]],
  ["(?U)a+", ["aaa"], ["b"]],
  ["(?P<a>x)(?<b>y)", ["xy"], ["x"]],
  ["[^[:^digit:]]+", ["12"], ["a"]],
  ["cart-.*", ["cart-", "cart-1"], ["cart", "cart-1\n", "a cart-1"]],
  ["cart-.+|shop", ["cart-1", "shop"], ["cart-", "shop1"]],
  [".+-cart", ["a-cart"], ["-cart", "a-cart1", "\n-cart"]],
  [".*cart.*", ["cart", "a cart b"], ["car t", "cart\n", "\ncart"]],
  [".+cart.+", ["acartb", "cartcart1"], ["cart", "acart", "cartb"]],
  ["10\\.0\\.0\\.1:9094|b", ["10.0.0.1:9094", "b"], ["10x0.0.1:9094"]],
  ["a\\|b", ["a|b"], ["a", "b"]],
  ["a\\\\|b", ["a\\", "b"], ["a|b"]],
];

describe("a pattern matches whole values as in RE2:", () => {
  for (const [pattern, matches, others] of PATTERNS) {
    test(JSON.stringify(pattern), () => {
      const expression = compilePattern(pattern);
      assert.deepEqual(
        matches.filter((value) => !expression.test(value)),
        [],
      );
      assert.deepEqual(
        others.filter((value) => expression.test(value)),
        [],
      );
    });
  }
});

describe("what is not a valid RE2 is refused:", () => {
  const refused = [
    "(?=a)",
    "(?!a)",
    "(?<=a)b",
    "(a)\\1",
    "a)|(b",
    "((a{0,100}){0,100}){0,100}",
    `${"(".repeat(3_000)}a${")".repeat(3_000)}`,
    "a.".repeat(10_000),
    "\\C",
    "[[:foo:]]",
    "(",
    ")",
    "[a",
    "a**",
    "*",
    "a{1001}",
    "\\",
    "[z-a]",
    "(?P<a>x)(?P<a>y)",
  ];
  for (const pattern of refused) {
    test(pattern.slice(0, 40), () => {
      assert.throws(() => compilePattern(pattern), PatternError);
    });
  }
});

test("patterns that keep a backtracking engine busy for hours end at once", () => {
  const patterns = [
    "(([a-z_])+)+[0-9]",
    "(a|aa)+$x",
    "(.*)*b.*=",
    "(x+x+)+y",
    "([a-z]|[a-y])*[0-9]",
  ];
  const value = "a".repeat(20_000);
  for (const pattern of patterns) {
    const { test: matches, exec } = compilePattern(pattern);
    assert.equal(matches(value), false);
    assert.equal(exec(value), null);
  }
});

test("a compared text and the engine agree on what they match", () => {
  const letters = ["a", "b", "\n", "|", ".", "-", "ü"];
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...letters, "\\.", ".*", ".+", "|", "x"), { maxLength: 6 }),
      fc.array(fc.constantFrom(...letters, "x"), { maxLength: 6 }),
      (parts, values) => {
        const [pattern, value] = [parts.join(""), values.join("")];
        assert.equal(compilePattern(pattern).test(value), RE2JS.compile(pattern).testExact(value));
      },
    ),
    { numRuns: 2_000 },
  );
});

test("a list of names may be longer than a pattern that needs an engine", () => {
  const names = Array.from({ length: 4_000 }, (_, number) => `pod-${number}`);
  const listed = compilePattern(names.join("|"));
  assert.deepEqual([listed.test("pod-3999"), listed.test("pod-4000")], [true, false]);
  assert.throws(() => compilePattern(`${names.join("|")}|x.y`), /at most 16384 characters/);
});
