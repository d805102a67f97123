/** What of the pages is kept between two starts. */

import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { test } from "node:test";
import { openKnowledge } from "../../../src/edges/knowledge/knowledge-folders.ts";
import { indexFileOf, terminalIndexOf } from "../../../src/edges/knowledge/own-knowledge.ts";
import { type Library, pagesRead } from "../../../src/knowledge/library.ts";
import { idsOf, LAG, makeFolder, open, SILENT, write } from "./opened-knowledge.ts";

test("what was read is kept by contents between two starts", async (t) => {
  const folder = await makeFolder(t, { "A.md": LAG, "B.md": "# B\n\nbananas\n" });
  const place = await makeFolder(t, {});
  const indexFile = join(place, "index.sqlite");
  const first = await openKnowledge({ folders: [folder], log: SILENT, indexFile });
  await first.close();
  // No page can be read any more in this time: what is there, was kept.
  const second = await open(t, [folder], { indexFile, pageTimeoutMs: 0 });
  assert.deepEqual(second.current().problems, []);
  assert.deepEqual(await idsOf(second, "replication lag"), ["A.md#replication-lag"]);
  await write(folder, "C.md", "# C\n\ncherries\n");
  await second.reload();
  assert.deepEqual(
    second.current().problems.map(({ file }) => file),
    ["C.md"],
  );
});

test("an index file that is damaged or cannot be written costs a warning, nothing else", async (t) => {
  const folder = await makeFolder(t, { "A.md": LAG });
  const place = await makeFolder(t, {
    "index.sqlite": "this is no database, but long enough".repeat(100),
    file: "where a folder would have to be",
  });
  for (const indexFile of [join(place, "index.sqlite"), join(place, "file", "index.sqlite")]) {
    const warnings: unknown[] = [];
    const log = { ...SILENT, warn: (fact: unknown) => void warnings.push(fact) };
    const knowledge = await open(t, [folder], { indexFile, log });
    assert.deepEqual(await idsOf(knowledge, "replication lag"), ["A.md#replication-lag"]);
    assert.ok(warnings.length > 0);
  }
});

test("bots share the index of the pages that come with them, and keep others' pages apart", async (t) => {
  const ours = await makeFolder(t, { "A.md": LAG });
  const theirs = await makeFolder(t, { "B.md": "# B\n\nbananas\n" });
  const place = await makeFolder(t, {});
  const sharedIndexFile = join(place, "shared.db");
  const first = await openKnowledge({
    folders: [ours, theirs],
    log: SILENT,
    sharedIndexFile,
    indexFile: join(place, "first.db"),
  });
  await first.close();
  const indexFile = join(place, "second.db");
  const second = await open(t, [ours, theirs], { sharedIndexFile, indexFile, pageTimeoutMs: 0 });
  assert.deepEqual(await idsOf(second, "replication lag"), ["A.md#replication-lag"]);
  assert.equal(second.current().problems.length, 1);
  assert.match(second.current().problems[0]?.file ?? "", /B\.md$/);
});

test("a bot with thousands of pages opens with its own, adds others as they are read, and can be closed", async (t) => {
  const ours = await makeFolder(t, { "Own.md": LAG });
  const pages = Array.from({ length: 1_001 }, (_, n) => [`P${n}.md`, `# P${n}\n\nx\n`]);
  const theirs = await makeFolder(t, Object.fromEntries(pages));
  const place = await makeFolder(t, {});
  const indexFile = join(place, "index.db");
  const seen: (string | undefined)[] = [];
  const whole = Promise.withResolvers<void>();
  const onChange = (library: Library) => {
    seen.push(pagesRead(library));
    if (library.pages.length === library.found) whole.resolve();
  };
  const options = { opensEarly: true, indexFile, onChange };
  const stopped = await open(t, [ours, theirs], options);
  assert.equal(pagesRead(stopped.current()), "1 of 1002 pages read");
  assert.deepEqual(await idsOf(stopped, "replication lag"), ["Own.md#replication-lag"]);
  await stopped.close();
  assert.deepEqual(seen, ["1 of 1002 pages read"]);
  const early = await open(t, [ours, theirs], options);
  await whole.promise;
  assert.deepEqual(
    seen.slice(1),
    [1, 1_000, 1_002].map((read) => `${read} of 1002 pages read`),
  );
  assert.deepEqual(await idsOf(early, "P1000"), [`${basename(theirs)}/P1000.md#p1000`]);
});

test("a terminal uses the bot's index where there is one, and else its own for these folders", async (t) => {
  const place = await makeFolder(t, {});
  const store = { engine: "sqlite", path: join(place, "bot.db") } as const;
  const own = terminalIndexOf(store, ["pages"]).indexFile ?? "";
  assert.equal(own.startsWith(place), false);
  assert.notEqual(own, terminalIndexOf(store, ["others"]).indexFile);
  await write(place, "knowledge-index.db", "");
  assert.deepEqual(terminalIndexOf(store, ["pages"]), indexFileOf(store));
  assert.deepEqual(terminalIndexOf(store, []), {});
  assert.equal(terminalIndexOf("no configuration", ["pages"]).indexFile, own);
});
