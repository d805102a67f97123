import assert from "node:assert/strict";
import { test } from "node:test";
import { SCENARIOS } from "../../../../src/edges/sandbox/streamline/scenarios/index.ts";
import type { Scenario } from "../../../../src/edges/sandbox/streamline/scenarios/scenario.ts";
import { type Look, lookAfter, modelFor } from "./looks.ts";

const MINUTES = 60_000;
const LAG = (group: string) => `/api/v1/consumer-groups/${group}/lag`;
const SYSTEM = "/api/v1/dashboard/system";
const STATUS = "/api/v1/cluster/status";
const PRODUCE = 'api_key="produce"';
const P99 = 'quantile="0.99"';
const DURATION = "streamline_request_duration_seconds";
const REFUSED = "Failed to append batch";

/** Whether the scenario can be seen in a look; told of the look before it began. */
type Sign = (look: Look, before: Look) => boolean;

/** One sign each. It must show at both magnitudes, and be gone after clearing. */
const SIGNS: Readonly<Record<string, Sign>> = {
  "server-down": (look) =>
    look.taken.kafka.kind === "refused" && look.status("/health") === "refused",
  "http-down": (look) => look.taken.kafka.kind === "answer" && look.status("/health") === "refused",
  "http-slow": (look) => delayOf(look, "/health") >= 2_000 && kafkaDelay(look) < 100,
  "http-hanging": (look) => look.status("/metrics") === "hanging",
  "just-restarted": (look) => look.sum("streamline_uptime_seconds") < 150,
  "crash-loop": (look) => look.sum("streamline_uptime_seconds") < 130,
  "data-directory-gone": (look) =>
    look.status("/health") === 503 &&
    look.status("/health/ready") === 503 &&
    look.at("/health", "checks", 1, "message") === "Data directory not accessible" &&
    look.at("/health/ready", "components", "storage") === "ready",
  saturated: (look) =>
    look.sum(DURATION, 'api_key="fetch"', P99) > 0.04 &&
    look.sum("streamline_pipeline_max_concurrent") === 10,
  "disk-full": (look) => causes(look).has("IO error: No space left on device (os error 28)"),
  "disk-filling": (look, before) =>
    look.number(SYSTEM, "storage", "used_bytes") >
    before.number(SYSTEM, "storage", "used_bytes") + 6_000_000_000,
  "slow-wal-sync": (look) => look.sum(DURATION, PRODUCE, P99) > 0.2,
  "wal-backpressure": (look) =>
    [...causes(look)].some((error) => error.includes("WAL backpressure")),
  "append-failures": (look) => causes(look).has("IO error: Input/output error (os error 5)"),
  "memory-growth": (look, before) =>
    look.number(SYSTEM, "memory", "used_bytes") >
    before.number(SYSTEM, "memory", "used_bytes") + 100_000_000,
  "oversized-requests": (look) => look.logged("Message too large").length > 0,
  "tiny-batches": (look) =>
    look.rate("streamline_records_total") / look.rate("streamline_requests_total", PRODUCE) < 4,
  "hot-topic": (look, before) => shareOf(look, "inventory") > 5 * shareOf(before, "inventory"),
  "hot-partition": (look) =>
    look.rate("streamline_records_total", 'topic="orders",partition="0"') >
    0.5 * look.rate("streamline_records_total", 'topic="orders"'),
  "connection-churn": (look) => look.rate("streamline_connections_total") > 3,
  "connection-growth": (look, before) =>
    look.sum("streamline_connections_active") > before.sum("streamline_connections_active") + 200,
  "pipeline-limit": (look) => look.sum("streamline_pipeline_max_concurrent") === 10,
  "stale-fetch-cache": (look) => look.rate("streamline_zerocopy_response_cache_hits") > 0,
  "consumer-slow": (look) => liveLag(look, "fulfilment") > 20_000 && gaugeLag(look) > 20_000,
  "consumer-stopped": (look) =>
    liveLag(look, "fulfilment") > 20_000 &&
    gaugeLag(look) < 5_000 &&
    look.at(LAG("fulfilment"), "state") === "Stable",
  "group-without-members": (look) =>
    look.at(LAG("fulfilment"), "state") === "Empty" &&
    look.number(LAG("fulfilment"), "members") === 0 &&
    liveLag(look, "fulfilment") > 20_000,
  "rebalance-storm": (look) =>
    look.rate("streamline_consumer_group_rebalances_total", 'group="fulfilment"') > 0 &&
    look.logged("Members expired due to session timeout").length > 0,
  "lag-outlives-retention": (look, before) =>
    liveLag(look, "billing") > liveLag(before, "billing") + 500_000,
  "transactions-timing-out": (look) => look.rate("streamline_transaction_timeouts_total") > 0,
  "producers-fenced": (look) => look.logged("Invalid producer epoch").length > 0,
  "cluster-leaderless": (look) =>
    look.at(STATUS, "leader_id") === null && look.at(STATUS, "healthy") === false,
  "cluster-elections": (look, before) =>
    look.number(STATUS, "current_term") > before.number(STATUS, "current_term") + 2,
  "cluster-member-missing": (look) => look.number("/api/v1/cluster/members", "total") < 5,
  "http-garbage": (look) =>
    look.status("/health") === "raw" || !look.body("/metrics").includes("streamline_"),
  "foreign-service": (look) => !look.body("/metrics").includes("streamline_"),
  "metrics-flood": (look) => extraBytes(look) >= 40_000_000,
  "series-missing": (look) => !look.body("/metrics").includes("streamline_consumer_group_lag"),
  "series-renamed": (look) => look.body("/metrics").includes("streamline_broker_records_total"),
};

/** What a control leaves behind: the sign that something happened at all. */
const CONTROL_SIGNS: Readonly<Record<string, Sign>> = {
  steady: () => true,
  idle: (look) => look.rate("streamline_records_total") < 100,
  "high-load": (look, before) =>
    look.rate("streamline_records_total") > 1.4 * before.rate("streamline_records_total"),
  deploy: (look, before) =>
    look.sum("streamline_consumer_group_rebalances_total", 'group="billing"') >=
    before.sum("streamline_consumer_group_rebalances_total", 'group="billing"') + 2,
  "short-spike": (look, before) =>
    look.sum("streamline_records_total") - before.sum("streamline_records_total") > 6 * 60 * 5_800,
  throttled: (look, before) =>
    look.rate("streamline_records_total") < 0.95 * before.rate("streamline_records_total"),
  "clock-jump": (look) => Math.abs(look.number(SYSTEM, "timestamp") - look.taken.atMs) > 60_000,
  "counter-reset": (look) => look.sum("streamline_uptime_seconds") < 1_600,
  "scrape-gap": (look) => look.status("/health") === 200,
  "empty-server": (look) => look.number("/info", "topics") === 0,
};

test("every scenario has a sign, a source and two magnitudes with a meaning", () => {
  const signs = { ...SIGNS, ...CONTROL_SIGNS };
  assert.deepEqual(SCENARIOS.map(({ id }) => id).toSorted(), Object.keys(signs).toSorted());
  for (const { id, source, about, magnitudes } of SCENARIOS) {
    assert.match(source, /^streamline-facts \d/, id);
    assert.ok(about.length > 20 && magnitudes.meaning.length > 5, id);
  }
});

test("there are at least ten controls", () => {
  assert.ok(SCENARIOS.filter(({ kind }) => kind === "control").length >= 10);
});

for (const scenario of SCENARIOS.filter(({ kind }) => kind !== "control")) {
  for (const magnitude of ["mild", "severe"] as const) {
    test(`${scenario.id} (${magnitude}) shows when it is on and is gone when it is cleared`, () => {
      const sign = SIGNS[scenario.id];
      assert.ok(sign);
      const { before, during, after } = runScenario(scenario, magnitude);
      assert.equal(sign(before, before), false, "before");
      assert.equal(sign(during, before), true, "while it is on");
      assert.equal(sign(after, during), false, "after clearing");
    });
  }
}

for (const scenario of SCENARIOS.filter(({ kind }) => kind === "control")) {
  for (const magnitude of ["mild", "severe"] as const) {
    test(`the control ${scenario.id} (${magnitude}) leaves no sign of any fault`, () => {
      const { before, during } = runScenario(scenario, magnitude);
      const sign = CONTROL_SIGNS[scenario.id];
      assert.ok(sign?.(during, before), "its own sign");
      if (scenario.shape === "empty") return;
      for (const [id, fault] of Object.entries(SIGNS)) {
        if (id.startsWith("cluster-")) continue;
        assert.equal(fault(during, before), false, id);
      }
    });
  }
}

function runScenario(scenario: Scenario, magnitude: "mild" | "severe") {
  const model = modelFor(scenario.shape);
  const before = lookAfter(model, MINUTES);
  model.faults.set(scenario.id, magnitude);
  // A crash loop is dead for 6 s at its beginning and after each period: look between two deaths.
  const beside = scenario.id === "crash-loop" ? 20_000 : 0;
  const during = lookAfter(model, Math.max(scenario.onset.visibleAfterMs, MINUTES) + beside);
  model.faults.clearAll();
  const after = lookAfter(model, 6 * MINUTES);
  return { before, during, after };
}

function delayOf(look: Look, path: string): number {
  const outcome = look.taken.http.get(path);
  return outcome?.kind === "answer" ? outcome.delayMs : 0;
}

function kafkaDelay(look: Look): number {
  return look.taken.kafka.kind === "answer" ? look.taken.kafka.delayMs : Infinity;
}

function extraBytes(look: Look): number {
  const outcome = look.taken.http.get("/metrics");
  return outcome?.kind === "answer" ? outcome.answer.extraBytes : 0;
}

function causes(look: Look): Set<string> {
  return new Set(look.logged(REFUSED).map(({ fields }) => fields?.["error"] ?? ""));
}

function shareOf(look: Look, topic: string): number {
  const all = look.rate("streamline_records_total");
  return look.rate("streamline_records_total", `topic="${topic}"`) / all;
}

function liveLag(look: Look, group: string): number {
  return look.status(LAG(group)) === 200 && look.status("/health") === 200
    ? numberOrZero(look, group)
    : 0;
}

function numberOrZero(look: Look, group: string): number {
  return look.body(LAG(group)).startsWith("{") ? look.number(LAG(group), "total_lag") : 0;
}

function gaugeLag(look: Look): number {
  return look.sum("streamline_consumer_group_lag", 'group="fulfilment"');
}
