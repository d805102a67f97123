/** Pages that come, change and go while the bot runs. */

import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { rename, rm, symlink, unlink } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { Library } from "../../../src/knowledge/library.ts";
import { idsOf, LAG, makeFolder, open, write } from "./opened-knowledge.ts";

test("a changed, a new, a renamed and a removed page are seen, and the untouched stay the same", async (t) => {
  const folder = await makeFolder(t, {
    "A.md": "# A\n\napples\n",
    "B.md": "# B\n\nbananas\n",
    "C.md": "# C\n\ncherries\n",
  });
  const knowledge = await open(t, [folder]);
  const [before] = knowledge.current().pages;
  // Whoever searched before meets the changes made in place.
  assert.deepEqual(await idsOf(knowledge, "bananas"), ["B.md#b"]);
  await write(folder, "B.md", "# B\n\nblueberries\n");
  await write(folder, "D.md", "# D\n\ndates\n");
  await rename(join(folder, "C.md"), join(folder, "E.md"));
  await knowledge.reload();
  assert.equal(knowledge.current().pages[0], before);
  assert.deepEqual(await idsOf(knowledge, "blueberries"), ["B.md#b"]);
  assert.deepEqual(await idsOf(knowledge, "bananas"), []);
  assert.deepEqual(await idsOf(knowledge, "cherries"), ["E.md#c"]);
  await unlink(join(folder, "D.md"));
  await knowledge.reload();
  assert.deepEqual(await idsOf(knowledge, "dates"), []);
  assert.deepEqual(await idsOf(knowledge, "apples"), ["A.md#a"]);
});

test("changes are seen without being asked", async (t) => {
  const folder = await makeFolder(t, { "A.md": "# A\n\napples\n" });
  const changes = new EventEmitter();
  const onChange = (library: Library) => void changes.emit("change", library);
  const knowledge = await open(t, [folder], { onChange, settleMs: 20, pollMs: 200 });
  const changed = once(changes, "change");
  await write(folder, "deep/B.md", "# B\n\nbananas\n");
  const [library] = await changed;
  assert.equal(library, knowledge.current());
  assert.deepEqual(await idsOf(knowledge, "bananas"), ["deep/B.md#b"]);
});

test("a change is seen in a folder that came after the start, and in one that was made anew", async (t) => {
  const parent = await makeFolder(t, {});
  const folder = join(parent, "pages");
  const changes = new EventEmitter();
  const onChange = () => void changes.emit("change");
  // No check but those that follow a notice.
  const knowledge = await open(t, [folder], { onChange, settleMs: 20, pollMs: 3_600_000 });
  const seen = async (file: string): Promise<void> => {
    while (!knowledge.current().pages.some((page) => page.file === file))
      await once(changes, "change");
  };
  await write(folder, "A.md", "# A\n\napples\n");
  await knowledge.reload();
  await write(folder, "deep/B.md", "# B\n\nbananas\n");
  await seen("deep/B.md");
  await write(folder, "deep/C.md", "# C\n\ncherries\n");
  await seen("deep/C.md");
  await rm(folder, { recursive: true });
  await knowledge.reload();
  assert.equal(knowledge.current().pages.length, 0);
  await write(folder, "D.md", "# D\n\ndates\n");
  await knowledge.reload();
  await write(folder, "E.md", "# E\n\nelderberries\n");
  await seen("E.md");
});

test("a page that changes where only a link leads is seen", async (t) => {
  const elsewhere = await makeFolder(t, { "A.md": "# A\n\napples\n" });
  const folder = await makeFolder(t, {});
  await symlink(join(elsewhere, "A.md"), join(folder, "A.md"));
  const changes = new EventEmitter();
  const onChange = () => void changes.emit("change");
  const knowledge = await open(t, [folder], { onChange, settleMs: 20, pollMs: 3_600_000 });
  const changed = once(changes, "change");
  await write(elsewhere, "A.md", "# Other\n\nbananas\n");
  await changed;
  assert.equal(knowledge.current().pages[0]?.title, "Other");
});

test("a Kubernetes mount that is swapped for its next one is read as that", async (t) => {
  const folder = await makeFolder(t, { "..1/A.md": "# A\n\nx\n", "..2/A.md": "# B\n\nx\n" });
  await symlink("..1", join(folder, "..data"));
  await symlink(join("..data", "A.md"), join(folder, "A.md"));
  const knowledge = await open(t, [folder]);
  await symlink("..2", join(folder, "..data_tmp"));
  await rename(join(folder, "..data_tmp"), join(folder, "..data"));
  await rm(join(folder, "..1"), { recursive: true });
  await knowledge.reload();
  assert.deepEqual(
    knowledge.current().pages.map(({ title }) => title),
    ["B"],
  );
});

test("many changes in a row leave the search as a new start would have it", async (t) => {
  const folder = await makeFolder(t, { "Fixed.md": "# Fixed\n\nsteady words\n" });
  const knowledge = await open(t, [folder]);
  assert.deepEqual(await idsOf(knowledge, "steady words"), ["Fixed.md#fixed"]);
  const words = ["zebra", "walrus", "ocelot", "badger", "heron", "mongoose", "tapir", "lynx"];
  for (const word of words) {
    const headings = Array.from({ length: 90 }, (_, n) => `## H${n}\n\n${word} number ${n}\n`);
    await write(folder, "Turning.md", `# Turning\n\n${headings.join("\n")}`);
    await knowledge.reload();
  }
  const fresh = await open(t, [folder]);
  for (const question of ["lynx", "zebra", "steady words", "Turning", "H7"]) {
    assert.deepEqual(
      await knowledge.ask(question, { limit: 10 }),
      await fresh.ask(question, { limit: 10 }),
      question,
    );
  }
  assert.equal((await knowledge.ask("zebra", { limit: 1 })).kind, "nothing");
});

test("changes before the first question are in its answer", async (t) => {
  const folder = await makeFolder(t, { "A.md": "# A\n\napples\n" });
  const knowledge = await open(t, [folder]);
  await write(folder, "A.md", "# A\n\nbananas\n");
  await knowledge.reload();
  assert.deepEqual(await idsOf(knowledge, "bananas"), ["A.md#a"]);
  assert.deepEqual(await idsOf(knowledge, "apples"), []);
});

test("a folder's own thesaurus counts, also when it changes", async (t) => {
  const folder = await makeFolder(t, {
    "A.md": "# Gadget\n\nThe frobnicator stops.\n",
    "B.md": "# B\n\nOther.\n",
  });
  const knowledge = await open(t, [folder]);
  assert.deepEqual(await idsOf(knowledge, "wobbler"), []);
  await write(folder, "thesaurus.txt", "frobnicator, wobbler # what sales calls it\n");
  await knowledge.reload();
  assert.deepEqual(await idsOf(knowledge, "frobnicator wobbler"), ["A.md#gadget"]);
  const answer = await knowledge.ask("wobbler stops", { limit: 1 });
  assert.equal(answer.kind, "found");
});

test("a file that fails while it is read is tried at each check, and said once", async (t) => {
  const folder = await makeFolder(t, { "B.md": LAG });
  await symlink("/proc/self/mem", join(folder, "A.md"));
  const changes: Library[] = [];
  const knowledge = await open(t, [folder], { onChange: (library) => void changes.push(library) });
  for (let check = 0; check < 9; check += 1) await knowledge.reload();
  assert.deepEqual(
    knowledge.current().problems.map(({ file, reason }) => [file, reason]),
    [["A.md", "it cannot be read: EIO"]],
  );
  assert.equal(changes.length, 1);
});
