// takes: 15 s
import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import {
  link,
  mkdir,
  mkdtemp,
  rename,
  rm,
  symlink,
  truncate,
  unlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type TestContext, test } from "node:test";
import {
  type Knowledge,
  type KnowledgeOptions,
  openKnowledge,
} from "../../../src/edges/knowledge/knowledge-folders.ts";
import { indexFileOf, terminalIndexOf } from "../../../src/edges/knowledge/own-knowledge.ts";
import { type Library, pagesRead } from "../../../src/knowledge/library.ts";

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function makeFolder(t: TestContext, files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), "knowledge-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const [file, text] of Object.entries(files)) await write(folder, file, text);
  return folder;
}

async function write(folder: string, file: string, text: string): Promise<void> {
  const path = join(folder, file);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, text);
}

async function open(
  t: TestContext,
  folders: readonly string[],
  options: Partial<KnowledgeOptions> = {},
): Promise<Knowledge> {
  const knowledge = await openKnowledge({ folders, log: SILENT, ...options });
  t.after(() => knowledge.close());
  return knowledge;
}

async function idsOf(knowledge: Knowledge, question: string): Promise<string[]> {
  const answer = await knowledge.ask(question, { limit: 5 });
  return answer.kind === "found" ? answer.results.map(({ id }) => id) : [];
}

const LAG = "# Replication lag\n\nA follower is behind its leader.\n";

test("folders are read to any depth, and only Markdown that is not hidden", async (t) => {
  const folder = await makeFolder(t, {
    "GUIDE.md": "# Guide\n\ntext\n",
    "runbooks/deep/er/ReplicationLag.md": LAG,
    "notes.txt": "# No",
    ".hidden/A.md": "# No",
    "..2026_11_23/A.md": "# No",
  });
  const knowledge = await open(t, [folder]);
  assert.deepEqual(
    knowledge.current().pages.map(({ file }) => file),
    ["GUIDE.md", "runbooks/deep/er/ReplicationLag.md"],
  );
  assert.deepEqual(await idsOf(knowledge, "ReplicationLag"), [
    "runbooks/deep/er/ReplicationLag.md#replication-lag",
  ]);
});

test("pages of a further folder carry its name, so that two of one name are both there", async (t) => {
  const first = await makeFolder(t, { "README.md": "# Ours\n\nx\n" });
  const second = await makeFolder(t, { "README.md": "# Theirs\n\ny\n" });
  const knowledge = await open(t, [first, second]);
  const [, theirs] = knowledge.current().pages;
  assert.equal(knowledge.current().pages.length, 2);
  assert.match(theirs?.file ?? "", /^knowledge-\w+\/README\.md$/);
  assert.equal(theirs?.folder, second);
});

test("a bad page is a problem with its file, and the others load", async (t) => {
  const folder = await makeFolder(t, {
    "good.md": "# Good\n\nx\n",
    "bad.md": "---\ntitle: [\n---\n",
    "script.md": "---js\nprocess.exit(3)\n---\n# A\n",
  });
  await writeFile(join(folder, "latin1.md"), Buffer.from([0x23, 0x20, 0xe9, 0x0a]));
  await writeFile(join(folder, "huge.md"), "# Huge\n");
  await truncate(join(folder, "huge.md"), 50 * 1024 * 1024);
  await symlink(join(folder, "nowhere"), join(folder, "broken.md"));
  await symlink("itself.md", join(folder, "itself.md"));
  const { pages, problems } = (await open(t, [folder])).current();
  assert.deepEqual(
    pages.map(({ file }) => file),
    ["bad.md", "good.md", "latin1.md", "script.md"],
  );
  const reasons = new Map(problems.map(({ file, reason }) => [file, reason]));
  assert.match(reasons.get("bad.md") ?? "", /not YAML/);
  assert.match(reasons.get("script.md") ?? "", /must be YAML/);
  assert.match(reasons.get("huge.md") ?? "", /has 50\.0 MB, more than the 8 MB/);
  assert.match(reasons.get("broken.md") ?? "", /leads nowhere/);
  assert.match(reasons.get("itself.md") ?? "", /back to itself/);
  assert.equal(problems.length, 5);
});

test("terms beside a page lead to its sections, also when they change", async (t) => {
  const folder = await makeFolder(t, {
    "A.md": "# A\n\napples\n\n## Peel\n\nthe skin\n",
    "A.terms.yaml": "peel:\n  symptoms: [zesty]\n",
  });
  const knowledge = await open(t, [folder]);
  assert.deepEqual(await idsOf(knowledge, "zesty"), ["A.md#peel"]);
  await write(folder, "A.terms.yaml", "a:\n  symptoms: [zesty]\n");
  await knowledge.reload();
  assert.deepEqual(await idsOf(knowledge, "zesty"), ["A.md#a"]);
  await unlink(join(folder, "A.terms.yaml"));
  await knowledge.reload();
  assert.deepEqual(await idsOf(knowledge, "zesty"), []);
});

test("terms that cannot be read or belong nowhere are named, and every page loads", async (t) => {
  const folder = await makeFolder(t, {
    "A.md": "# A\n\napples\n",
    "A.terms.yaml": "a:\n  symptoms: [fruit]\nb:\n  symptoms: [other]\n",
    "B.md": "# B\n\nbananas\n",
    "B.terms.yaml": "b: [\n",
    "C.md": "# C\n\ncherries\n",
    "deep/C.terms.yaml": "c:\n  symptoms: [cherry]\n",
    "E.md": "# E\n\nelderberries\n",
    "E.terms.yml": "e:\n  symptoms: [elder]\n",
    "F.md": "# F\n\nfigs\n",
    "G.md": "# G\n\ngrapes\n",
    "G.terms.yaml": "g:\n  symptom: [vine]\n",
  });
  await writeFile(join(folder, "F.terms.yaml"), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0x0a]));
  const knowledge = await open(t, [folder]);
  const { pages, problems } = knowledge.current();
  assert.equal(pages.length, 6);
  const found = new Map(problems.map(({ file, line, reason }) => [file, `${line}: ${reason}`]));
  assert.match(found.get("A.terms.yaml") ?? "", /^3: .*"#b"/);
  assert.match(found.get("B.terms.yaml") ?? "", /^\d+: .*not YAML/);
  assert.match(found.get("deep/C.terms.yaml") ?? "", /deep\/C\.md/);
  assert.match(found.get("E.terms.yml") ?? "", /E\.terms\.yaml/);
  assert.match(found.get("F.terms.yaml") ?? "", /not text/);
  assert.match(found.get("G.terms.yaml") ?? "", /^2: .*symptom/);
  assert.equal(problems.length, 6);
  assert.deepEqual(await idsOf(knowledge, "fruit"), ["A.md#a"]);
});

test("a link that leads back up is followed no further, and reported", async (t) => {
  const folder = await makeFolder(t, { "a/A.md": "# A\n\nx\n" });
  await symlink(folder, join(folder, "a", "up"));
  const { pages, problems } = (await open(t, [folder])).current();
  assert.equal(pages.length, 1);
  assert.deepEqual(
    problems.map(({ file, reason }) => [file, reason]),
    [["a/up", "the link leads to the knowledge folder itself, which is read already"]],
  );
});

test("linked files and folders are read: Kubernetes mounts knowledge as links", async (t) => {
  const elsewhere = await makeFolder(t, { "A.md": "# A\n\nx\n" });
  const folder = await makeFolder(t, {});
  await symlink(elsewhere, join(folder, "..data"));
  await symlink(join("..data", "A.md"), join(folder, "A.md"));
  assert.deepEqual(
    (await open(t, [folder])).current().pages.map(({ file }) => file),
    ["A.md"],
  );
});

test("Kubernetes keeps what its links show in a hidden folder beside them", async (t) => {
  const folder = await makeFolder(t, { "..2026_11_28/A.md": "# A\n\nx\n" });
  await symlink("..2026_11_28", join(folder, "..data"));
  await symlink(join("..data", "A.md"), join(folder, "A.md"));
  const { pages, problems } = (await open(t, [folder])).current();
  assert.deepEqual(
    pages.map(({ file }) => file),
    ["A.md"],
  );
  assert.deepEqual(problems, []);
});

test("a folder with two names is read under its real one, whichever comes first", async (t) => {
  const folder = await makeFolder(t, { "real/A.md": "# A\n\nx\n", "real/notes": "# B\n\ny\n" });
  await symlink("real", join(folder, "alias"));
  await symlink(join("real", "notes"), join(folder, "B.md"));
  const { pages, problems } = (await open(t, [folder])).current();
  assert.deepEqual(
    pages.map(({ file }) => file),
    ["B.md", "real/A.md"],
  );
  assert.deepEqual(
    problems.map(({ file, reason }) => [file, reason]),
    [["alias", "the link leads to real, which is read already"]],
  );
});

test("hard links to a page count once, and each keeps terms of its own", async (t) => {
  const folder = await makeFolder(t, {
    "b/Lag.md": LAG,
    "b/Lag.terms.yaml": "replication-lag: {symptoms: [followers]}\n",
    "c/Other.md": "# Other\n\nx\n",
  });
  const elsewhere = await makeFolder(t, {});
  await link(join(folder, "b", "Lag.md"), join(folder, "c", "Again.md"));
  await link(join(folder, "b", "Lag.md"), join(elsewhere, "Lag.md"));
  await symlink(join(elsewhere, "Lag.md"), join(folder, "a.md"));
  await link(join(folder, "b", "Lag.terms.yaml"), join(folder, "c", "Other.terms.yaml"));
  const knowledge = await open(t, [folder]);
  const names = () => knowledge.current().pages.map(({ file }) => file);
  assert.deepEqual(names(), ["b/Lag.md", "c/Other.md"]);
  // Its terms name a heading that the other page does not have.
  assert.deepEqual(
    knowledge.current().problems.map(({ file }) => file),
    ["c/Other.terms.yaml"],
  );
  await unlink(join(folder, "b", "Lag.md"));
  await unlink(join(folder, "b", "Lag.terms.yaml"));
  await knowledge.reload();
  assert.deepEqual(names(), ["c/Again.md", "c/Other.md"]);
});

test("a folder that is not there is a problem, and starts to count when it comes", async (t) => {
  const parent = await makeFolder(t, {});
  const folder = join(parent, "later");
  const knowledge = await open(t, [folder]);
  assert.match(
    knowledge.current().problems[0]?.reason ?? "",
    /folder cannot be read: it is not there \(ENOENT\)/,
  );
  await write(folder, "A.md", "# A\n\nx\n");
  await knowledge.reload();
  assert.equal(knowledge.current().pages.length, 1);
  assert.deepEqual(knowledge.current().problems, []);
});

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

test("a folder's own words in any encoding are read, and named where they cannot be", async (t) => {
  const folder = await makeFolder(t, { "A.md": "# Gadget\n\nThe frobnicator stops.\n" });
  const path = join(folder, "thesaurus.txt");
  await writeFile(path, Buffer.from("\uFEFFfrobnicator, wobbler\r\n", "utf16le"));
  const knowledge = await open(t, [folder]);
  assert.deepEqual(knowledge.current().problems, []);
  assert.deepEqual(await idsOf(knowledge, "wobbler stops"), ["A.md#gadget"]);
  await writeFile(path, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0x0a]));
  await knowledge.reload();
  assert.deepEqual(
    knowledge.current().problems.map(({ file, reason }) => [file, reason]),
    [["thesaurus.txt", "it is not text"]],
  );
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

test("a page that would keep the parser busy for minutes is given up and named", async (t) => {
  const folder = await makeFolder(t, { "slow.md": "**a_".repeat(60_000), "good.md": LAG });
  const knowledge = await open(t, [folder], { pageTimeoutMs: 1_000 });
  assert.deepEqual(
    knowledge.current().problems.map(({ file, reason }) => [file, reason]),
    [["slow.md", "it takes more than 1000 ms of CPU time to read"]],
  );
  assert.equal(knowledge.current().pages.length, 1);
  assert.equal(knowledge.current().found, 2);
});

test("a section that takes too long to show is shown as its words, and costs nothing else", async (t) => {
  const paragraphs = Array.from({ length: 40 }, () => `    ${"[] ".repeat(1_900)}why`);
  const folder = await makeFolder(t, {
    "SLOW.md": `# Slow\n\n## Note\n\n[^1]: a note\n\n${paragraphs.join("\n\n")}\n\n## Lag\n\nIt waits.\n`,
    "LAG.md": LAG,
  });
  // Reading it is no subject here, and takes a slow machine seconds.
  const knowledge = await open(t, [folder], { pageTimeoutMs: 60_000 });
  const library = knowledge.current();
  const { pages, problems } = library;
  assert.deepEqual(
    pages.map(({ file }) => file),
    ["LAG.md", "SLOW.md"],
  );
  assert.match(problems[0]?.reason ?? "", /the section "Note" takes too long to show as it is/);
  assert.match(library.section("SLOW.md#note")?.markdown ?? "", /^```\na note/);
  assert.equal(library.section("SLOW.md#lag")?.markdown, "It waits.");
});
