/** Answers to people: search results, help, and what to do about a question that went wrong. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fit } from "../../../src/block-kit/fit.ts";
import type { Message } from "../../../src/block-kit/message.ts";
import {
  renderFailure,
  renderGoneSection,
  renderHelp,
  renderIncomplete,
  renderMistyped,
  renderSearch,
  renderUnknownTarget,
  renderWhichTarget,
} from "../../../src/features/commands/render-answers.ts";
import { checkMessage } from "../../../src/sandbox/slack/check-payload.ts";
import { assertHarmless, hostile } from "../../block-kit/hostile.ts";
import { sectionsOf } from "../../block-kit/sections.ts";
import fc from "../../support/fast-check.ts";

const SECTIONS = sectionsOf(
  "# Disk\n\n## Full\n\nDelete.\n\n## Slow\n\nWait.\n\n## Gone\n\nPanic.\n",
).slice(1);

function buttonsOf({ blocks }: Message): [label: string, value: string][] {
  return blocks.flatMap((block) =>
    block.type === "actions"
      ? block.elements.flatMap((element): [string, string][] =>
          element.type === "button" ? [[element.text.text, element.value ?? ""]] : [],
        )
      : [],
  );
}

describe("a search", () => {
  test("shows the best section in full and offers the others", () => {
    const message = renderSearch({ question: "disk", sections: SECTIONS }, {});
    assert.match(message.text, /^Disk › Full\nDelete\.\nAlso:\n• Disk › Slow\n• Disk › Gone$/);
    assert.deepEqual(buttonsOf(message), [
      ["Slow · Disk", "runbooks/Alert.md#slow"],
      ["Gone · Disk", "runbooks/Alert.md#gone"],
    ]);
  });

  test("with one result offers nothing else", () => {
    const message = renderSearch({ question: "disk", sections: SECTIONS.slice(0, 1) }, {});
    assert.doesNotMatch(message.text, /Also/);
    assert.deepEqual(buttonsOf(message), []);
  });

  test("without a result says so, and how to ask again", () => {
    const message = renderSearch({ question: "apple pie", sections: [] }, {});
    assert.match(message.text, /^Nothing in the runbooks covers this\. Try /);
    assert.match(JSON.stringify(message.blocks), /You asked: `apple pie`/);
  });
});

test("help lists each subcommand with its use, and the targets", () => {
  const usages = [{ usage: "health [TARGET]", about: "how it is" }];
  const groups = [{ title: "The servers now", usages }];
  const message = renderHelp({ groups, targets: ["orders", "billing"], hidden: 0 });
  assert.match(
    message.text,
    /^What you can ask:\nThe servers now:\n• \/streamline health \[TARGET\]: how it is\n/,
  );
  assert.match(message.text, /Targets: `orders`, `billing`/);
  assert.match(JSON.stringify(message.blocks), /Targets: `orders`, `billing`/);
});

test("many targets are counted, not listed", () => {
  const names = Array.from({ length: 500 }, (_, n) => `${"t".repeat(50)}${n}`);
  for (const message of [
    renderHelp({ groups: [], targets: names, hidden: 0 }),
    renderWhichTarget("health", names),
    renderUnknownTarget("x", names),
  ]) {
    assert.match(message.text, /and 480 more/);
    assert.deepEqual(fit(message), message);
  }
});

test("a subcommand that lacks a word is told its form", () => {
  assert.equal(
    renderIncomplete("search WORDS").text,
    "Something is missing. Usage: `/streamline search WORDS`.",
  );
});

describe("a mistyped subcommand", () => {
  test("is told the right one, with buttons for that and for a search", () => {
    const message = renderMistyped({
      word: "helth",
      suggestion: "health orders",
      instead: "search helth orders",
    });
    assert.equal(message.text, "I do not know `helth`. Did you mean `/streamline health orders`?");
    assert.deepEqual(buttonsOf(message), [
      ["Run it", "health orders"],
      ["Search for these words", "search helth orders"],
    ]);
  });

  test("gets no button for what a button cannot carry whole", () => {
    const long = "x".repeat(3_000);
    const message = renderMistyped({
      word: "serch",
      suggestion: `search ${long}`,
      instead: `search serch ${long}`,
    });
    assert.deepEqual(buttonsOf(message), []);
    assertHarmless(message);
  });
});

describe("several targets and none named", () => {
  test("are asked for, each with a button that runs the command for it", () => {
    const message = renderWhichTarget('metrics a{b="c d"}', ["orders", "billing"]);
    assert.equal(message.text, "Which target? Name one of `orders`, `billing`.");
    assert.deepEqual(buttonsOf(message), [
      ["orders", 'metrics a{b="c d"} target:orders'],
      ["billing", 'metrics a{b="c d"} target:billing'],
    ]);
  });

  test("are offered ten at most, and none for a command that no button carries", () => {
    const names = Array.from({ length: 12 }, (_, n) => `t${n}`);
    assert.equal(buttonsOf(renderWhichTarget("health", names)).length, 10);
    assert.equal(buttonsOf(renderWhichTarget(`metrics ${"x".repeat(2_000)}`, names)).length, 0);
  });
});

test("an unknown target is answered with the known ones", () => {
  assert.equal(
    renderUnknownTarget("nowhere", ["orders"]).text,
    "There is no target `nowhere`. The configured targets are `orders`.",
  );
});

test("a failure is reported with the id that stands in the log", () => {
  assert.match(renderFailure("1a2b").text, /under `1a2b`/);
});

test("whatever people write, no answer mentions, links, breaks out or is refused", () => {
  fc.assert(
    fc.property(hostile, hostile, (one, other) => {
      const question = one.slice(0, 4_000);
      for (const message of [
        renderSearch({ question, sections: [] }, {}),
        renderSearch({ question, sections: SECTIONS }, {}),
        renderMistyped({
          word: one,
          suggestion: `help ${other}`.slice(0, 3_000),
          instead: question,
        }),
        renderWhichTarget(`metrics ${question}`, ["orders"]),
        renderUnknownTarget(one, ["orders"]),
        renderGoneSection(one),
        renderIncomplete(one),
      ]) {
        const { text, blocks } = fit(message);
        assert.equal(checkMessage({ text, blocks: [...blocks] }), undefined);
        // A button's value goes back to the bot as it was; nobody sees it.
        assertHarmless({ text, blocks: blocks.filter(({ type }) => type !== "actions") });
      }
    }),
  );
});
