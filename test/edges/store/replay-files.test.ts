/** Replays on disk: the same text back, one file per text, and only the newest kept. */

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { openReplayFiles } from "../../../src/edges/store/replay-files.ts";

function open(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "bot-replays-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, replays: openReplayFiles(join(folder, "replays")) };
}

test("a saved replay comes back as it was, and one text is one file", async (t) => {
  const { folder, replays } = open(t);
  // The label says what a request is; no secret, whatever its name.
  const series = '["streamline_requests_total",{"api_key":"produce"}]\t#1 +1';
  const text = `snapshot ${"x".repeat(10_000)} 😀\n${series}`;
  const id = await replays.save(text, "U0ALICE");
  assert.equal(await replays.save(text, "U0ALICE"), id);
  assert.equal(await replays.load(id), text);
  assert.equal(readdirSync(join(folder, "replays")).length, 1);
});

test("an id that nobody saved, or that is a path, finds nothing", async (t) => {
  const { folder, replays } = open(t);
  writeFileSync(join(folder, "secret.replay.gz"), "");
  assert.equal(await replays.load("0123456789ab"), undefined);
  assert.equal(await replays.load("../secret"), undefined);
});

test("a file that is damaged is an error, not an answer", async (t) => {
  const { folder, replays } = open(t);
  const id = await replays.save("text", "U0ALICE");
  const [name = ""] = readdirSync(join(folder, "replays"));
  writeFileSync(join(folder, "replays", name), "not gzip");
  await assert.rejects(replays.load(id), /header/);
});

test("of one person the newest forty are kept, and they push out nobody else's", async (t) => {
  const { folder, replays } = open(t);
  const other = await replays.save("asked by somebody else", "U0BOB");
  for (let index = 0; index < 60; index += 1) await replays.save(`replay ${index}`, "U0ALICE");
  assert.equal(readdirSync(join(folder, "replays")).length, 41);
  assert.equal(await replays.load(other), "asked by somebody else");
});

test("what two people were answered alike is found by its one id", async (t) => {
  const { replays } = open(t);
  const id = await replays.save("the same", "U0ALICE");
  assert.equal(await replays.save("the same", "U0BOB"), id);
  assert.equal(await replays.load(id), "the same");
});
