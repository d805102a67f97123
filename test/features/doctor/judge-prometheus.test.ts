/** What is said of a Prometheus whose jobs are missing, new, or cannot be scraped. */

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  judgePrometheus,
  type ScrapeJob,
  type WatchedMount,
} from "../../../src/features/doctor/judge-prometheus.ts";

const RULE = { alert: "KafkaDown", file: "streamline.rules.yml" };
const JOB = "streamline-kafka";

/** What is said of the job that probes Kafka. */
function judged(job?: ScrapeJob) {
  const checks = judgePrometheus(
    {
      address: "http://prometheus:9090",
      version: "2.42.0",
      rules: [RULE.alert],
      failingRules: [],
      activeAlertmanagers: 1,
      jobs: new Map(job === undefined ? [] : [[JOB, job]]),
      mounts: [],
    },
    [{ ...RULE, jobs: [JOB], needs: [JOB] }],
  );
  const found = checks.filter(({ where }) => where.endsWith(`job ${JOB}`));
  assert.equal(found.length, 1);
  return found[0];
}

test("a job that is missing is wrong, one that was not scraped yet is not", () => {
  assert.equal(judged()?.state, "wrong");
  assert.match(judged()?.says ?? "", /no such job.*KafkaDown/);
  const fresh = judged({ up: 0, down: 0 });
  assert.equal(fresh?.state, "not-checked");
  assert.doesNotMatch(fresh?.says ?? "", /no such job/);
  assert.equal(judged({ up: 1, down: 0 })?.state, "ok");
});

test("a probe that fails has the remedy of what its status says", () => {
  const url = "http://bot:8080/probe?module=kafka&target=broker-1%3A9092";
  const remedy = (error: string, at = url) =>
    judged({ up: 0, down: 1, error, url: at })?.remedy ?? "";
  assert.match(remedy("server returned HTTP status 404 Not Found"), /targets.*address/);
  assert.match(remedy("server returned HTTP status 503 Service Unavailable"), /last poll/);
  assert.match(remedy("server returned HTTP status 401 Unauthorized"), /METRICS_TOKEN/);
  assert.match(remedy("dial tcp 10.0.0.7:9115: connect: connection refused"), /let the bot probe/);
  const metrics = remedy(
    "server returned HTTP status 404 Not Found",
    "http://broker-1:9094/metrics",
  );
  assert.doesNotMatch(metrics, /probe/);
});

test("a mount point that the rules watch and no file system has is wrong, where there is an exporter", () => {
  const mount: WatchedMount = { point: "/data", rules: ["DiskFull"], fileSystems: 0 };
  const states = (mounts: readonly WatchedMount[], node: ScrapeJob = { up: 1, down: 0 }) =>
    judgePrometheus(
      {
        address: "http://prometheus:9090",
        version: "2.42.0",
        rules: [],
        failingRules: [],
        activeAlertmanagers: 1,
        jobs: new Map([["node", node]]),
        mounts,
      },
      [],
    ).flatMap(({ where, state, says }) => (where.includes("mount point") ? [{ state, says }] : []));
  assert.equal(states([mount])[0]?.state, "wrong");
  assert.match(states([mount])[0]?.says ?? "", /DiskFull/);
  assert.equal(states([{ ...mount, fileSystems: 2 }])[0]?.state, "ok");
  assert.deepEqual(states([mount], { up: 0, down: 1 }), [], "its exporter is what is missing");
});
