/** The event loop goes on, whatever the author of a page writes, and when they change it while the bot runs. */
// takes: 20 s

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openKnowledge } from "../src/edges/knowledge/knowledge-folders.ts";
import { captureLog } from "./edges/captured-log.ts";
import { goesOn } from "./support/loop-watch.ts";

function many(count: number, each: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => each(n)).join("");
}

function page(front: string, body = "x"): string {
  return `---\n${front}---\n# T\n\n${body}\n`;
}

const PAGES: Readonly<Record<string, string>> = {
  symptoms: page(`symptoms:\n${many(20_000, (n) => `  - thing ${n} is slow today\n`)}`),
  "lines of logs": page(`logs:\n${many(20_000, (n) => `  - "error ${n} of disk"\n`)}`),
  sections: page(
    "kind: guide\n",
    many(6_000, (n) => `## S ${n}\n\nThe disk ${n} is slow.\n\n`),
  ),
  "letters in a heading": `# T\n\n## ${"A".repeat(50_000)}${"a".repeat(200_000)}\n\nx\n`,
  "blanks in a check": page(
    `checks:\n  - {id: a, expr: 'up${" ".repeat(100_000)}> 0', needs: [{series: 'up${" ".repeat(90_000)}'}], finding: f}\n`,
  ),
  "attributes in a tag without an end": `# T\n\nSee <A${many(20_000, (n) => ` :a${n}="b"`)} <\n`,
  "rows whose code has no end": `# T\n\n${many(5_000, (n) => `a | {{< code sh${n} >}}\n`)}`,
  mistakes: page(`sections:\n${many(5_000, (n) => `  gone-${n}: {logs: [some text]}\n`)}`),
};

for (const [what, text] of Object.entries(PAGES)) {
  test(`a page may have thousands of ${what}`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "standstill-pages-"));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, "other.md"), "# Other\n\nThe disk is full.\n");
    const knowledge = await openKnowledge({ folders: [folder], log: captureLog("error").log });
    t.after(() => knowledge.close());
    const question = (): Promise<unknown> => knowledge.ask("is the disk slow today", { limit: 5 });
    await question();
    let lines = "";
    await goesOn(what, () => {
      // A page that has not changed is not read again.
      lines += "\n";
      writeFileSync(join(folder, "page.md"), `${text}${lines}`);
      return knowledge.reload();
    });
    assert.equal(knowledge.current().pages.length, 2);
    await goesOn("a question about it", question);
  });
}
