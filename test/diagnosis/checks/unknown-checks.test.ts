/** What the samples do not show is unknown: too little history, too few samples, no requests. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "../../../src/diagnosis/checks/finding.ts";
import { judgeCheck } from "../../../src/diagnosis/checks/judge-check.ts";
import { ownChecks } from "../../eval/own-checks.ts";
import { checkOf, evidenceWith, START_MS, STEP_MS, sample } from "../checks.ts";
import { judgeLag, LAG } from "./lag-check.ts";

const EVENTS = `  - id: events
    expr: increase(events_total[5m]) > 0
    needs:
      - series: events_total
        history: 5m
    finding: "{{ $value }} events"
    threshold: 0`;

test("a metric that has stopped coming is unknown, although PromQL would still find it", () => {
  const { evidence, nowMs } = evidenceWith(20, (poll) => (poll < 10 ? [sample("lag", 500)] : []));
  const finding = judgeCheck(LAG, evidence, { nowMs, scope: {} });
  assert.equal(finding.verdict, "unknown");
  assert.deepEqual(finding.reason, { kind: "stale", series: "lag", freshMs: 60_000 });
  const gap = evidenceWith(3, () => [sample("lag", 500)]);
  const later = judgeCheck(LAG, gap.evidence, { nowMs: gap.nowMs + 120_000, scope: {} });
  assert.equal(later.verdict, "unknown");
});

test("a metric that every second poll holds is fresh", () => {
  const finding = judgeLag(8, (poll) => (poll % 2 === 0 ? [sample("lag", 5)] : []));
  assert.equal(finding.verdict, "healthy");
});

test("too little history is unknown, and what is needed is reported", () => {
  const check = checkOf(EVENTS);
  const { evidence, nowMs } = evidenceWith(10, (poll) => [sample("events_total", poll)]);
  const finding = judgeCheck(check, evidence, { nowMs, scope: {} });
  assert.equal(finding.verdict, "unknown");
  assert.deepEqual(finding.reason, {
    kind: "short",
    series: "events_total",
    neededMs: 300_000,
    readyMs: START_MS + 300_000,
  });
});

test("what needs one sighting only is active at once, and healthy only with enough history", () => {
  const check = checkOf(`${EVENTS}\n    at_once: true`);
  const judge = (polls: number, value: (poll: number) => number): string => {
    const { evidence, nowMs } = evidenceWith(polls, (poll) => [
      sample("events_total", value(poll)),
    ]);
    return judgeCheck(check, evidence, { nowMs, scope: {} }).verdict;
  };
  assert.equal(
    judge(10, (poll) => poll),
    "active",
  );
  assert.equal(
    judge(10, () => 3),
    "unknown",
  );
  assert.equal(
    judge(30, () => 3),
    "healthy",
  );
});

test("absence is healthy only while the check says that it is normal", () => {
  const check = checkOf(`  - id: hits
    expr: rate(hits_total[5m]) > 0
    needs:
      - series: hits_total
        history: 5m
        missing_ok_if: uptime > 0
    finding: "{{ $value }}"`);
  const judge = (at: Parameters<typeof evidenceWith>[1]): Finding => {
    const { evidence, nowMs } = evidenceWith(30, at);
    return judgeCheck(check, evidence, { nowMs, scope: {} });
  };
  assert.equal(judge(() => [sample("uptime", 9)]).verdict, "healthy");
  assert.equal(judge(() => [sample("other", 9)]).verdict, "unknown");
  // The first event is two minutes old: absence was normal before it, so history is not short.
  const appeared = judge((poll) => [
    sample("uptime", 9),
    ...(poll > 22 ? [sample("hits_total", poll)] : []),
  ]);
  assert.equal(appeared.verdict, "active");
});

test("a rate of what the process counts is half-filled until the process is old enough", () => {
  const check = checkOf(`  - id: busy
    expr: rate(streamline_x_total[2m]) > 100
    needs:
      - series: streamline_x_total
        history: 2m
    finding: "x"`);
  const startedAt = 30;
  const judge = (polls: number): Finding => {
    const { evidence, nowMs } = evidenceWith(polls, (poll) => [
      sample("streamline_x_total", poll),
      sample(
        "server_start_time_seconds",
        (START_MS + (poll < startedAt ? 0 : startedAt * STEP_MS)) / 1_000,
      ),
    ]);
    return judgeCheck(check, evidence, { nowMs, scope: {} });
  };
  assert.equal(judge(30).verdict, "healthy");
  const young = judge(35);
  assert.equal(young.verdict, "unknown");
  assert.deepEqual(young.reason, {
    kind: "short",
    series: "streamline_x_total",
    neededMs: 120_000,
    readyMs: START_MS + startedAt * STEP_MS + 120_000,
  });
  assert.equal(judge(39).verdict, "healthy");
});

test("a quantile of requests that nobody made is unknown, although it prints 0", () => {
  const check = checkOf(`  - id: slow
    expr: p99 > 0.1
    needs:
      - series: requests_total
        traffic: 1m
    finding: "x"`);
  const judge = (count: (poll: number) => number): Finding => {
    const { evidence, nowMs } = evidenceWith(20, (poll) => [
      sample("p99", 0),
      sample("requests_total", count(poll)),
    ]);
    return judgeCheck(check, evidence, { nowMs, scope: {} });
  };
  assert.equal(judge((poll) => poll).verdict, "healthy");
  const idle = judge(() => 7);
  assert.equal(idle.verdict, "unknown");
  assert.deepEqual(idle.reason, {
    kind: "idle",
    series: "requests_total",
    overMs: 60_000,
  });
});

test("a window with one sample shows no change, so that nothing found in it is not healthy", () => {
  const check = checkOf(EVENTS.replaceAll("5m", "1m"));
  const judge = (isLost: (poll: number) => boolean): Finding => {
    const { evidence, nowMs } = evidenceWith(20, (poll) =>
      isLost(poll) ? [] : [sample("events_total", 3)],
    );
    return judgeCheck(check, evidence, { nowMs, scope: {} });
  };
  assert.equal(judge(() => false).verdict, "healthy");
  const lost = judge((poll) => poll > 14 && poll < 19);
  assert.equal(lost.verdict, "unknown");
  assert.deepEqual(lost.reason, {
    kind: "sparse",
    series: "events_total",
    overMs: 60_000,
    least: 2,
  });
});

test("what must come twice within a time may be younger than a process", () => {
  const check = checkOf(`  - id: growth
    expr: delta(group_end_offset[1m]) > 0
    needs:
      - series: group_end_offset
        twice: 1m
    finding: "x"`);
  const judge = (every: number): string => {
    const { evidence, nowMs } = evidenceWith(21, (poll) => [
      sample("server_start_time_seconds", (START_MS + 19 * STEP_MS) / 1_000),
      ...(poll % every === 0 ? [sample("group_end_offset", 7)] : []),
    ]);
    return judgeCheck(check, evidence, { nowMs, scope: {} }).verdict;
  };
  assert.equal(judge(1), "healthy");
  // Asked in turns that take longer than the time within which a change is found.
  assert.equal(judge(5), "unknown");
});

test("a check that needs three samples is not ruled out by two", () => {
  const check = checkOf(`  - id: slow
    expr: min_over_time(probe_duration_seconds[1m]) > 1 and count_over_time(probe_duration_seconds[1m]) > 2
    needs:
      - series: probe_duration_seconds
        twice: 1m
        samples: 3
    finding: "x"`);
  const judge = (every: number, seconds: number) => {
    const { evidence, nowMs } = evidenceWith(21, (poll) =>
      poll % every === 0 ? [sample("probe_duration_seconds", seconds)] : [],
    );
    return judgeCheck(check, evidence, { nowMs, scope: {} });
  };
  assert.equal(judge(1, 0.1).verdict, "healthy");
  assert.equal(judge(1, 2).verdict, "active");
  // Two samples in a minute.
  const sparse = judge(3, 2);
  assert.ok(sparse.verdict === "unknown");
  assert.equal(sparse.reason.kind, "sparse");
});

test("samples every 30 s are enough for all our checks but the one of the Kafka port's answers", () => {
  const SCRAPE_MS = 30_000;
  const needMore = ownChecks().checks.filter(({ needs }) =>
    needs.some(({ twiceMs, samples }) => twiceMs > 0 && twiceMs / samples < SCRAPE_MS),
  );
  assert.deepEqual(
    needMore.map(({ id }) => id),
    ["kafka-slow"],
    "docs/commands.md and MONITORING.md name those that need more",
  );
});
