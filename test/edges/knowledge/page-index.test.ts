/** An index file that is cut off, of another version, read-only, or written by several processes at once. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type TestContext, test } from "node:test";
import { openPageIndex, type PageIndex } from "../../../src/edges/knowledge/page-index.ts";
import { type ReadSource, unreadable } from "../../../src/edges/knowledge/read-source.ts";

function makeFile(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "page-index-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "deep", "index.db");
}

/** Its reason is long, so that an index of some fills more than one page of the database. */
function pageCalled(name: string): ReadSource {
  return unreadable(`${name}.md`, `${name} `.repeat(1_000));
}

function pagesCalled(names: readonly string[]): Map<string, ReadSource> {
  return new Map(names.map((name) => [`key of ${name}`, pageCalled(name)]));
}

const NAMES = Array.from({ length: 40 }, (_, n) => `page${n}`);

type Warning = { path: string; reason: string; text: string };
type Opened = { index: PageIndex | undefined; warnings: Warning[] };

function open(path: string): Opened {
  const warnings: Warning[] = [];
  const warn = (fact: { path: string; reason: string }, text: string): void =>
    void warnings.push({ ...fact, text });
  return { index: openPageIndex(path, { warn: warn as never }), warnings };
}

/** Writes an index with all pages. */
function fill(path: string): void {
  const { index, warnings } = open(path);
  assert.equal(index?.put(pagesCalled(NAMES), 1_000), true);
  index?.close();
  assert.deepEqual(warnings, []);
}

/** Puts what it does not give, as a start does that had to read those pages. */
function putMissing(index: PageIndex | undefined): void {
  const missing = NAMES.filter((name) => index?.get(`key of ${name}`) === undefined);
  if (missing.length > 0) index?.put(pagesCalled(missing), 1_000);
}

/** How many of the pages it has; each that it gives is the right one. */
function countFound(index: PageIndex | undefined): number {
  const found = NAMES.flatMap((name) => {
    const page = index?.get(`key of ${name}`);
    if (page !== undefined) assert.deepEqual(page, pageCalled(name));
    return page ?? [];
  });
  return found.length;
}

/** A file that lost something gives what is right, says what it lacks, and is whole after a start or two. */
function provesToRecover(path: string): void {
  const { index, warnings } = open(path);
  assert.ok(countFound(index) < NAMES.length);
  putMissing(index);
  index?.close();
  assert.ok(warnings.length > 0);
  assert.equal(warnings[0]?.path, path);
  assert.ok((warnings[0]?.reason ?? "") !== "");
  const second = open(path);
  putMissing(second.index);
  second.index?.close();
  const third = open(path);
  assert.equal(countFound(third.index), NAMES.length);
  third.index?.close();
  assert.deepEqual(third.warnings, []);
}

test("what was put is there at the next opening, and nothing else", (t) => {
  const path = makeFile(t);
  fill(path);
  const { index, warnings } = open(path);
  assert.equal(countFound(index), NAMES.length);
  assert.equal(index?.get("another key"), undefined);
  index?.close();
  assert.deepEqual(warnings, []);
});

test("the counts that it gives do not hold the whole row in memory", (t) => {
  const path = makeFile(t);
  const words = { lengths: [1, 0, 0, 0], terms: ["lag"], written: ["lag"] };
  const read = { ...pageCalled("counted"), words: [{ ...words, counts: Uint32Array.of(1) }] };
  const { index } = open(path);
  index?.put(new Map([["counted", read]]), 1_000);
  const [found] = index?.get("counted")?.words ?? [];
  assert.equal(found?.counts[0], 1);
  assert.equal(found?.counts.buffer.byteLength, 4);
  index?.close();
});

test("it keeps the newest of too many, and forgets what is no longer used", (t) => {
  const path = makeFile(t);
  fill(path);
  const { index } = open(path);
  index?.put(pagesCalled(["new"]), 10);
  assert.equal(countFound(index), 9);
  assert.deepEqual(index?.get("key of new"), pageCalled("new"));
  index?.keepOnly(new Set(["key of page39"]));
  assert.equal(countFound(index), 1);
  assert.equal(index?.get("key of new"), undefined);
  index?.close();
});

for (const part of [0.9, 0.5, 0.1, 0.01]) {
  test(`a file cut off at ${part} of its size gives no wrong page, says so, and is made whole`, (t) => {
    const path = makeFile(t);
    fill(path);
    truncateSync(path, Math.floor(statSync(path).size * part));
    provesToRecover(path);
  });
}

test("an empty file is a new one", (t) => {
  const path = makeFile(t);
  fill(path);
  truncateSync(path, 0);
  fill(path);
});

test("a changed byte inside a page is found", (t) => {
  const path = makeFile(t);
  fill(path);
  const bytes = readFileSync(path);
  bytes.write("X", bytes.indexOf("page7 page7 page7") + 3);
  writeFileSync(path, bytes);
  provesToRecover(path);
});

test("a file that is not a database is replaced, and reported", (t) => {
  const path = makeFile(t);
  mkdirSync(join(path, ".."));
  writeFileSync(path, "this is no database, but long enough".repeat(100));
  provesToRecover(path);
});

for (const [what, change] of [
  ["a newer", "PRAGMA user_version = 99"],
  ["no", "PRAGMA user_version = 0"],
] as const) {
  test(`a file of ${what} version is replaced, and reported`, (t) => {
    const path = makeFile(t);
    fill(path);
    const database = new DatabaseSync(path);
    database.exec(change);
    database.close();
    provesToRecover(path);
  });
}

test("an index of earlier releases is replaced, and reported", (t) => {
  const path = makeFile(t);
  mkdirSync(join(path, ".."));
  const database = new DatabaseSync(path);
  database.exec("CREATE TABLE pages (key TEXT PRIMARY KEY, page BLOB NOT NULL)");
  database.close();
  provesToRecover(path);
});

/** Root may write everything: for this long the process is nobody, which stands for 65534. */
function asNobody<T>(work: () => T): T {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

test("a file that cannot be written is read, and what is new is not kept, which is reported", (t) => {
  const path = makeFile(t);
  fill(path);
  chmodSync(path, 0o444);
  chmodSync(join(path, ".."), 0o555);
  chmodSync(join(path, "..", ".."), 0o755);
  asNobody(() => {
    const { index, warnings } = open(path);
    assert.equal(countFound(index), NAMES.length);
    assert.equal(warnings.length, 0);
    assert.equal(index?.put(pagesCalled(["new"]), 1_000), false);
    assert.equal(countFound(index), NAMES.length);
    index?.close();
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]?.text ?? "", /cannot be written/);
  });
  chmodSync(join(path, ".."), 0o755);
});

test("a damaged file that cannot be replaced is reported once, with both reasons", (t) => {
  const path = makeFile(t);
  fill(path);
  writeFileSync(path, "no database".repeat(1_000));
  chmodSync(path, 0o444);
  chmodSync(join(path, ".."), 0o555);
  chmodSync(join(path, "..", ".."), 0o755);
  asNobody(() => {
    const { index, warnings } = open(path);
    assert.equal(index, undefined);
    assert.equal(warnings.length, 1);
    assert.match(JSON.stringify(warnings), /not a database.*cannot be replaced.*EACCES/);
  });
  chmodSync(join(path, ".."), 0o755);
});

test("where no file can be made there is none, and it is reported", (t) => {
  const path = makeFile(t);
  mkdirSync(path, { recursive: true });
  const { index, warnings } = open(path);
  assert.equal(index, undefined);
  assert.equal(warnings.length, 1);
});

/** A process that opens the file when a line comes, and puts 20 pages one after another. */
const WRITER = `
import { once } from "node:events";
import { openPageIndex } from ${JSON.stringify(new URL("../../../src/edges/knowledge/page-index.ts", import.meta.url).href)};
import { unreadable } from ${JSON.stringify(new URL("../../../src/edges/knowledge/read-source.ts", import.meta.url).href)};
const [path, from] = process.argv.slice(1);
process.stdout.write("waits");
await once(process.stdin, "data");
const index = openPageIndex(path, { warn: (fact, text) => { throw new Error(text + JSON.stringify(fact)); } });
for (let n = Number(from); n < Number(from) + 20; n += 1) {
  const page = unreadable("page" + n + ".md", ("page" + n + " ").repeat(1000));
  if (!index.put(new Map([["key of page" + n, page]]), 1000)) throw new Error("not put");
}
index.close();
process.exit(0);
`;

test("two processes may make and fill one file at the same moment: it holds the pages of both", async (t) => {
  const path = makeFile(t);
  const writers = [0, 20].map((from) =>
    spawn(process.execPath, ["--input-type=module", "-e", WRITER, path, String(from)], {
      stdio: ["pipe", "pipe", "inherit"],
    }),
  );
  t.after(() => {
    for (const writer of writers) writer.kill("SIGKILL");
  });
  await Promise.all(writers.map((writer) => once(writer.stdout, "data")));
  const ended = writers.map((writer) => once(writer, "exit"));
  for (const writer of writers) writer.stdin.write("go\n");
  assert.deepEqual(
    (await Promise.all(ended)).map(([code]) => code),
    [0, 0],
  );
  const { index, warnings } = open(path);
  assert.equal(countFound(index), NAMES.length);
  index?.close();
  assert.deepEqual(warnings, []);
});
