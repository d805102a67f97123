import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { evidenceOf } from "../../src/diagnosis/checks/evidence-of-history.ts";
import { OWN_NAMES, series } from "../../src/diagnosis/checks/own-series.ts";
import {
  EXPORTED_FAMILIES,
  exportedSeries,
  probeAnswer,
} from "../../src/diagnosis/exported-series.ts";
import { parseOtherPrograms } from "../../src/drift/other-programs.ts";
import { createHistory } from "../../src/history/history.ts";
import { selectedName, selectorsOf } from "../../src/promql/expression.ts";
import { parsePromql } from "../../src/promql/parse.ts";
import { ownChecks } from "../eval/own-checks.ts";
import { TARGET } from "./polls.ts";

const PREFIX = "streamline_target_";
const T0 = Date.UTC(2026, 10, 23, 3);

test("the catalogue, which holds the guides to names, knows each exported series", () => {
  const text = readFileSync("knowledge/catalogue/other-programs.yaml", "utf8");
  const { metrics } = parseOtherPrograms(text);
  const known = [...metrics.keys()].filter((name) => name.startsWith(PREFIX));
  assert.deepEqual(known.toSorted(), Object.keys(EXPORTED_FAMILIES).toSorted());
});

test("each is a series that the bot makes itself", () => {
  const own = Object.keys(EXPORTED_FAMILIES).map((name) => name.slice(PREFIX.length));
  const others = own.filter(
    (name) => !OWN_NAMES.has(name) && name !== "last_poll_timestamp_seconds",
  );
  assert.deepEqual(others, []);
});

test("whatever of the bot's own series a check reads is exported", () => {
  const read = ownChecks().checks.flatMap(({ expr, needs, values, began, chart }) => [
    expr,
    ...needs.flatMap((need) => [need.series, need.missingOkIf ?? []].flat()),
    ...Object.values(values),
    ...[began ?? [], chart ?? []].flat(),
  ]);
  const names = new Set(read.flatMap((text) => selectorsOf(parsePromql(text)).map(selectedName)));
  // Prometheus has `up` of its own.
  const own = [...names].filter(
    (name) => name !== undefined && name !== "up" && OWN_NAMES.has(name),
  );
  assert.ok(own.length > 10);
  assert.deepEqual(
    own.filter((name) => !Object.hasOwn(EXPORTED_FAMILIES, `${PREFIX}${name}`)),
    [],
  );
});

test("lag that was asked in an earlier turn is still there; a probe that is a minute old is not", () => {
  const history = createHistory({ retentionMs: 3_600_000 });
  history.append(T0, [
    series("group_lag", { group: "billing", topic: "orders", partition: "0" }, 7),
    series("probe_success", { probe: "kafka_api" }, 1),
  ]);
  history.append(T0 + 90_000, [series("server_uptime_seconds", {}, 100)]);
  const evidence = evidenceOf(history);
  const names = (nowMs: number) =>
    [...exportedSeries(TARGET, evidence, nowMs)].flat().map(({ name }) => name);
  assert.ok(names(T0 + 90_000).includes(`${PREFIX}group_lag`));
  assert.ok(!names(T0 + 90_000).includes(`${PREFIX}probe_success`));
  assert.equal(probeAnswer("kafka", evidence, T0 + 30_000)[0]?.value, 1);
  assert.deepEqual(probeAnswer("kafka", evidence, T0 + 90_000), []);
  const unpolled = evidenceOf(createHistory({ retentionMs: 1 }));
  assert.deepEqual([...exportedSeries(TARGET, unpolled, T0)], []);
});
