/** Pages that were given up are read again, and no others. */

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { cpuLimit, type PageReader } from "../../../src/edges/knowledge/page-reader.ts";
import type { PageStore } from "../../../src/edges/knowledge/page-store.ts";
import {
  isWaiting,
  type KnownFiles,
  listFolders,
  nameFolders,
  readFiles,
} from "../../../src/edges/knowledge/read-folders.ts";
import { givenUp } from "../../../src/edges/knowledge/read-source.ts";
import { readPage } from "../../../src/knowledge/read-page.ts";

/** Gives the page "slow.md" up so often, then reads it. */
function createSlowReader(failures: number) {
  const asked: string[] = [];
  const reader: PageReader = {
    async read(source) {
      asked.push(source.file);
      const isSlow =
        source.file === "slow.md" && asked.filter((file) => file === "slow.md").length <= failures;
      return isSlow
        ? givenUp(source.file, "it takes more than 10 ms of CPU time to read")
        : { result: readPage(source), words: [] };
    },
    close: async () => undefined,
  };
  return { asked, reader };
}

const noStore: PageStore = {
  keyOf: ({ file }) => file,
  get: () => undefined,
  put: () => undefined,
  close: () => undefined,
};

async function readAgain(failures: number, times: number) {
  const folder = await mkdtemp(join(tmpdir(), "pages-"));
  try {
    await writeFile(join(folder, "slow.md"), "# Slow\n\nText.\n");
    await writeFile(join(folder, "usual.md"), "# Usual\n\nText.\n");
    const { asked, reader } = createSlowReader(failures);
    const waiting: boolean[] = [];
    let known: KnownFiles = new Map();
    for (let time = 0; time < times; time += 1) {
      const { files } = await listFolders(nameFolders([folder]));
      known = await readFiles(files, {
        known,
        store: noStore,
        ownFolder: undefined,
        readers: [reader],
      });
      waiting.push(isWaiting(known));
    }
    return { asked, waiting, kind: known.get("slow.md")?.read.result.kind };
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("a page that was given up is read again until it is there, the others once", async () => {
  const { asked, waiting, kind } = await readAgain(2, 4);
  assert.deepEqual(asked.toSorted(), ["slow.md", "slow.md", "slow.md", "usual.md"]);
  assert.deepEqual(waiting, [true, true, false, false]);
  assert.equal(kind, "page");
});

test("a page that is slow each time is not tried for ever", async () => {
  const { asked, waiting, kind } = await readAgain(Number.POSITIVE_INFINITY, 9);
  assert.equal(asked.filter((file) => file === "slow.md").length, 5);
  assert.equal(waiting.at(-1), false);
  assert.equal(kind, "problem");
});

test("documents in another form are named once for each ending, however many folders have them", async () => {
  const folder = await mkdtemp(join(tmpdir(), "pages-"));
  try {
    for (const part of ["a", "b", "c"]) {
      await mkdir(join(folder, part));
      await writeFile(join(folder, part, "one.adoc"), "= One\n");
      await writeFile(join(folder, part, "two.adoc"), "= Two\n");
    }
    await writeFile(join(folder, "a", "table.csv"), "a,b\n");
    const { problems } = await listFolders(nameFolders([folder]));
    assert.deepEqual(
      problems.map(({ file }) => file),
      ["a/one.adoc", "a/table.csv"],
    );
    assert.match(problems[0]?.reason ?? "", /\.adoc files are not read.*5 more/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("a page of megabytes may take longer than one of usual size, in proportion", () => {
  assert.equal(cpuLimit({ text: "x".repeat(1_000) }, 10_000), 10_000);
  assert.equal(cpuLimit({ text: "x".repeat(5_000_000) }, 10_000), 50_000);
});
