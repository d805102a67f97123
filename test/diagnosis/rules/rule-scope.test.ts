/** Which rules the series of one target can judge. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { recordedHere, whyNotJudged } from "../../../src/diagnosis/rules/rule-scope.ts";
import { createHistory } from "../../../src/history/history.ts";
import { parsePromql } from "../../../src/promql/parse.ts";

const history = createHistory();
history.append(1_000, [
  { name: "up", labels: { job: "streamline", instance: "b:9094" }, value: 1 },
  { name: "streamline_started_at", labels: {}, value: 900 },
  { name: "streamline_log_end_offset", labels: { topic: "orders", partition: "0" }, value: 5 },
]);
const scope = {
  history,
  labels: { job: "streamline", instance: "b:9094", cluster: "eu" },
  recorded: new Set(["job:lag:max"]),
};

const OURS = [
  "up == 0",
  'up{job="streamline"} == 0',
  'up{job=~"streamline|kafka"} == 0',
  'absent(streamline_log_end_offset{job="kafka-prod"})',
  'streamline_log_end_offset{cluster="eu"} > 1',
  'streamline_log_end_offset{topic!="x"} > 1',
  'absent(streamline_not_there{topic="orders"})',
  '{__name__=~"streamline_.*_total"} > 1',
  "job:lag:max > 5",
  '{__name__=~"streamline_(?:a|b)_total|streamline_c"} > 1',
  "sum by (job, instance) (up) == 0",
  "max without (job) (up) == 0",
  "topk(1, up) == 0",
  "max by (job) (streamline_started_at) > 5",
  "sum by (topic) (streamline_log_end_offset) > 1",
  "time() - streamline_started_at > 5",
  "sum by (group) (kafka_consumer_consumer_lag) > 5",
  'absent(streamline_log_end_offset{topic="orders"})',
  'absent(streamline_log_end_offset{topic=~"orders|payments"})',
  'absent(streamline_log_end_offset{cluster="eu", topic="payments"})',
  'absent_over_time(streamline_log_end_offset{instance="b:9094", topic="payments"}[5m])',
  'rate(streamline_errors_total{code=~"5.."}[5m]) > 1',
  'streamline_log_end_offset{topic=~"pay.*"} > 1',
];

const FOREIGN: readonly [expr: string, says: RegExp][] = [
  ['absent(up{job="some-other-job"} == 1)', /^up\{job="some-other-job"\} is not about/],
  ['up{instance="other:9094"} == 0', /instance="other:9094"/],
  ['up{job!="streamline"} == 0', /job!="streamline"/],
  ['absent(streamline_log_end_offset{cluster="us"})', /cluster="us"/],
  ['absent(streamline_log_end_offset{namespace="prod"})', /namespace="prod"/],
  ["absent(node_filesystem_avail_bytes)", /^node_filesystem_avail_bytes is not about/],
  ["up == 0 and on () node_load1 > 5", /^node_load1 /],
  ['{__name__=~".*_total"} > 1', /__name__=~/],
  ['{job="streamline"}', /job="streamline"/],
  ["sum(kafka_consumergroup_lag) > 10", /^kafka_consumergroup_lag is not about/],
  ["absent(kafka_server_brokerstate)", /^kafka_server_brokerstate is not about/],
  ['{__name__=~"kafka_.+"} > 1', /__name__=~/],
  ['{__name__=~"streamline_.+|node_.+"} > 1', /__name__=~/],
  ["vector(time() % 86400) > 5", /no series/],
  ['absent(streamline_log_end_offset{topic="payments"})', /^nothing with topic="payments" was/],
  ['absent(streamline_log_end_offset{job="streamline", topic="payments"})', /topic="payments"/],
  ['absent(sum(streamline_log_end_offset{topic=~"pay.*"}) > 0)', /topic=~"pay\.\*"/],
  ['absent_over_time(streamline_errors_total{code="500"}[1h])', /code="500"/],
  ['(sum(streamline_log_end_offset{topic="payments"}) or vector(0)) == 0', /topic="payments"/],
  ['streamline_lag{group=~"mail|audit"} > 5', /group=~"mail\|audit"/],
  ["max by (job) (up) == 0", /counts servers/],
  ["vector(1)", /no series/],
  ['count(up{job="streamline"} == 1) < 3', /^count\(up.*counts servers/],
  ["sum by (job) (up) == 0", /^sum by \(job\) \(up\) counts servers/],
  ["avg without (instance) (up) < 0.5", /counts servers/],
  ["up == 0 unless on (job) (sum by (job) (up) == 0)", /counts servers/],
  ["count(streamline_started_at) < 3", /counts servers/],
  ["count(streamline_started_at and up == 1) < 3", /counts servers/],
  [
    "streamline_started_at * on (instance) group_left (nodename) node_uname_info > 1",
    /^node_uname/,
  ],
  ["(streamline_started_at > 1) and on () absent(kube_pod_info)", /^kube_pod_info/],
];

for (const expr of OURS) {
  test(`${expr} is judged`, () => {
    assert.equal(whyNotJudged(parsePromql(expr), scope), undefined);
  });
}

for (const [expr, says] of FOREIGN) {
  test(`${expr} is passed over`, () => {
    assert.match(whyNotJudged(parsePromql(expr), scope)?.reason ?? "", says);
  });
}

test("a name is recorded here only by rules over this target's series, one over the other", () => {
  const rule = (record: string, expr: string) => ({
    record,
    expr,
    parsed: parsePromql(expr),
    labels: {},
  });
  const recording = [
    rule("job:share:ratio", "job:offsets:sum / job:limit:max"),
    rule("job:offsets:sum", "sum by (topic) (streamline_log_end_offset)"),
    rule("job:limit:max", "100"),
    rule("instance:cpu:rate", "rate(node_cpu_seconds_total[5m])"),
    rule("cluster:cpu:rate", "sum(instance:cpu:rate)"),
  ];
  const recorded = recordedHere(recording, scope);
  assert.deepEqual([...recorded].toSorted(), [
    "job:limit:max",
    "job:offsets:sum",
    "job:share:ratio",
  ]);
  const absent = parsePromql("absent(cluster:cpu:rate)");
  assert.match(whyNotJudged(absent, { ...scope, recorded })?.reason ?? "", /^cluster:cpu:rate /);
});
