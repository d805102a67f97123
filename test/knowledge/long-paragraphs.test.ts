import assert from "node:assert/strict";
import { test } from "node:test";
import { readPage } from "../../src/knowledge/read-page.ts";
import { plainDrawnTables } from "../../src/knowledge/sites/drawn-tables.ts";
import { gfmTables } from "../../src/knowledge/sites/loose-tables.ts";

const MANY = 2_501;

function pageOf(text: string) {
  const read = readPage({ file: "long.md", folder: "x", text });
  assert.ok(read.kind === "page");
  const words = read.page.sections.map((section) => section.text).join("\n");
  return { ...read.page, words: words.split(/\s+/), problems: read.problems };
}

const numbers = Array.from({ length: MANY }, (_, n) => n);
const names = numbers.map((n) => `a${n}`);

test("a paragraph of thousands of links or tags is read whole, and so is what follows it", () => {
  const links = numbers.map((n) => `[a${n}](b)`);
  const kinds = [
    links.join(" "),
    links.join("\n"),
    `- ${links.join(" ")}`,
    `> ${links.join("\n> ")}`,
    numbers.map((n) => `<b>a${n}</b>`).join(" "),
  ];
  for (const kind of kinds) {
    const { words, sections, problems } = pageOf(`# A\n\n${kind}\n\n## B\n\nend\n`);
    assert.deepEqual(words, [...names, "end"]);
    const last = sections.at(-1);
    assert.deepEqual([last?.title, last?.line, problems], ["B", kind.split("\n").length + 4, []]);
  }
});

test("a row of so many is shown as it is written, with its line", () => {
  const row = `| ${numbers.map((n) => `[a${n}](b)`).join(" ")} |`;
  const { words, problems } = pageOf(`# A\n\n| x |\n|---|\n${row}\n| z |\n`);
  assert.ok(words.includes("[a2500](b)") && words.includes("z"));
  assert.match(problems[0]?.reason ?? "", /too many links or tags: they are shown as written/);
  assert.equal(problems[0]?.line, 5);
});

test("a long table whose rows begin without a bar stays one table, whatever opens in them", () => {
  const rows = numbers.map((n) => `key.a${n} | number | says`);
  const { sections } = pageOf(`# A\n\nkey | kind | say\n---|---|---\n${rows.join("\n")}\n\nend\n`);
  assert.equal(sections[0]?.markdown.includes(`${rows[0]}\n${rows[1]}`), true);
  assert.doesNotMatch(sections.map(({ markdown }) => markdown).join("\n"), /says\n\nkey/);
  const ticks = "a | b\n--|--\nfirst | see `x(1) <br>\nnext | see `y(2)`\n";
  assert.match(
    pageOf(`# A\n\n${ticks}`).sections[0]?.markdown ?? "",
    /`x\(1\).*\n.*next.*`y\(2\)`/,
  );
});

test("code is left as it is, however much it seems to open", () => {
  const code = `${"[".repeat(MANY)}\n${"x ".repeat(MANY)}`;
  const { sections } = pageOf(`# A\n\n\`\`\`\n${code}\n\`\`\`\n`);
  assert.ok(sections[0]?.markdown.includes(code));
});

test("tags nested deeper than any parser follows cost no words", () => {
  const deep = `${"<div>".repeat(10_000)}deep${"</div>".repeat(10_000)}`;
  const { words, problems } = pageOf(`# A\n\nbefore\n\n${deep}\n\n## B\n\nafter\n`);
  assert.ok(words.includes("before") && words.includes("after"));
  assert.ok(words.some((word) => word.includes("deep")));
  assert.match(problems[0]?.reason ?? "", /tags are nested too deeply/);
  assert.equal(problems[0]?.line, 5);
});

test("a picture that stands in the text as data stays a picture, and its data are no words", () => {
  const { words, problems } = pageOf(
    `# A\n\nbefore ![disk](data:image/png;base64,${"iVBORw0K".repeat(10_000)}) after\n`,
  );
  assert.deepEqual([words, problems], [["before", "disk", "after"], []]);
});

test("tags that nobody ends cost no words and no minutes, whatever stands in them", () => {
  const kinds = [
    "<A\n x=\n".repeat(2_000),
    "<a\n x=\n".repeat(3_000),
    "<A>".repeat(8_000),
    `<div>${"`".repeat(100_000)}</div>`,
    `<div>${"[`".repeat(50_000)}</div>`,
    `<div>[a](${" ".repeat(50_000)}</div>`,
    "<b><i></i></b> ".repeat(2_000),
    "]]>".repeat(50_000),
    "](".repeat(50_000),
  ];
  for (const kind of kinds) {
    const { words } = pageOf(`# A\n\nbefore\n\n${kind}\n\nafter\n\n## B\n\nend\n`);
    for (const word of ["before", "after", "end"])
      assert.ok(words.includes(word), kind.slice(0, 20));
  }
});

test("an anchor without an address says nothing of its own, and an element that holds a space is one", () => {
  const { words, sections } = pageOf(
    "# A\n\n<A>\n<A> one <a>two</a><b> </b>three <a href='b'>four</a>\n",
  );
  assert.deepEqual(words, ["one", "two", "three", "four"]);
  assert.equal(sections[0]?.markdown, "one two three [four](b)");
});

test("words among elements that show nothing keep their spaces", () => {
  const empty = "<b></b>".repeat(20) + "<span id='x'></span>".repeat(20);
  const { words, sections } = pageOf(`# A\n\n<p>one ${empty} two<i></i>three ${empty}four</p>\n`);
  assert.deepEqual(words, ["one", "twothree", "four"]);
  assert.equal(sections[0]?.markdown.replace(/\s+/g, " "), "one twothree four");
});

test("a table of more rows than a call takes arguments is read", () => {
  const rows = Array.from({ length: 150_000 }, () => "| 1 | 2 | 3 |");
  const goesOn = gfmTables(["| a | b | c |", "|---|---|---|", "| 1 | 2 | 3 |", "", ...rows]);
  assert.deepEqual([goesOn.length, goesOn.at(-2), goesOn.at(-1)], [150_004, "| 1 | 2 | 3 |", ""]);
  const grid = plainDrawnTables(
    rows.flatMap((row) => ["+---+---+---+", row]).concat("+---+---+---+"),
  );
  assert.deepEqual([grid.length, grid[150_001]?.replace(/ +/g, " ")], [300_001, "| 1 | 2 | 3 |"]);
});
