/** Strangers' text on its way to Slack. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  clean,
  code,
  count,
  cut,
  cutMrkdwn,
  escaped,
  line,
  mrkdwnLink,
} from "../../src/block-kit/text.ts";
import fc from "../support/fast-check.ts";
import { hostile } from "./hostile.ts";

describe("clean", () => {
  for (const [what, given, expected] of [
    ["keeps letters of every script and emoji", "a é שלום 👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "a é שלום 👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿"],
    ["keeps line ends and tabs", "a\n\tb", "a\n\tb"],
    ["makes every line end the same", "a\r\nb\rc", "a\nb\nc"],
    ["takes out marks that turn text around", "a\u202Eb\u2066c\u200Fd", "abcd"],
    ["takes out what nobody sees", "a\u200Bb\uFEFFc\u2060d", "abcd"],
    ["takes out controls of a terminal", "\u001B[31mred\u0000\u0007\u009B", "[31mred"],
    ["replaces half characters", "a\uD83Db", "a\uFFFDb"],
  ] as const) {
    test(what, () => assert.equal(clean(given), expected));
  }
});

describe("cut", () => {
  test("leaves what fits, and ends in … what does not", () => {
    assert.equal(cut("12345", 5), "12345");
    assert.equal(cut("123456", 5), "1234…");
    assert.equal(cut("123456", 0), "…");
  });

  test("never cuts a character in half", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.integer({ min: 1, max: 20 }),
        (text, most) => {
          const shown = cut(text.toWellFormed(), most);
          assert.ok(shown.length <= most && shown.isWellFormed());
        },
      ),
    );
  });
});

describe("cutMrkdwn", () => {
  for (const [what, text, most, expected] of [
    ["leaves what fits", "a &amp; b", 9, "a &amp; b"],
    ["drops an entity that it would cut", "abc &amp; d", 7, "abc…"],
    ["keeps an entity that is whole", "abc &amp; def", 10, "abc &amp;…"],
    ["drops a link that it would cut", "see <https://x|y> and more", 12, "see…"],
    ["keeps a link that is whole", "see <https://x|y> and more", 20, "see <https://x|y> a…"],
    ["drops code that it would cut", "do `curl x` now", 10, "do…"],
    ["drops a code block that it would cut", "do ```curl x\ncurl y``` now", 15, "do…"],
    ["keeps a code block that is whole", "do ```x``` now and then", 16, "do ```x``` now…"],
  ] as const) {
    test(what, () => assert.equal(cutMrkdwn(text, most), expected));
  }

  test("leaves no half of anything, wherever it cuts", () => {
    const pieces = fc.constantFrom("&amp;", "&lt;", "<https://x|y>", "```a```", "word ", "😀");
    fc.assert(
      fc.property(fc.array(pieces), fc.integer({ min: 1, max: 60 }), (all, most) => {
        const shown = cutMrkdwn(all.join(""), most);
        assert.ok(shown.length <= most);
        const rest = shown.replace(/&(amp|lt);|<https:\/\/x\|y>|```a```/g, "");
        assert.match(rest, /^(word |wor?d?|w|😀|…| )*$/u);
      }),
    );
  });
});

describe("line", () => {
  test("is one line, trimmed", () => {
    assert.equal(line("  a\n\n b\t\u2028c "), "a b c");
  });

  test("is cut between two words, and within a long one", () => {
    assert.equal(line("the disk of the server is not full", 29), "the disk of the server is…");
    assert.equal(
      line(`at https://a.example/${"x".repeat(40)}`, 29),
      "at https://a.example/xxxxxxx…",
    );
  });

  test("has at most as many characters as asked for", () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 50 }), (text, most) => {
        const shown = line(text, most);
        assert.ok(shown.length <= most && !shown.includes("\n"));
      }),
    );
  });
});

describe("escaped", () => {
  test("makes entities of what Slack acts on, once", () => {
    assert.equal(escaped("<!channel> & &lt;"), "&lt;!channel&gt; &amp; &amp;lt;");
  });

  test("opens no code block, but leaves code in a line", () => {
    assert.equal(escaped("a ``` b `c`"), "a ˋˋˋ b `c`");
  });

  test("cuts before it escapes, so that no entity is cut", () => {
    assert.equal(escaped("&&&&", 3), "&amp;&amp;…");
  });

  test("shows what stands behind invisible marks", () => {
    assert.equal(escaped(`${"\u200B".repeat(500)}seen`, 10), "seen");
  });

  test("can be read back, for every text", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const back = escaped(text, Number.POSITIVE_INFINITY)
          .replace(/&lt;/g, "<")
          .replace(/&gt;/g, ">")
          .replace(/&amp;/g, "&");
        const shown = clean(text).replace(/`{3,}/g, (ticks) => "ˋ".repeat(ticks.length));
        // Marks that would format are shown by signs that look alike, one for one.
        const alike = (each: string): string =>
          each
            .replace(/\u2217/g, "*")
            .replace(/\u02CD/g, "_")
            .replace(/\u223C/g, "~");
        assert.equal(alike(back), alike(shown));
      }),
    );
  });
});

describe("code", () => {
  test("cannot be ended by a backtick inside", () => {
    assert.equal(code("a`b"), "`aˋb`");
    assert.equal(code("```"), "`ˋˋˋ`");
  });

  test("is nothing when there is nothing to show", () => {
    assert.equal(code(" \u200B\n"), "");
  });

  test("has its two backticks and no more, for every text", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        assert.match(code(text), /^$|^`[^`<>]+`$/u);
      }),
    );
  });
});

test("count speaks of one and of many", () => {
  assert.equal(count(1, "alert"), "1 alert");
  assert.equal(count(0, "alert"), "0 alerts");
  assert.equal(count(5_000, "alert"), "5,000 alerts");
  assert.equal(count(2, "series", "series"), "2 series");
});

describe("what strangers write stays text:", () => {
  for (const [what, text, shown] of [
    ["bold", "it is *urgent* now", "it is \u2217urgent\u2217 now"],
    ["italic", "_so_", "\u02CDso\u02CD"],
    ["struck", "~gone~", "\u223Cgone\u223C"],
    ["a name with underscores stays", "streamline_bytes_total", "streamline_bytes_total"],
    ["a label with double underscores stays", "__name__", "__name__"],
    ["a single star stays", "*_total", "*_total"],
    ["a product stays", "2 * 3 * 4", "2 * 3 * 4"],
    ["soft hyphens go", "ad\u00ADmin", "admin"],
    ["tags that carry hidden words go", "a\u{E0041}\u{E007F}b", "ab"],
    ["marks that turn text go", "a\u202Eb\u2066c\u200F", "abc"],
    ["fillers go", "a\u3164\u115F\u2060b", "ab"],
    ["a family stays one", "👩‍👩‍👧", "👩‍👩‍👧"],
    ["a line's end by another name is one", "a\u2028b", "a\nb"],
  ] as const) {
    test(what, () => assert.equal(escaped(text), shown));
  }

  test("in code the marks are code", () => assert.equal(code("*a* _b_"), "`*a* _b_`"));
});

test("a link's address ends where it should, whatever stands in it, and stays the address it was", () => {
  const address = "https://a.example/x|y<z>?a=*b*&c=_d_&e=~f~\u00AD\u202E";
  const shown = mrkdwnLink(address, "the runbook");
  assert.equal(shown.match(/[<>|]/g)?.join(""), "<|>");
  const [, written = ""] = /^<([^|]*)\|the runbook>$/.exec(shown) ?? [];
  const read = new URL(written.replaceAll("&amp;", "&"));
  assert.equal(decodeURI(read.href).replace(/%7C/i, "|"), decodeURI(new URL(address).href));
  assert.match(written, /^[\x21-\x7E]*$/);
});
