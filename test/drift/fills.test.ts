import assert from "node:assert/strict";
import { test } from "node:test";
import { checkFills } from "../../src/drift/check-fills.ts";
import { readPage } from "../../src/knowledge/read-page.ts";

function problemsOf(front: string, command: string): string[] {
  const text = `---\ntitle: A\nkind: runbook\n${front}\n---\n## Mitigation\n\n\`\`\`sh\n${command}\n\`\`\`\n`;
  const read = readPage({ file: "runbooks/A.md", folder: "knowledge", text });
  assert.ok(read.kind === "page", JSON.stringify(read));
  return checkFills(read.page).map(({ reason }) => reason);
}

test("what is declared and used is in order, in either form", () => {
  assert.deepEqual(
    problemsOf("fills: {TOPIC: topic}", `a \${TOPIC:?name it} \${STREAMLINE_HTTP:-x}`),
    [],
  );
  assert.deepEqual(problemsOf("fills:\n  GROUP: [group, consumer_group]", `a \${GROUP}`), []);
});

test("a declaration that no command uses is a problem", () => {
  assert.match(problemsOf("fills: {TOPIC: topic}", "a")[0] ?? "", /names TOPIC, which no command/);
});

test("a placeholder that is called like a label, and is not declared, is a problem", () => {
  assert.match(
    problemsOf("alerts: [A]", `a \${GROUP:?name it}`)[0] ?? "",
    /\$\{GROUP\}, and fills does not say/,
  );
});
