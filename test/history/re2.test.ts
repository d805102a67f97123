import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { compilePattern, PatternError } from "../../src/history/re2.ts";

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

describe("what JavaScript would understand differently, or not at all, is refused:", () => {
  const refused = [
    "(?=a)",
    "(?!a)",
    "(?<=a)b",
    "(a)\\1",
    "(?s).",
    "(?m)^a",
    "(?U)a+",
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
    "(?P<a>x)(?P<a>y)(?P",
  ];
  for (const pattern of refused) {
    test(pattern, () => {
      assert.throws(() => compilePattern(pattern), PatternError);
    });
  }
});
