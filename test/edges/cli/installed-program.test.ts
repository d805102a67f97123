import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

test("an older Node is told which one is needed and how to get it, and nothing is started", () => {
  // What it sees of Node's version is all that an older one shows it before its imports would fail.
  const older = join(mkdtempSync(join(tmpdir(), "bot-node-")), "older.mjs");
  writeFileSync(
    older,
    `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } });`,
  );
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", pathToFileURL(older).href, resolve("src/streamline-bot.js"), "version"],
    { encoding: "utf8" },
  );
  assert.equal(status, 2);
  assert.equal(stdout, "");
  assert.match(stderr, /needs Node 24.*20\.20\.2[\s\S]*npx streamline-bot/);
});

test("the program may be run as it lies in the checkout, also after an update has written it anew", () => {
  const mode = statSync(resolve("src/streamline-bot.js")).mode;
  assert.notEqual(mode & 0o111, 0, "npx sets the bit once, and every update takes it back");
});
