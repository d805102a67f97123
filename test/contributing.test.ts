/**
 * The recipes of CONTRIBUTING.md, pasted as they are into a copy of the checkout: what they say must
 * compile and pass. Types and the bot's own tool for drift are asked once for all, then the tests that
 * the recipes name.
 */
// needs: prometheus, prometheus-alertmanager
// takes: 20 s

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { GO_PROGRAM } from "./alerts-rules/go-program.ts";
import { packagesNeeded } from "./runner/packages.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const GUIDE = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8");
const run = promisify(execFile);

interface Block {
  readonly language: string;
  readonly text: string;
}

/** The blocks of code that follow the sentence which begins with this file's name, up to the next sentence. */
function blocksFor(file: string): Block[] {
  const from = GUIDE.indexOf(`\n\`${file}\``);
  assert.notEqual(from, -1, `no recipe names ${file}`);
  const [, ...lines] = GUIDE.slice(from + 1).split("\n");
  const blocks: Block[] = [];
  let open: { fence: string; language: string; lines: string[] } | undefined;
  for (const line of lines) {
    if (open !== undefined) {
      if (line === open.fence) {
        blocks.push({ language: open.language, text: `${open.lines.join("\n")}\n` });
        open = undefined;
      } else open.lines.push(line);
      continue;
    }
    const fence = /^(`{3,})(\w+)$/.exec(line);
    if (fence?.[1] !== undefined) open = { fence: fence[1], language: fence[2] ?? "", lines: [] };
    else if (line !== "") break;
  }
  return blocks.filter(({ language }) => language !== "bash");
}

/** Where each block goes: it is the whole file, or follows what this matches there. */
type Place = "whole" | RegExp;

const RECIPES: readonly (readonly [file: string, ...places: Place[]])[] = [
  ["alerts/connections.rules.yml", "whole"],
  ["alerts/prometheus.yml", /^rule_files:\n/m],
  ["alerts/connections.test.yml", "whole"],
  ["knowledge/runbooks/ConnectionsHigh.md", "whole"],
  ["knowledge/runbooks/ConsumerLag.md", /^---\n(?:.*\n)*?(?=---\n)/],
  ["test/diagnosis/checks/lag-of-all-groups.test.ts", "whole"],
  ["src/features/targets/polls-command.ts", "whole"],
  [
    "src/features/commands/registry.ts",
    /^import \{ metricsCommand .*\n/m,
    /^ {2}metricsCommand,\n/m,
  ],
  ["test/features/targets/polls-command.test.ts", "whole"],
  ["test/features/commands/plain-words.test.ts", /^const FORMS: .*\n/m, /^const QUESTIONS = .*\n/m],
  ["src/sandbox/streamline/scenarios/answers.ts", /^export const answers.*\n/m],
  ["test/sandbox/streamline/scenarios.test.ts", /^const SIGNS.*\n/m],
];

/** Those that the recipes' last commands name. */
const TESTS = [
  "test/alerts-rules/rules.test.ts",
  "test/diagnosis/checks/lag-of-all-groups.test.ts",
  "test/features/targets/polls-command.test.ts",
  "test/features/commands/plain-words.test.ts",
  "test/features/commands/command-table.test.ts",
  "test/sandbox/streamline/scenarios.test.ts",
];

const copy = mkdtempSync(join(tmpdir(), "recipes-"));
after(() => rmSync(copy, { recursive: true, force: true }));

before(async () => {
  const { stdout } = await run("git", ["ls-files", "-coz", "--exclude-standard"], {
    cwd: ROOT,
    maxBuffer: 2 ** 24,
  });
  for (const file of stdout.split("\0")) {
    if (file !== "")
      cpSync(join(ROOT, file), join(copy, file), { recursive: true, verbatimSymlinks: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  for (const [file, ...places] of RECIPES) paste(file, places);
});

function paste(file: string, places: readonly Place[]): void {
  const blocks = blocksFor(file);
  assert.equal(blocks.length, places.length, `the blocks of ${file}`);
  for (const [index, place] of places.entries()) {
    const text = blocks[index]?.text ?? "";
    const path = join(copy, file);
    if (place === "whole") {
      writeFileSync(path, text);
      continue;
    }
    const content = readFileSync(path, "utf8");
    const match = place.exec(content);
    assert.ok(match !== null, `${file} has the place that its recipe names`);
    const at = match.index + match[0].length;
    writeFileSync(path, content.slice(0, at) + text + content.slice(at));
  }
}

/** Runs Node in the copy; what it printed is the reason when it fails. */
async function node(...words: string[]): Promise<void> {
  const { NODE_TEST_CONTEXT: _, ...env } = { ...process.env, ...GO_PROGRAM };
  await run(process.execPath, words, { cwd: copy, env, maxBuffer: 2 ** 26 }).catch(
    ({ stdout, stderr }: { stdout: string; stderr: string }) =>
      assert.fail(`${stdout}${stderr}`.slice(-4_000)),
  );
}

test("every block that a recipe pastes is pasted here", () => {
  const named = [...GUIDE.matchAll(/^`([\w./-]+)`[^`\n]*(?:`[^`\n]*`[^`\n]*)*:\n\n`{3,}/gm)];
  assert.deepEqual(
    named.map(([, file]) => file),
    RECIPES.map(([file]) => file),
  );
});

test("with all recipes pasted the types are right", async () => {
  // More checkers are sooner done on more cores, and do the work that they share once each.
  await node("node_modules/typescript/bin/tsc", "--checkers", "1");
  await node("node_modules/typescript/bin/tsc", "--checkers", "1", "-p", "src/sandbox");
});

test("with all recipes pasted nothing drifts", () => node("src/drift/cli/drift.ts"));

/** Of what the recipes do not touch: the suite runs it without them, and it is most of the time. */
const UNTOUCHED = [
  "/^(promtool finds the rules of|the rules fire and stay silent when) (?!.*connections)/",
  "/^(?!uptime-missing).*(shows when it is on and is gone|leaves no sign of any fault)/",
];

test("the tests that the recipes name pass", () =>
  node(
    "--test",
    "--test-isolation=none",
    ...UNTOUCHED.map((pattern) => `--test-skip-pattern=${pattern}`),
    ...TESTS,
  ));

test("what the tests that the recipes name need is needed here", () => {
  const needed = new Set(
    TESTS.flatMap((file) => packagesNeeded(readFileSync(join(copy, file), "utf8"))),
  );
  const here = packagesNeeded(readFileSync(fileURLToPath(import.meta.url), "utf8"));
  assert.deepEqual([...needed].toSorted(), here.toSorted());
});

test("the recipes name these tests", () => {
  const commands = [...GUIDE.matchAll(/^npm run .*npm test -- (.*)$/gm)];
  assert.deepEqual(
    [...new Set(commands.flatMap(([, files = ""]) => files.split(" ")))].toSorted(),
    TESTS.toSorted(),
  );
});
