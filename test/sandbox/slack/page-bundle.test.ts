/** The page that is kept between starts is built again when any of its sources changed. */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { globSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const SANDBOX = new URL("../../../src/sandbox/", import.meta.url);

test("every style and every part of the page is among its sources", async () => {
  const builder = fileURLToPath(new URL("slack/build-page.ts", SANDBOX));
  const { stdout } = await promisify(execFile)(process.execPath, [builder], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const { sources } = JSON.parse(stdout) as { readonly sources: readonly string[] };
  const files = globSync("page/**/*.{css,tsx}", { cwd: SANDBOX });
  assert.ok(files.some((file) => file.endsWith(".css")));
  assert.deepEqual(
    files.filter((file) => !sources.includes(file)),
    [],
  );
});
