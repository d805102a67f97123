import assert from "node:assert/strict";
import { test } from "node:test";
import { parseExposition } from "../../../src/exposition/parse-exposition.ts";
import {
  formatRustNumber,
  QUANTILES,
  renderExposition,
} from "../../../src/sandbox/streamline/exposition.ts";
import { METRICS } from "../../../src/sandbox/streamline/metric-catalogue.ts";
import { createModel } from "../../../src/sandbox/streamline/model.ts";
import { createRecorder, formatLabels } from "../../../src/sandbox/streamline/recorder.ts";
import { shapeWithPartitions } from "../../../src/sandbox/streamline/shape.ts";
import { snapshotAt } from "../../../src/sandbox/streamline/snapshot.ts";
import fc from "../../support/fast-check.ts";
import { modelFor, pollAfter } from "./polls.ts";
import { readSeries, START_MS } from "./simulated.ts";

const AS_IT_IS = { dropped: [], prefix: "streamline_" };

/** A sample's name without what a summary adds to it. */
function familyOf(name: string): string {
  const base = name.replace(/_(sum|count)$/, "");
  return Object.hasOwn(METRICS, base) ? base : name;
}

/** In the source, and in no recording: buffers never come back to the pool (fidelity.test.ts). */
const NEVER_SEEN = new Set([
  "streamline_zerocopy_buffer_pool_hits",
  "streamline_zerocopy_buffer_pool_available",
]);

test("with everything on that records, the names are the 39 of the source but for two never seen", () => {
  const model = modelFor();
  model.faults.set("stale-fetch-cache");
  model.faults.set("transactions-timing-out");
  pollAfter(model, 300_000);
  const text = pollAfter(model, 60_000).body("/metrics");
  const names = new Set(parseExposition(text).samples.map(({ name }) => familyOf(name)));
  const expected = Object.keys(METRICS).filter((name) => !NEVER_SEEN.has(name));
  assert.deepEqual([...names].toSorted(), expected.toSorted());
  assert.equal(names.size, 37);
});

test("the exposition parses without a broken line or a duplicate", () => {
  const parsed = parseExposition(pollAfter(modelFor(), 120_000).body("/metrics"));
  assert.equal(parsed.brokenTotal, 0, JSON.stringify(parsed.broken));
  assert.equal(parsed.duplicates, 0);
  assert.ok(parsed.samples.length > 300);
});

test("every family has one TYPE line, and HELP only where the server describes the name", () => {
  const lines = pollAfter(modelFor(), 60_000).body("/metrics").split("\n");
  const typed = lines
    .filter((line) => line.startsWith("# TYPE "))
    .map((line) => line.split(" ")[2]);
  assert.equal(new Set(typed).size, typed.length);
  for (const [name, metric] of Object.entries(METRICS)) {
    if (!typed.includes(name)) continue;
    const hasHelp = lines.some((line) => line.startsWith(`# HELP ${name} `));
    assert.equal(hasHelp, "help" in metric, name);
    assert.ok(lines.includes(`# TYPE ${name} ${metric.type}`), name);
  }
});

test("summaries have the exporter's seven quantiles, a sum and a count, and no buckets", () => {
  const text = pollAfter(modelFor(), 60_000).body("/metrics");
  assert.doesNotMatch(text, /_bucket/);
  const produce = readSeries(text, "streamline_request_duration_seconds", ['api_key="produce"']);
  const quantiles = [...produce.keys()].map((labels) => /quantile="([^"]+)"/.exec(labels)?.[1]);
  assert.deepEqual(quantiles, QUANTILES.map(String));
  for (const suffix of ["sum", "count"]) {
    const name = `streamline_request_duration_seconds_${suffix}`;
    assert.equal(readSeries(text, name, ['api_key="produce"']).size, 1);
  }
});

test("the unlabelled twins hold what all labelled series hold together", () => {
  const poll = pollAfter(modelFor(), 120_000);
  for (const name of ["streamline_requests_total", "streamline_request_duration_seconds_count"]) {
    const series = readSeries(poll.body("/metrics"), name);
    const twin = series.get("");
    assert.ok(twin !== undefined && twin > 1_000, name);
    const labelled = [...series].filter(([labels]) => labels !== "");
    assert.equal(
      labelled.reduce((sum, [, value]) => sum + value, 0),
      twin,
      name,
    );
  }
});

test("quantiles never fall from one to the next", () => {
  const text = pollAfter(modelFor(), 60_000).body("/metrics");
  for (const key of ["produce", "fetch", "metadata", "unknown"]) {
    const words = [`api_key="${key}"`];
    const values = [...readSeries(text, "streamline_request_duration_seconds", words).values()];
    assert.deepEqual(
      values,
      values.toSorted((a, b) => a - b),
      key,
    );
  }
});

test("an empty server shows no series but its uptime and the number of its topics", () => {
  const text = pollAfter(modelFor("empty"), 60_000).body("/metrics");
  const names = parseExposition(text).samples.map(({ name }) => name);
  assert.deepEqual(names, ["streamline_uptime_seconds", "streamline_topics_total"]);
});

test("before a group's lag is asked for, its members and partitions have no series", () => {
  const model = modelFor();
  const members = "streamline_consumer_group_members";
  assert.equal(pollAfter(model, 60_000).body("/metrics").includes(members), false);
  assert.equal(pollAfter(model, 60_000).sum(members, 'group="billing"'), 3);
});

test("uptime moves every 10 s and offsets every 30 s", () => {
  const model = modelFor();
  const seen = { uptime: new Set<number>(), offset: new Set<number>() };
  for (let second = 1; second <= 60; second += 1) {
    const outcome = snapshotAt(model, START_MS + second * 1000, ["/metrics"]).http.get("/metrics");
    const text = outcome?.kind === "answer" ? outcome.answer.body : "";
    seen.uptime.add(readSeries(text, "streamline_uptime_seconds").get("") ?? Number.NaN);
    const end = readSeries(text, "streamline_log_end_offset", ['topic="orders",partition="0"']);
    seen.offset.add([...end.values()][0] ?? Number.NaN);
  }
  assert.equal(seen.uptime.size, 7);
  assert.equal(seen.offset.size, 3);
});

test("an idle minute leaves sums as they are and quantiles at 0", () => {
  const model = modelFor();
  model.faults.set("idle", "severe");
  const poll = pollAfter(model, 180_000);
  const produce = ['api_key="produce"'];
  assert.equal(poll.sum("streamline_request_duration_seconds", ...produce), 0);
  assert.ok(poll.sum("streamline_request_duration_seconds_count", ...produce) > 100_000);
});

test("10,000 partitions give 10,000 series of each partition metric", () => {
  const shape = shapeWithPartitions(10_000);
  const model = createModel({ seed: 1, startMs: START_MS, shape });
  const outcome = snapshotAt(model, START_MS, ["/metrics"]).http.get("/metrics");
  const text = outcome?.kind === "answer" ? outcome.answer.body : "";
  for (const name of ["streamline_log_end_offset", "streamline_records_total"]) {
    assert.equal(readSeries(text, name).size, 10_000, name);
  }
});

test("numbers are written without an exponent and read back as the same number", () => {
  const any = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(any, (value) => {
      const text = formatRustNumber(value);
      assert.match(text, /^-?\d+(\.\d+)?$/);
      assert.equal(Number(text), value === 0 ? 0 : value);
    }),
  );
  assert.equal(formatRustNumber(1.2e-7), "0.00000012");
  assert.equal(formatRustNumber(-3e21), "-3000000000000000000000");
  assert.equal(formatRustNumber(Infinity), "inf");
  assert.equal(formatRustNumber(Number.NaN), "NaN");
});

test("label values of any kind survive rendering and parsing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (topic) => {
      const recorder = createRecorder();
      recorder.add("streamline_bytes_in_total", formatLabels({ topic }), 5);
      const text = renderExposition(recorder, 0, AS_IT_IS);
      const [sample] = parseExposition(text).samples;
      assert.equal(sample?.labels["topic"], topic);
    }),
  );
});
