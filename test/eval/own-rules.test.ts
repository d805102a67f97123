/**
 * Our own checks over series that are written here, each for a trap that a real server set: what
 * looks like a fault and is none, and a fault in half of its strength.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { diagnose } from "../../src/diagnosis/checks/diagnose.ts";
import { evidenceOf } from "../../src/diagnosis/checks/evidence-of-history.ts";
import { judgeCheck } from "../../src/diagnosis/checks/judge-check.ts";
import type { Sample } from "../../src/exposition/sample.ts";
import { UNITS_AT_ONCE } from "../../src/features/why-slow/diagnosing.ts";
import { createAllowance } from "../../src/promql/budget.ts";
import { evidenceWith, STEP_MS, sample } from "../diagnosis/checks.ts";
import { allCases } from "./cases.ts";
import { ownChecks } from "./own-checks.ts";
import { createCasePlayer } from "./run-case.ts";

const { checks } = ownChecks();
const STEP_S = STEP_MS / 1_000;

/** At how many of the polls from `from` on the check is active. */
function activeAt(id: string, polls: number, at: (poll: number) => readonly Sample[], from = 0) {
  const check = checks.find((each) => each.id === id);
  assert.ok(check, id);
  const all = Array.from({ length: polls - from }, (_, index) => {
    const { evidence, nowMs } = evidenceWith(from + index + 1, at);
    return judgeCheck(check, evidence, { nowMs, scope: {} }).verdict;
  });
  return all.filter((verdict) => verdict === "active").length;
}

/** A group on a topic that takes 40 records a second, with what it has not committed at a time. */
function groupWith(lagAt: (seconds: number) => number): (poll: number) => readonly Sample[] {
  return (poll) => {
    const end = Math.round(100_000 + poll * STEP_S * 40);
    const lag = Math.round(lagAt(poll * STEP_S));
    const labels = { group: "billing", topic: "orders", partition: "0" };
    return [
      sample("consumer_groups", 1),
      sample("group_members", 1, { group: "billing" }),
      sample("group_lag", lag, labels),
      sample("group_end_offset", end, labels),
      sample("group_committed_offset", end - lag, labels),
    ];
  };
}

test("a group that commits once in 20 to 120 seconds and keeps up is neither slow nor stopped", () => {
  for (const seconds of [20, 45, 60, 75, 90, 120]) {
    const sawtooth = groupWith((time) => (time % seconds) * 40);
    assert.equal(activeAt("consumer-slow", 60, sawtooth, 10), 0, `slow at ${seconds} s`);
    assert.equal(activeAt("consumer-stopped", 60, sawtooth, 20), 0, `stopped at ${seconds} s`);
  }
});

test("a group that reads three of four records is slow within two minutes", () => {
  const slow = groupWith((time) => 20 + Math.max(0, time - 300) * 10);
  assert.equal(activeAt("consumer-slow", 20, slow), 0);
  assert.ok(activeAt("consumer-slow", 29, slow, 28) === 1);
});

test("a few records of a quiet topic are no backlog, however long they took to arrive", () => {
  const at = (poll: number): readonly Sample[] => {
    const labels = { group: "audit", topic: "events", partition: "0" };
    const end = 1_000 + poll * 3;
    return [
      sample("consumer_groups", 1),
      sample("group_members", 1, { group: "audit" }),
      sample("group_lag", 10 + Math.floor(poll / 2), labels),
      sample("group_end_offset", end, labels),
      sample("group_committed_offset", end - 10 - Math.floor(poll / 2), labels),
    ];
  };
  assert.equal(activeAt("consumer-slow", 40, at, 10), 0);
});

/** What the probes say of a server whose /metrics takes `ms` and comes, or does not. */
function scraped(poll: number, ms: number, ok: boolean): readonly Sample[] {
  const of = (probe: string, seconds: number, success: boolean): Sample[] => [
    sample("probe_success", Number(success), { probe }),
    sample("probe_duration_seconds", seconds, { probe }),
  ];
  return [
    ...of("health", 0.004, true),
    ...of("info", 0.004, true),
    ...of("metrics", ms / 1_000, ok),
    ...(ok ? [] : [sample("probe_failure", 1, { probe: "metrics", reason: "timeout" })]),
    sample("server_uptime_seconds", 4_000 + poll * STEP_S),
    sample("streamline_uptime_seconds", 4_000 + poll * STEP_S),
  ];
}

test("two lost scrapes are neither an unreadable /metrics nor a starved machine", () => {
  const lost = (poll: number) => scraped(poll, poll % 7 < 2 ? 2_000 : 35, poll % 7 >= 2);
  assert.equal(activeAt("metrics-unreadable", 60, lost, 20), 0);
  assert.equal(activeAt("saturated", 60, lost, 20), 0);
});

test("a minute without any scrape is told as such, and /metrics that takes ten times as long as starved", () => {
  const silent = (poll: number) => scraped(poll, poll < 40 ? 35 : 2_000, poll < 40);
  assert.equal(activeAt("metrics-unreadable", 45, silent, 44), 1);
  const starved = (poll: number) => scraped(poll, poll < 40 ? 35 : 420, true);
  assert.equal(activeAt("saturated", 44, starved, 43), 1);
  assert.equal(activeAt("metrics-unreadable", 44, starved, 30), 0);
});

test("a directory that holds next to nothing of its topics is gone, one that could not be read is not", () => {
  const directory = (bytes: number) => (poll: number) => [
    sample("health_check_ok", 1, { check: "data_directory" }),
    sample("log_signature_total", 0, { signature: "state-files-missing" }),
    sample("data_directory_bytes", poll < 20 ? 20e6 : bytes),
    sample("streamline_topics_total", 1),
    sample("streamline_log_size_bytes", 10e6 + poll * 1e4, { topic: "orders", partition: "0" }),
  ];
  assert.equal(activeAt("data-directory-gone", 25, directory(165), 24), 1);
  assert.equal(activeAt("data-directory-gone", 25, directory(0), 20), 0);
});

test("what retention removed, or a topic that was deleted, is no directory that is gone", () => {
  const smaller = (topics: number) => (poll: number) => [
    sample("health_check_ok", 1, { check: "data_directory" }),
    sample("log_signature_total", 0, { signature: "state-files-missing" }),
    sample("data_directory_bytes", poll < 20 ? 20e6 : 1e6),
    sample("streamline_topics_total", poll < 20 ? 2 : topics),
    sample("streamline_log_size_bytes", topics === 2 && poll >= 20 ? 5e5 : 10e6, {
      topic: "orders",
      partition: "0",
    }),
  ];
  assert.equal(activeAt("data-directory-gone", 25, smaller(2), 20), 0);
  assert.equal(activeAt("data-directory-gone", 25, smaller(1), 20), 0);
});

test("what an alert's first post says is weighed at once, while a fault is on, too", async () => {
  const ids = ["steady", "disk-full", "consumer-stopped", "slow-wal-sync", "saturated"];
  for (const id of ids) {
    const own = allCases().find((each) => each.id.startsWith(`seen/${id}/`));
    assert.ok(own, id);
    const { history, nowMs } = await createCasePlayer(checks)(own);
    const allowance = createAllowance(UNITS_AT_ONCE);
    const evidence = evidenceOf(history, { allowance });
    const { active } = diagnose({ checks, evidence, nowMs });
    const said = active.flatMap(({ sentences }) => sentences).join("\n");
    assert.doesNotMatch(said, /unknown number|\(none\)/, "each sentence has its numbers");
    assert.equal(active.length > 0, id !== "steady", id);
  }
});
