/** Runbook sections as a message: the excerpt with its commands filled in, or the nearest sections. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fit } from "../../../src/block-kit/fit.ts";
import type { KnownBlock, Message } from "../../../src/block-kit/message.ts";
import {
  renderNoRunbook,
  renderRunbook,
  renderSection,
  sectionButtons,
} from "../../../src/features/runbooks/render-runbook.ts";
import type { Section } from "../../../src/knowledge/page.ts";
import { assertHarmless, hostile } from "../../block-kit/hostile.ts";
import { fenced, sectionsOf, TARGET } from "../../block-kit/sections.ts";
import fc from "../../support/fast-check.ts";

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

function buttonsOf(blocks: readonly KnownBlock[]): { label: string; value: string }[] {
  return blocks.flatMap((block) =>
    block.type === "actions"
      ? block.elements.flatMap((element) =>
          element.type === "button"
            ? [{ label: element.text.text, value: element.value ?? "" }]
            : [],
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
      buttonsOf(message.blocks).map(({ value }) => value),
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

test("below the name of its page a section's button carries its own name alone", () => {
  const [, meaning, diagnosis] = sectionsOf(PAGE);
  assert.ok(meaning !== undefined && diagnosis !== undefined);
  const labels = (namedPage?: string) =>
    buttonsOf(sectionButtons([meaning, diagnosis], namedPage)).map(({ label }) => label);
  assert.deepEqual(labels(meaning.file), ["Meaning", "Diagnosis"]);
  assert.deepEqual(labels("runbooks/Other.md"), labels());
  assert.match(labels()[0] ?? "", /^Meaning · Replication lags/);
});

test("text before the first heading, and text under an empty one, go by the page's title", () => {
  const [first, , empty] = sectionsOf("words first\n\n# T\n\n## \n\nmore\n");
  assert.ok(first !== undefined && empty !== undefined);
  assert.match(renderSection(first, {}).text, /^T\nwords first/);
  assert.match(renderSection(empty, {}).text, /^T\nmore/);
  assert.deepEqual(
    buttonsOf(sectionButtons([first, empty])).map(({ label }) => label),
    ["T", "T"],
  );
});

describe("no runbook", () => {
  test("is reported, with the nearest sections in words and as buttons", () => {
    const message = renderNoRunbook("NewAlert", sectionsOf(PAGE).slice(1));
    assert.equal(
      message.text,
      "No runbook covers NewAlert. The nearest sections:\n• Replication lags › Meaning\n• Replication lags › Diagnosis",
    );
    assert.deepEqual(buttonsOf(message.blocks), [
      { label: "Meaning · Replication lags", value: "runbooks/Alert.md#meaning" },
      { label: "Diagnosis · Replication lags", value: "runbooks/Alert.md#diagnosis" },
    ]);
  });

  test("and nothing near is reported, too", () => {
    const message = renderNoRunbook("NewAlert", []);
    assert.match(message.text, /^No runbook covers NewAlert\./);
    assert.match(message.text, /add a page with `alerts: \[NewAlert\]`/);
  });

  test("of an alert about no target says that nothing was checked, whatever is near", () => {
    for (const nearest of [[], sectionsOf(PAGE).slice(1)]) {
      const message = renderNoRunbook("NewAlert", nearest, { isOfNoTarget: true });
      assert.match(message.text, /cannot check it from here, because its labels match none/);
      assert.match(JSON.stringify(message.blocks), /cannot check it from here/);
      assert.doesNotMatch(renderNoRunbook("NewAlert", nearest).text, /cannot check it/);
    }
  });
});

test("five sections get a button, the others are counted, as is one whose id no button carries", () => {
  const [section] = sectionsOf("## A\n\nwords\n");
  assert.ok(section !== undefined);
  const many: Section[] = Array.from({ length: 8 }, (_, n) => ({ ...section, id: `a#${n}` }));
  const blocks = sectionButtons([{ ...section, id: "x".repeat(3_000) }, ...many]);
  assert.equal(buttonsOf(blocks).length, 5);
  assert.match(JSON.stringify(blocks), /and 4 more sections/);
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
