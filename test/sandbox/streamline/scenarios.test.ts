import assert from "node:assert/strict";
import { test } from "node:test";
import { SCENARIOS } from "../../../src/sandbox/streamline/scenarios/index.ts";
import type { Scenario } from "../../../src/sandbox/streamline/scenarios/scenario.ts";
import { modelFor, type Poll, pollAfter } from "./polls.ts";

const MINUTES = 60_000;
const LAG = (group: string) => `/api/v1/consumer-groups/${group}/lag`;
const SYSTEM = "/api/v1/dashboard/system";
const STATUS = "/api/v1/cluster/status";
const PRODUCE = 'api_key="produce"';
const P99 = 'quantile="0.99"';
const DURATION = "streamline_request_duration_seconds";
const REFUSED = "Failed to append batch";

/** Whether the scenario can be seen in a poll; told of the poll before it began. */
type Sign = (poll: Poll, before: Poll) => boolean;

/** One sign each. It must show at both magnitudes, and be gone after clearing. */
const SIGNS: Readonly<Record<string, Sign>> = {
  "server-down": (poll) =>
    poll.taken.kafka.kind === "refused" && poll.status("/health") === "refused",
  "http-down": (poll) => poll.taken.kafka.kind === "answer" && poll.status("/health") === "refused",
  "http-slow": (poll) => delayOf(poll, "/health") >= 2_000 && kafkaDelay(poll) < 100,
  "http-hanging": (poll) => poll.status("/metrics") === "hanging",
  "just-restarted": (poll) => poll.sum("streamline_uptime_seconds") < 150,
  "crash-loop": (poll) => poll.sum("streamline_uptime_seconds") < 130,
  "data-directory-gone": (poll) =>
    poll.status("/health") === 503 &&
    poll.status("/health/ready") === 503 &&
    poll.at("/health", "checks", 1, "message") === "Data directory not accessible" &&
    poll.at("/health/ready", "components", "storage") === "ready",
  saturated: (poll) =>
    poll.sum(DURATION, 'api_key="fetch"', P99) > 0.04 &&
    poll.sum("streamline_pipeline_max_concurrent") === 10,
  "disk-full": (poll) => causes(poll).has("IO error: No space left on device (os error 28)"),
  "disk-filling": (poll, before) =>
    poll.number(SYSTEM, "storage", "used_bytes") >
    before.number(SYSTEM, "storage", "used_bytes") + 6_000_000_000,
  "slow-wal-sync": (poll) => poll.sum(DURATION, PRODUCE, P99) > 0.2,
  "wal-backpressure": (poll) =>
    [...causes(poll)].some((error) => error.includes("WAL backpressure")),
  "append-failures": (poll) => causes(poll).has("IO error: Input/output error (os error 5)"),
  "memory-growth": (poll, before) =>
    poll.number(SYSTEM, "memory", "used_bytes") >
    before.number(SYSTEM, "memory", "used_bytes") + 100_000_000,
  "oversized-requests": (poll) => poll.logged("Message too large").length > 0,
  "tiny-batches": (poll) =>
    poll.rate("streamline_records_total") / poll.rate("streamline_requests_total", PRODUCE) < 4,
  "hot-topic": (poll, before) => shareOf(poll, "inventory") > 5 * shareOf(before, "inventory"),
  "hot-partition": (poll) =>
    poll.rate("streamline_records_total", 'topic="orders",partition="0"') >
    0.5 * poll.rate("streamline_records_total", 'topic="orders"'),
  "connection-churn": (poll) => poll.rate("streamline_connections_total") > 3,
  "connection-growth": (poll, before) =>
    poll.sum("streamline_connections_active") > before.sum("streamline_connections_active") + 200,
  "pipeline-limit": (poll) => poll.sum("streamline_pipeline_max_concurrent") === 10,
  "stale-fetch-cache": (poll) => poll.rate("streamline_zerocopy_response_cache_hits") > 0,
  "consumer-slow": (poll) => liveLag(poll, "fulfilment") > 20_000 && gaugeLag(poll) > 20_000,
  "consumer-stopped": (poll) =>
    liveLag(poll, "fulfilment") > 20_000 &&
    gaugeLag(poll) < 5_000 &&
    poll.at(LAG("fulfilment"), "state") === "Stable",
  "consumer-stuck-after-replay": (poll) =>
    liveLag(poll, "fulfilment") > 20_000 &&
    poll.at(LAG("fulfilment"), "state") === "Stable" &&
    poll.rate("streamline_bytes_out_total", 'topic="orders"') >
      3 * poll.rate("streamline_bytes_in_total", 'topic="orders"'),
  "group-without-members": (poll) =>
    poll.at(LAG("fulfilment"), "state") === "Empty" &&
    poll.number(LAG("fulfilment"), "members") === 0 &&
    liveLag(poll, "fulfilment") > 20_000,
  "rebalance-storm": (poll) =>
    poll.rate("streamline_consumer_group_rebalances_total", 'group="fulfilment"') > 0 &&
    poll.logged("Members expired due to session timeout").length > 0,
  "lag-outlives-retention": (poll, before) =>
    liveLag(poll, "billing") > liveLag(before, "billing") + 500_000,
  "transactions-timing-out": (poll) => poll.rate("streamline_transaction_timeouts_total") > 0,
  "producers-fenced": (poll) => poll.logged("Invalid producer epoch").length > 0,
  "cluster-leaderless": (poll) =>
    poll.at(STATUS, "leader_id") === null && poll.at(STATUS, "healthy") === false,
  "cluster-elections": (poll, before) =>
    poll.number(STATUS, "current_term") > before.number(STATUS, "current_term") + 2,
  "cluster-member-missing": (poll) => poll.number("/api/v1/cluster/members", "total") < 5,
  "http-garbage": (poll) =>
    poll.status("/health") === "raw" || !poll.body("/metrics").includes("streamline_"),
  "foreign-service": (poll) => !poll.body("/metrics").includes("streamline_"),
  "metrics-flood": (poll) => extraBytes(poll) >= 40_000_000,
  "series-missing": (poll) => !poll.body("/metrics").includes("streamline_consumer_group_lag"),
  "series-renamed": (poll) => poll.body("/metrics").includes("streamline_broker_records_total"),
};

/** What a control leaves behind: the sign that something happened at all. */
const CONTROL_SIGNS: Readonly<Record<string, Sign>> = {
  steady: () => true,
  idle: (poll) => poll.rate("streamline_records_total") < 100,
  "high-load": (poll, before) =>
    poll.rate("streamline_records_total") > 1.4 * before.rate("streamline_records_total"),
  deploy: (poll, before) =>
    poll.sum("streamline_consumer_group_rebalances_total", 'group="billing"') >=
    before.sum("streamline_consumer_group_rebalances_total", 'group="billing"') + 2,
  "short-spike": (poll, before) =>
    poll.sum("streamline_records_total") - before.sum("streamline_records_total") > 6 * 60 * 5_800,
  throttled: (poll, before) =>
    poll.rate("streamline_records_total") < 0.95 * before.rate("streamline_records_total"),
  "clock-jump": (poll) => Math.abs(poll.number(SYSTEM, "timestamp") - poll.taken.atMs) > 60_000,
  "counter-reset": (poll) => poll.sum("streamline_uptime_seconds") < 1_600,
  "scrape-gap": (poll) => poll.status("/health") === 200,
  "empty-server": (poll) => poll.number("/info", "topics") === 0,
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
  const before = pollAfter(model, MINUTES);
  model.faults.set(scenario.id, magnitude);
  // A crash loop is dead for 6 s at its beginning and after each period: poll between two deaths.
  const beside = scenario.id === "crash-loop" ? 20_000 : 0;
  const during = pollAfter(model, Math.max(scenario.onset.visibleAfterMs, MINUTES) + beside);
  model.faults.clearAll();
  const after = pollAfter(model, 6 * MINUTES);
  return { before, during, after };
}

function delayOf(poll: Poll, path: string): number {
  const outcome = poll.taken.http.get(path);
  return outcome?.kind === "answer" ? outcome.delayMs : 0;
}

function kafkaDelay(poll: Poll): number {
  return poll.taken.kafka.kind === "answer" ? poll.taken.kafka.delayMs : Infinity;
}

function extraBytes(poll: Poll): number {
  const outcome = poll.taken.http.get("/metrics");
  return outcome?.kind === "answer" ? outcome.answer.extraBytes : 0;
}

function causes(poll: Poll): Set<string> {
  return new Set(poll.logged(REFUSED).map(({ fields }) => fields?.["error"] ?? ""));
}

function shareOf(poll: Poll, topic: string): number {
  const all = poll.rate("streamline_records_total");
  return poll.rate("streamline_records_total", `topic="${topic}"`) / all;
}

function liveLag(poll: Poll, group: string): number {
  return poll.status(LAG(group)) === 200 && poll.status("/health") === 200
    ? numberOrZero(poll, group)
    : 0;
}

function numberOrZero(poll: Poll, group: string): number {
  return poll.body(LAG(group)).startsWith("{") ? poll.number(LAG(group), "total_lag") : 0;
}

function gaugeLag(poll: Poll): number {
  return poll.sum("streamline_consumer_group_lag", 'group="fulfilment"');
}
