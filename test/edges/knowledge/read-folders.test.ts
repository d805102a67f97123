/** Pages that were given up are read again, and no others. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import {
  cpuLimit,
  isOverLimit,
  type PageReader,
} from "../../../src/edges/knowledge/page-reader.ts";
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

async function readAgain(failures: number, times: number, broken?: string) {
  const folder = await mkdtemp(join(tmpdir(), "pages-"));
  try {
    if (broken !== undefined) await symlink(broken, join(folder, "broken.md"));
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

test("a file that fails while it is read is tried as long as it does", async () => {
  const { waiting } = await readAgain(0, 9, "/proc/self/mem");
  assert.deepEqual(waiting, Array(9).fill(true));
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
    for (const name of ["thesaurus.txt", "requirements.txt", "dev-requirements.txt", "LICENSE.txt"])
      await writeFile(join(folder, name), "a\n");
    const { problems } = await listFolders(nameFolders([folder]));
    assert.deepEqual(
      problems.map(({ file }) => file),
      ["a/one.adoc", "a/table.csv"],
    );
    assert.match(problems[0]?.reason ?? "", /\.adoc files are not read.*5 more.*convert/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("a page of megabytes may take longer than one of usual size, in proportion", () => {
  assert.equal(cpuLimit({ text: "x".repeat(1_000) }, 10_000), 10_000);
  assert.equal(cpuLimit({ text: "x".repeat(5_000_000) }, 10_000), 50_000);
});

test("a thread has its time however long a busy machine lets it wait, and is ended when it stands still", () => {
  const isOver = isOverLimit(10_000);
  const busy = Array.from({ length: 1_500 }, (_, check) => isOver(7 * (check + 1)));
  assert.equal(busy.indexOf(true), Math.ceil(10_000 / 7) - 1);
  const stands = isOverLimit(10_000);
  assert.equal(Array.from({ length: 200 }, () => stands(50)).indexOf(true), 100);
});

test("what only looks like a page is named with its reason, and packages are nobody's pages", async () => {
  const folder = await mkdtemp(join(tmpdir(), "pages-"));
  try {
    const page = "# A\n\nText.\n";
    execFileSync("mkfifo", [join(folder, "pipe.md")]);
    await symlink("/dev/zero", join(folder, "device.md"));
    const badName = Buffer.concat([
      Buffer.from(`${folder}/bad`),
      Buffer.from([0xff, 0x2e, 0x6d, 0x64]),
    ]);
    await writeFile(badName, page);
    for (const inner of ["folder.md", "node_modules/x", ".git", "a/b/c"]) {
      await mkdir(join(folder, inner), { recursive: true });
      await writeFile(join(folder, inner, "README.md"), page);
    }
    const odd = ["two\nlines.md", "\u{1F525}.md", "\u202Eleft.md", "100%25.md", "a#b?.md"];
    const twins = ["Disk.md", "disk.md", "\u00E9.md", "e\u0301.md"];
    for (const name of [...odd, ...twins]) await writeFile(join(folder, name), page);
    const { files, problems } = await listFolders(nameFolders([folder]));
    const names = [...odd, "a/b/c/README.md", "folder.md/README.md"];
    const found = new Set(files.map(({ file }) => file));
    for (const name of names) assert.ok(found.has(name), JSON.stringify(name));
    assert.ok(![...found].some((name) => /node_modules|\.git/.test(name)));
    assert.deepEqual(
      problems.map(({ file, reason }) => `${file}: ${reason}`),
      [
        "device.md: it is a pipe, a socket or a device, and no file",
        "pipe.md: it is a pipe, a socket or a device, and no file",
        "bad\uFFFD.md: its name is not UTF-8: rename it",
      ],
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
