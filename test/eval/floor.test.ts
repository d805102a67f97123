/** The diagnosis stays above its floor: a fall of quality fails the tests, not only the table. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";

test("no confident error, at least 95% of the faults right at once, and every control clean", async () => {
  const child = spawn(process.execPath, ["test/eval/run.ts"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let table = "";
  child.stdout.on("data", (chunk: Buffer) => {
    table += chunk.toString("utf8");
  });
  const [code] = (await once(child, "exit")) as [number | null];
  assert.equal(code, 0, table);
  const cases = Number(/(\d+) cases,/.exec(table)?.[1]);
  assert.ok(cases >= 80, `only ${cases} cases were played`);
});
