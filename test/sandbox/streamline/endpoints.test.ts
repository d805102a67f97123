import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { answerHttp } from "../../../src/sandbox/streamline/endpoints.ts";
import type { Model } from "../../../src/sandbox/streamline/model.ts";
import {
  connectionStats,
  count,
  group,
  groupDetails,
  history,
  lag,
  logs,
  members,
  overview,
  status,
  system,
  topic,
  topicDetails,
} from "./api-shapes.ts";
import { modelFor } from "./polls.ts";
import { readSeries, START_MS } from "./simulated.ts";

const ADDRESSES = { http: "0.0.0.0:9094", kafka: "0.0.0.0:9092" };
const SHAPES: readonly (readonly [path: string, shape: z.ZodType])[] = [
  ["/api/v1/topics", z.array(topic).length(6)],
  ["/api/v1/topics/orders", topicDetails],
  ["/api/v1/cluster", overview],
  ["/api/v1/consumer-groups", z.array(group).length(5)],
  ["/api/v1/consumer-groups/billing", groupDetails],
  ["/api/v1/consumer-groups/billing/lag", lag],
  ["/api/v1/logs", logs],
  ["/api/v1/logs/search?q=client", logs],
  ["/api/v1/connections/stats", connectionStats],
  ["/api/v1/connections", z.strictObject({ stats: connectionStats, note: z.string() })],
  ["/api/v1/metrics/history", history],
  ["/api/v1/dashboard/system", system],
];

for (const [path, shape] of SHAPES) {
  test(`${path} has exactly the fields of the real answer`, () => {
    const answer = ask(modelFor(), path);
    assert.equal(answer.status, 200);
    shape.parse(answer.json);
  });
}

test("with clustering on there are a Raft status and members; without it they are 404", () => {
  const cluster = modelFor("cluster");
  assert.equal(status.parse(ask(cluster, "/api/v1/cluster/status").json).healthy, true);
  assert.equal(members.parse(ask(cluster, "/api/v1/cluster/members").json).total, 5);
  for (const path of ["/api/v1/cluster/status", "/api/v1/cluster/members"]) {
    assert.equal(ask(modelFor(), path).status, 404);
  }
});

test("the overview of a cluster is still that of one node", () => {
  overview.parse(ask(modelFor("cluster"), "/api/v1/cluster").json);
  const brokers = ask(modelFor("cluster"), "/api/v1/brokers").json;
  const broker = { node_id: 1, host: "0.0.0.0", port: 9092, rack: null, is_controller: true };
  assert.deepEqual(brokers, [{ ...broker, state: "online" }]);
});

test("features tell of a lite build, or of one with clustering", () => {
  const features = z.object({ features: z.record(z.string(), z.object({ enabled: z.boolean() })) });
  const enabled = (model: Model) =>
    Object.entries(features.parse(ask(model, "/api/v1/features").json).features)
      .filter(([, feature]) => feature.enabled)
      .map(([name]) => name);
  assert.deepEqual(enabled(modelFor()), []);
  assert.deepEqual(enabled(modelFor("cluster")), ["clustering"]);
});

test("an unknown topic and an unknown group are 404, the lag of an unknown group is not", () => {
  const model = modelFor();
  const noTopic = ask(model, "/api/v1/topics/none");
  assert.equal(noTopic.status, 404);
  assert.equal(z.object({ error: z.string() }).parse(noTopic.json).error, "TOPIC_NOT_FOUND");
  assert.deepEqual(ask(model, "/api/v1/consumer-groups/none"), {
    status: 404,
    json: { error: "GROUP_NOT_FOUND", message: "Consumer group does not exist" },
  });
  const unknown = lag.parse(ask(model, "/api/v1/consumer-groups/none/lag").json);
  assert.equal(unknown.state, "Unknown");
  assert.deepEqual(unknown.partitions, []);
});

test("asking for a group's lag moves its frozen gauges to the truth", () => {
  const model = modelFor();
  model.faults.set("consumer-stopped", "severe");
  model.advance(START_MS + 300_000);
  const gauge = () => sumOf(metricsText(model), "streamline_consumer_group_lag", "fulfilment");
  const frozen = gauge();
  const live = lag.parse(ask(model, "/api/v1/consumer-groups/fulfilment/lag").json);
  assert.ok(live.total_lag > 300_000 && frozen < 3_000, `${live.total_lag} and ${frozen}`);
  assert.equal(gauge(), live.total_lag);
  const total = sumOf(metricsText(model), "streamline_consumer_group_total_lag", "fulfilment");
  assert.equal(total, live.total_lag);
});

test("the lag of one topic refreshes nothing", () => {
  const model = modelFor();
  const before = metricsText(model);
  const answer = ask(model, "/api/v1/consumer-groups/billing/lag/payments");
  lag
    .omit({ state: true, members: true })
    .extend({ topic: z.literal("payments") })
    .parse(answer.json);
  assert.equal(metricsText(model), before);
});

test("a group's members share its partitions without gap or overlap", () => {
  const details = groupDetails.parse(ask(modelFor(), "/api/v1/consumer-groups/analytics").json);
  const assigned = details.members.flatMap(({ assignments }) =>
    assignments.flatMap(({ partitions }) => partitions),
  );
  assert.deepEqual(
    assigned.toSorted((a, b) => a - b),
    [0, 1, 2, 3, 4, 5, 6, 7],
  );
  assert.equal(details.members.length, 4);
});

test("the heatmap has a row per group and a column per topic that is read", () => {
  const cell = z.strictObject({
    total_lag: count,
    severity: z.enum(["low", "medium", "high", "critical"]),
    partition_count: count,
  });
  const heatmap = z
    .strictObject({
      groups: z.array(z.string()),
      topics: z.array(z.string()),
      cells: z.array(z.array(cell.nullable())),
    })
    .parse(ask(modelFor(), "/api/v1/consumer-groups/heatmap").json);
  assert.equal(heatmap.cells.length, heatmap.groups.length);
  assert.deepEqual(heatmap.topics, ["clicks", "emails", "inventory", "orders", "payments"]);
  for (const row of heatmap.cells) assert.equal(row.filter((found) => found !== null).length, 1);
});

test("logs after an id are those that came since, and a level hides what is below it", () => {
  const model = modelFor();
  model.faults.set("disk-full", "severe");
  const { latest_id: latest = 0 } = logs.parse(ask(model, "/api/v1/logs").json);
  assert.deepEqual(logs.parse(ask(model, `/api/v1/logs?after=${latest}`).json).entries, []);
  model.advance(START_MS + 2_000);
  const url = `/api/v1/logs?after=${latest}&limit=1000&level=error`;
  const since = logs.parse(ask(model, url).json).entries;
  assert.ok(since.length > 50);
  assert.ok(since.every(({ id, level }) => id > latest && level === "ERROR"));
});

test("the history goes back an hour, every 5 s, and can be cut shorter", () => {
  const model = modelFor();
  const points = (query: string) =>
    history.parse(ask(model, `/api/v1/metrics/history${query}`).json).points.length;
  assert.ok(points("") >= 719 && points("") <= 720);
  assert.equal(points("?duration=30m"), 361);
  assert.equal(points("?duration=90s"), 19);
  assert.equal(points("?duration=1"), points("?duration=1h"));
});

test("the dashboard calls a server without its data directory unhealthy, with status 200", () => {
  const model = modelFor();
  model.faults.set("data-directory-gone", "mild");
  const health = ask(model, "/api/v1/dashboard/health");
  assert.equal(health.status, 200);
  assert.equal(z.object({ status: z.string() }).parse(health.json).status, "unhealthy");
  const nested = z.object({ health_status: z.object({ status: z.string() }) });
  const dashboard = nested.parse(ask(model, "/api/v1/dashboard").json);
  assert.equal(dashboard.health_status.status, "unhealthy");
});

test("without its data directory commits fail: the gauge stands still, the live lag does not grow", () => {
  const model = modelFor();
  model.faults.set("data-directory-gone", "mild");
  model.advance(START_MS + 10_000);
  const gauge = () => sumOf(metricsText(model), "streamline_consumer_group_lag", "billing");
  const before = gauge();
  model.advance(START_MS + 600_000);
  assert.equal(gauge(), before);
  const live = lag.parse(ask(model, "/api/v1/consumer-groups/billing/lag").json);
  assert.ok(live.total_lag < 5_000, String(live.total_lag));
});

test("the JMX view holds the consumer lag beans and nothing else", () => {
  const jmx = z
    .strictObject({
      request: z.strictObject({ type: z.literal("read") }),
      value: z.record(z.string(), z.record(z.string(), z.number())),
      status: z.literal(200),
    })
    .parse(ask(modelFor(), "/metrics/jmx").json);
  const beans = Object.keys(jmx.value);
  assert.ok(
    beans.includes("kafka.consumer:type=Consumer,topic=emails,partition=0,client-id=mailer"),
  );
  assert.ok(beans.includes("kafka.consumer:type=ConsumerLag,client-id=mailer"));
  assert.ok(beans.every((bean) => bean.startsWith("kafka.consumer:type=Consumer")));
});

function ask(model: Model, url: string): { status: number; json: unknown } {
  const outcome = answerHttp(model, { method: "GET", url }, ADDRESSES);
  if (outcome.kind !== "answer") throw new Error(`${url}: ${outcome.kind}`);
  const { status: code, body } = outcome.answer;
  return { status: code, json: body === "" ? undefined : JSON.parse(body) };
}

function metricsText(model: Model): string {
  const outcome = answerHttp(model, { method: "GET", url: "/metrics" }, ADDRESSES);
  return outcome.kind === "answer" ? outcome.answer.body : "";
}

function sumOf(text: string, name: string, id: string): number {
  const series = readSeries(text, name, [`group="${id}"`]);
  return [...series.values()].reduce((sum, value) => sum + value, 0);
}
