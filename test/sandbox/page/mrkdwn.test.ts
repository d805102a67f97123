import assert from "node:assert/strict";
import { test } from "node:test";
import { readMrkdwn, readPlain } from "../../../src/sandbox/page/mrkdwn.ts";
import fc from "../../support/fast-check.ts";

const words = (text: string, ...styles: string[]) => ({
  type: "text",
  text,
  ...(styles.length === 0
    ? {}
    : { style: Object.fromEntries(styles.map((style) => [style, true])) }),
});

const LINES: readonly (readonly [string, string, readonly object[]])[] = [
  ["plain words", "a b", [words("a b")]],
  ["bold", "a *b* c", [words("a "), words("b", "bold"), words(" c")]],
  ["italic", "_a_", [words("a", "italic")]],
  ["struck", "~a~", [words("a", "strike")]],
  ["bold and italic", "*_a_*", [words("a", "bold", "italic")]],
  ["code", "a `b` c", [words("a "), words("b", "code"), words(" c")]],
  [
    "an asterisk in code",
    "`a*` and *b*",
    [words("a*", "code"), words(" and "), words("b", "bold")],
  ],
  ["underscores inside a word", "a_b_c", [words("a_b_c")]],
  ["an asterisk alone", "2 * 3 * 4", [words("2 * 3 * 4")]],
  ["escaped signs", "&lt;b&gt; &amp;amp;", [words("<b> &amp;")]],
  ["a person", "<@U1>", [{ type: "user", user_id: "U1" }]],
  ["a channel with its name", "<#C1|general>", [{ type: "channel", channel_id: "C1" }]],
  ["everyone here", "<!here>", [{ type: "broadcast", range: "here" }]],
  ["a group", "<!subteam^S1|@oncall>", [{ type: "usergroup", usergroup_id: "S1" }]],
  ["a link", "<https://a.b/?c&amp;d>", [{ type: "link", url: "https://a.b/?c&d" }]],
  ["a link with words", "<https://a.b|see>", [{ type: "link", url: "https://a.b", text: "see" }]],
  [
    "a date",
    "<!date^1700000000^{date_short}|then>",
    [{ type: "date", timestamp: 1_700_000_000, format: "{date_short}", fallback: "then" }],
  ],
  ["an emoji", "a :bell:", [words("a "), { type: "emoji", name: "bell" }]],
  ["a time, which is no emoji", "at 10:30:00 h", [words("at 10:30:00 h")]],
  ["a port before a colon", "http 1.2.3.4:9093: down", [words("http 1.2.3.4:9093: down")]],
  ["an emoji of digits", "a :100:", [words("a "), { type: "emoji", name: "100" }]],
];

for (const [what, text, elements] of LINES) {
  test(`mrkdwn has ${what}`, () => {
    assert.deepEqual(readMrkdwn(text), [{ type: "rich_text_section", elements }]);
  });
}

test("mrkdwn has code blocks, in which nothing else has a meaning", () => {
  assert.deepEqual(readMrkdwn("a\n```\n*b* &lt;c&gt;\n```\nd"), [
    { type: "rich_text_section", elements: [words("a\n")] },
    { type: "rich_text_preformatted", elements: [words("*b* <c>")] },
    { type: "rich_text_section", elements: [words("d")] },
  ]);
});

test("mrkdwn has quotes, escaped or not", () => {
  assert.deepEqual(readMrkdwn("&gt; a\n> b\nc"), [
    { type: "rich_text_quote", elements: [words("a\nb")] },
    { type: "rich_text_section", elements: [words("c")] },
  ]);
});

test("in plain text only emoji have a meaning, and a port is none", () => {
  assert.deepEqual(readPlain("10.0.0.5:9093: down"), [
    { type: "rich_text_section", elements: [words("10.0.0.5:9093: down")] },
  ]);
  assert.deepEqual(readPlain("*a* <@U1> :bell:"), [
    {
      type: "rich_text_section",
      elements: [words("*a* <@U1> "), { type: "emoji", name: "bell" }],
    },
  ]);
});

test("no text is lost and none is made up, whatever stands in it", () => {
  const letters = fc.string({
    unit: fc.constantFrom("a", "b", " ", "*", "_", "~", "`", "<", ">", "&", ":"),
  });
  fc.assert(
    fc.property(letters, (text) => {
      const kept = lettersOf(readMrkdwn(text));
      assert.equal(kept, lettersOf([{ text }]));
    }),
  );
});

/** The letters a and b in all texts, urls, names and ids, in order. */
function lettersOf(value: unknown): string {
  if (typeof value === "string") return value.replaceAll(/[^ab]/g, "");
  if (Array.isArray(value)) return value.map(lettersOf).join("");
  if (typeof value !== "object" || value === null) return "";
  return Object.entries(value)
    .filter(([name]) => name !== "type" && name !== "style")
    .map(([, each]) => lettersOf(each))
    .join("");
}
