/** The drift check as a command: on a repository in a folder, and against a live server. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { runDrift } from "../../src/drift/cli/drift.ts";
import { startSimulatedStreamline } from "../../src/sandbox/streamline/server.ts";
import { freePort } from "../support/programs.ts";

const CATALOGUE = "knowledge/catalogue/streamline-0.2.0.yaml";

/** A catalogue with one metric and one option, for a repository with one guide. */
const SMALL = `version: "0.2.0"
releases: [v0.2.0]
label-values: {}
metrics:
  streamline_uptime_seconds: { type: gauge, status: recorded, always: true, source: "2.2" }
endpoints: []
options:
  --in-memory: { env: STREAMLINE_IN_MEMORY, default: "false", effect: works, source: "4.2" }
file-keys-without-option: []
environment: {}
placeholders: []
cli-flags-before: []
cli-flags: []
commands: {}
not-real: { metrics: {}, endpoints: {}, options: {}, commands: {} }
`;

const GUIDE = "`streamline_uptime_seconds`, `--in-memory`, `STREAMLINE_IN_MEMORY`\n";

test("a repository whose guide and catalogue agree has no problem", async (t) => {
  const root = repository(t, { "knowledge/GUIDE.md": GUIDE });
  assert.deepEqual(await run(root), { code: 0, lines: ["0 problems"] });
});

test("each problem is a line with file, line and reason, and the code is 1", async (t) => {
  const root = repository(t, {
    "knowledge/GUIDE.md": "`streamline_uptime_seconds`\n[x](GONE.md)\n",
  });
  assert.deepEqual(await run(root), {
    code: 1,
    lines: [
      "knowledge/GUIDE.md:2: dead link: there is no knowledge/GONE.md",
      `${CATALOGUE}:8: option --in-memory is documented nowhere in knowledge/`,
      `${CATALOGUE}:8: variable STREAMLINE_IN_MEMORY of --in-memory is documented nowhere in knowledge/`,
      "3 problems",
    ],
  });
});

test("rules and dashboards are read too, with the metrics of the bot itself", async (t) => {
  const root = repository(t, {
    "knowledge/GUIDE.md": GUIDE,
    "grafana/x.json": `{ "panels": [{ "targets": [{ "expr": "rate(incident_bot_posts_total[5m]) + ghost" }] }] }`,
    "alerts/x.rules.yml": "groups: [{ name: a, rules: [{ record: a:b, expr: ghost }] }]\n",
  });
  assert.deepEqual((await run(root)).lines, [
    "alerts/x.rules.yml:1: unknown metric ghost",
    "grafana/x.json:1: unknown metric ghost",
    "2 problems",
  ]);
});

test("a check that the bot could not load is a problem", async (t) => {
  const page = "---\nchecks:\n  - { id: A, expr: streamline_uptime_seconds }\n---\n# X\n";
  const root = repository(t, { "knowledge/GUIDE.md": GUIDE, "knowledge/runbooks/X.md": page });
  assert.match((await run(root)).lines[0] ?? "", /runbooks\/X\.md:3: check A/);
});

test("a live server that is as the catalogue says adds no problem", async (t) => {
  const streamline = await startSimulatedStreamline();
  t.after(() => streamline.close());
  const root = repository(t, { "knowledge/GUIDE.md": GUIDE });
  cpSync(CATALOGUE, join(root, CATALOGUE));

  const { lines } = await run(root, "--target", streamline.http);
  const live = lines.filter((line) => line.startsWith(streamline.http));
  assert.equal(live.length, 1, live.join("\n"));
  assert.match(
    live[0] ?? "",
    /not there before their first event: .*streamline_transaction_timeouts/,
  );
});

test("what a live server lacks, and what it has that nothing documents, are problems", async (t) => {
  const streamline = await startSimulatedStreamline();
  t.after(() => streamline.close());
  await streamline.faults.set("series-renamed");
  const root = repository(t, { "knowledge/GUIDE.md": GUIDE });
  cpSync(CATALOGUE, join(root, CATALOGUE));

  const { code, lines } = await run(root, "--target", streamline.http);
  assert.equal(code, 1);
  assert.ok(lines.some((line) => /: the server has \S+, which nothing documents$/.test(line)));
});

test("of a server that does not answer nobody can tell, and that is the code 3", async (t) => {
  const root = repository(t, { "knowledge/GUIDE.md": GUIDE });
  const { code, lines } = await run(root, "--target", `http://127.0.0.1:${await freePort()}`);
  assert.equal(code, 3);
  assert.ok(lines.some((line) => line.includes("does not answer")));
});

test("a wrong argument is answered with the usage and the code 2", async (t) => {
  const root = repository(t, {});
  for (const args of [["--traget", "x"], ["--target", "::1"], ["--target"]]) {
    const { code, lines } = await run(root, ...args);
    assert.equal(code, 2, args.join(" "));
    assert.match(lines.join("\n"), /usage: drift/);
  }
  assert.equal((await run(root, "--help")).code, 0);
});

test("it runs as a program from any folder", () => {
  const file = join(import.meta.dirname, "..", "..", "src", "drift", "cli", "drift.ts");
  const { status, stdout } = spawnSync(process.execPath, [file, "--help"], {
    cwd: tmpdir(),
    encoding: "utf8",
  });
  assert.equal(status, 0);
  assert.match(stdout, /^usage: drift/);
});

/** A folder with these files, the small catalogue and the list of other programs' names. */
function repository(t: TestContext, files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "drift-"));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const all = {
    [CATALOGUE]: SMALL,
    "knowledge/catalogue/other-programs.yaml": "metrics: {}\nflags: {}\n",
    ...files,
  };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

async function run(root: string, ...args: string[]): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  const code = await runDrift({ args, root, say, complain: say });
  return { code, lines };
}
