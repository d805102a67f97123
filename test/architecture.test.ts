/** The border rule: pure files stay pure, imports run one way, and nothing runs in a circle. */

import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { sourceFiles as files, placeOf } from "./support/source-files.ts";

/** Each layer may import itself and what stands after it; within a layer, folders are apart. */
const LAYERS = [
  ["streamline-bot.js"],
  ["main.ts", "start.js"],
  ["app.ts", "sandbox"],
  ["app"],
  ["drift"],
  ["edges"],
  ["features"],
  ["config"],
  ["block-kit"],
  ["diagnosis", "incidents", "search", "alerts"],
  ["knowledge", "promql"],
  ["history"],
  ["exposition", "spelling", "compiled-code.js", "lasting-commands.js"],
];

/** How a process begins, and what stands beside the order. */
const NOT_IN_NOTE = new Set([
  "streamline-bot.js",
  "start.js",
  "compiled-code.js",
  "lasting-commands.js",
  "sandbox",
]);

/** Same-layer imports that are meant: [importer, imported]. */
const NEIGHBOURS = new Set(["incidents>alerts", "sandbox>app.ts"]);

/** Imported by main.ts alone, and only when it is asked for: an image for production leaves it out. */
const DEVELOPMENT = "sandbox";

const PURE = [
  "exposition",
  "spelling",
  "promql",
  "history",
  "knowledge",
  "search",
  "alerts",
  "diagnosis",
  "incidents",
  "block-kit",
];

/** Of the HTTP client, what reads; the other part may change things, at an Alertmanager, say. */
const GET_ONLY = new Set(
  ["answer", "failures", "http-get", "long-json"].map((name) => `edges/http-client/${name}.ts`),
);

const CLIENT = "edges/http-client/";

const OTHER_METHODS = /["'`](?:POST|PUT|PATCH|DELETE)["'`]/i;

/** A private type may share its name with one other. */
const MOST_HOMES = 2;

const IMPURE =
  /\bDate\.now\b|\bDate\(\)|\bnew Date\b(?!\()|\bMath\.random\b|\bcrypto\.|\bprocess\.|\bglobalThis\b|\bconsole\.|\bfetch\(|\bset(Timeout|Interval|Immediate)\(|\bqueueMicrotask\(|\bperformance\.|\bimport\.meta\b|\b(?:DateTimeFormat|NumberFormat|Collator|PluralRules)\((?:\)|undefined)|\.(?:toLocale\w*|localeCompare)\(\)|\bgetTimezoneOffset\(/;

/** What waits is a flow: a message is built from values that are there. */
const WAITS = /\basync\b|\bawait\b|\bPromise\b/;

/** Libraries that only these places may import. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  "fuse.js": ["search/"],
  re2js: ["history/"],
  "gray-matter": ["knowledge/"],
  // Loaded at the first page, and not at the start.
  "mdast-util-from-markdown": ["knowledge/markdown/markdown-library.cjs"],
  "mdast-util-gfm": ["knowledge/markdown/markdown-library.cjs"],
  "mdast-util-to-markdown": ["knowledge/markdown/markdown-library.cjs"],
  "micromark-extension-gfm": ["knowledge/markdown/markdown-library.cjs"],
  acorn: ["knowledge/sites/jsx-library.cjs"],
  "acorn-jsx": ["knowledge/sites/jsx-library.cjs"],
  "@prometheus-io/lezer-promql": ["promql/"],
  "@slack/bolt": ["edges/slack/"],
  undici: ["edges/http-client/"],
  kysely: ["edges/store/"],
  pg: ["edges/store/"],
  fastify: ["edges/", "sandbox/"],
  "@modelcontextprotocol/server": ["edges/mcp/", "edges/cli/run-mcp.ts"],
  "prom-client": ["edges/own-metrics.ts"],
  emulate: ["sandbox/"],
  "hast-util-raw": ["knowledge/html/read-html.ts"],
  "hast-util-to-mdast": ["knowledge/html/read-html.ts", "knowledge/html/handlers.ts"],
  "mdast-util-to-hast": ["knowledge/html/read-html.ts"],
  "smol-toml": ["knowledge/front-matter/front-matter.ts"],
  "node-ical": ["edges/calendars/"],
  pino: ["edges/log.ts"],
  react: ["sandbox/page/"],
  "react-dom": ["sandbox/page/"],
  "slack-blocks-to-jsx": ["sandbox/page/"],
  vite: ["sandbox/slack/build-page.ts"],
  ws: ["sandbox/slack/"],
};

for (const [file, source] of files) {
  test(`src/${file} keeps the border rule`, () => {
    if (PURE.includes(placeOf(file))) {
      assert.doesNotMatch(
        source.code,
        IMPURE,
        "a pure folder touches clock, randomness or process",
      );
    }
    if (isRendering(file)) assert.equal(whyImpure(file), undefined);
    for (const { name, isType } of source.imports) {
      if (!name.startsWith(".") && !isType) checkLibrary(file, name);
    }
    for (const used of source.uses) checkUse(file, used);
  });
}

test("nothing that speaks to Streamline can name another method than GET", () => {
  for (const [file, { code, uses }] of files) {
    if (!file.startsWith("edges/streamline/")) continue;
    assert.doesNotMatch(code, OTHER_METHODS, `${file} names a method that changes something`);
    const clients = uses.filter((used) => used.startsWith(CLIENT));
    for (const used of clients) assert.ok(GET_ONLY.has(used), `${file} imports ${used}`);
    assert.doesNotMatch(code, /from "node:https?2?"|\bfetch\(/, `${file} has its own client`);
  }
});

test("edges/streamline reaches the client that can change something only through the part that reads", () => {
  const changing = new Set(
    [...files.keys()].filter((file) => file.startsWith(CLIENT) && !GET_ONLY.has(file)),
  );
  assert.ok(changing.size > 0);
  const ours = [...files.keys()].filter((file) => file.startsWith("edges/streamline/"));
  const reached = new Set(ours.flatMap((file) => [...reachedFrom(file)]));
  for (const file of reached) {
    if (file.startsWith(CLIENT)) continue;
    const used = files.get(file)?.uses.find((each) => changing.has(each));
    assert.equal(used, undefined, `${file} imports ${used}`);
  }
});

/** What writes to a terminal: one file, which takes secrets out, and what says that Node is too old. */
const STREAMS = new Set(["edges/cli/terminal-streams.ts", "streamline-bot.js"]);

test("nothing goes to a terminal past the one door that takes secrets out", () => {
  for (const [file, { code }] of files) {
    if (STREAMS.has(file) || placeOf(file) === DEVELOPMENT) continue;
    assert.doesNotMatch(code, /\bstd(?:out|err)\.write\(|\bconsole\./, file);
  }
});

test("every folder of src/ stands in a layer", () => {
  const known = LAYERS.flat();
  const unknown = [...files.keys()].map(placeOf).filter((place) => !known.includes(place));
  assert.deepEqual([...new Set(unknown)], []);
});

test("main.ts loads the sandbox only when it is asked for", () => {
  const values = files.get("main.ts")?.imports.filter(({ isType }) => !isType) ?? [];
  const sandbox = values.filter(({ name }) => name.includes("sandbox/"));
  assert.ok(sandbox.length > 0);
  for (const { name, isDynamic } of sandbox) assert.ok(isDynamic, name);
});

test("the order of imports is written in the architecture note as it is", () => {
  const note = readFileSync("docs/architecture.md", "utf8");
  const [, written = ""] = /^Imports run `([^`]+)`/m.exec(note) ?? [];
  const layers = written
    .split(" → ")
    .map((layer) => layer.replace(/[()]/g, "").split(", ").toSorted());
  const order = LAYERS.map((layer) => layer.filter((place) => !NOT_IN_NOTE.has(place)).toSorted());
  const filled = order.filter((layer) => layer.length > 0);
  assert.deepEqual(
    layers.map((layer) => (layer[0] === "main" ? ["main.ts"] : layer)),
    filled,
  );
});

/** What a page goes through, each part made of those before it. */
const PARTS_OF_READING = ["lines", "front-matter", "markdown", "html", "sites", "sections"];

test("the parts of reading a page import one way", () => {
  const rankOf = (file: string): number =>
    PARTS_OF_READING.findIndex((part) => file.startsWith(`knowledge/${part}/`));
  for (const [file, { uses }] of files) {
    if (rankOf(file) < 0) continue;
    const later = uses.filter((used) => rankOf(used) > rankOf(file));
    assert.deepEqual(later, [], `${file} imports a later part`);
  }
});

test("no files import each other in a circle, types included", () => {
  assert.deepEqual(circles(), []);
});

test("an exported name is declared once in src/", () => {
  const homes = homesOf(/^export .*?\b(?:interface|type|const|function|class)\*? (\w+)/gm);
  assert.deepEqual(
    homes.filter(([, places]) => places.length > 1),
    [],
  );
});

test("a type's name means one thing: private ones of the same name are few", () => {
  const homes = homesOf(/^(?:export )?(?:interface|type|class) (\w+)/gm);
  assert.deepEqual(
    homes.filter(([, places]) => places.length > MOST_HOMES),
    [],
  );
});

/** Names that the pattern's first group finds, each with the files that declare it. */
function homesOf(pattern: RegExp): [name: string, places: readonly string[]][] {
  const homes = new Map<string, Set<string>>();
  for (const [file, { code }] of files) {
    for (const [, name = ""] of code.matchAll(pattern)) {
      homes.set(name, (homes.get(name) ?? new Set()).add(file));
    }
  }
  return [...homes].map(([name, places]) => [name, [...places]]);
}

test("every claim of the threat model names tests that are there", () => {
  const rows = readFileSync("docs/threat-model.md", "utf8").split("\n");
  const claims = rows
    .slice(rows.indexOf("| claim | test |") + 2)
    .filter((row) => row.startsWith("|"));
  assert.ok(claims.length > 10);
  for (const claim of claims) {
    const named = claim.match(/test\/[\w/.-]+\.ts/g) ?? [];
    assert.ok(named.length > 0, `no test is named: ${claim}`);
    for (const file of named) assert.ok(globSync(file).length === 1, `${file} is not there`);
  }
});

for (const document of ["docs/architecture.md", "CONTRIBUTING.md"]) {
  test(`${document} names folders and files that are there`, () => {
    const places = LAYERS.flat().join("|");
    const text = readFileSync(document, "utf8");
    const written = text.matchAll(
      new RegExp(`(?<![\\w/.-])(?:src/)?((?:${places})/[\\w./*-]+)`, "g"),
    );
    const named = [...written].map(([, name = ""]) => name.replace(/[./]+$/, ""));
    assert.ok(named.length > 0);
    const made = madeByRecipes(text);
    const gone = named.filter((name) => {
      const homes = [`src/${name}`, `src/${name}.ts`, name];
      return globSync(homes).length === 0 && !homes.some((home) => made.has(home));
    });
    assert.deepEqual(gone, []);
  });
}

/** Files that a reader makes: a line with nothing but a path, then what to paste into it. */
function madeByRecipes(text: string): Set<string> {
  const heads = text.matchAll(/^`([\w./-]+)`:\n\n```/gm);
  return new Set([...heads].map(([, path = ""]) => path));
}

/** What builds a message of a feature: pure, though flows stand beside it. */
function isRendering(file: string): boolean {
  return file.startsWith("features/") && /\/render-[^/]+\.tsx?$/.test(file);
}

/** The first reason, over all that a file imports, why it is no pure one. */
function whyImpure(file: string, seen: Set<string> = new Set()): string | undefined {
  if (seen.has(file)) return undefined;
  seen.add(file);
  const source = files.get(file);
  if (source === undefined) return undefined;
  if (placeOf(file) === "edges") return `${file} is an edge`;
  const match = IMPURE.exec(source.code) ?? WAITS.exec(source.code);
  if (match !== null) return `${file} has ${match[0]}`;
  const ofNode = source.imports.find(({ name, isType }) => !isType && name.startsWith("node:"));
  if (ofNode !== undefined) return `${file} imports ${ofNode.name}`;
  for (const used of source.uses) {
    const reason = whyImpure(used, seen);
    if (reason !== undefined) return `${file} > ${reason}`;
  }
  return undefined;
}

/** The file and all that it imports, through others, too. */
function reachedFrom(file: string, reached: Set<string> = new Set()): Set<string> {
  if (reached.has(file)) return reached;
  reached.add(file);
  for (const used of files.get(file)?.uses ?? []) reachedFrom(used, reached);
  return reached;
}

function checkUse(file: string, used: string): void {
  const place = placeOf(file);
  const imported = placeOf(used);
  assert.ok(mayImport(place, imported), `${file} must not import ${used}`);
  assert.ok(
    imported !== DEVELOPMENT || place === DEVELOPMENT || file === "main.ts",
    `only main.ts imports ${DEVELOPMENT}/`,
  );
}

function checkLibrary(file: string, name: string): void {
  const isPure = PURE.includes(placeOf(file));
  assert.ok(!(isPure && name.startsWith("node:")), `a pure folder imports ${name}`);
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
  return layerOf(imported) > layerOf(place) || NEIGHBOURS.has(`${place}>${imported}`);
}

function layerOf(place: string): number {
  return LAYERS.findIndex((layer) => layer.includes(place));
}

/** Tarjan's strongly connected components of more than one file, each sorted. */
function circles(): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    low.set(file, index.get(file) ?? 0);
    stack.push(file);
    for (const used of files.get(file)?.uses ?? []) {
      if (!index.has(used)) visit(used);
      if (stack.includes(used)) low.set(file, Math.min(low.get(file) ?? 0, low.get(used) ?? 0));
    }
    if (low.get(file) !== index.get(file)) return;
    const component = stack.splice(stack.indexOf(file));
    if (component.length > 1) found.push(component.toSorted());
  };
  for (const file of files.keys()) if (!index.has(file)) visit(file);
  return found;
}
