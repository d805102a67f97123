/** Rule files as their bytes are. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readRuleFiles } from "../../src/edges/rule-files.ts";

const TEXT = "groups: [{name: g, rules: [{alert: Größe, expr: up}]}]\n";

test("UTF-16 is read with its byte order mark, and bytes that are no UTF-8 are named", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "rules-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const log = { warn: () => undefined };
  const read = (bytes: Buffer) => {
    writeFileSync(join(folder, "a.yml"), bytes);
    return readRuleFiles([join(folder, "a.yml")], log);
  };
  const little = Buffer.from(`\uFEFF${TEXT}`, "utf16le");
  for (const bytes of [little, Buffer.from(little).swap16(), Buffer.from(`\uFEFF${TEXT}`)]) {
    const { rules, problems } = await read(bytes);
    assert.deepEqual([rules.map(({ alert }) => alert), problems], [["Größe"], []]);
  }
  const { rules, problems } = await read(Buffer.from(TEXT, "latin1"));
  assert.equal(rules.length, 1);
  assert.match(problems.join(), /a\.yml: some of its bytes are not UTF-8/);
});
