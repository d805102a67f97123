/** Runbook sections as a message: the excerpt with its commands filled in. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fit } from "../../../src/block-kit/fit.ts";
import type { Message } from "../../../src/block-kit/message.ts";
import { renderNoRunbook } from "../../../src/features/runbooks/render-no-runbook.ts";
import { renderRunbook, renderSection } from "../../../src/features/runbooks/render-runbook.ts";
import { sectionButtons } from "../../../src/features/runbooks/section-buttons.ts";
import { assertHarmless, hostile } from "../../block-kit/hostile.ts";
import { fenced, sectionsOf, TARGET } from "../../block-kit/sections.ts";
import fc from "../../support/fast-check.ts";
import { sectionButtonsIn } from "./section-buttons-in.ts";

const HTTP = `\${STREAMLINE_HTTP:-http://localhost:9094}`;
const GROUP = `\${GROUP:?name the group}`;
const COMMAND = `curl "${HTTP}/groups/${GROUP}"`;

const PAGE = `---
fills:
  GROUP: group
---
# Replication lags

## Meaning

Followers are behind.

## Diagnosis

Look at the group:

${fenced(COMMAND)}
`;

/** All code blocks of a message. */
function codesOf({ blocks }: Message): string[] {
  return blocks.flatMap((block) =>
    block.type === "rich_text"
      ? block.elements.flatMap((part) =>
          part.type === "rich_text_preformatted" ? part.elements.map(({ text }) => text ?? "") : [],
        )
      : [],
  );
}

describe("a runbook", () => {
  test("begins where one acts, the commands filled in; what it means is folded away", () => {
    const subject = { target: TARGET, labels: { group: "billing" } };
    const message = renderRunbook("Replication lags", sectionsOf(PAGE), subject);
    const filled = 'curl "http://10.0.0.5:9094/groups/billing"';
    assert.deepEqual(codesOf(message), [filled]);
    assert.equal(
      message.text,
      [
        "Runbook: Replication lags",
        "*Diagnosis*",
        "Look at the group:",
        `\`\`\`\n${filled}\n\`\`\``,
        "Meaning: Followers are behind.",
        "from runbooks/Alert.md",
      ].join("\n"),
    );
    assert.deepEqual(
      message.blocks.map(({ type }) => type),
      ["header", "rich_text", "rich_text", "container", "context"],
    );
  });

  test("leaves a placeholder that no label fills, so that the command says what is missing", () => {
    const message = renderRunbook("R", sectionsOf(PAGE), {});
    assert.deepEqual(codesOf(message), [COMMAND]);
  });

  for (const [what, group] of [
    ["a command of its own", "x; rm -rf ~"],
    ["a substitution", "$(reboot)"],
    ["a quote", 'a"b'],
    ["a line end", "a\nb"],
    ["an option", "--help"],
    ["a way up", "../admin"],
    ["nothing", ""],
    ["too much", "x".repeat(10_000)],
    ["a mention", "<!channel>"],
  ] as const) {
    test(`a label that holds ${what} is not filled in, and that is reported`, () => {
      const message = renderRunbook("R", sectionsOf(PAGE), { labels: { group } });
      assert.deepEqual(codesOf(message), [COMMAND]);
      for (const words of [message.text, JSON.stringify(message.blocks)]) {
        assert.match(words, /Not filled in: GROUP: it /);
      }
      assertHarmless(message);
    });
  }

  test("that is too long shows its first sections and offers the others", () => {
    const page = `# T\n${["A", "B", "C", "D"].map((name) => `## ${name}\n\n${"word ".repeat(900)}\n`).join("\n")}`;
    const message = renderRunbook("T", sectionsOf(page), {});
    const shown = JSON.stringify(message.blocks);
    assert.match(shown, /"A"/);
    assert.match(shown, /More of this runbook:/);
    assert.deepEqual(
      sectionButtonsIn(message.blocks).map(({ value }) => value),
      ["runbooks/Alert.md#c", "runbooks/Alert.md#d"],
    );
    assert.match(message.text, /More of this runbook: C, D\nfrom runbooks\/Alert\.md$/);
    assert.deepEqual(fit(message), message, "nothing more had to be cut");
  });

  test("whose first section alone is too long is cut between paragraphs, with the place of the rest", () => {
    const page = `## A\n\n${Array.from({ length: 40 }, (_, n) => `p${n} ${"word ".repeat(100)}\n\n`).join("")}`;
    const message = renderRunbook("T", sectionsOf(page), {});
    assert.match(JSON.stringify(message.blocks), /The rest is in runbooks\/Alert\.md#a/);
    assert.match(message.text, /The rest is in runbooks\/Alert\.md#a/);
    assert.deepEqual(fit(message), message, "nothing more had to be cut");
  });

  test("never shows half a command", () => {
    const long = `echo ${"x".repeat(15_000)}`;
    const message = renderRunbook("T", sectionsOf(`## A\n\nFirst.\n\n${fenced(long)}\n`), {});
    assert.deepEqual(codesOf(message), []);
    assert.doesNotMatch(message.text, /echo/);
    assert.match(message.text, /First\.\nThe rest is in/);
  });

  test("passes over headings without text", () => {
    const message = renderRunbook("T", sectionsOf("# T\n\n## A\n\n### B\n\nwords\n"), {});
    assert.match(message.text, /^Runbook: T\n\*B\*\nwords\n/);
  });
});

test("a section is shown with the headings that lead to it", () => {
  const [, , section] = sectionsOf(PAGE);
  assert.ok(section !== undefined);
  const message = renderSection(section, { target: TARGET });
  assert.match(message.text, /^Replication lags › Diagnosis\nLook at the group:/);
  assert.match(JSON.stringify(message.blocks[0]), /"Replication lags: Diagnosis"/);
  assert.match(
    JSON.stringify(message.blocks.at(-1)),
    /runbooks\/Alert\.md {2}· {2}Replication lags/,
  );
});

test("text before the first heading, and text under an empty one, go by the page's title", () => {
  const [first, , empty] = sectionsOf("words first\n\n# T\n\n## \n\nmore\n");
  assert.ok(first !== undefined && empty !== undefined);
  assert.match(renderSection(first, {}).text, /^T\nwords first/);
  assert.match(renderSection(empty, {}).text, /^T\nmore/);
  assert.deepEqual(
    sectionButtonsIn(sectionButtons([first, empty])).map(({ label }) => label),
    ["T", "T"],
  );
});

test("whatever the labels, a command is filled in with safe values only, and the message is taken", () => {
  const labels = fc.record({ group: fc.oneof(hostile, fc.string()), instance: hostile });
  fc.assert(
    fc.property(labels, hostile, (given, alert) => {
      const message = renderRunbook("R", sectionsOf(PAGE), { labels: given });
      assertHarmless(message);
      const [code = ""] = codesOf(message);
      const match = /^curl "(.*)\/groups\/(.*)"$/s.exec(code);
      assert.ok(match !== null, code);
      for (const [value, placeholder] of [
        [match[1], HTTP],
        [match[2], GROUP],
      ]) {
        if (value !== placeholder)
          assert.match(value ?? "", /^[A-Za-z0-9_.:/@%+=,][\w.:/@%+=,-]{0,199}$/);
      }
      assertHarmless(renderNoRunbook(alert, sectionsOf(PAGE)));
      assertHarmless(renderNoRunbook(alert, []));
    }),
  );
});

test("whatever a page holds, Slack takes what is shown of it", () => {
  const piece = fc.oneof(
    hostile,
    fc.integer({ min: 1, max: 4_000 }).map((length) => fenced("c".repeat(length))),
    fc.integer({ min: 1, max: 500 }).map((length) => `- ${"word ".repeat(length)}`),
    fc.constantFrom("# T", "## A", "### B", "## `code` <b>"),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const sections = sectionsOf(`# Top\n\n${pieces.join("\n\n")}\n`);
      assertHarmless(renderRunbook("Top", sections, { target: TARGET }));
      for (const section of sections) assertHarmless(renderSection(section, {}));
    }),
    { numRuns: 30 },
  );
});
