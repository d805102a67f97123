/** Where things stand: folders, the DOM's types, what an image leaves out, and why each package is there. */

import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { z } from "zod";
import { packagesNeeded } from "./runner/packages.ts";
import { placeOf, sourceFiles } from "./support/source-files.ts";

/** Names that say nothing of what is inside. */
const BUCKET = /^(?:utils?|helpers?|services?|types?|common|misc|lib)$/;

/** Folders of test/ that mirror no folder of src/. */
const OF_TESTS_ALONE = [
  "alerts-rules",
  "bench",
  "chaos",
  "deploy",
  "e2e",
  "eval",
  "fixtures",
  "fuzz",
  "grafana",
  "runner",
  "support",
];

const compilerOptions = z.looseObject({
  compilerOptions: z.looseObject({ lib: z.array(z.string()) }),
  exclude: z.array(z.string()),
});

const packageFile = z.looseObject({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});

const paths = [...sourceFiles.keys()];

function optionsOf(file: string) {
  return compilerOptions.parse(parse(readFileSync(file, "utf8")));
}

test("no folder and no file of src/ is a bucket", () => {
  const names = paths.flatMap((path) => [...dirname(path).split("/"), basename(path)]);
  const buckets = names
    .map((name) => name.replace(/\.\w+$/, ""))
    .filter((name) => BUCKET.test(name));
  assert.deepEqual(buckets, []);
});

test("the architecture note has a row for each folder of src/, and no other", () => {
  const note = readFileSync("docs/architecture.md", "utf8");
  const [, table = ""] = note.split(/^## Folders$/m);
  const rows = [...table.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name = ""]) => name);
  const folders = new Set(paths.filter((path) => path.includes("/")).map(placeOf));
  assert.deepEqual(rows.toSorted(), [...folders].toSorted());
});

test("tests stand where src/ has what they test", () => {
  const folders = new Set(globSync("test/**/*.test.ts").map((file) => dirname(file).slice(5)));
  const strangers = [...folders].filter(
    (folder) =>
      folder !== "" && !OF_TESTS_ALONE.includes(placeOf(folder)) && !existsSync(`src/${folder}`),
  );
  assert.deepEqual(strangers, []);
});

test("only the sandbox has the DOM's types", () => {
  const root = optionsOf("tsconfig.json");
  assert.ok(root.exclude.includes("src/sandbox"));
  assert.deepEqual(
    root.compilerOptions.lib.filter((lib) => lib.startsWith("dom")),
    [],
  );
  assert.ok(optionsOf("src/sandbox/tsconfig.json").compilerOptions.lib.includes("dom"));
  assert.deepEqual(globSync("src/**/tsconfig*.json"), ["src/sandbox/tsconfig.json"]);
  for (const path of paths) {
    assert.doesNotMatch(readFileSync(`src/${path}`, "utf8"), /^\/\/\/\s*<reference/m, path);
    assert.ok(!path.endsWith(".tsx") || path.startsWith("sandbox/"), path);
  }
});

test("an image never has the sandbox, and needs no removal for that", () => {
  const ignored = readFileSync(".dockerignore", "utf8").split("\n");
  assert.ok(ignored.includes("src/sandbox"));
  assert.doesNotMatch(readFileSync("Dockerfile", "utf8"), /\brm\b/);
});

test("the decision record says what each package is for, and names no other", () => {
  const { dependencies, devDependencies } = packageFile.parse(
    parse(readFileSync("package.json", "utf8")),
  );
  const record = readFileSync("docs/decisions/0008-dependencies.md", "utf8");
  const cells = [...record.matchAll(/^\| (?!package|-)([^|]+) \| [^|\s][^|]+ \|$/gm)];
  const recorded = cells.flatMap(([, cell = ""]) => cell.replace("(development)", "").split(","));
  const names = recorded.map((name) => name.trim());
  const installed = [...Object.keys(dependencies), ...Object.keys(devDependencies)];
  const isNamed = (name: string) => names.includes(name.replace(/^@types\/.*/, "@types/*"));
  assert.deepEqual(
    installed.filter((name) => !isNamed(name)),
    [],
  );
  assert.deepEqual(
    names.filter((name) => name !== "@types/*" && !installed.includes(name)),
    [],
  );
});

/** What starts a real program, and the package that has it. */
const STARTERS: Readonly<Record<string, string>> = {
  openBrowser: "chromium",
  startAlertmanager: "prometheus-alertmanager",
  startCluster: "postgresql",
  startPrometheus: "prometheus",
};

test("a test that starts a real program says which package it needs, so that it can be left out by name", () => {
  const silent = globSync("test/**/*.test.ts").flatMap((file) => {
    const text = readFileSync(file, "utf8");
    const said = new Set(packagesNeeded(text));
    const imported = [...text.matchAll(/^import \{([^}]*)\} from "\./gm)].flatMap(
      ([, names = ""]) => names.split(",").map((name) => name.trim()),
    );
    const needed = imported.flatMap((name) => STARTERS[name] ?? []);
    return needed.filter((name) => !said.has(name)).map((name) => `${file} needs ${name}`);
  });
  assert.deepEqual(silent, []);
});
