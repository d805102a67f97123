/** Faults of the simulated server, each told for what it is. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { judgeHealth } from "../../../src/diagnosis/health/health-report.ts";
import type { HealthState } from "../../../src/diagnosis/health/health-verdicts.ts";
import { createTargetClient } from "../../../src/edges/streamline/target-client.ts";
import { startSimulatedStreamline } from "../../../src/sandbox/streamline/server.ts";
import { targetAt } from "./servers.ts";

const STATES: readonly (readonly [fault: string, state: HealthState, sentence: RegExp])[] = [
  ["server-down", "down", /is down/],
  ["http-down", "http-down", /Kafka answers, HTTP does not/],
  ["http-hanging", "http-hangs", /gives no complete answer within 4 s; Kafka answers/],
  ["http-slow", "http-hangs", /too slow to be used/],
  ["http-garbage", "foreign", /\/health does not answer in HTTP/],
  ["foreign-service", "foreign", /something other than Streamline answers/],
  ["metrics-flood", "partial", /\/metrics sends more than 1 MiB/],
  ["data-directory-gone", "unhealthy", /data_directory failed: Data directory not accessible/],
];

for (const [fault, state, sentence] of STATES) {
  test(`${fault} is ${state}`, async () => {
    const server = await startSimulatedStreamline();
    const poll = createTargetClient({ clock: Date });
    try {
      await server.faults.set(fault);
      const target = targetAt(
        { http: 1 },
        { http: server.http, kafka: server.kafka, timeoutMs: 4_000, maxBodyBytes: 1024 ** 2 },
      );
      const { verdict } = judgeHealth(target, await poll.health(target));
      assert.equal(verdict.state, state, verdict.sentence);
      assert.match(verdict.sentence, sentence);
    } finally {
      await poll.close();
      await server.close();
    }
  });
}
