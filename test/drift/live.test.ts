/** A live server's surface against the catalogue, and what a section asks that a server lacks. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { parseCatalogue } from "../../src/drift/catalogue.ts";
import { checkLive, type LiveServer, pathsToAsk } from "../../src/drift/check-live.ts";
import { lacking } from "../../src/knowledge/lacking.ts";

const FILE = "knowledge/catalogue/streamline-0.2.0.yaml";
const CATALOGUE = parseCatalogue(readFileSync(FILE, "utf8"), FILE);

const HEALTHY: LiveServer = {
  version: "0.2.0",
  metrics: new Map([
    ["streamline_uptime_seconds", new Set<string>()],
    ["streamline_topics_total", new Set<string>()],
    ["streamline_request_duration_seconds", new Set(["api_key", "quantile"])],
    ["streamline_request_duration_seconds_count", new Set(["api_key"])],
  ]),
  statuses: new Map([["/health", 503]]),
};

describe("a live server", () => {
  test("as the catalogue has it shows no problem, and what it has not done yet is none", () => {
    const { problems, notYet } = checkLive(HEALTHY, CATALOGUE);
    assert.deepEqual(problems, []);
    assert.ok(notYet.includes("streamline_records_total"));
    assert.ok(!notYet.includes("streamline_request_duration_seconds"));
    assert.ok(!notYet.includes("streamline_isr_size"));
  });

  const cases: [what: string, change: Partial<LiveServer>, problem: string][] = [
    [
      "that reports another version",
      { version: "0.9.0" },
      "the server reports version 0.9.0, the catalogue is of 0.2.0",
    ],
    ["that tells no version", { version: undefined }, "/info has no version"],
    ["without an endpoint", { statuses: new Map([["/info", 404]]) }, "GET /info is answered 404"],
    [
      "that does not answer",
      { statuses: new Map([["/info", undefined]]) },
      "GET /info was not answered",
    ],
    [
      "with a metric that nobody described",
      { metrics: withMetric("streamline_new_total") },
      "the server has streamline_new_total, which nothing documents",
    ],
    [
      "with one that no server should record",
      { metrics: withMetric("streamline_isr_size") },
      "the server records streamline_isr_size; the catalogue says that no server does",
    ],
    [
      "with a new label",
      { metrics: withMetric("streamline_topics_total", "tenant") },
      "streamline_topics_total has a label tenant, which nothing documents",
    ],
    [
      "without a metric that is always there",
      { metrics: new Map([...HEALTHY.metrics].slice(1)) },
      "the server lacks streamline_uptime_seconds, which is always there",
    ],
  ];
  for (const [what, change, problem] of cases) {
    test(`${what} is reported`, () => {
      assert.deepEqual(checkLive({ ...HEALTHY, ...change }, CATALOGUE).problems, [problem]);
    });
  }

  test("is asked GETs without names in them, of every build, and never the endless stream", () => {
    const paths = pathsToAsk(CATALOGUE);
    assert.ok(paths.includes("/health") && paths.includes("/metrics"));
    for (const path of paths) assert.doesNotMatch(path, /[:*]|stream$|cluster\/status/);
  });
});

describe("a section asks for what the server lacks", () => {
  const live = {
    metrics: new Set(["streamline_topics_total", "streamline_request_size_bytes_count"]),
  };
  const block = (language: string, code: string): string => `\`\`\`${language}\n${code}\n\`\`\`\n`;

  test("in commands and queries, each name once", () => {
    const section =
      block("bash", "curl x | grep -E '^streamline_(topics_total|isr_size)'") +
      block("promql", "streamline_isr_size > rate(streamline_records_total[5m])");
    assert.deepEqual(lacking(section, live), ["streamline_isr_size", "streamline_records_total"]);
  });

  test("but not in prose or printed output, which may speak of anything", () => {
    assert.deepEqual(
      lacking(`\`streamline_isr_size\`\n\n${block("text", "streamline_isr_size 1")}`, live),
      [],
    );
  });

  test("knowing that a summary is there by its parts", () => {
    const section = block("promql", 'streamline_request_size_bytes{quantile="0.99"}');
    assert.deepEqual(lacking(section, live), []);
    assert.deepEqual(lacking(block("sh", "grep streamline_topics_total_sum x"), live), []);
  });

  test("by the beginning of a name", () => {
    assert.deepEqual(lacking(block("sh", "grep '^streamline_s3_' x"), live), ["streamline_s3_*"]);
    assert.deepEqual(lacking(block("sh", "grep -c '^streamline_' x"), live), []);
  });

  test("and other programs' metrics are not the server's", () => {
    assert.deepEqual(lacking(block("promql", "node_load1"), live), []);
  });
});

function withMetric(name: string, ...labels: string[]): LiveServer["metrics"] {
  return new Map([...HEALTHY.metrics, [name, new Set(labels)]]);
}
