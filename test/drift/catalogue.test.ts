/** The catalogue of the server's surface, against everything else in the project that lists it. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { DESCRIBED_ONLY, RECORDED } from "../../src/diagnosis/known-metrics.ts";
import { type Catalogue, lookUp, parseCatalogue } from "../../src/drift/catalogue.ts";
import { parseOtherPrograms } from "../../src/drift/other-programs.ts";
import { METRICS } from "../../src/sandbox/streamline/metric-catalogue.ts";

const FILE = "knowledge/catalogue/streamline-0.2.0.yaml";
const TEXT = readFileSync(FILE, "utf8");
const CATALOGUE = parseCatalogue(TEXT, FILE);

test("the version and its releases are those of the server", () => {
  assert.equal(CATALOGUE.version, "0.2.0");
  assert.deepEqual(CATALOGUE.releases, ["v0.2.0", "v0.3.0"]);
});

test("the recorded metrics are the 39 of the simulated server, with their types", () => {
  const types = Object.fromEntries(
    [...CATALOGUE.metrics].flatMap(([name, { status, type }]) =>
      status === "recorded" ? [[name, type]] : [],
    ),
  );
  const simulated = Object.fromEntries(
    Object.entries(METRICS).map(([name, { type }]) => [name, type]),
  );
  assert.deepEqual(types, simulated);
  assert.equal(Object.keys(types).length, 39);
});

test("the bot's own lists of names say the same", () => {
  assert.deepEqual(namesOf(CATALOGUE, "recorded"), Object.keys(RECORDED).toSorted());
  const described = namesOf(CATALOGUE, "never-recorded").filter(
    (name) => !name.startsWith("kafka_"),
  );
  assert.deepEqual(described, [...DESCRIBED_ONLY.keys()].toSorted());
});

test("every option has a variable of its own but the one that only prints", () => {
  const variables = [...CATALOGUE.options].map(([flag, { env }]) => env ?? flag);
  assert.deepEqual(variables, [...new Set(variables)]);
  assert.deepEqual(
    variables.filter((name) => name.startsWith("--")),
    ["--generate-config"],
  );
});

test("no name is both real and not real", () => {
  const { notReal, metrics, serverFlags, commands } = CATALOGUE;
  const both = [
    ...[...metrics.keys()].filter((name) => lookUp(notReal.metrics, name) !== undefined),
    ...[...serverFlags].filter((flag) => lookUp(notReal.options, flag) !== undefined),
    ...[...commands.keys()].filter((name) => notReal.commands.has(name)),
  ];
  assert.deepEqual(both, []);
});

test("an entry knows its line in the file", () => {
  const lines = TEXT.split("\n");
  const lineOf = (line: number | undefined): string => lines[(line ?? 0) - 1] ?? "";
  assert.match(lineOf(CATALOGUE.metrics.get("streamline_log_end_offset")?.line), /log_end_offset:/);
  assert.match(lineOf(CATALOGUE.options.get("--wal-sync-ms")?.line), /--wal-sync-ms:/);
  assert.match(lineOf(CATALOGUE.commands.get("doctor")?.line), /^ {2}doctor:/);
  const cluster = CATALOGUE.endpoints.find(({ path }) => path === "/api/v1/cluster");
  assert.match(lineOf(cluster?.line), /path: \/api\/v1\/cluster,/);
});

test("a catalogue of another shape is refused with its file and the place of the fault", () => {
  assert.throws(
    () => parseCatalogue(TEXT.replace("type: gauge", "type: dial"), FILE),
    /streamline-0\.2\.0\.yaml: metrics\.streamline_connections_active\.type/,
  );
  assert.throws(() => parseCatalogue("metrics: [", "x.yaml"), /^Error: x\.yaml: /);
});

test("other programs' metrics have their labels, and their options stand apart", () => {
  const others = parseOtherPrograms(
    readFileSync("knowledge/catalogue/other-programs.yaml", "utf8"),
  );
  assert.deepEqual(others.metrics.get("node_disk_io_time_seconds_total"), ["device"]);
  assert.ok(others.flags.has("--stop-signal"));
});

test("a star at the end of a listed name stands for anything", () => {
  const names = new Map([
    ["--tiering-*", "not implemented"],
    ["--check", "no such option"],
  ]);
  assert.equal(lookUp(names, "--tiering-age"), "not implemented");
  assert.equal(lookUp(names, "--check"), "no such option");
  assert.equal(lookUp(names, "--checked"), undefined);
});

function namesOf({ metrics }: Catalogue, wanted: string): string[] {
  return [...metrics].flatMap(([name, { status }]) => (status === wanted ? [name] : [])).toSorted();
}
