/** The border rule: pure folders stay pure, and imports run one way. */

import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";

/** One subject in several files, whose types stand in the first. */
const CONFIG = ["config.ts", "config-file.ts", "config-secrets.ts", "config-values.ts"];

/** Each layer may import itself and what stands after it; within a layer, folders are apart. */
const LAYERS = [
  ["main.ts"],
  ["app.ts", "teardown.ts"],
  ["edges"],
  ["flows"],
  ["messages"],
  ["diagnosis", "incidents", "search", "alerts", ...CONFIG],
  ["knowledge", "promql"],
  ["exposition"],
];

/** Same-layer imports that are meant: [importer, imported]. */
const NEIGHBOURS = new Set([
  "incidents>alerts",
  "config.ts>diagnosis",
  ...CONFIG.flatMap((file) => CONFIG.map((other) => `${file}>${other}`)),
  "app.ts>teardown.ts",
]);

const PURE = [
  "exposition",
  "promql",
  "knowledge",
  "search",
  "alerts",
  "diagnosis",
  "incidents",
  "messages",
];

const IMPURE =
  /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.|\bconsole\.|\bfetch\(|\bset(Timeout|Interval|Immediate)\(|\bperformance\.now\(/;

/** Libraries that only these places may import. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  "fuse.js": ["search/"],
  "gray-matter": ["knowledge/"],
  "mdast-util-from-markdown": ["knowledge/"],
  "@prometheus-io/lezer-promql": ["promql/"],
  "@slack/bolt": ["edges/slack/"],
  undici: ["edges/streamline/", "edges/alertmanager/"],
  kysely: ["edges/store/"],
  pg: ["edges/store/"],
  fastify: ["edges/"],
  "prom-client": ["edges/own-metrics.ts"],
  emulate: ["edges/sandbox/"],
  react: ["edges/sandbox/page/"],
};

const files = globSync("src/**/*.{ts,tsx}").map((file) => relative("src", file));

for (const file of files) {
  test(`src/${file} keeps the border rule`, () => {
    const source = readFileSync(join("src", file), "utf8");
    const code = withoutComments(source);
    const place = placeOf(file);
    if (PURE.includes(place)) {
      assert.doesNotMatch(code, IMPURE, "a pure folder touches clock, randomness or process");
    }
    for (const { name, isType } of importsOf(code)) checkImport({ file, place, name, isType });
  });
}

test("every folder of src/ stands in a layer", () => {
  const known = LAYERS.flat();
  const unknown = files.map(placeOf).filter((place) => !known.includes(place));
  assert.deepEqual([...new Set(unknown)], []);
});

interface Import {
  readonly file: string;
  readonly place: string;
  readonly name: string;
  readonly isType: boolean;
}

function checkImport({ file, place, name, isType }: Import): void {
  if (name.startsWith(".")) {
    const imported = placeOf(join(dirname(file), name));
    assert.ok(mayImport(place, imported), `${place} must not import ${imported} (${name})`);
    return;
  }
  if (isType) return;
  assert.ok(!(PURE.includes(place) && name.startsWith("node:")), `a pure folder imports ${name}`);
  const door = Object.entries(DOORS).find(
    ([library]) => name === library || name.startsWith(`${library}/`),
  );
  if (door === undefined) return;
  const [, places] = door;
  const isHome = places.some((each) => file.startsWith(each));
  assert.ok(isHome, `${name} is imported only in ${places.join(" and ")}`);
}

function mayImport(place: string, imported: string): boolean {
  if (place === imported) return true;
  const from = layerOf(place);
  const to = layerOf(imported);
  return to > from || NEIGHBOURS.has(`${place}>${imported}`);
}

function layerOf(place: string): number {
  return LAYERS.findIndex((layer) => layer.includes(place));
}

function placeOf(file: string): string {
  return file.split("/")[0] ?? file;
}

/** Value and type imports, re-exports and dynamic imports. */
function importsOf(code: string): { name: string; isType: boolean }[] {
  const found = code.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?[^"';]*?from\s*"([^"]+)"|(?:^|\n)\s*import\s*"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/g,
  );
  return [...found].map((match) => ({
    name: match[2] ?? match[3] ?? match[4] ?? "",
    isType: match[1] !== undefined,
  }));
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}
