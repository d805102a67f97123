/** Folders of pages as they are read: which files count, and what a bad one costs. */

import assert from "node:assert/strict";
import { link, symlink, truncate, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { idsOf, LAG, makeFolder, open, write } from "./opened-knowledge.ts";

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
