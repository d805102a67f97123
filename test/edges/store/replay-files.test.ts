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
  const text = `snapshot ${"x".repeat(10_000)} 😀`;
  const id = await replays.save(text);
  assert.equal(await replays.save(text), id);
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
  const id = await replays.save("text");
  writeFileSync(join(folder, "replays", `${id}.replay.gz`), "not gzip");
  await assert.rejects(replays.load(id), /header/);
});

test("only the newest two hundred are kept", async (t) => {
  const { folder, replays } = open(t);
  for (let index = 0; index < 205; index += 1) await replays.save(`replay ${index}`);
  assert.equal(readdirSync(join(folder, "replays")).length, 200);
});
