/** Guides, runbooks, rules, dashboards and checks of this repository agree with the catalogue. */

import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { runDrift } from "../../src/drift/cli/drift.ts";

test("nothing in the guides, rules, dashboards and checks has drifted from the server", async () => {
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  const code = await runDrift({ args: [], root: process.cwd(), say, complain: say });
  assert.equal(code, 0, said.join("\n"));
});

test("a reader of a guide meets its heading first", () => {
  const guides = globSync("knowledge/*.md");
  assert.ok(guides.length >= 4);
  for (const guide of guides) assert.match(readFileSync(guide, "utf8"), /^# \S/, guide);
});
