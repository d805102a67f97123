// takes: 9 s
/** What plays recordings, as other programs use it: `npm run eval -- --recordings DIR --json`. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const FIXTURES = "test/fixtures/recordings";
const KEYS = "scenario phase fault at ms verdict first second tense judged".split(" ");

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

async function runEval(...args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, ["test/eval/run.ts", ...args]);
  const texts = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => {
    texts.out += chunk.toString("utf8");
  });
  child.stderr.on("data", (chunk: Buffer) => {
    texts.err += chunk.toString("utf8");
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...texts };
}

/** A folder with these recordings, each under a name of its own. */
function folderOf(names: Readonly<Record<string, string>>, absent: readonly string[] = []): string {
  const folder = mkdtempSync(join(tmpdir(), "recordings-"));
  const labels = JSON.parse(readFileSync(join(FIXTURES, "labels.json"), "utf8"));
  const scenarios: Record<string, unknown> = {};
  for (const [name, of] of Object.entries(names)) {
    copyFileSync(join(FIXTURES, `${of}.jsonl.gz`), join(folder, `${name}.jsonl.gz`));
    scenarios[name] = { ...labels.scenarios[of], file: `${name}.jsonl.gz` };
  }
  for (const name of absent) scenarios[name] = labels.scenarios["http-hang"];
  for (const name of absent) Object.assign(scenarios[name] ?? {}, { file: `${name}.jsonl.gz` });
  writeFileSync(join(folder, "labels.json"), JSON.stringify({ format: 1, scenarios }));
  return folder;
}

test("every moment of a folder is a line of JSON with exactly the keys that others read", async () => {
  const folder = folderOf({ "a name of its own": "http-hang" }, ["not-there"]);
  const { code, out, err } = await runEval("--recordings", folder, "--json");
  assert.equal(code, 0, err);
  const lines = out
    .trimEnd()
    .split("\n")
    .map((line): Record<string, unknown> => JSON.parse(line));
  // Three moments of the fault, one before it and one after, in three phases each.
  assert.equal(lines.length, 15);
  for (const line of lines) assert.deepEqual(Object.keys(line), KEYS);
  const during = lines.filter(({ fault }) => fault === "http-hangs");
  assert.deepEqual([...new Set(during.map(({ first }) => first))], ["http-hangs"]);
  assert.deepEqual([...new Set(during.map(({ tense }) => tense))], ["present"]);
  assert.deepEqual(new Set(lines.map(({ phase }) => phase)), new Set([0, 1, 2]));
  assert.match(err, /not-there: its file is not in/);
});

test("the same folder without --json ends with the table and its sums", async () => {
  const { code, out } = await runEval("--recordings", folderOf({ idle: "control-idle-empty" }));
  assert.equal(code, 0);
  assert.match(out, /^right idle phase=0 fault=- at=at 60 s /m);
  assert.match(out, /^\| idle \| 15 \|/m);
  assert.match(out, /\*\*before faults and in controls\*\*/);
});

test("a folder that is none is told with what is missing, and nothing is scored", async () => {
  const { code, out, err } = await runEval("--recordings", join(tmpdir(), "no-such-folder"));
  assert.equal(code, 2);
  assert.equal(out, "");
  assert.match(err, /labels\.json does not exist/);
});

test("labels of another shape are named with the place that is wrong", async () => {
  const folder = mkdtempSync(join(tmpdir(), "recordings-"));
  writeFileSync(join(folder, "labels.json"), '{"scenarios":{"x":{"kind":7}}}');
  const { code, err } = await runEval("--recordings", folder);
  assert.equal(code, 2);
  assert.match(err, /labels\.json: scenarios\.x\.kind/);
});
