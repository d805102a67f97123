import assert from "node:assert/strict";
import { test } from "node:test";
import { readTyped } from "../../../src/sandbox/slack/typed-text.ts";

const NAMES = {
  users: new Map([["streamline", "U0BOT"]]),
  channels: new Map([["incidents", "C1"]]),
};

const CASES = [
  ["a name becomes a mention", "@streamline help", "<@U0BOT> help"],
  ["however it is written", "@Streamline help", "<@U0BOT> help"],
  ["an unknown name stays a word", "@nobody", "@nobody"],
  ["a channel becomes a link to it", "see #incidents", "see <#C1>"],
  ["an id that exists passes", "<@U0BOT> help", "<@U0BOT> help"],
  ["an id that does not exist is escaped", "<@U9>", "&lt;@U9&gt;"],
  ["a broadcast typed by hand is not one", "<!channel> & all", "&lt;!channel&gt; &amp; all"],
  ["an address becomes a link", "see https://a.b/c?d=1&e", "see <https://a.b/c?d=1&amp;e>"],
  ["names inside a code block stay text", "```@streamline```", "```@streamline```"],
] as const;

for (const [what, typed, text] of CASES) {
  test(what, () => {
    assert.equal(readTyped(typed, NAMES).text, text);
  });
}

test("the rich text says the same: words, mentions and code apart", () => {
  const [block] = readTyped("@streamline look\n```a < b```", NAMES).blocks;
  assert.deepEqual(block, {
    type: "rich_text",
    elements: [
      {
        type: "rich_text_section",
        elements: [
          { type: "user", user_id: "U0BOT" },
          { type: "text", text: " look\n" },
        ],
      },
      { type: "rich_text_preformatted", elements: [{ type: "text", text: "a < b" }] },
    ],
  });
});
