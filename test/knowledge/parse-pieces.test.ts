/** A page of megabytes is parsed in pieces: the tree is that of the whole. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseMarkdown } from "../../src/knowledge/markdown/markdown.ts";
import { parsePage } from "../../src/knowledge/markdown/parse-pieces.ts";

function many(count: number, each: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => each(n)).join("");
}

function isTheWhole(markdown: string): void {
  assert.deepEqual(parsePage(markdown, 500).children, parseMarkdown(markdown).children);
}

/** One of each kind of block, with something that only the page's end explains. */
const blocks = (n: number): string =>
  [
    `## Step ${n}`,
    `See [the list][l${n % 7}] and [^n${n % 5}].\nlazy`,
    `Title ${n}\n---`,
    `- a\n  - b ${n}\n\n      code\n- c`,
    `> quoted\nlazy ${n}`,
    `| a | b |\n|---|---|\n| ${n} | [l1] |`,
    "```sh\n# no heading\n\n[only-code]: x\n```",
    `<!-- a remark\n\n# no heading -->`,
    `<details>\n<summary>more</summary>\n\ntext ${n}\n\n</details>`,
    "    indented\n\n    code",
    "***",
  ].join("\n\n");

const ends = `${many(7, (n) => `[l${n}]: https://example.org/${n}\n`)}\n${many(5, (n) => `[^n${n}]: note ${n}\n`)}`;

test("blocks of all kinds, whose links and notes are defined at the page's end", () => {
  isTheWhole(`${many(20, (n) => `${blocks(n)}\n\n`)}${ends}`);
});

test("one list, one table, one fence or one remark longer than a piece", () => {
  isTheWhole(`# A\n\n${many(60, (n) => `- item ${n} of [l1]\n  - inner\n`)}\n\nend\n\n${ends}`);
  isTheWhole(`| a | b |\n|---|---|\n${many(100, (n) => `| ${n} | words |\n`)}\nend\n`);
  isTheWhole(`a\n\n\`\`\`\n${many(100, (n) => `# line ${n}\n\n`)}\`\`\`\n\nend\n`);
  isTheWhole(`a\n\n<!--\n${many(100, (n) => `# line ${n}\n\n`)}-->\n\n# end\n`);
});

test("what looks like a definition and stands in code defines nothing", () => {
  const words = many(50, (n) => `value[only-code] ${"x".repeat(60)} ${n}\n\n`);
  isTheWhole(`\`\`\`\n[only-code]: /x\n\`\`\`\n\n${words}`);
});
